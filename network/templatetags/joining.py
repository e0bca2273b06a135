"""Filters about entries: how old they are, whether somebody keeps them."""

from django import template
from django.utils import timezone

from network.joining import addresses, entries, freshness
from network.vietnamese import given_name

register = template.Library()
register.filter("given_name", given_name)


@register.filter
def has_owner(entry: entries.Entry) -> bool:
    """Whether somebody keeps the entry true."""
    return entries.has_owner(entry)


@register.filter
def claim_path(entry: entries.Entry) -> str:
    """Where the entry is claimed, without its language."""
    return addresses.claim_path(entry)


@register.filter
def age(entry: entries.Entry) -> dict[str, object]:
    """How old an entry is: {"at": when it was confirmed or None, "is_old": whether that is more than a year ago}."""
    at = entry.confirmed_at
    return {"at": at, "is_old": at is not None and timezone.now() - at > freshness.YEAR}
