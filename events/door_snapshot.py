"""What a phone keeps for when there is no network: the tickets of an event as one list sees them, and the news since.

Name, ticket type and state; no e-mail address, no phone number.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db.models import Q

from events import door_facts, door_reading, door_rules, permissions, tickets
from events.door_facts import ListFacts
from events.door_reading import Guest
from events.models import CheckIn, CheckInTally, Ticket
from events.refusals import CheckInListNotFound
from events.scan_rows import Actor

PAGE = 500
NEWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A ticket as a phone keeps it. `state`: "" if it is good, else the reason why not, in pretix's words."""

    guest: Guest
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A page of the tickets of a list's event. `changes` and `sequence` say as of when: news begin there."""

    facts: ListFacts
    sequence: int
    total: int
    public_key: str
    tickets: list[Kept]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened at the list: somebody went in or out, or that was taken back."""

    ticket_id: UUID
    direction: str
    at: datetime
    nonce: UUID
    gate: str
    device: str
    annulled: bool
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What happened at a list up to the number `sequence`; `stale`: the snapshot is to be taken anew."""

    changes: int
    sequence: int
    stale: bool
    has_more: bool
    admitted: int
    inside: int
    steps: list[Step]


def snapshot(*, list_id: int, after: str | None, first: int, actor: Actor) -> Snapshot:
    """Return a page of tickets in the order of their numbers, behind the number `after`.

    In as many statements for one ticket as for 500. Raises CheckInListNotFound.
    """
    facts = _list(list_id, actor)
    # Read before the tickets: what happens meanwhile is told again by the news, never left out.
    sequence = CheckInTally.objects.values_list("last_sequence", flat=True).get(event_id=facts.event_id)
    of_event = Ticket.objects.filter(event=facts.event_id)
    behind = of_event.filter(number__gt=after) if after else of_event
    numbers = list(behind.order_by("number").values_list("number", flat=True)[: min(max(first, 1), PAGE) + 1])
    page, more = numbers[: min(max(first, 1), PAGE)], len(numbers) > min(max(first, 1), PAGE)
    return Snapshot(
        facts=facts,
        sequence=sequence,
        total=of_event.count(),
        public_key=public_key(),
        tickets=_kept(page, facts) if page else [],
        cursor=page[-1] if more else None,
    )


def public_key() -> str:
    """Return the key by which codes are told from forged ones, raw, in base64."""
    raw = tickets.signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def news(*, list_id: int, sequence: int, changes: int, actor: Actor) -> News:
    """Return what happened at a list behind `sequence`, within the next NEWS numbers of the event's sequence.

    Raises CheckInListNotFound.
    """
    facts = _list(list_id, actor)
    tally = CheckInTally.objects.get(event_id=facts.event_id)
    last = min(tally.last_sequence, max(sequence, 0) + NEWS)
    return News(
        changes=tally.changes,
        sequence=last,
        has_more=last < tally.last_sequence,
        stale=tally.changes != changes or sequence > tally.last_sequence,
        admitted=tally.admitted,
        inside=tally.inside,
        steps=_steps(facts.pk, sequence, last),
    )


def _list(list_id: int, actor: Actor) -> ListFacts:
    facts = door_facts.fresh(list_id)
    if facts is None or not permissions.may_scan(actor, event_id=facts.event_id, list_id=list_id):
        raise CheckInListNotFound()
    return facts


def _kept(numbers: list[str], facts: ListFacts) -> list[Kept]:
    within = Q(event=facts.event_id, number__gte=numbers[0], number__lte=numbers[-1])
    readings = door_reading.of_many(within, list_id=facts.pk)
    return [
        Kept(guest=reading.guest, state=door_rules.dead(reading, facts=facts)) for reading in readings if reading.guest
    ]


_STEP = ("ticket", "direction", "scanned_at", "nonce", "gate__name", "device", "sequence", "annulled_sequence")


def _steps(list_id: int, sequence: int, last: int) -> list[Step]:
    within = Q(sequence__gt=sequence, sequence__lte=last)
    taken_back = Q(annulled_sequence__gt=sequence, annulled_sequence__lte=last)
    rows = CheckIn.objects.filter(within | taken_back, list=list_id, ticket__isnull=False).values_list(*_STEP)
    steps = []
    for ticket_id, direction, at, nonce, gate, device, number, annulled_number in rows:
        said = {"ticket_id": ticket_id, "direction": direction, "at": at, "nonce": nonce, "gate": gate or ""}
        if number > sequence:
            steps.append(Step(**said, device=device, annulled=False, sequence=number))
        if annulled_number is not None and annulled_number <= last:
            steps.append(Step(**said, device=device, annulled=True, sequence=annulled_number))
    return sorted(steps, key=lambda step: step.sequence)
