"""What machines may write of a page by Wagtail's write API (/api/v3/)."""

from wagtail.api import APIField


def writable(*names: str) -> list[APIField]:
    """Return the fields of these names, to be read and written by the API."""
    return [APIField(name, writable=True) for name in names]
