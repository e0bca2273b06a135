"""Words that people give to the rules of mentor hours: trimmed, bounded, without control characters."""

from network.calendars import clean
from network.refusals import Invalid


def told(text: str, *, field: str, limit: int, required: bool = False) -> str:
    """Return the words. Raises Invalid at `field`: required, too_long."""
    words = clean(text).strip()
    if required and not words:
        raise Invalid(field=field, reason="required")
    if len(words) > limit:
        raise Invalid(field=field, reason="too_long", limit=limit)
    return words
