"""Where Zalo is asked, and what becomes of its answer."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import HttpRequest

from network.accounts.zalo.client import ZaloClient, told


class ZaloOAuth2Adapter(OAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """Zalo's addresses and its profile."""

    provider_id = "zalo"
    client_class = ZaloClient
    authorize_url = "https://oauth.zaloapp.com/v4/permission"
    access_token_url = "https://oauth.zaloapp.com/v4/access_token"
    profile_url = "https://graph.zalo.me/v2.0/me"

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **_response: Any) -> SocialLogin:
        """Ask whose token it is. Zalo answers servers in Vietnam only (error -501 elsewhere)."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(
                self.profile_url, params={"fields": "id,name,picture"}, headers={"access_token": token.token}
            )
        return self.get_provider().sociallogin_from_response(request, told(answer, "id"))


oauth2_login = OAuth2LoginView.adapter_view(ZaloOAuth2Adapter)
oauth2_callback = OAuth2CallbackView.adapter_view(ZaloOAuth2Adapter)
