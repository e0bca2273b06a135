"""Blocking a ticket: nobody is let in with it until it is unblocked. Place, fee and code stay as they are."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from events import doors, history, permissions, seats
from events.models import Ticket
from events.refusals import TicketNotFound, TicketNotValid
from network.models import Person


def block(*, ticket_id: UUID, actor: Person, at: datetime) -> Ticket:
    """Let nobody in with a ticket; return it. Who is inside stays inside. Blocking twice is blocking once.

    May: whoever runs the event's desk. Raises TicketNotFound, and TicketNotValid for one that died.
    """
    return _set(ticket_id, actor, at, blocked_at=at)


def unblock(*, ticket_id: UUID, actor: Person, at: datetime) -> Ticket:
    """Let in with a ticket again; return it. Raises as `block`."""
    return _set(ticket_id, actor, at, blocked_at=None)


def _set(ticket_id: UUID, actor: Person, at: datetime, *, blocked_at: datetime | None) -> Ticket:
    event_id = Ticket.objects.filter(pk=ticket_id).values_list("event", flat=True).first()
    if event_id is None or not permissions.may_run_desk(actor, event_id):
        raise TicketNotFound()
    with transaction.atomic():
        seats.hold(event_id=event_id)
        ticket = Ticket.objects.select_related("registration").get(pk=ticket_id)
        if ticket.revoked_at is not None:
            raise TicketNotValid()
        if (ticket.blocked_at is None) == (blocked_at is None):
            return ticket
        ticket.blocked_at = blocked_at
        ticket.save(update_fields=["blocked_at"])
        doors.changed(event_id=event_id)
        if blocked_at is None:
            history.note(ticket.registration, "unblocked", actor=actor, at=at, ticket=ticket.number)
        else:
            history.note(ticket.registration, "blocked", actor=actor, at=at, ticket=ticket.number)
    return ticket
