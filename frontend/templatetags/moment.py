"""What templates ask about an event right now."""

import base64

from django import template
from django.utils import timezone

from events.models import Event

register = template.Library()


@register.filter
def is_over(event: Event) -> bool:
    """Whether the event has ended."""
    return event.ends_at <= timezone.now()


@register.filter
def global_id(event: Event) -> str:
    """Return the event's id as GraphQL knows it (Relay's), for the live numbers."""
    return base64.b64encode(f"Event:{event.pk}".encode()).decode()
