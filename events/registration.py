"""Registering for an event and cancelling: the rule that every other rule takes its shape from."""

from datetime import datetime

from django.db import transaction

from events import doors, mails, seats, tickets
from events.models import CheckIn, Event, Registration
from events.refusals import (
    AlreadyRegistered,
    EventFull,
    EventNotFound,
    RegistrationClosed,
    RegistrationNotActive,
    RegistrationNotFound,
    RegistrationNotYetOpen,
    TooLateToCancel,
)
from network.models import Person


def register(
    *, event_id: int, person: Person, at: datetime, channel: Registration.Channel, language: str = ""
) -> Registration:
    """Register `person` and issue a ticket; the confirmation goes into the outbox in the same transaction.

    Returns the confirmed registration. `language` is that of the mail, by default the person's own. Raises
    EventNotFound (also for a draft), RegistrationNotYetOpen, RegistrationClosed, AlreadyRegistered, EventFull; then
    nothing is written.
    """
    _refuse_closed(Event.objects.filter(pk=event_id).first(), at)
    with transaction.atomic():
        # Taking the seat is the lock: everybody who registers for this event queues at its row of Seats, and so do
        # those who move or cancel it. What is read from here on is what they left.
        try:
            taken = seats.take(event_id=event_id)
        except EventFull:
            _refuse_second(event_id, person)  # "you hold a ticket" is the better answer to who holds one
            raise
        _refuse_closed(taken.event, at)
        _refuse_second(event_id, person)
        registration = Registration.objects.create(
            event=taken.event,
            person=person,
            number=taken.last_number,
            status=Registration.Status.CONFIRMED,
            channel=channel,
            language=language or person.preferred_language,
            created_at=at,
        )
        ticket = tickets.issue(registration=registration, at=at)
        mails.confirmed(registration=registration, ticket=ticket, at=at)
    return registration


def cancel(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Cancel the actor's own registration: the seat is free at once, the ticket dies, the calendar entry is withdrawn.

    Raises RegistrationNotFound (also for somebody else's), RegistrationNotActive and TooLateToCancel.
    """
    with transaction.atomic():
        rows = Registration.objects.select_related("event__venue", "person").select_for_update(of=("self",))
        registration = rows.filter(pk=registration_id, person=actor).first()
        if registration is None:
            raise RegistrationNotFound()
        if registration.status not in Registration.ACTIVE:
            raise RegistrationNotActive(status=registration.status)
        _refuse_too_late(registration, at)
        registration.status = Registration.Status.CANCELLED
        registration.cancelled_at = at
        registration.save(update_fields=["status", "cancelled_at"])
        tickets.revoke(registration=registration, at=at)
        seats.give_back(event_id=registration.event_id)
        mails.cancelled(registration=registration, at=at)
    return registration


def _refuse_too_late(registration: Registration, at: datetime) -> None:
    """The doors are held meanwhile, so that nobody is let in with a ticket that is being given back."""
    event = registration.event
    if event.status == Event.Status.CANCELLED or event.ends_at <= at:
        raise TooLateToCancel()
    doors.hold(event_id=event.pk)
    if CheckIn.objects.filter(ticket__registration=registration, status="ok", annulled_at=None).exists():
        raise TooLateToCancel()


def _refuse_second(event_id: int, person: Person) -> None:
    existing = Registration.objects.filter(event_id=event_id, person=person, status__in=Registration.ACTIVE).first()
    if existing:
        raise AlreadyRegistered(registration_id=existing.pk)


def _refuse_closed(event: Event | None, at: datetime) -> None:
    if event is None or not event.is_public:
        raise EventNotFound()
    if event.registration_opens_at and at < event.registration_opens_at:
        raise RegistrationNotYetOpen(opens_at=event.registration_opens_at)
    if not event.is_open_for_registration(at):
        raise RegistrationClosed(status=event.status)
