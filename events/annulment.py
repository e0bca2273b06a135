"""Taking an admission back: the hand that scanned too fast."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from events import admissions, door_facts, doors, permissions, scan_rows, visits
from events.models import STANDING, CheckIn, CheckInTally, Ticket
from events.refusals import ScanNotFound, TooLateToAnnul
from events.scan_rows import Actor

ANNUL_WITHIN = timedelta(minutes=15)


def annul(*, nonce: UUID, device: str, actor: Actor, at: datetime) -> CheckIn:
    """Take a scan back, with those of the group that it let in: by its nonce, the same sender and device, within 15
    minutes, as long as the ticket did nothing since.

    Returns the row. Raises ScanNotFound and TooLateToAnnul. Taking it back twice is taking it back once.
    """
    with transaction.atomic():
        mine = CheckIn.objects.filter(nonce=nonce, device=device[: scan_rows.DEVICE_LENGTH], status=CheckIn.Status.OK)
        row = mine.filter(**scan_rows.sender(actor)).first()
        facts = door_facts.known(row.list_id) if row else None
        if row is None or facts is None:
            raise ScanNotFound()
        if not permissions.may_scan(actor, event_id=facts.event_id, list_id=facts.pk):
            raise ScanNotFound()
        tally = doors.hold(event_id=row.event_id)
        row.refresh_from_db()
        if row.annulled_at is not None:
            return row
        # Its group, and where each of them was taken to have left another zone.
        followed = CheckIn.objects.filter(STANDING, Q(lead=row) | Q(lead__lead=row))
        together = [row, *followed.order_by("pk")]
        if at - row.received_at > ANNUL_WITHIN or not _are_last(together):
            raise TooLateToAnnul(minutes=int(ANNUL_WITHIN.total_seconds() // 60))
        take_back(rows=together, tally=tally, at=at)
    return row


def take_back(*, rows: Sequence[CheckIn], tally: CheckInTally, at: datetime) -> None:
    """Take rows back and move the counts. `tally` is held; called inside the transaction of a rule.

    Whose exit is taken back is inside again: whoever lets them in just now, because they went out, decides anew.
    """
    admitted = inside = 0
    for row in rows:
        facts = door_facts.as_of(row.list_id, changes=tally.changes)
        if facts is None or row.ticket_id is None:
            continue
        before = visits.standing(list_id=row.list_id, ticket_ids=[row.ticket_id])[row.ticket_id]
        after = [visit for visit in before if visit.pk != row.pk]
        moved = scan_rows.movement(facts, before, after)
        admitted, inside = admitted + moved[0], inside + moved[1]
        row.annulled_at = at
        row.save(update_fields=["annulled_at"])
    counted = admissions.count(
        event_id=tally.event_id, changes=tally.changes, numbers=len(rows), admitted=admitted, inside=inside
    )
    for place, row in enumerate(rows):
        row.annulled_sequence = counted.sequence - len(rows) + 1 + place
        row.save(update_fields=["annulled_sequence"])
    of_tickets = Ticket.objects.filter(pk__in=[row.ticket_id for row in rows if row.ticket_id])
    ids = of_tickets.order_by().values_list("registration", flat=True).distinct()
    doors.tell_guests(event_id=tally.event_id, registration_ids=ids)
    if any(row.direction == visits.EXIT for row in rows):
        doors.changed(event_id=tally.event_id)


def _are_last(rows: Iterable[CheckIn]) -> bool:
    """Whether each is the last thing that its ticket did at its list."""
    for row in rows:
        if row.ticket_id is None:
            continue
        made = visits.standing(list_id=row.list_id, ticket_ids=[row.ticket_id])[row.ticket_id]
        if made and made[-1].pk != row.pk:
            return False
    return True
