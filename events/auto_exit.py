"""Everybody has left by a list's time: who is still inside then goes out by itself."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from events import admissions, door_facts, doors, scan_rows, visits
from events.door_facts import ListFacts
from events.models import STANDING, CheckIn, CheckInList
from events.visits import Visit

LOOK_BACK = timedelta(days=2)
"""How long after its time a list is still looked at: what comes in later goes out as it comes (`overdue`)."""


def due(*, at: datetime) -> int:
    """Let everybody out of the lists whose time has come; return how many went. A chore: safe to repeat."""
    lists = CheckInList.objects.filter(auto_exit_at__lte=at, auto_exit_at__gt=at - LOOK_BACK).values_list(
        "pk", flat=True
    )
    return sum(_empty(list_id, at) for list_id in lists)


def overdue(made: list[Visit], *, facts: ListFacts, lead: CheckIn, at: datetime) -> CheckIn | None:
    """Return the exit, not written, of a ticket whose entry reached us only after its list was emptied; or None."""
    moment = facts.auto_exit_at
    if lead.ticket_id is None or moment is None or at < moment or not _stayed(made, moment):
        return None
    row = scan_rows.following(lead, lead.ticket_id, nonce=uuid5(lead.nonce, "auto exit"), at=at)
    row.direction, row.scanned_at, row.turn = visits.EXIT, moment, visits.next_turn(made)
    return row


def _stayed(made: list[Visit], moment: datetime) -> bool:
    """Whether a ticket was inside when the moment came, and was not let out at it; whatever it did since."""
    left = any(visit.at == moment and visit.direction == visits.EXIT for visit in made)
    return not left and visits.is_inside([visit for visit in made if visit.at < moment])


def _empty(list_id: int, at: datetime) -> int:
    with transaction.atomic():
        known = door_facts.known(list_id)
        if known is None:
            return 0
        doors.hold(event_id=known.event_id)
        facts = door_facts.fresh(list_id)
        if facts is None or facts.auto_exit_at is None or facts.auto_exit_at > at:
            return 0
        entered = CheckIn.objects.filter(STANDING, list=list_id, scanned_at__lt=facts.auto_exit_at)
        ids = set(entered.order_by().values_list("ticket", flat=True))
        made = visits.standing(list_id=list_id, ticket_ids=ids)
        rows, inside = [], 0
        for ticket_id, theirs in sorted(made.items()):
            if _stayed(theirs, facts.auto_exit_at):
                row = _exit(facts, ticket_id, theirs, at)
                rows.append(row)
                inside += scan_rows.movement(facts, theirs, [*theirs, scan_rows.visit_of(row)])[1]
        if rows:
            admissions.write(rows=rows, event_id=facts.event_id, changes=facts.changes, admitted=0, inside=inside)
        return len(rows)


def _exit(facts: ListFacts, ticket_id: UUID, made: list[Visit], at: datetime) -> CheckIn:
    return CheckIn(
        list_id=facts.pk,
        event_id=facts.event_id,
        ticket_id=ticket_id,
        direction=visits.EXIT,
        nonce=uuid4(),
        scanned_at=facts.auto_exit_at or at,
        received_at=at,
        status=CheckIn.Status.OK,
        turn=visits.next_turn(made),
    )
