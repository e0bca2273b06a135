"""The log of an event's doors: admissions and what was taken back, each under a number of one sequence."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from events import statistics
from events.models import CheckIn, CheckInTally

STEP = 200
"""How many numbers are read at a time."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One entry of the log, as those at the doors may see it."""

    sequence: int
    kind: str
    name: str
    ticket_type: str
    number: str
    gate: str | None
    device: str
    at: datetime
    admitted: int


def arrivals_since(*, event_id: int, sequence: int) -> list[Arrival]:
    """Return the next entries behind `sequence` in order, at most STEP of them; none means up to date."""
    tally = CheckInTally.objects.filter(event_id=event_id).values_list("last_sequence", "admitted").first()
    if tally is None or tally[0] <= sequence:
        return []
    last = min(tally[0], sequence + STEP)
    within = Q(sequence__lte=last) | Q(annulled_sequence__lte=last)
    entries = []
    for row in statistics.arrivals_after(event_id=event_id, sequence=sequence).filter(within):
        if row.sequence is not None and sequence < row.sequence <= last:
            entries.append(_entry(row, "admitted", row.sequence, row.received_at, tally[1]))
        if row.annulled_sequence is not None and row.annulled_at and sequence < row.annulled_sequence <= last:
            entries.append(_entry(row, "annulled", row.annulled_sequence, row.annulled_at, tally[1]))
    return sorted(entries, key=lambda entry: entry.sequence)


def newest_arrivals(*, event_id: int, admitted: int, most: int) -> list[Arrival]:
    """Return the newest admissions that stand, newest first."""
    rows = statistics.last_arrivals(event_id=event_id, most=most)
    return [_entry(row, "admitted", row.sequence or 0, row.received_at, admitted) for row in rows]


def _entry(row: CheckIn, kind: str, sequence: int, at: datetime, admitted: int) -> Arrival:
    return Arrival(
        sequence=sequence,
        kind=kind,
        name=row.ticket.holder_name if row.ticket else "",
        ticket_type=row.ticket.registration.ticket_type.name if row.ticket else "",
        number=row.ticket.number if row.ticket else "",
        gate=row.gate.name if row.gate else None,
        device=row.device,
        at=at,
        admitted=admitted,
    )
