"""Check-in: one scan, one answer. pretix's vocabulary; every scan is kept, also the refused ones.

What must never happen twice is held by constraints: a nonce (`CheckIn.nonce`) and an admission per list and ticket
(`checkin_admitted_once`). The event's tally is the lock: admissions of one event commit one after another, and so
their sequence numbers are in commit order without a gap.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from events import doors, permissions, tickets
from events.models import CheckIn, CheckInList, CheckInTally, Event, Gate, Registration, Ticket
from events.refusals import CheckInListNotFound, NonceReused, ScanNotFound, TooLateToAnnul
from network.models import Person

ANNUL_WITHIN = timedelta(minutes=15)
DEVICE_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What a device sends. `nonce` is chosen by the device and stays the same when it sends the scan again."""

    code: str
    nonce: UUID
    device: str = ""
    gate_id: int | None = None
    scanned_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the door sees. `ticket` is given only if it belongs to the list's event; `first` on already_redeemed."""

    checkin: CheckIn
    ticket: Ticket | None
    first: CheckIn | None
    admitted: int


def redeem(*, list_id: int, scan: Scan, actor: Person, at: datetime) -> Answer:
    """Let a ticket in once, and say so; the same nonce gives the same answer again and writes nothing.

    Raises CheckInListNotFound (also if the actor does not work there) and NonceReused. A refused scan is an answer,
    not an exception: its status and reason are in the returned row.
    """
    checkin_list = _list_of(list_id, actor)
    repeated = _repeated(scan, checkin_list, actor)
    if repeated is not None:
        return repeated
    try:
        with transaction.atomic():
            return _decide(checkin_list, scan, actor, at)
    except IntegrityError:
        # The same nonce came in twice at once: the other one's answer is ours.
        repeated = _repeated(scan, checkin_list, actor)
        if repeated is None:
            raise
        return repeated


def annul(*, nonce: UUID, device: str, actor: Person, at: datetime) -> CheckIn:
    """Take an admission back: by its nonce, the same person and device, within 15 minutes.

    Returns the row. Raises ScanNotFound and TooLateToAnnul. Taking it back twice is taking it back once.
    """
    with transaction.atomic():
        rows = CheckIn.objects.filter(
            nonce=nonce, device=device[:DEVICE_LENGTH], scanned_by=actor, status=CheckIn.Status.OK
        )
        row = rows.select_related("event").first()
        if row is None or not permissions.may_check_in(actor, row.event_id):
            raise ScanNotFound()
        tally = doors.hold(event_id=row.event_id)
        row.refresh_from_db()
        if row.annulled_at is not None:
            return row
        if at - row.received_at > ANNUL_WITHIN:
            raise TooLateToAnnul(minutes=15)
        row.annulled_at, row.annulled_sequence = at, tally.last_sequence + 1
        row.save(update_fields=["annulled_at", "annulled_sequence"])
        doors.count(tally=tally, admitted=-1)
    return row


def _list_of(list_id: int, actor: Person) -> CheckInList:
    found = CheckInList.objects.select_related("event").filter(pk=list_id).first()
    if found is None or not permissions.may_check_in(actor, found.event_id):
        raise CheckInListNotFound()
    return found


def _repeated(scan: Scan, checkin_list: CheckInList, actor: Person) -> Answer | None:
    """The answer that this nonce was given before."""
    # Nearly every scan is new: asked for without its relations, which are loaded only for the rare repeat.
    row = CheckIn.objects.filter(nonce=scan.nonce).first()
    if row is None:
        return None
    ticket = tickets.find(scan.code)
    is_same = (row.list_id, row.scanned_by_id, row.ticket_id) == (checkin_list.pk, actor.pk, ticket and ticket.pk)
    # An admission that was taken back is no answer any more: the guest has to be scanned anew.
    if not is_same or row.annulled_at is not None:
        raise NonceReused()
    return _answer(row, CheckInTally.objects.get(event_id=row.event_id))


def _decide(checkin_list: CheckInList, scan: Scan, actor: Person, at: datetime) -> Answer:
    tally = doors.hold(event_id=checkin_list.event_id)
    # Read under the lock: whoever gives a place back holds the doors, too.
    ticket = tickets.find(scan.code)
    reason = _reason(checkin_list.event, ticket, scan.code)
    first = None
    if not reason and ticket is not None:
        admissions = CheckIn.objects.filter(list=checkin_list, ticket=ticket, status="ok", annulled_at=None)
        first = admissions.select_related("gate").first()
        reason = CheckIn.Reason.ALREADY_REDEEMED if first else ""
    row = CheckIn.objects.create(
        list=checkin_list,
        event=checkin_list.event,
        ticket=ticket,
        gate=Gate.objects.filter(pk=scan.gate_id, event=checkin_list.event).first() if scan.gate_id else None,
        nonce=scan.nonce,
        device=scan.device[:DEVICE_LENGTH],
        scanned_by=actor,
        scanned_at=scan.scanned_at or at,
        received_at=at,
        status=CheckIn.Status.ERROR if reason else CheckIn.Status.OK,
        reason=reason,
        sequence=None if reason else tally.last_sequence + 1,
        turn=None if reason else 1,
        first=first,
    )
    if not reason:
        doors.count(tally=tally, admitted=1)
    return _answer(row, tally)


def _reason(event: Event, ticket: Ticket | None, code: str) -> str:
    """Why a ticket is refused at this event, or nothing."""
    if ticket is None:
        return CheckIn.Reason.INVALID
    if ticket.event_id != event.pk:
        return CheckIn.Reason.PRODUCT
    if not tickets.is_current(code, ticket):
        return CheckIn.Reason.REVOKED
    cancelled = ticket.revoked_at is not None or ticket.registration.status != Registration.Status.CONFIRMED
    if cancelled or event.status == Event.Status.CANCELLED:
        return CheckIn.Reason.CANCELED
    return CheckIn.Reason.UNPAID if ticket.registration.payment == Registration.Payment.DUE else ""


def _answer(row: CheckIn, tally: CheckInTally) -> Answer:
    ours = row.ticket is not None and row.ticket.event_id == row.event_id
    return Answer(checkin=row, ticket=row.ticket if ours else None, first=row.first, admitted=tally.admitted)
