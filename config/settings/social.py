"""Logging in through Google, Facebook, Apple and Zalo: each is off until its keys stand in the environment."""

from typing import Any

from .environment import env

__all__ = [
    "SOCIALACCOUNT_PROVIDERS", "SOCIALACCOUNT_ADAPTER", "SOCIALACCOUNT_EMAIL_AUTHENTICATION",
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT", "SOCIALACCOUNT_STORE_TOKENS", "SOCIALACCOUNT_LOGIN_ON_GET",
    "SOCIALACCOUNT_QUERY_EMAIL",
]  # fmt: skip

ORIGINS = {
    # A service may lead on to another of its hosts before it shows its own page.
    "google": ["https://accounts.google.com"],
    "facebook": ["https://www.facebook.com", "https://m.facebook.com"],
    "apple": ["https://appleid.apple.com"],
    "zalo": ["https://oauth.zaloapp.com", "https://id.zalo.me"],
}


def _app(identifier: str, secret: str, **more: Any) -> dict[str, Any]:
    """One application at a service, or none: `{}` shows no button."""
    client = env.str(identifier, default="")
    return {"APP": {"client_id": client, "secret": env.str(secret, default=""), **more}} if client else {}


_apple_key = env.str("APPLE_PRIVATE_KEY", default="", multiline=True)
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "google": {
        **_app("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"),
        "SCOPE": ["openid", "profile", "email"],
        "OAUTH_PKCE_ENABLED": True,
    },
    "facebook": {**_app("FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET"), "FIELDS": ["id", "name", "email"]},
    # Apple's "secret" is the name of the key that signs; the key of the app is the team (allauth's names).
    "apple": _app(
        "APPLE_CLIENT_ID",
        "APPLE_KEY_ID",
        key=env.str("APPLE_TEAM_ID", default=""),
        settings={"certificate_key": _apple_key},
    ),
    "zalo": _app("ZALO_APP_ID", "ZALO_APP_SECRET"),
}
SOCIAL_ORIGINS = [
    origin for name, options in SOCIALACCOUNT_PROVIDERS.items() if "APP" in options for origin in ORIGINS[name]
]

SOCIALACCOUNT_ADAPTER = "network.accounts.social.SocialAdapter"
# Which addresses a service may open an account with is decided per address, in the adapter.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_QUERY_EMAIL = True
# Used once, to ask who it is; what is not kept cannot be stolen.
SOCIALACCOUNT_STORE_TOKENS = False
# A link on somebody else's page must not log anybody in.
SOCIALACCOUNT_LOGIN_ON_GET = False
