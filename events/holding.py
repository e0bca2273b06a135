"""A registration, held: whoever changes one reads it under the event's Seats, so that two acts never cross."""

from datetime import datetime
from uuid import UUID

from events import doors, permissions, seats
from events.models import CheckIn, Event, Registration, Seats
from events.refusals import RegistrationClosed, RegistrationNotFound, RegistrationNotInState, TooLateToCancel
from network.models import Person


def held_registration(
    *, registration_id: int, actor: Person, states: tuple[str, ...] = (), desk_only: bool = False
) -> tuple[Registration, Seats]:
    """Return a registration as it is now, with person and ticket type, and the event's Seats, held.

    The actor is its person (not with `desk_only`) or runs the event's desk; else RegistrationNotFound. Raises
    RegistrationNotInState if `states` are given and it is in none of them. Called inside the rule's transaction.
    """
    known = Registration.objects.filter(pk=registration_id).values_list("event", "person").first()
    if known is None:
        raise RegistrationNotFound()
    event_id, person_id = known
    is_own = person_id == actor.pk and not desk_only
    if not is_own and not permissions.may_run_desk(actor, event_id):
        raise RegistrationNotFound()
    held = seats.hold(event_id=event_id)
    registration = Registration.objects.select_related("person", "ticket_type").get(pk=registration_id)
    registration.event = held.event
    if states and registration.status not in states:
        raise RegistrationNotInState(status=registration.status)
    return registration, held


def refuse_too_late(registration: Registration, at: datetime, *, ticket_id: UUID | None = None) -> None:
    """Raise TooLateToCancel when there is no place (or, of this ticket, none) to give back any more.

    The doors are held meanwhile, so that nobody is let in with a ticket that is being given back.
    """
    event = registration.event
    if event.status == Event.Status.CANCELLED or event.ends_at <= at:
        raise TooLateToCancel()
    doors.hold(event_id=event.pk)
    admissions = CheckIn.objects.filter(ticket__registration=registration, status="ok", annulled_at=None)
    if ticket_id is not None:
        admissions = admissions.filter(ticket=ticket_id)
    if admissions.exists():
        raise TooLateToCancel()


def refuse_over(event: Event, at: datetime) -> None:
    """Raise RegistrationClosed when nobody can come any more, whatever the window says: for acts of the desk."""
    if event.status == Event.Status.CANCELLED or event.ends_at <= at:
        raise RegistrationClosed(status=event.status)
