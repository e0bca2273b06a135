"""What a gate has to know of its check-in list before it looks at a ticket.

Lists seldom change, and are read for every scan: they are kept in the process together with the number of
`CheckInTally.changes` at which they were read. Whoever lets somebody in names that number to the database in the same
statement that counts (`events.admissions`), so that an outdated list never lets anybody in.
"""

from dataclasses import dataclass
from datetime import datetime

from events.models import CheckInList, Event, Question
from events.visits import Manners


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """A check-in list with its event, as of `changes`."""

    pk: int
    event_id: int
    changes: int
    is_main: bool
    is_cancelled: bool
    ends_at: datetime
    ticket_types: frozenset[int]
    gates: frozenset[int]
    manners: Manners
    includes_pending: bool
    opens_at: datetime | None
    closes_at: datetime | None
    auto_exit_at: datetime | None
    needs_id: int | None
    leaves: tuple[int, ...]
    left_by: tuple[int, ...]
    needed_by: tuple[int, ...]
    asks: bool


_kept: dict[int, ListFacts] = {}


def forget() -> None:
    """Keep nothing any more: for whoever puts another database under the process."""
    _kept.clear()


def known(list_id: int) -> ListFacts | None:
    """Return the facts of a list, perhaps those of a moment ago; None if there is no such list."""
    return _kept.get(list_id) or fresh(list_id)


def as_of(list_id: int, *, changes: int) -> ListFacts | None:
    """Return the facts of a list for who holds its event's doors, and read there `changes`."""
    facts = known(list_id)
    return facts if facts is None or facts.changes == changes else fresh(list_id)


def fresh(list_id: int) -> ListFacts | None:
    """Return the facts of a list as they are now, and keep them; None if there is no such list."""
    _kept.pop(list_id, None)
    row = CheckInList.objects.select_related("event__tally").filter(pk=list_id).first()
    if row is None:
        return None
    facts = ListFacts(
        pk=row.pk,
        event_id=row.event_id,
        # Read first: what changes between this statement and the next ones raises the number, and is read anew.
        changes=row.event.tally.changes,
        is_main=row.is_main,
        is_cancelled=row.event.status == Event.Status.CANCELLED,
        ends_at=row.event.ends_at,
        ticket_types=frozenset(row.ticket_types.values_list("pk", flat=True)),
        gates=frozenset(row.event.gates.values_list("pk", flat=True)),
        manners=Manners(row.allows_reentry, row.allows_multiple, row.once_a_day),
        includes_pending=row.includes_pending,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        auto_exit_at=row.auto_exit_at,
        needs_id=row.needs_id,
        leaves=tuple(row.leaves.order_by("pk").values_list("pk", flat=True)),
        left_by=tuple(CheckInList.objects.filter(leaves=row).order_by("pk").values_list("pk", flat=True)),
        needed_by=tuple(CheckInList.objects.filter(needs=row).order_by("pk").values_list("pk", flat=True)),
        asks=Question.objects.filter(event=row.event_id, is_asked_at_door=True, is_active=True).exists(),
    )
    _kept[list_id] = facts
    return facts
