"""What the templates of the attendee desk say of rows that are loaded."""

from django import template

from events.letters.matter import money
from network.vietnamese import phone_as_read

register = template.Library()


@register.filter
def phone(e164: str) -> str:
    """Return a phone number as people here read it: "0912 345 678"."""
    return phone_as_read(e164)


@register.filter
def minus(number: int, shown: list[object]) -> int:
    """Return how many are left beside those that are shown."""
    return number - len(shown)


@register.filter
def dong(amount: int) -> str:
    """Return an amount as people here write it: "150.000 đồng"."""
    return money(amount)
