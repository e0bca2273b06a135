"""What allauth's registry looks for: the provider, under the name that its loader expects."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from django.utils.crypto import get_random_string

from network.accounts.zalo.views import ZaloOAuth2Adapter

VERIFIER_LENGTH = 43
"""Zalo asks for exactly as many letters and digits."""


class ZaloAccount(ProviderAccount):  # type: ignore[misc]  # allauth is untyped
    """Shown by its name: Zalo's numbers mean nothing to people."""


class ZaloProvider(OAuth2Provider):  # type: ignore[misc]  # as above
    """Tells who somebody is, and no e-mail address: they are asked for one, and prove it by our letter."""

    id = "zalo"
    name = "Zalo"
    account_class = ZaloAccount
    oauth2_adapter_class = ZaloOAuth2Adapter

    def get_pkce_params(self) -> dict[str, str]:
        """Return a fresh verifier and its challenge (RFC 7636, S256)."""
        verifier = get_random_string(VERIFIER_LENGTH)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        return {"code_verifier": verifier, "code_challenge": challenge}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return the person's number in our application."""
        return str(data["id"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the one thing that a person is made of here."""
        return {"name": data.get("name", "")}


provider_classes = [ZaloProvider]
