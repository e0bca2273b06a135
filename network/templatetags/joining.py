"""Filters about entries: how old they are, whether somebody keeps them."""

from django import template

from network.joining import addresses, entries
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
