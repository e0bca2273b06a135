"""Groups: more people for a registration that stands, and fewer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from events import (
    confirmation,
    history,
    mails,
    party,
    payments,
    permissions,
    seats,
    ticket_types,
    tickets,
    waiting_list,
)
from events.holding import held_registration, refuse_over, refuse_too_late
from events.models import Registration, Ticket
from events.party import Companion
from events.refusals import EventFull, TicketNotFound, TicketNotValid
from network.models import Person
from network.refusals import Invalid


def add(*, registration_id: int, companions: Sequence[Companion], actor: Person, at: datetime) -> list[Ticket]:
    """Add people to a confirmed registration, all or none; return their tickets.

    Raises RegistrationNotFound, RegistrationNotInState, RegistrationClosed and RegistrationNotYetOpen (who runs the
    desk may outside the window, until the event is over), TooManyPlaces, EventFull, Invalid at the companions.
    """
    with transaction.atomic():
        registration, held = held_registration(
            registration_id=registration_id, actor=actor, states=(Registration.Status.CONFIRMED,)
        )
        refuse_over(held.event, at)
        if not permissions.may_run_desk(actor, held.pk):
            ticket_types.refuse_closed(held.event, at)
        guests = party.cleaned(companions, host=registration.person)
        if not guests:
            raise Invalid(field="companions", reason="required")
        party.refuse_too_many(registration.ticket_type, registration.quantity + len(guests))
        if not seats.fit(seats=held, ticket_type_id=registration.ticket_type_id, quantity=len(guests)):
            raise EventFull(event_id=held.pk, may_wait=False)
        seats.take(seats=held, ticket_type_id=registration.ticket_type_id, quantity=len(guests))
        added = confirmation.bring(registration, guests, held=held, at=at)
        _resize(registration, len(guests))
        history.note(registration, "people_added", actor=actor, at=at, places=len(guests))
        mails.people_added(registration=registration, tickets=added, at=at)
    return added


def leave(*, ticket_id: UUID, actor: Person, at: datetime) -> Registration:
    """Give one place of a group back; the others stay. The last one is given back by cancelling the registration.

    May: whoever made the registration, or runs the desk. Raises TicketNotFound, RegistrationNotFound (somebody else's),
    TicketNotValid, TooLateToCancel, RegistrationNotInState.
    """
    known = Ticket.objects.filter(pk=ticket_id).values_list("registration", flat=True).first()
    if known is None:
        raise TicketNotFound()
    with transaction.atomic():
        registration, held = held_registration(
            registration_id=known, actor=actor, states=(Registration.Status.CONFIRMED,)
        )
        ticket = Ticket.objects.get(pk=ticket_id)
        if ticket.revoked_at is not None or registration.quantity < 2:
            raise TicketNotValid()
        refuse_too_late(registration, at, ticket_id=ticket.pk)
        tickets.revoke([ticket], at=at)
        _resize(registration, -1)
        history.note(registration, "place_given_back", actor=actor, at=at, ticket=ticket.number)
        if ticket.holder_id is not None:
            mails.place_withdrawn(ticket=ticket, at=at)
        seats.give_back(seats=held, ticket_type_id=registration.ticket_type_id, quantity=1)
        waiting_list.promote(held=held, at=at)
    return registration


def _resize(registration: Registration, by: int) -> None:
    """Change how many places a registration has, and its fee with them."""
    each = registration.fee // registration.quantity
    registration.quantity += by
    payments.charge(registration, fee=registration.fee + each * by)
    registration.save(update_fields=["quantity", "fee", "payment"])
