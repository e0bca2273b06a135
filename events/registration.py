"""Registering for an event and cancelling: the rule that every other rule takes its shape from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from events import answers as answering
from events import (
    confirmation,
    history,
    invitations,
    mails,
    party,
    permissions,
    seats,
    ticket_types,
    tickets,
    waiting_list,
)
from events.holding import held_registration, refuse_too_late
from events.models import Event, Registration, Seats
from events.party import Companion
from events.refusals import AlreadyRegistered, EventFull, RegistrationNotActive
from network import consents as consenting
from network.models import Consent, Person

Status = Registration.Status
Channel = Registration.Channel
CONSENT_CHANNEL = {
    Channel.SITE: Consent.Channel.SITE,
    Channel.API: Consent.Channel.API,
    Channel.ADMIN: Consent.Channel.ADMIN,
    Channel.DOOR: Consent.Channel.ADMIN,
    Channel.IMPORT: Consent.Channel.IMPORT,
}


def register(
    *,
    event_id: int,
    person: Person,
    at: datetime,
    channel: Registration.Channel,
    language: str = "",
    ticket_type_id: int | None = None,
    companions: Sequence[Companion] = (),
    answers: Mapping[int, Any] | None = None,
    consents: Iterable[Consent.Purpose] = (),
    invitation: str = "",
    waits: bool = False,
    actor: Person | None = None,
) -> Registration:
    """Register `person`, with whom they bring along; letters go into the outbox in the same transaction.

    Returns the registration; its status says what became of it: CONFIRMED with tickets, PENDING where an organiser
    approves (it takes no place yet), or WAITLISTED if it is full and the person `waits`. `ticket_type_id` None means
    the invitation's or the first on offer; `language` is that of the letters, by default the person's own; `actor` is
    who does it, if not the person: whoever runs the desk answers the organisers' own questions, too.

    Raises EventNotFound (also for a draft), RegistrationNotYetOpen, RegistrationClosed, InvitationNotValid,
    TicketTypeNotOffered, TooManyPlaces, Invalid or Several at the companions and answers, ConsentRequired,
    AlreadyRegistered, EventFull (fact `may_wait`); then nothing is written.
    """
    ticket_types.refuse_closed(Event.objects.filter(pk=event_id).first(), at)
    invited = invitations.read(code=invitation, event_id=event_id, at=at)
    chosen = ticket_types.chosen(event_id=event_id, ticket_type_id=ticket_type_id, invitation=invited, at=at)
    invited = invited if ticket_types.covers(invited, chosen) else None
    guests = party.cleaned(companions, host=person)
    party.refuse_too_many(chosen, 1 + len(guests))
    by_staff = actor is not None and permissions.may_run_desk(actor, event_id)
    checked = answering.checked(ticket_type=chosen, given=answers or {}, person=person, for_staff=by_staff)
    agreed = list(consents)
    consenting.refuse_missing(person=person, purposes_given=agreed)
    spoken = language or person.preferred_language
    with transaction.atomic():
        held = seats.hold(event_id=event_id)
        ticket_types.refuse_closed(held.event, at)
        _refuse_second(event_id, person)
        consenting.give(
            person=person,
            purposes=agreed,
            language=spoken,
            channel=CONSENT_CHANNEL[channel],
            at=at,
            recorded_by=actor,
        )
        registration = Registration(
            event=held.event,
            person=person,
            ticket_type=chosen,
            quantity=1 + len(guests),
            companions=party.stored(guests),
            invitation=invited,
            priority=invited.priority if invited else 0,
            channel=channel,
            language=spoken,
            created_at=at,
        )
        _enter(registration, held, waits=waits, actor=actor or person, at=at)
        answering.keep(registration=registration, checked=checked, at=at)
        if invited:
            invitations.use(invited)
    return registration


def _enter(registration: Registration, held: Seats, *, waits: bool, actor: Person, at: datetime) -> None:
    """Give the registration its number and what becomes of it: pending, confirmed, or waiting."""
    chosen, invited = registration.ticket_type, registration.invitation
    if chosen.needs_approval and not (invited and invited.skips_approval):
        registration.number = seats.numbers(seats=held, how_many=1)
        registration.status = Status.PENDING
        registration.save()
        history.note(registration, "applied", actor=actor, at=at)
        mails.received(registration=registration, at=at)
    elif seats.fit(seats=held, ticket_type_id=chosen.pk, quantity=registration.quantity):
        registration.number = seats.numbers(seats=held, how_many=1)
        seats.take(seats=held, ticket_type_id=chosen.pk, quantity=registration.quantity)
        confirmation.confirm(registration, held=held, actor=actor, at=at)
    elif waits and waiting_list.takes(held.event, at):
        registration.number = seats.numbers(seats=held, how_many=1)
        waiting_list.join(registration, actor=actor, at=at)
    else:
        raise EventFull(event_id=held.pk, may_wait=waiting_list.takes(held.event, at))


def cancel(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Cancel a registration, one's own or (who runs the desk) anybody's: its places are free at once and go to whoever
    waits, its tickets die, the calendar entry is withdrawn.

    Raises RegistrationNotFound (also for somebody else's), RegistrationNotActive and TooLateToCancel.
    """
    with transaction.atomic():
        registration, held = held_registration(registration_id=registration_id, actor=actor)
        if not registration.is_active:
            raise RegistrationNotActive(status=registration.status)
        refuse_too_late(registration, at)
        held_places = registration.holds_places
        registration.status = Status.CANCELLED
        registration.cancelled_at = at
        registration.save(update_fields=["status", "cancelled_at"])
        tickets.revoke(registration.tickets.filter(revoked_at=None), at=at)
        history.note(registration, "cancelled", actor=actor, at=at)
        invitations.return_use(registration.invitation_id)
        mails.cancelled(registration=registration, at=at)
        if held_places:
            seats.give_back(seats=held, ticket_type_id=registration.ticket_type_id, quantity=registration.quantity)
            waiting_list.promote(held=held, at=at)
    return registration


def _refuse_second(event_id: int, person: Person) -> None:
    existing = Registration.objects.filter(event_id=event_id, person=person, status__in=Registration.ACTIVE).first()
    if existing:
        raise AlreadyRegistered(registration_id=existing.pk)
