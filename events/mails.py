"""What rules call when somebody is to be told: each leaves drafts in the outbox, in the transaction of its cause.

A draft remembers ids, and what must be said as it was: which tickets with which codes, until when an offer stood, the
calendar's SEQUENCE. Who registered reads in the registration's language, a companion with an account in their own.
Letters of one registration to one person are a thread: they leave in order, so that no calendar is told to drop an
entry that it does not have yet. `events.letters` writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from events.letters.kinds import KINDS
from events.letters.matter import PREFIX
from events.models import Event, Registration, Ticket
from network import outbox
from network.models import Person

Status = Registration.Status


def received(*, registration: Registration, at: datetime) -> None:
    """We have your registration; an organiser will look at it."""
    outbox.post([_draft("received", registration)], at=at)


def waitlisted(*, registration: Registration, at: datetime) -> None:
    """You are on the waiting list."""
    outbox.post([_draft("waitlisted", registration)], at=at)


def offered(*, registration: Registration, at: datetime) -> None:
    """A place is held for you until the offer ends."""
    outbox.post([_draft("offered", registration, facts=_until(registration))], at=at)


def offer_expired(*, registration: Registration, at: datetime) -> None:
    """The offered place went on to the next in the queue."""
    outbox.post([_draft("offer_expired", registration, facts=_until(registration))], at=at)


def declined(*, registration: Registration, at: datetime) -> None:
    """You did not want the offered place."""
    outbox.post([_draft("declined", registration)], at=at)


def rejected(*, registration: Registration, at: datetime) -> None:
    """The organiser could not give you a place."""
    outbox.post([_draft("rejected", registration)], at=at)


def paid(*, registration: Registration, at: datetime) -> None:
    """Your fee arrived."""
    outbox.post([_draft("paid", registration)], at=at)


def confirmed(*, registration: Registration, at: datetime, issued: Sequence[Ticket] | None = None) -> None:
    """The place is yours: tickets with their codes, and the invitation; companions with an account get their own.

    `issued` are all its tickets, where the rule has them at hand.
    """
    known = _tickets(registration) if issued is None else issued
    outbox.post(_to_showers("confirmed", registration, known, to_others="companion"), at=at)


def resent(*, registration: Registration, at: datetime) -> None:
    """Your ticket once more."""
    outbox.post(_to_showers("resent", registration, _tickets(registration)), at=at)


def people_added(*, registration: Registration, tickets: Iterable[Ticket], at: datetime) -> None:
    """More people joined your group: their tickets to whoever shows them; who registered hears of it in any case."""
    added = {ticket.pk for ticket in tickets}
    known = _tickets(registration)
    new = [ticket for ticket in known if ticket.pk in added]
    sequence = sequence_of(registration, known)
    own = {"tickets": _codes(_shown_by(registration.person, registration, new))}
    drafts = [_draft("people_added", registration, facts=own)]
    for person, theirs in _showers(registration, new):
        if person != registration.person:
            facts = {"tickets": _codes(theirs), "sequence": sequence, "other": registration.person_id}
            drafts.append(_draft("companion", registration, person, facts=facts))
    outbox.post(drafts, at=at)


def transferred(*, ticket: Ticket, former: Person, at: datetime) -> None:
    """A ticket was handed on: its new code to who has it now; `former`, who had it, is told that the old one died."""
    registration = ticket.registration
    receiver = ticket.holder or registration.person
    known = _tickets(registration)
    sequence = sequence_of(registration, known)
    new = {"tickets": _codes([ticket]), "sequence": sequence, "other": former.pk}
    away: dict[str, Any] = {"other": receiver.pk}
    if not _shown_by(former, registration, known):
        away["sequence"] = sequence  # whoever still shows another ticket keeps the entry in the calendar
    drafts = [
        _draft("transferred_away", registration, former, facts=away),
        _draft("transferred_to", registration, receiver, facts=new),
    ]
    outbox.post(drafts, at=at)


def place_withdrawn(*, ticket: Ticket, at: datetime) -> None:
    """A companion's place was given back by who registered them."""
    holder = ticket.holder
    if holder is None:
        return
    registration = ticket.registration
    known = _tickets(registration)
    facts: dict[str, Any] = {"other": registration.person_id}
    if not _shown_by(holder, registration, known):
        facts["sequence"] = sequence_of(registration, known)
    outbox.post([_draft("place_withdrawn", registration, holder, facts=facts)], at=at)


def cancelled(*, registration: Registration, at: datetime) -> None:
    """The registration is cancelled; its tickets were revoked at `at`: whoever showed one has their entry withdrawn."""
    known = _tickets(registration)
    sequence = sequence_of(registration, known)
    dying = [ticket for ticket in known if ticket.revoked_at == at]
    showers = dict(_showers(registration, dying, alive_only=False))
    own = {"sequence": sequence} if registration.person in showers else {}
    drafts = [_draft("cancelled", registration, facts=own)]
    for person in showers:
        if person != registration.person:
            facts = {"sequence": sequence, "other": registration.person_id}
            drafts.append(_draft("place_withdrawn", registration, person, facts=facts))
    outbox.post(drafts, at=at)


def moved(*, event: Event, at: datetime) -> None:
    """Time or place changed: to everybody who takes part or waits, with the updated invitation where there is one."""
    outbox.post(_to_everybody("moved", event), at=at)


def event_cancelled(*, event: Event, at: datetime) -> None:
    """The event will not take place: to everybody who takes part or waits; invitations are withdrawn."""
    outbox.post(_to_everybody("event_cancelled", event), at=at)


def reminder(*, event: Event, at: datetime) -> None:
    """It is tomorrow: to everybody who shows a ticket."""
    outbox.post(_to_everybody("reminder", event, states=(Status.CONFIRMED,)), at=at)


def sequence_of(registration: Registration, tickets: Iterable[Ticket]) -> int:
    """Return the SEQUENCE of the registration's invitations (RFC 5545), of all its `tickets`, dead ones too.

    It rises with the event's own, and with each ticket that is handed on or revoked: every act that withdraws
    somebody's entry stands above the invitation before it and below the next.
    """
    turns = sum(ticket.version - 1 + (ticket.revoked_at is not None) for ticket in tickets)
    return registration.event.calendar_sequence + turns


def _draft(
    kind: str, registration: Registration, reader: Person | None = None, *, facts: Mapping[str, Any] | None = None
) -> outbox.Draft:
    own = reader is None or reader.pk == registration.person_id
    to = registration.person if reader is None else reader
    return outbox.Draft(
        kind=f"{PREFIX}{kind}",
        facts={"registration": registration.pk, "reader": to.pk, **(facts or {})},
        recipient=to.email,
        language=registration.language if own else to.preferred_language,
        thread=f"registration:{registration.pk}" if own else f"registration:{registration.pk}:{to.pk}",
    )


def _until(registration: Registration) -> dict[str, str]:
    moment = registration.offer_expires_at
    return {"deadline": moment.isoformat()} if moment else {}


def _tickets(registration: Registration) -> list[Ticket]:
    return list(Ticket.objects.filter(registration=registration).select_related("holder").order_by("number"))


def _codes(tickets: Iterable[Ticket]) -> dict[str, int]:
    """Which tickets with which codes; a code handed on meanwhile must not show in the old holder's letter."""
    return {str(ticket.pk): ticket.version for ticket in tickets}


def _showers(
    registration: Registration, tickets: Iterable[Ticket], *, alive_only: bool = True
) -> Iterator[tuple[Person, list[Ticket]]]:
    """Who shows which of these tickets at the door, who registered first."""
    shown: dict[Person, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        if ticket.revoked_at is None or not alive_only:
            shown[ticket.holder or registration.person].append(ticket)
    yield from sorted(shown.items(), key=lambda item: item[0] != registration.person)


def _shown_by(person: Person, registration: Registration, tickets: Iterable[Ticket]) -> list[Ticket]:
    return dict(_showers(registration, tickets)).get(person, [])


def _to_showers(
    kind: str, registration: Registration, tickets: Sequence[Ticket], *, to_others: str = ""
) -> Iterator[outbox.Draft]:
    """A draft, with codes if its kind shows them, to each who shows any of `tickets`: all those of a registration."""
    sequence = sequence_of(registration, tickets)
    for person, theirs in _showers(registration, tickets):
        name = kind if person == registration.person or not to_others else to_others
        facts: dict[str, Any] = {"sequence": sequence, "other": registration.person_id}
        if KINDS[name].shows_tickets:
            facts["tickets"] = _codes(theirs)
        yield _draft(name, registration, person, facts=facts)


def _to_everybody(
    kind: str, event: Event, *, states: tuple[Status, ...] = Registration.ACTIVE
) -> Iterator[outbox.Draft]:
    """Drafts to all of an event, in as many statements for 3,000 people as for one.

    Who has no ticket (yet) is told without a calendar part: they were never invited.
    """
    rows = Registration.objects.filter(event=event, status__in=states).select_related("person").order_by("pk")
    of_registration: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in Ticket.objects.filter(event=event, registration__in=rows).select_related("holder").order_by("number"):
        of_registration[ticket.registration_id].append(ticket)
    for registration in rows:
        registration.event = event  # as it is now, and loaded once
        known = of_registration[registration.pk]
        if registration.status == Status.CONFIRMED:
            yield from _to_showers(kind, registration, known)
        else:
            yield _draft(kind, registration)
