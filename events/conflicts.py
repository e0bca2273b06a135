"""Conflicts: who was let in without a network though the rules would not have, for an organiser to settle."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from events import annulment, doors, hindsight, permissions
from events.models import STANDING, CheckIn
from events.refusals import ScanNotFound
from network.models import Person

Settlement = CheckIn.Settlement


def unsettled(*, event_id: int) -> QuerySet[CheckIn]:
    """Return the forced scans that nobody has settled yet, oldest first, with all that is shown of them."""
    rows = CheckIn.objects.filter(event=event_id, forced=True, settled_at=None, annulled_at=None)
    return rows.select_related("ticket", "list", "gate", "first__gate").order_by("scanned_at", "pk")


def count(*, event_id: int) -> int:
    """Return how many are to be settled."""
    return CheckIn.objects.filter(event=event_id, forced=True, settled_at=None, annulled_at=None).count()


def settle(*, checkin_id: int, settlement: Settlement, actor: Person, at: datetime) -> CheckIn:
    """Settle a forced scan: BOTH leaves everything as it is, FIRST takes it back, SECOND takes back what stood in its
    way. Return it.

    Settling it again in the same way is settling it once. May: organisers of the event. Raises ScanNotFound (also for
    one that is settled otherwise, or where there is nothing to be taken back).
    """
    event_id = CheckIn.objects.filter(pk=checkin_id).values_list("event", flat=True).first()
    if event_id is None or not permissions.may_watch_board(actor, event_id):
        raise ScanNotFound()
    with transaction.atomic():
        tally = doors.hold(event_id=event_id)
        row = CheckIn.objects.select_related("first").get(pk=checkin_id)
        if row.settled_at is not None and row.settlement == settlement:
            return row
        dying = _dying(row, settlement)
        if not row.forced or row.settled_at is not None or row.annulled_at is not None or dying is None:
            raise ScanNotFound()
        # Settled first: what is judged anew below must not be asked about again.
        row.settlement, row.settled_at, row.settled_by = settlement, at, actor
        row.save(update_fields=["settlement", "settled_at", "settled_by"])
        annulment.take_back(rows=dying, tally=tally, at=at)
        tally.refresh_from_db(fields=["changes"])
        for ticket_id in {each.ticket_id for each in dying if each.ticket_id is not None}:
            touched = sorted({each.list_id for each in dying})
            hindsight.judge_anew(ticket_id=ticket_id, list_ids=touched, changes=tally.changes)
        row.refresh_from_db()
    return row


def _dying(row: CheckIn, settlement: Settlement) -> list[CheckIn] | None:
    """What is taken back, with the exits from other zones that it brought about; None if it cannot be: there is no such
    admission, or no more."""
    if settlement == Settlement.BOTH:
        return []
    wrong = row if settlement == Settlement.FIRST else row.first
    if wrong is None or wrong.status != CheckIn.Status.OK or wrong.annulled_at is not None:
        return None
    elsewhere = wrong.followers.filter(STANDING, ticket=wrong.ticket_id).exclude(list=wrong.list_id)
    return [wrong, *elsewhere.order_by("pk")]
