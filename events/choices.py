"""What somebody may choose from when registering: ticket types, what is left of each, and whether one can have it now.

A hint for whoever draws a form: the rule looks again, with the places held.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from events.models import Event, Invitation, Quota, TicketType
from network.statements import compiled


class Availability(StrEnum):
    """Whether a ticket type can be had now."""

    OPEN = "OPEN"
    FULL = "FULL"
    NOT_YET = "NOT_YET"
    CLOSED = "CLOSED"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A ticket type as somebody sees it. `left` is None without a limit."""

    ticket_type: TicketType
    left: int | None
    availability: Availability

    @property
    def can_be_chosen(self) -> bool:
        """Whether it is on offer, if only to wait for it."""
        return self.availability in (Availability.OPEN, Availability.FULL)


def choices(*, event: Event, at: datetime, invitation: Invitation | None = None) -> list[Choice]:
    """Return the ticket types of an event in their order, with what is left; hidden ones only by their invitation.

    `event` has its seats loaded; one statement.
    """
    shown = [each for each in _types(event_id=event.pk) if is_shown(each, invitation)]
    for each in shown:
        each.event = event
    return [_choice(each, each.least_left, event, at) for each in shown]


@compiled
def _types(event_id: Any) -> QuerySet[Any]:
    fullest = Quota.objects.filter(ticket_types=OuterRef("pk")).annotate(room=F("capacity") - F("taken"))
    least = Subquery(fullest.order_by("room").values("room")[:1])
    return TicketType.objects.filter(event_id=event_id, is_active=True).annotate(least_left=least)


def is_shown(ticket_type: TicketType, invitation: Invitation | None) -> bool:
    """Whether somebody (with this invitation) sees the type: an invitation to one type is to it alone."""
    if invitation is not None and invitation.ticket_type_id is not None:
        return ticket_type.pk == invitation.ticket_type_id
    return invitation is not None or not ticket_type.is_hidden


def choice(ticket_type: TicketType, *, event: Event, at: datetime) -> Choice:
    """Return a ticket type, whose pools are loaded, as somebody sees it; `event` has its seats loaded."""
    least = min((quota.left for quota in ticket_type.quotas.all()), default=None)
    return _choice(ticket_type, least, event, at)


def _choice(ticket_type: TicketType, least_left: int | None, event: Event, at: datetime) -> Choice:
    left = min((each for each in (least_left, event.seats.left) if each is not None), default=None)
    return Choice(ticket_type=ticket_type, left=left, availability=_availability(ticket_type, left, at))


def _availability(ticket_type: TicketType, left: int | None, at: datetime) -> Availability:
    if ticket_type.opens_at is not None and at < ticket_type.opens_at:
        return Availability.NOT_YET
    if not ticket_type.is_on_offer(at):
        return Availability.CLOSED
    return Availability.FULL if left is not None and left <= 0 else Availability.OPEN
