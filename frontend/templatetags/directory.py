"""Entries of the directory in lists: where their pages are, and what a card may show."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from cms.navigation import in_language
from network.models import Organisation, Profile, Role
from network.visibility import Seen

register = template.Library()


@register.simple_tag
def entry_address(row: Organisation | Profile) -> str:
    """Return the page of an entry: mentors stand among the mentors, others among the people."""
    if isinstance(row, Organisation):
        return in_language(f"/mang-luoi/{row.slug}/")
    is_mentor = any(role.kind == Role.Kind.MENTOR and role.until is None for role in row.roles.all())
    return in_language(f"/co-van/{row.slug}/" if is_mentor else f"/nguoi/{row.slug}/")


@register.simple_tag
def saving_address(row: Organisation | Profile) -> str:
    """Return where somebody chooses the list that an entry is saved to."""
    name = "to-chuc" if isinstance(row, Organisation) else "nguoi"
    return f"{reverse('save_entry')}?{urlencode({name: row.slug})}"


@register.simple_tag
def seen_photo(row: Profile) -> Any:
    """Return the photo of a person if everybody may see it."""
    return Seen(row).photo or None


@register.filter
def chosen_in(chosen: dict[str, list[str]], name: str) -> list[str]:
    """Return what was chosen of a facet."""
    return chosen.get(name, [])
