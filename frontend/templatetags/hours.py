"""What other pages say of a mentor's hours."""

from typing import Any

from django import template
from django.utils import timezone

from network.mentoring import offers
from network.mentoring.slots import Span

register = template.Library()


@register.simple_tag
def next_free(mentor: Any) -> Span | None:
    """Return a mentor's next free slot, None where nothing can be booked."""
    free = offers.all_free_slots(profile=getattr(mentor, "row", mentor), at=timezone.now())
    return free[0] if free else None
