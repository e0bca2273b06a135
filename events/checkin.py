"""Check-in: one scan, one answer. pretix's vocabulary; every scan is kept, also the refused ones.

A gate reads (`door_facts`, `door_reading`), decides (`door_rules`, pure) and writes (`admissions`) without holding a
lock in between. What must never happen twice is held by constraints: a nonce per device or person, and a turn per list
and ticket (`checkin_turn_once`); what must not have changed meanwhile by the tally's `changes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from events import (
    admissions,
    door_facts,
    door_questions,
    door_reading,
    door_rules,
    doors,
    permissions,
    scan_rows,
    visits,
    zones,
)
from events.admissions import Outdated
from events.answer_shapes import Asked
from events.door_facts import ListFacts
from events.door_reading import Guest, Reading
from events.door_rules import Verdict
from events.models import CheckIn, CheckInTally
from events.refusals import CheckInListNotFound, NonceReused
from events.scan_rows import Actor, Scan
from events.visits import Visit

TRIES = 20
"""How often a gate decides anew when others keep coming between: each time somebody else got further."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the door sees. `guest` is given only if the ticket belongs to the list's event; `first` on already_redeemed.

    `questions`: what must be answered first (incomplete).
    """

    checkin: CheckIn
    guest: Guest | None
    first: Visit | None
    admitted: int
    inside: int
    questions: Sequence[Asked] = ()


def redeem(*, list_id: int, scan: Scan, actor: Actor, at: datetime) -> Answer:
    """Let a ticket in, or out, and say so; the same nonce gives the same answer again and writes nothing.

    Raises CheckInListNotFound (also if the actor does not work there), NonceReused, and for answers what
    `door_questions.keep` raises. A refused scan is an answer,
    not an exception: its status and reason are in the returned row.
    """
    facts = _list(list_id, actor)
    for _try in range(TRIES):
        reading = door_reading.read(scan.code, list_id=list_id, event_id=facts.event_id)
        repeated = _standing_again(reading, scan, actor, facts)
        if repeated is not None:
            return repeated
        if reading.changes is not None and reading.changes != facts.changes:
            facts = _fresh(list_id)
        try:
            return _decide(reading, facts, scan, actor, at)
        except Outdated:
            facts = _fresh(list_id)
        except IntegrityError:
            # The nonce is known, and its answer ours; or another gate was faster, and we decide anew.
            repeated = _repeated(scan, facts, actor)
            if repeated is not None:
                return repeated
            facts = _fresh(list_id)
    return _while_others_wait(list_id, facts.event_id, scan, actor, at)


def _while_others_wait(list_id: int, event_id: int, scan: Scan, actor: Actor, at: datetime) -> Answer:
    """Decide with the doors held: nobody gets further than us any more.

    What was answered is kept by then; to keep it again would ask for Seats, which come before the doors.
    """
    scan = replace(scan, answers={})
    with transaction.atomic():
        doors.hold(event_id=event_id)
        facts = _fresh(list_id)
        return _decide(door_reading.read(scan.code, list_id=list_id, event_id=event_id), facts, scan, actor, at)


def _list(list_id: int, actor: Actor) -> ListFacts:
    facts = door_facts.known(list_id)
    if facts is None or not permissions.may_scan(actor, event_id=facts.event_id, list_id=list_id):
        raise CheckInListNotFound()
    return facts


def _fresh(list_id: int) -> ListFacts:
    facts = door_facts.fresh(list_id)
    if facts is None:
        raise CheckInListNotFound()
    return facts


def _decide(reading: Reading, facts: ListFacts, scan: Scan, actor: Actor, at: datetime) -> Answer:
    guest = reading.guest
    verdict = door_rules.judge(
        reading,
        facts=facts,
        direction=scan.direction,
        at=scan.scanned_at or at,
        entered_needed=guest is None or scan_rows.has_entered(facts.needs_id, guest.ticket_id),
    )
    if verdict.reason or guest is None:
        return _refused(reading, verdict, facts, scan, actor, at)
    missing = _unanswered(guest, facts, scan, actor, at)
    if missing:
        return _refused(reading, verdict, facts, scan, actor, at, missing)
    return _let_pass(reading, guest, facts, scan, actor, at)


def _unanswered(guest: Guest, facts: ListFacts, scan: Scan, actor: Actor, at: datetime) -> list[Asked]:
    """What must be answered before the guest goes in, once what was answered with this scan is kept."""
    if not facts.asks or scan.direction != visits.ENTRY:
        return []
    if scan.answers:
        door_questions.keep(registration_id=guest.registration_id, answers=scan.answers, actor=actor, at=at)
    return door_questions.missing(registration_id=guest.registration_id, ticket_type_id=guest.ticket_type_id)


def _refused(
    reading: Reading,
    verdict: Verdict,
    facts: ListFacts,
    scan: Scan,
    actor: Actor,
    at: datetime,
    missing: Sequence[Asked] = (),
) -> Answer:
    row = scan_rows.new(facts, scan, actor, at)
    row.ticket_id = reading.guest.ticket_id if reading.guest else None
    row.status, row.reason = CheckIn.Status.INCOMPLETE if missing else CheckIn.Status.ERROR, verdict.reason
    row.first_id = verdict.first.pk if verdict.first else None
    with transaction.atomic():
        admissions.insert(row)
    return _answer(row, reading, facts, verdict.first, missing)


def _let_pass(reading: Reading, guest: Guest, facts: ListFacts, scan: Scan, actor: Actor, at: datetime) -> Answer:
    assert reading.changes is not None  # it was read with the guest
    row = scan_rows.new(facts, scan, actor, at)
    row.ticket_id, row.status, row.turn = guest.ticket_id, CheckIn.Status.OK, visits.next_turn(guest.visits)
    left = zones.left_by(row, facts=facts)
    admitted, inside = scan_rows.movement(facts, guest.visits, [*guest.visits, scan_rows.visit_of(row)])
    out = sum(step.inside for step in left)
    counted = admissions.write(
        rows=[row, *(step.row for step in left)],
        event_id=facts.event_id,
        # The reading's, not the list's: a list that was read later must not vouch for the ticket.
        changes=reading.changes,
        admitted=admitted,
        inside=inside + out,
    )
    doors.tell_guests(event_id=facts.event_id, registration_ids=[guest.registration_id])
    return Answer(checkin=row, guest=guest, first=None, admitted=counted.admitted, inside=counted.inside)


def _standing_again(reading: Reading, scan: Scan, actor: Actor, facts: ListFacts) -> Answer | None:
    """The answer, if this very scan let the ticket pass before: then the ticket's visits name it."""
    guest = reading.guest
    if guest is None or all(visit.nonce != scan.nonce for visit in guest.visits):
        return None
    return _repeated(scan, facts, actor)


def _repeated(scan: Scan, facts: ListFacts, actor: Actor) -> Answer | None:
    """The answer that this nonce of this sender was given before. Raises NonceReused."""
    rows = CheckIn.objects.select_related("first__gate")
    row = rows.filter(nonce=scan.nonce, **scan_rows.sender(actor)).first()
    if row is None:
        return None
    reading = door_reading.read(scan.code, list_id=facts.pk, event_id=facts.event_id)
    shown = reading.guest.ticket_id if reading.guest else None
    # An admission that was taken back is no answer any more: the guest has to be scanned anew.
    if (row.list_id, row.ticket_id) != (facts.pk, shown) or row.annulled_at is not None:
        raise NonceReused()
    missing: list[Asked] = []
    if row.status == CheckIn.Status.INCOMPLETE and reading.guest:
        guest = reading.guest
        missing = door_questions.missing(registration_id=guest.registration_id, ticket_type_id=guest.ticket_type_id)
    return _answer(row, reading, facts, _first(row), missing)


def _first(row: CheckIn) -> Visit | None:
    first = row.first
    return scan_rows.visit_of(first, gate=first.gate.name if first.gate else None) if first else None


def _answer(
    row: CheckIn, reading: Reading, facts: ListFacts, first: Visit | None, missing: Sequence[Asked] = ()
) -> Answer:
    guest = reading.guest if reading.guest and reading.guest.event_id == facts.event_id else None
    admitted, inside = reading.admitted, reading.inside
    if guest is None or admitted is None or inside is None:
        tally = CheckInTally.objects.values_list("admitted", "inside").get(event_id=facts.event_id)
        admitted, inside = tally
    return Answer(checkin=row, guest=guest, first=first, admitted=admitted, inside=inside, questions=missing)
