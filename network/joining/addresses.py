"""Addresses that letters of joining carry: whole, because they are read outside the site."""

from django.conf import settings

from network.joining.entries import Entry
from network.models import Organisation


def whole(path: str, language: str) -> str:
    """Return the address of a path of the site in a language."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}{path}"


def entry_path(entry: Entry) -> str:
    """Return the entry's page."""
    return f"/mang-luoi/{entry.slug}/" if isinstance(entry, Organisation) else f"/co-van/{entry.slug}/"


def edit_path(entry: Entry) -> str:
    """Return where the entry's owner changes it."""
    return f"/ho-so/to-chuc/{entry.slug}/" if isinstance(entry, Organisation) else "/ho-so/"


def claim_path(entry: Entry) -> str:
    """Return where the entry is claimed."""
    return f"/nhan-quyen/{'' if isinstance(entry, Organisation) else 'nguoi/'}{entry.slug}/"


def people_path(organisation: Organisation) -> str:
    """Return where an organisation's owners see its people."""
    return f"/ho-so/to-chuc/{organisation.slug}/nguoi/"


def invitation_path(token: str) -> str:
    """Return where an invitation is answered."""
    return f"/tham-gia/loi-moi/{token}/"


def confirmation_path(token: str) -> str:
    """Return where an entry is confirmed without logging in."""
    return f"/tham-gia/con-dung/{token}/"


APPLICATIONS = "/tham-gia/cua-toi/"
"""Where somebody sees their applications."""
