"""The log of an event's doors: who went in or out and what was taken back, each under a number of one sequence."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from events import statistics
from events.greetings import Greeting, greetings
from events.models import CheckIn, CheckInTally

STEP = 200
"""How many numbers are read at a time."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One entry of the log, as those at the doors may see it."""

    sequence: int
    kind: str
    direction: str
    list_id: int
    list: str
    forced: bool
    name: str
    ticket_type: str
    number: str
    gate: str | None
    device: str
    at: datetime
    admitted: int
    inside: int
    greeting: Greeting | None
    """How the screen may greet who comes in; None for those who did not agree to it, and for whoever goes out."""


@dataclass(frozen=True, kw_only=True)
class _Count:
    last_sequence: int
    admitted: int
    inside: int


def arrivals_since(*, event_id: int, sequence: int) -> list[Arrival]:
    """Return the next entries behind `sequence` in order, at most STEP of them; none means up to date.

    At most five statements.
    """
    numbers = CheckInTally.objects.filter(event_id=event_id).values("last_sequence", "admitted", "inside").first()
    if numbers is None or numbers["last_sequence"] <= sequence:
        return []
    count = _Count(**numbers)
    last = min(count.last_sequence, sequence + STEP)
    within = Q(sequence__lte=last) | Q(annulled_sequence__lte=last)
    rows = list(statistics.arrivals_after(event_id=event_id, sequence=sequence).filter(within))
    greeted = greetings(row.ticket for row in rows if row.ticket)
    entries = []
    for row in rows:
        greeting = greeted.get(row.ticket_id) if row.direction == CheckIn.Direction.ENTRY else None
        if row.sequence is not None and sequence < row.sequence <= last:
            entries.append(_entry(row, "admitted", row.sequence, row.received_at, count, greeting))
        if row.annulled_sequence is not None and row.annulled_at and sequence < row.annulled_sequence <= last:
            entries.append(_entry(row, "annulled", row.annulled_sequence, row.annulled_at, count, None))
    return sorted(entries, key=lambda entry: entry.sequence)


def newest_arrivals(*, event_id: int, most: int) -> list[Arrival]:
    """Return the newest entries that stand, newest first, with their greetings."""
    numbers = CheckInTally.objects.filter(event_id=event_id).values("last_sequence", "admitted", "inside").first()
    if numbers is None:
        return []
    rows = list(statistics.last_arrivals(event_id=event_id, most=most))
    greeted = greetings(row.ticket for row in rows if row.ticket)
    return [
        _entry(row, "admitted", row.sequence or 0, row.received_at, _Count(**numbers), greeted.get(row.ticket_id))
        for row in rows
    ]


def _entry(row: CheckIn, kind: str, sequence: int, at: datetime, count: _Count, greeting: Greeting | None) -> Arrival:
    return Arrival(
        sequence=sequence,
        kind=kind,
        direction=row.direction,
        list_id=row.list_id,
        list=row.list.name,
        forced=row.forced,
        name=row.ticket.holder_name if row.ticket else "",
        ticket_type=row.ticket.registration.ticket_type.name if row.ticket else "",
        number=row.ticket.number if row.ticket else "",
        gate=row.gate.name if row.gate else None,
        device=row.device,
        at=at,
        admitted=count.admitted,
        inside=count.inside,
        greeting=greeting,
    )
