"""Writing scans: the rows, the numbers of the sequence, the counts, in one transaction.

Nothing is locked while a gate decides. What it decided by is checked where it is written: the tally must still bear the
number of `changes` that was read, and each row's turn must still be free (`checkin_turn_once`). Else `Outdated`, or an
IntegrityError, undoes all of it, and the gate decides anew.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection, transaction

from events import doors
from events.models import CheckIn, CheckInTally
from network.statements import Inserted, prepared


class Outdated(Exception):
    """Something changed since it was read by which this scan may be refused."""


@dataclass(frozen=True, slots=True)
class Count:
    """The tally behind a write."""

    sequence: int
    admitted: int
    inside: int


insert = Inserted(CheckIn)
_SEQUENCE = [field.attname for field in insert.fields].index("sequence")
_ONE = ", ".join("counted.last_sequence" if place == _SEQUENCE else "%s" for place in range(len(insert.fields)))
_TALLY = CheckInTally._meta.db_table
_COUNT = (
    f"UPDATE {_TALLY} SET last_sequence = last_sequence + %s, admitted = admitted + %s, inside = inside + %s"
    " WHERE event_id = %s AND changes = %s RETURNING last_sequence, admitted, inside"
)


def write(*, rows: Sequence[CheckIn], event_id: int, changes: int, admitted: int, inside: int) -> Count:
    """Write rows that stand, numbered in their order, and move the counts by `admitted` and `inside`; all or nothing.

    Raises Outdated and IntegrityError (the nonce or the turn is taken); then nothing is written.
    """
    if len(rows) == 1 and connection.vendor == "postgresql":
        return _write_one(rows[0], event_id, changes, admitted, inside)
    with transaction.atomic():
        counted = count(event_id=event_id, changes=changes, numbers=len(rows), admitted=admitted, inside=inside)
        first = counted.sequence - len(rows) + 1
        for place, row in enumerate(rows):
            row.sequence = first + place
            if row.lead is not None:
                row.lead_id = row.lead.pk  # written a moment ago, as one of these rows
            insert(row)
    return counted


_WRITE_ONE = f"""
WITH counted AS ({_COUNT}),
     written AS ({insert.into} SELECT {_ONE} FROM counted {insert.returning})
SELECT counted.last_sequence, counted.admitted, counted.inside, written.id FROM counted, written"""


def _write_one(row: CheckIn, event_id: int, changes: int, admitted: int, inside: int) -> Count:
    """As `write`, in one trip to PostgreSQL: the tally stays locked for no longer than the statement takes."""
    given = [1, admitted, inside, event_id, changes, *insert.values(row)]
    del given[5 + _SEQUENCE]
    # A violated constraint undoes the statement alone, and outside a transaction there is no more of it.
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), prepared() as cursor:
        cursor.execute(_WRITE_ONE, given)
        found = cursor.fetchone()
    if found is None:
        raise Outdated
    *counts, key = found
    insert.done(row, key)
    counted = Count(*counts)
    row.sequence = counted.sequence
    doors.tell(event_id=event_id, sequence=counted.sequence, admitted=counted.admitted, inside=counted.inside)
    return counted


def count(*, event_id: int, changes: int, numbers: int, admitted: int, inside: int) -> Count:
    """Take `numbers` numbers of the sequence, move the counts, announce it. Raises Outdated.

    Called inside a transaction: the row stays locked to its end, so that numbers are in commit order without a gap.
    """
    with prepared() as cursor:
        cursor.execute(_COUNT, [numbers, admitted, inside, event_id, changes])
        row = cursor.fetchone()
    if row is None:
        raise Outdated
    counted = Count(*row)
    doors.tell(event_id=event_id, sequence=counted.sequence, admitted=counted.admitted, inside=counted.inside)
    return counted
