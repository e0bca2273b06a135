"""What one ticket did at one list: its standing scans in order, and what they come to.

The order is that of the moments at which they were made, (scanned_at, nonce), not that in which they reached us: phones
without a network send late and in any order, and the outcome must be the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from events.models import STANDING, CheckIn

ENTRY, EXIT = CheckIn.Direction.ENTRY, CheckIn.Direction.EXIT
FIELDS = ("pk", "direction", "scanned_at", "nonce", "turn", "forced", "reason", "gate__name", "device")


@dataclass(frozen=True, slots=True)
class Visit:
    """One standing scan: in, or out."""

    pk: int
    direction: str
    at: datetime
    nonce: UUID
    turn: int
    forced: bool
    reason: str
    gate: str | None
    device: str

    @property
    def order(self) -> tuple[datetime, UUID]:
        """Where it stands among the others."""
        return self.at, self.nonce


@dataclass(frozen=True, slots=True)
class Manners:
    """What a list says about coming more than once."""

    allows_reentry: bool
    allows_multiple: bool
    once_a_day: bool


def in_order(visits: Iterable[Visit]) -> list[Visit]:
    """Return visits in the order in which they were made."""
    return sorted(visits, key=lambda visit: visit.order)


def is_inside(visits: Sequence[Visit]) -> bool:
    """Whether the last of these visits, in order, was an entry."""
    return bool(visits) and visits[-1].direction == ENTRY


def has_arrived(visits: Iterable[Visit]) -> bool:
    """Whether any of these visits was an entry."""
    return any(visit.direction == ENTRY for visit in visits)


def in_the_way(before: Sequence[Visit], *, manners: Manners, at: datetime) -> Visit | None:
    """Return the entry because of which another at `at` is a second one; None if it is allowed (pretix's rule).

    It is allowed if the list lets in any number of times, if there was no entry before, or if the last visit was an
    exit and the list lets in again: whoever went out is in nobody's way. With `once_a_day` only that day's visits
    count, by the clock of the city.
    """
    if manners.allows_multiple:
        return None
    if manners.once_a_day:
        day = timezone.localdate(at)
        before = [visit for visit in before if timezone.localdate(visit.at) == day]
    first: Visit | None = None
    for visit in before:
        if visit.direction == ENTRY:
            first = first or visit
        elif manners.allows_reentry:
            first = None
    return first


def next_turn(visits: Iterable[Visit]) -> int:
    """Return the number that the next scan of the ticket takes."""
    return max((visit.turn for visit in visits), default=0) + 1


def standing(*, list_id: int, ticket_ids: Iterable[UUID]) -> dict[UUID, list[Visit]]:
    """Return the visits of tickets at a list, in order; an empty list for a ticket without any. One statement."""
    rows = CheckIn.objects.filter(STANDING, list=list_id, ticket__in=list(ticket_ids)).order_by()
    found: defaultdict[UUID, list[Visit]] = defaultdict(list)
    for ticket_id, *fields in rows.values_list("ticket", *FIELDS):
        found[ticket_id].append(Visit(*fields))
    return defaultdict(list, {ticket_id: in_order(visits) for ticket_id, visits in found.items()})
