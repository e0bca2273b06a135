"""Zalo's own reading of OAuth: other names of parameters, the secret in a header, errors with status 200."""

from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error


class ZaloClient(OAuth2Client):  # type: ignore[misc]  # allauth is untyped
    """Speaks to `oauth.zaloapp.com/v4`."""

    client_id_parameter = "app_id"

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, Any]) -> str:
        """Return where the person is sent to agree. Zalo's challenge is always S256, and it names no method."""
        parameters = {
            "app_id": self.consumer_key,
            "redirect_uri": self.callback_url,
            "code_challenge": extra_params["code_challenge"],
            "state": self.state,
        }
        return f"{authorization_url}?{urlencode(parameters)}"

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Exchange the code. Raises OAuth2Error: Zalo says what is wrong in the body, whatever the status."""
        form = {
            "app_id": self.consumer_key,
            "code": code,
            "grant_type": "authorization_code",
            "code_verifier": pkce_code_verifier,
        }
        with get_adapter().get_requests_session() as session:
            answer = session.request(
                "POST", self.access_token_url, data=form, headers={"secret_key": self.consumer_secret}
            )
        return told(answer, "access_token")


def told(answer: Any, wanted: str) -> dict[str, Any]:
    """Return the body of an answer that has what we asked for. Raises OAuth2Error with Zalo's own words otherwise."""
    try:
        body = answer.json()
    except ValueError as unreadable:
        raise OAuth2Error(f"Zalo answered {answer.status_code} without JSON") from unreadable
    if not isinstance(body, dict) or wanted not in body:
        said = body if isinstance(body, dict) else {}
        raise OAuth2Error(f"Zalo refused: {said.get('error')} {said.get('error_name') or said.get('message')}")
    return body
