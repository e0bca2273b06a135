"""What templates ask about an event right now."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone

from events.models import Event
from network import global_ids

register = template.Library()
register.filter("global_id", global_ids.global_id)


@register.filter
def is_old(moment: datetime) -> bool:
    """Whether what was confirmed then may no longer be so: more than a year ago."""
    return moment < timezone.now() - timedelta(days=365)


@register.filter
def is_over(event: Event) -> bool:
    """Whether the event has ended."""
    return event.ends_at <= timezone.now()
