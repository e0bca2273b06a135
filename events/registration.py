"""Registering for an event and cancelling: the rule that every other rule takes its shape from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

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
from events.models import Invitation, Registration, Seats, TicketType
from events.party import Companion
from events.refusals import AlreadyRegistered, EventFull, RegistrationNotActive, TicketNotValid
from network import consents as consenting
from network.models import Consent, Person
from network.refusals import gather
from network.statements import compiled

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
    at_door: bool = False,
) -> Registration:
    """Register `person`, with whom they bring along; letters go into the outbox in the same transaction.

    Returns the registration; its status says what became of it: CONFIRMED with tickets, PENDING where an organiser
    approves (it takes no place yet), or WAITLISTED if it is full and the person `waits`. `ticket_type_id` None means
    the invitation's or the first on offer; `language` is that of the letters, by default the person's own; `actor` is
    who does it, if not the person: whoever runs the desk is not bound to the window, names any ticket type, answers
    the organisers' own questions. `at_door` (`events.walk_in`): the window does not count, nothing is asked.
    Raises EventNotFound (also for a draft), RegistrationNotYetOpen, RegistrationClosed, InvitationNotValid,
    TicketTypeNotOffered; TooManyPlaces, Invalid at the companions and answers, ConsentRequired, or Several of these;
    AlreadyRegistered, EventFull (fact `may_wait`); then nothing is written.
    """
    by_staff = not at_door and actor is not None and permissions.may_run_desk(actor, event_id)
    wish = _wish(event_id, person, ticket_type_id, invitation, waits=waits, by_desk=by_staff or at_door, at=at)
    agreed = list(consents)
    # All at once: whoever fills a form in is told everything that is missing.
    guests, checked, _agreed = gather(
        lambda: _guests(wish.chosen, companions, person),
        lambda: [] if at_door else _answered(wish.chosen, answers or {}, person, by_staff=by_staff),
        lambda: consenting.refuse_missing(person=person, purposes_given=agreed),
    )
    spoken = language or person.preferred_language
    with transaction.atomic():
        held = seats.hold(event_id=event_id)
        ticket_types.refuse_closed(held.event, at, by_desk=by_staff or at_door)
        _refuse_second(event_id, person)
        by = CONSENT_CHANNEL[channel]
        consenting.give(person=person, purposes=agreed, language=spoken, channel=by, at=at, recorded_by=actor)
        registration = wish.begun(held, person, guests)
        registration.channel, registration.language, registration.created_at = channel, spoken, at
        _enter(registration, held, waits=waits, actor=actor or person, at=at)
        answering.keep(registration=registration, checked=checked, at=at)
        if wish.invited:
            invitations.use(wish.invited)
    return registration


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """What somebody may register for, as far as can be said without the lock."""

    chosen: TicketType
    invited: Invitation | None

    def begun(self, held: Seats, person: Person, guests: Sequence[Companion]) -> Registration:
        """Return the registration as it begins, not written yet."""
        return Registration(
            event=held.event,
            person=person,
            ticket_type=self.chosen,
            quantity=1 + len(guests),
            companions=party.stored(guests),
            invitation=self.invited,
            priority=self.invited.priority if self.invited else 0,
        )


def _wish(
    event_id: int,
    person: Person,
    ticket_type_id: int | None,
    invitation: str,
    *,
    waits: bool,
    by_desk: bool,
    at: datetime,
) -> _Wish:
    known = ticket_types.known(event_id=event_id)
    event = ticket_types.refuse_closed(known[0].event, at, by_desk=by_desk)
    invited = invitations.read(code=invitation, event_id=event_id, at=at)
    chosen = ticket_types.chosen(known=known, ticket_type_id=ticket_type_id, invitation=invited, at=at, by_desk=by_desk)
    invited = invited if ticket_types.covers(invited, chosen) else None
    if not waits and event.seats.left == 0 and not _applies(chosen, invited):
        # Whoever comes when it is long full need not queue at the lock to hear it.
        _refuse_second(event_id, person)
        raise EventFull(event_id=event_id, may_wait=waiting_list.takes(event, at))
    return _Wish(chosen=chosen, invited=invited)


def _guests(chosen: TicketType, companions: Sequence[Companion], host: Person) -> list[Companion]:
    guests = party.cleaned(companions, host=host)
    party.refuse_too_many(chosen, 1 + len(guests))
    return guests


def _answered(
    chosen: TicketType, given: Mapping[int, Any], person: Person, *, by_staff: bool
) -> list[answering.Checked]:
    if not given and not answering.asks(event_id=chosen.event_id):
        return []
    return answering.checked(ticket_type=chosen, given=given, person=person, for_staff=by_staff)


def _enter(registration: Registration, held: Seats, *, waits: bool, actor: Person, at: datetime) -> None:
    """Give the registration its number and what becomes of it: pending, confirmed, or waiting."""
    chosen = registration.ticket_type
    if _applies(chosen, registration.invitation):
        registration.number = seats.numbers(seats=held, how_many=1)
        registration.status = Status.PENDING
        registration.save()
        history.note(registration, "applied", actor=actor, at=at)
        mails.received(registration=registration, at=at)
        return
    try:
        registration.number = seats.take(
            seats=held, ticket_type_id=chosen.pk, quantity=registration.quantity, how_many_numbers=1
        )
    except EventFull as refusal:
        may_wait = waiting_list.takes(held.event, at)
        if not (waits and may_wait):
            raise EventFull(event_id=held.pk, may_wait=may_wait) from refusal
        registration.number = seats.numbers(seats=held, how_many=1)
        waiting_list.join(registration, actor=actor, at=at)
    else:
        confirmation.confirm(registration, held=held, actor=actor, at=at)


def _applies(chosen: TicketType, invited: Invitation | None) -> bool:
    """Whether an organiser has to approve first."""
    return chosen.needs_approval and not (invited and invited.skips_approval)


def cancel(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Cancel a registration, one's own or (who runs the desk) anybody's: its places are free at once and go to whoever
    waits, its tickets die, the calendar entry is withdrawn.

    Raises RegistrationNotFound (also for somebody else's), RegistrationNotActive, TooLateToCancel, and TicketNotValid
    when a ticket of it was handed on: it is another person's now, and only the desk cancels it with the others.
    """
    with transaction.atomic():
        registration, held = held_registration(registration_id=registration_id, actor=actor)
        if not registration.is_active:
            raise RegistrationNotActive(status=registration.status)
        _refuse_others_tickets(registration, actor)
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


def _refuse_others_tickets(registration: Registration, actor: Person) -> None:
    handed_on = registration.tickets.filter(revoked_at=None, transferred_at__isnull=False).exclude(holder=actor)
    if handed_on.exists() and not permissions.may_run_desk(actor, registration.event_id):
        raise TicketNotValid()


def _refuse_second(event_id: int, person: Person) -> None:
    existing = _active(event_id=event_id, person_id=person.pk)
    if existing:
        raise AlreadyRegistered(registration_id=existing[0])


@compiled
def _active(event_id: Any, person_id: Any) -> QuerySet[Registration, int]:
    active = Registration.objects.filter(event_id=event_id, person_id=person_id, status__in=Registration.ACTIVE)
    return active.order_by().values_list("pk", flat=True)
