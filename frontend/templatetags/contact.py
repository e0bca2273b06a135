"""The way to write to an entry, on its page."""

from typing import Any

from django import template
from django.urls import reverse

from network.contact.queries import may_be_written_to
from network.models import Profile

register = template.Library()


@register.inclusion_tag("network/own/relay_action.html", takes_context=True)
def write_to(context: template.Context, entry: Any) -> dict[str, Any]:
    """Draw the button that leads to writing; nothing where an entry takes no messages or is the reader's own.

    `entry` is a row, or what is seen of it.
    """
    row = getattr(entry, "row", entry)
    user = getattr(context.get("request"), "user", None)
    if user is None or not may_be_written_to(row, user):
        return {"entry": row, "contact_url": ""}
    name = "contact_person" if isinstance(row, Profile) else "contact_organisation"
    return {"entry": row, "contact_url": reverse(name, args=[row.slug])}
