"""Zones: whoever enters one has left another (`CheckInList.leaves`), without a scan at its door.

The exit is dated as the entry that says so, and is written if the ticket was inside just before: also where an entry
becomes known only afterwards, so that phones without a network may send in any order.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from events import door_facts, scan_rows, visits
from events.door_facts import ListFacts
from events.models import STANDING, CheckIn
from events.visits import Visit


@dataclass(frozen=True, slots=True)
class Step:
    """An exit, not written, and how it moves the main list's number of people inside."""

    row: CheckIn
    inside: int


def left_by(entry: CheckIn, *, facts: ListFacts) -> list[Step]:
    """Return the exits that an entry, perhaps not written yet, brings about at the other lists."""
    steps: list[Step] = []
    for list_id in facts.leaves if entry.direction == visits.ENTRY else ():
        other = door_facts.known(list_id)
        if other is None or entry.ticket_id is None:
            continue
        made = visits.standing(list_id=list_id, ticket_ids=[entry.ticket_id])[entry.ticket_id]
        row = _exit(entry, entry.ticket_id, other, made)
        if row is not None:
            after = [*made, scan_rows.visit_of(row)]
            steps.append(Step(row, scan_rows.movement(other, made, after)[1]))
    return steps


def left_since(entry: CheckIn, *, facts: ListFacts, made: list[Visit]) -> list[CheckIn]:
    """Return the exits, not written, that entries elsewhere bring about now that an earlier entry came to light.

    `made` are the ticket's visits at the list of `facts`, in order, with the entry's own.
    """
    if not facts.left_by or entry.direction != visits.ENTRY or entry.ticket_id is None:
        return []
    later = CheckIn.objects.filter(
        STANDING,
        ticket=entry.ticket_id,
        list__in=facts.left_by,
        direction=visits.ENTRY,
        scanned_at__gte=entry.scanned_at,
    )
    exits: list[CheckIn] = []
    for other in later.order_by("scanned_at", "nonce"):
        row = _exit(other, entry.ticket_id, facts, made)
        if row is not None and all(visit.nonce != row.nonce for visit in made):
            row.received_at = entry.received_at
            exits.append(row)
            made = visits.in_order([*made, scan_rows.visit_of(row)])
    return exits


def _exit(entry: CheckIn, ticket_id: UUID, other: ListFacts, made: list[Visit]) -> CheckIn | None:
    """The exit from the other list, if the ticket was inside there when it made this entry."""
    nonce = uuid5(entry.nonce, f"leave {other.pk} {ticket_id}")
    row = scan_rows.following(entry, ticket_id, nonce=nonce, at=entry.received_at)
    row.list_id, row.direction, row.scanned_at = other.pk, visits.EXIT, entry.scanned_at
    row.turn = visits.next_turn(made)
    before = [visit for visit in made if visit.order < (row.scanned_at, row.nonce)]
    return row if visits.is_inside(before) else None
