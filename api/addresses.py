"""Addresses of the website, for readers outside it."""

from django.conf import settings
from django.utils.translation import get_language


def site_address(path: str) -> str:
    """Return the whole address of a path of the site, in the language of the answer."""
    language = get_language() or settings.LANGUAGE_CODE
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}{path}"


def whole(address: str) -> str:
    """Return an address that may begin at our root with our host before it."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address
