"""Hindsight: which entries would have been refused, judged anew in the order in which they were made.

Scans made without a network come late and in any order: what looked like the first entry was the second one, and who
seemed to have left out the list that must come first had been there. The other reasons are the ticket's and the
clock's, and stay.
"""

from collections.abc import Iterable
from uuid import UUID

from events import door_facts, visits
from events.door_facts import ListFacts
from events.models import CheckIn
from events.visits import Visit

Reason = CheckIn.Reason


def judge_anew(*, ticket_id: UUID, list_ids: Iterable[int], changes: int) -> None:
    """Say anew which of a ticket's entries at these lists stand against the rules.

    Called inside the transaction of a rule that holds the tally and read `changes` there.
    """
    for list_id in list_ids:
        facts = door_facts.as_of(list_id, changes=changes)
        if facts is not None:
            _judge_list(ticket_id, facts)


def first_entry(list_id: int | None, ticket_id: UUID) -> Visit | None:
    """Return the first standing entry of a ticket at a list, if it has one."""
    made = [] if list_id is None else visits.standing(list_id=list_id, ticket_ids=[ticket_id])[ticket_id]
    return next((visit for visit in made if visit.direction == visits.ENTRY), None)


def _judge_list(ticket_id: UUID, facts: ListFacts) -> None:
    before: list[Visit] = []
    for visit in visits.standing(list_id=facts.pk, ticket_ids=[ticket_id])[ticket_id]:
        if visit.direction == visits.ENTRY and visit.reason in ("", Reason.ALREADY_REDEEMED, Reason.RULES):
            _judge(visit, before, ticket_id, facts)
        before.append(visit)


def _judge(visit: Visit, before: list[Visit], ticket_id: UUID, facts: ListFacts) -> None:
    if visit.reason == Reason.RULES and not _had_entered(facts.needs_id, ticket_id, visit):
        return
    first = visits.in_the_way(before, manners=facts.manners, at=visit.at)
    if first is None and not visit.reason:
        return
    reason = Reason.ALREADY_REDEEMED if first else ""
    CheckIn.objects.filter(pk=visit.pk).update(forced=first is not None, reason=reason, first=first and first.pk)


def _had_entered(list_id: int | None, ticket_id: UUID, visit: Visit) -> bool:
    needed = first_entry(list_id, ticket_id)
    return list_id is None or (needed is not None and needed.order < visit.order)
