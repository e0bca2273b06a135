"""Scans made without a network: taken as they come, in any order, twice if need be.

Whoever was let in is inside, whatever the rules say: such a scan stands. What the rules would not have allowed is
marked `forced`, with the reason, for an organiser to look at (`events.conflicts`). Which of two entries is the second
one is told by when they were made, not by which phone found the network first: the outcome is the same for every order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from events import (
    admissions,
    auto_exit,
    door_facts,
    door_reading,
    door_rules,
    doors,
    hindsight,
    permissions,
    scan_rows,
    visits,
    zones,
)
from events.door_facts import ListFacts
from events.door_reading import Guest, Reading
from events.models import STANDING, CheckIn
from events.refusals import CheckInListNotFound
from events.scan_rows import Actor, Scan
from network.refusals import Invalid

MOST = 50
"""How many scans are taken at a time."""
CLOCKS_APART = timedelta(days=2)
"""How far a device's clock and ours may lie apart, once put right: a scan from another time is dated when it came."""
Reason = CheckIn.Reason


@dataclass(frozen=True, kw_only=True)
class OfflineScan:
    """A scan that a phone decided alone. `was_let_in`: what it told the guest; `reason`: why not, if it did not."""

    scan: Scan
    list_id: int
    was_let_in: bool
    reason: str = ""
    lead_nonce: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of one: `row` is None if it was not taken, because the list is not one of this sender's."""

    nonce: UUID
    row: CheckIn | None


def upload(*, scans: Sequence[OfflineScan], device: str, sent_at: datetime, actor: Actor, at: datetime) -> list[Taken]:
    """Take scans, each in a transaction of its own; return what became of each, in the order given.

    `sent_at` is the device's clock when it sent them: as far as it is wrong, so were the moments of the scans, and they
    are put right by it. A nonce that is known is not written again. Raises CheckInListNotFound if the actor works at
    none of the lists, Invalid at `scans` (too_many).
    """
    if len(scans) > MOST:
        raise Invalid(field="scans", reason="too_many", most=MOST)
    allowed = {list_id: _list(list_id, actor) for list_id in sorted({sent.list_id for sent in scans})}
    if scans and not any(allowed.values()):
        raise CheckInListNotFound()
    skew = at - sent_at
    # Who came in with somebody comes behind them: a row names the one that led to it.
    places = sorted(range(len(scans)), key=lambda place: scans[place].lead_nonce is not None)
    rows = {place: _take(scans[place], allowed[scans[place].list_id], device, skew, actor, at) for place in places}
    return [Taken(nonce=sent.scan.nonce, row=rows[place]) for place, sent in enumerate(scans)]


def _take(
    sent: OfflineScan, facts: ListFacts | None, device: str, skew: timedelta, actor: Actor, at: datetime
) -> CheckIn | None:
    known = CheckIn.objects.filter(nonce=sent.scan.nonce, **scan_rows.sender(actor)).first()
    if known is not None and not _was_let_in_unheard(sent, known, facts):
        return known
    if facts is None:
        return None
    row = scan_rows.new(facts, sent.scan, actor, at)
    row.device, row.was_offline = device[: scan_rows.DEVICE_LENGTH], True
    row.scanned_at = _put_right(sent.scan.scanned_at, skew, at)
    row.lead = _lead(sent, actor)
    try:
        with transaction.atomic():
            if known is not None:
                known.delete()
            row = _keep(row, sent, facts)
    except CheckInListNotFound:
        return None
    except IntegrityError:
        # The same batch came in twice at once: the other one's row is ours.
        return CheckIn.objects.get(nonce=sent.scan.nonce, **scan_rows.sender(actor))
    return row


def _was_let_in_unheard(sent: OfflineScan, known: CheckIn, facts: ListFacts | None) -> bool:
    """Whether we refused this very scan, the answer never came, and the phone let the guest in: then they are in."""
    refused = known.status != CheckIn.Status.OK and not known.was_offline
    return sent.was_let_in and refused and facts is not None and known.list_id == facts.pk


def _list(list_id: int, actor: Actor) -> ListFacts | None:
    """The list, if the actor scans by it."""
    facts = door_facts.known(list_id)
    if facts is None or not permissions.may_scan(actor, event_id=facts.event_id, list_id=list_id):
        return None
    return facts


def _put_right(scanned_at: datetime | None, skew: timedelta, at: datetime) -> datetime:
    try:
        moment = scanned_at + skew if scanned_at else at
    except OverflowError:
        return at
    return moment if at - CLOCKS_APART <= moment <= at else at


def _lead(sent: OfflineScan, actor: Actor) -> CheckIn | None:
    if sent.lead_nonce is None:
        return None
    return CheckIn.objects.filter(nonce=sent.lead_nonce, **scan_rows.sender(actor)).first()


def _keep(row: CheckIn, sent: OfflineScan, facts: ListFacts) -> CheckIn:
    """Write the row and what follows from it, while everybody else's admissions wait; return it.

    One of a group that its first one's scan let in already (the phone asked, and no answer came) is that row. Raises
    CheckInListNotFound if the list went while the phone was away; a gate that went is left out.
    """
    tally = doors.hold(event_id=facts.event_id)
    as_it_is = door_facts.as_of(facts.pk, changes=tally.changes)
    if as_it_is is None:
        raise CheckInListNotFound()
    facts = as_it_is
    row.gate_id = scan_rows.gate_of(sent.scan.gate_id, facts)
    reading = door_reading.read(sent.scan.code, list_id=facts.pk, event_id=facts.event_id)
    guest = reading.guest
    row.ticket_id = guest.ticket_id if guest else None
    known = _came_with_lead(row, facts)
    if known is not None:
        return known
    if not sent.was_let_in:
        row.status, row.reason = CheckIn.Status.ERROR, sent.reason or Reason.ERROR
        row.save(force_insert=True)
    elif guest is None or guest.event_id != facts.event_id:
        # Somebody is inside with a code that says nothing here: nobody to count, but somebody to ask about.
        row.status, row.reason, row.forced = CheckIn.Status.ERROR, reading.reason or Reason.PRODUCT, True
        row.save(force_insert=True)
    else:
        _let_pass(row, reading, guest, facts)
    return row


def _came_with_lead(row: CheckIn, facts: ListFacts) -> CheckIn | None:
    if row.lead is None or row.ticket_id is None:
        return None
    return CheckIn.objects.filter(STANDING, lead=row.lead, ticket=row.ticket_id, list=facts.pk).first()


def _let_pass(row: CheckIn, reading: Reading, guest: Guest, facts: ListFacts) -> None:
    row.status, row.turn = CheckIn.Status.OK, visits.next_turn(guest.visits)
    row.reason = _lasting(reading, row, facts)
    row.forced = bool(row.reason)
    left = zones.left_by(row, facts=facts)
    after = visits.in_order([*guest.visits, scan_rows.visit_of(row)])
    late = auto_exit.overdue(after, facts=facts, lead=row, at=row.received_at)
    followed = [] if late is None else [late]
    after = visits.in_order([*after, *map(scan_rows.visit_of, followed)])
    followed += zones.left_since(row, facts=facts, made=after)
    after = visits.in_order([*guest.visits, *map(scan_rows.visit_of, [row, *followed])])
    admitted, inside = scan_rows.movement(facts, guest.visits, after)
    admissions.write(
        rows=[row, *(step.row for step in left), *followed],
        event_id=facts.event_id,
        changes=facts.changes,
        admitted=admitted,
        inside=inside + sum(step.inside for step in left),
    )
    touched = [facts.pk, *facts.leaves, *(facts.needed_by if row.direction == visits.ENTRY else ())]
    doors.tell_guests(event_id=facts.event_id, registration_ids=[guest.registration_id])
    hindsight.judge_anew(ticket_id=guest.ticket_id, list_ids=touched, changes=facts.changes)
    row.refresh_from_db(fields=["forced", "reason", "first"])


def _lasting(reading: Reading, row: CheckIn, facts: ListFacts) -> str:
    """Why the scan would have been refused whatever else the ticket did at this list: all but being the second."""
    assert row.ticket_id is not None  # whose reading this is
    needed = hindsight.first_entry(facts.needs_id, row.ticket_id)
    entered = facts.needs_id is None or (needed is not None and needed.order < (row.scanned_at, row.nonce))
    reason = door_rules.judge(
        reading, facts=facts, direction=row.direction, at=row.scanned_at, entered_needed=entered
    ).reason
    return "" if reason == Reason.ALREADY_REDEEMED else reason
