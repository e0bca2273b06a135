"""How an event stands to its reader: which one act, if any, its page offers."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from events import waiting_list
from events.choices import Availability, Choice
from events.models import Event, Registration, Ticket


class Standing(StrEnum):
    """One of these, always; the page has words for each."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    PAST = "past"
    HOLDS = "holds"
    PENDING = "pending"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    POSTPONED = "postponed"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    INVITED = "invited"
    FULL = "full"
    WAITS = "waits"
    OPEN = "open"


OF_REGISTRATION = {
    Registration.Status.PENDING: Standing.PENDING,
    Registration.Status.WAITLISTED: Standing.WAITLISTED,
    Registration.Status.OFFERED: Standing.OFFERED,
    Registration.Status.CONFIRMED: Standing.HOLDS,
}

TAKES_PEOPLE = (Standing.OPEN, Standing.WAITS)
"""Where somebody new may register, if only to wait."""


def standing(
    *, event: Event, choices: Sequence[Choice], registration: Registration | None, ticket: Ticket | None, at: datetime
) -> Standing:
    """Return how `event` stands to who has this active `registration` and shows this `ticket` (or none).

    `choices` are the ticket types that they may see. A hint for the page: the rule decides again.
    """
    over = _over(event, at)
    if over is not None:
        return over
    if registration is not None:
        return OF_REGISTRATION[Registration.Status(registration.status)]
    if ticket is not None:
        return Standing.HOLDS
    return to_a_newcomer(event=event, choices=choices, at=at)


def to_a_newcomer(*, event: Event, choices: Sequence[Choice], at: datetime) -> Standing:
    """Return how `event` stands to somebody who has nothing to do with it yet: what machines are told."""
    over = _over(event, at)
    if over is not None:
        return over
    if event.status == Event.Status.POSTPONED:
        return Standing.POSTPONED
    if event.registration_opens_at is not None and at < event.registration_opens_at:
        return Standing.NOT_YET
    if not event.is_open_for_registration(at):
        return Standing.CLOSED
    return _by_choices(event, choices, at)


def _over(event: Event, at: datetime) -> Standing | None:
    if event.status == Event.Status.DRAFT:
        return Standing.DRAFT
    if event.status == Event.Status.CANCELLED:
        return Standing.CANCELLED
    return Standing.PAST if event.ends_at <= at else None


def _by_choices(event: Event, choices: Sequence[Choice], at: datetime) -> Standing:
    states = {choice.availability for choice in choices}
    if not states:
        return Standing.INVITED
    if Availability.OPEN in states:
        return Standing.OPEN
    if Availability.FULL in states:
        return Standing.WAITS if waiting_list.takes(event, at) else Standing.FULL
    return Standing.NOT_YET if Availability.NOT_YET in states else Standing.CLOSED


def opens_at(*, event: Event, choices: Sequence[Choice], at: datetime) -> datetime | None:
    """Return when registration opens: the event's own time, or that of the first ticket type still to come."""
    if event.registration_opens_at is not None and at < event.registration_opens_at:
        return event.registration_opens_at
    coming = [choice.ticket_type.opens_at for choice in choices if choice.availability == Availability.NOT_YET]
    return min((each for each in coming if each is not None), default=None)
