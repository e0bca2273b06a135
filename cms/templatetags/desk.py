"""What the templates of the attendee desk say of rows that are loaded."""

from dataclasses import dataclass
from datetime import datetime

from django import template

from events.letters.matter import money
from events.models import Registration
from network.vietnamese import phone_as_read

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    """Of a registration's `of` tickets so many came in, the first of them at `moment`."""

    number: int
    of: int
    moment: datetime | None


@register.simple_tag
def arrivals(registration: Registration) -> Arrivals:
    """Who of a registration came in; its tickets are loaded with their `admissions`."""
    alive = [ticket for ticket in registration.tickets.all() if ticket.revoked_at is None]
    moments = [ticket.admissions[0].scanned_at for ticket in alive if ticket.admissions]
    return Arrivals(number=len(moments), of=len(alive), moment=min(moments, default=None))


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
