"""Approval: an organiser decides who comes, where a ticket type asks for it."""

from datetime import datetime

from django.db import transaction

from events import confirmation, history, invitations, mails, seats, waiting_list
from events.holding import held_registration, refuse_over
from events.models import Registration
from events.refusals import EventFull
from network.models import Person

Status = Registration.Status


def approve(*, registration_id: int, actor: Person, at: datetime, waits: bool = False) -> Registration:
    """Approve a pending registration: it takes its places now and gets its tickets; return it.

    Where it is full, `waits` puts it on the waiting list, if there is one; else EventFull. Raises RegistrationNotFound
    (also to whoever does not run the desk), RegistrationNotInState, and RegistrationClosed when the event is over.
    """
    with transaction.atomic():
        registration, held = held_registration(
            registration_id=registration_id, actor=actor, states=(Status.PENDING,), desk_only=True
        )
        refuse_over(held.event, at)
        type_id, quantity = registration.ticket_type_id, registration.quantity
        if seats.fit(seats=held, ticket_type_id=type_id, quantity=quantity):
            history.note(registration, "approved", actor=actor, at=at)
            seats.take(seats=held, ticket_type_id=type_id, quantity=quantity)
            confirmation.confirm(registration, held=held, actor=actor, at=at)
        elif waits and waiting_list.takes(held.event, at):
            history.note(registration, "approved", actor=actor, at=at)
            waiting_list.join(registration, actor=actor, at=at)
        else:
            raise EventFull(event_id=held.pk, may_wait=waiting_list.takes(held.event, at))
    return registration


def reject(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Turn a pending or waiting registration down; return it. Raises RegistrationNotFound, RegistrationNotInState."""
    with transaction.atomic():
        registration, _held = held_registration(
            registration_id=registration_id, actor=actor, states=(Status.PENDING, Status.WAITLISTED), desk_only=True
        )
        registration.status = Status.REJECTED
        registration.save(update_fields=["status"])
        invitations.return_use(registration.invitation_id)
        history.note(registration, "rejected", actor=actor, at=at)
        mails.rejected(registration=registration, at=at)
    return registration
