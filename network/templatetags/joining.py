"""Filters about entries: whether somebody keeps them, where they are claimed. An entry may come as a reader sees it."""

from typing import Any

from django import template

from network.joining import addresses, entries
from network.vietnamese import given_name
from network.visibility import Seen

register = template.Library()
register.filter("given_name", given_name)


@register.filter
def has_owner(entry: Any) -> bool:
    """Whether somebody keeps the entry true."""
    return entries.has_owner(_row(entry))


@register.filter
def claim_path(entry: Any) -> str:
    """Where the entry is claimed, without its language."""
    return addresses.claim_path(_row(entry))


def _row(entry: Any) -> entries.Entry:
    row: entries.Entry = entry.row if isinstance(entry, Seen) else entry
    return row
