"""What templates ask about an event right now."""

from django import template
from django.utils import timezone

from events.models import Event
from network import global_ids

register = template.Library()
register.filter("global_id", global_ids.global_id)


@register.filter
def is_over(event: Event) -> bool:
    """Whether the event has ended."""
    return event.ends_at <= timezone.now()
