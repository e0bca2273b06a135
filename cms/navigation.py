"""The main places of the site, for its header and footer and for every app that shows the same."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a link leads, and what it is called; `path` is without the language."""

    label: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Where an old address leads now."""

    address: str
    is_permanent: bool


def places() -> list[Place]:
    """Return the main places in the order in which they stand, named in the active language."""
    return [
        Place(label=_("News"), path="/tin-tuc/"),
        Place(label=_("Events"), path="/su-kien/"),
        Place(label=_("Network"), path="/mang-luoi/"),
        Place(label=_("Mentors"), path="/co-van/"),
        Place(label=_("Campaigns"), path="/chien-dich/"),
    ]


def in_language(path: str) -> str:
    """Return a path of the site in the active language: /su-kien/ or /en/su-kien/."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def moved_to(path: str) -> Moved | None:
    """Return where an old path of the site leads, None where editors or moves left no redirect."""
    found = get_redirect(None, Redirect.normalise_path(path))
    if found is None or not found.link:
        return None
    return Moved(address=found.link, is_permanent=found.is_permanent)
