"""How an event stands to its reader: which one act, if any, its page offers."""

from datetime import datetime
from enum import StrEnum

from events.models import Event, Registration


class Standing(StrEnum):
    """One of these, always; the page has words for each."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    PAST = "past"
    HOLDS = "holds"
    POSTPONED = "postponed"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    FULL = "full"
    OPEN = "open"


def standing(*, event: Event, registration: Registration | None, at: datetime) -> Standing:
    """Return how `event` stands to who holds `registration` (or none). A hint for the page: the rule decides again."""
    if event.status == Event.Status.DRAFT:
        return Standing.DRAFT
    if event.status == Event.Status.CANCELLED:
        return Standing.CANCELLED
    if event.ends_at <= at:
        return Standing.PAST
    if registration is not None:
        return Standing.HOLDS
    return _to_a_newcomer(event, at)


def _to_a_newcomer(event: Event, at: datetime) -> Standing:
    if event.status == Event.Status.POSTPONED:
        return Standing.POSTPONED
    if event.registration_opens_at is not None and at < event.registration_opens_at:
        return Standing.NOT_YET
    if not event.is_open_for_registration(at):
        return Standing.CLOSED
    return Standing.FULL if event.seats.left == 0 else Standing.OPEN
