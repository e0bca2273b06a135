"""Writing scans: the rows, the numbers of the sequence, the counts, in one transaction.

Nothing is locked while a gate decides. What it decided by is checked where it is written: the tally must still bear the
number of `changes` that was read, and each row's turn must still be free (`checkin_turn_once`). Else `Outdated`, or an
IntegrityError, undoes all of it, and the gate decides anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from events import doors
from events.models import CheckIn, CheckInTally


class Outdated(Exception):
    """Something changed since it was read by which this scan may be refused."""


@dataclass(frozen=True, slots=True)
class Count:
    """The tally behind a write."""

    sequence: int
    admitted: int
    inside: int


_TALLY = CheckInTally._meta.db_table
_COUNT = (
    f"UPDATE {_TALLY} SET last_sequence = last_sequence + %s, admitted = admitted + %s, inside = inside + %s"
    " WHERE event_id = %s AND changes = %s RETURNING last_sequence, admitted, inside"
)


def write(*, rows: Sequence[CheckIn], event_id: int, changes: int, admitted: int, inside: int) -> Count:
    """Write rows that stand, numbered in their order, and move the counts by `admitted` and `inside`; all or nothing.

    Raises Outdated and IntegrityError (the nonce or the turn is taken); then nothing is written.
    """
    with transaction.atomic():
        counted = count(event_id=event_id, changes=changes, numbers=len(rows), admitted=admitted, inside=inside)
        first = counted.sequence - len(rows) + 1
        for place, row in enumerate(rows):
            row.sequence = first + place
            row.save(force_insert=True)
    return counted


def count(*, event_id: int, changes: int, numbers: int, admitted: int, inside: int) -> Count:
    """Take `numbers` numbers of the sequence, move the counts, announce it. Raises Outdated.

    Called inside a transaction: the row stays locked to its end, so that numbers are in commit order without a gap.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [numbers, admitted, inside, event_id, changes])
        row = cursor.fetchone()
    if row is None:
        raise Outdated
    counted = Count(*row)
    doors.tell(event_id=event_id, sequence=counted.sequence, admitted=counted.admitted, inside=counted.inside)
    return counted
