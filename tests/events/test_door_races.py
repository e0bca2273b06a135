"""Many gates at once: nobody twice, nobody with a ticket that just died, every number of the sequence once.

    DOOR_TICKETS=1000 .venv/bin/pytest tests/events/test_door_races.py

has each of 1,000 tickets shown at four gates at once; every test run does it with fewer. That the races are real is
proven by controls: here, and for what is decided between reading and writing in `test_checkin_lists.py`.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from events import checkin, doors, registration, tickets, transfer, visits
from events.models import STANDING, CheckIn, CheckInList, CheckInTally, Event, Gate, GateDevice, Ticket, TicketType
from events.scan_rows import Scan
from network.refusals import Refusal
from tests.events.crowd import at_once
from tests.events.door_scenes import MINUTE, Door, counts_agree, everything, group_of, tally, ticket_of, tickets_of, way
from tests.factories import NOW, main_list, open_event

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TICKETS = int(os.environ.get("DOOR_TICKETS", "60"))
GATES = 4


def phone(event: Event, number: int) -> GateDevice:
    """An enrolled phone."""
    known = {"invited_at": NOW, "enrolment_until": NOW, "enrolled_at": NOW, "token_hash": f"token {number}"}
    return GateDevice.objects.create(event=event, name=f"Máy {number}", **known)


def told(act: Callable[[], Any]) -> str:
    """What came of it: the code of a refusal, or "done"."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


class Gates:
    """Four gates, with a phone each, at the event's list."""

    def __init__(self, event: Event) -> None:
        self.event, self.list = event, main_list(event)
        self.phones = [phone(event, number) for number in range(GATES)]
        self.gates = [Gate.objects.get_or_create(event=event, name="ABCD"[number])[0] for number in range(GATES)]

    def scan(self, code: str, number: int, nonce: UUID | None = None) -> checkin.Answer:
        """Show a code at a gate."""
        number %= GATES
        device, gate = self.phones[number], self.gates[number]
        scan = Scan(code=code, nonce=nonce or uuid4(), device=device.name, gate_id=gate.pk)
        return checkin.redeem(list_id=self.list.pk, scan=scan, actor=device, at=NOW)


@pytest.fixture
def event() -> Event:
    return open_event()


def test_of_twenty_scans_of_a_ticket_one_is_let_in_and_the_others_are_told_by_whom(event: Event) -> None:
    gates, code = Gates(event), tickets.code(ticket_of(event))

    def act(number: int) -> str:
        answer = gates.scan(code, number)
        first = answer.first and (answer.first.at, answer.first.gate, answer.first.device, answer.first.pk)
        return f"{answer.checkin.status} {answer.checkin.reason} {first}"

    counted = at_once(act, list(range(20)), 20)
    row = CheckIn.objects.select_related("gate").get(event=event, status="ok")
    first = (row.scanned_at, row.gate.name, row.device, row.pk)
    assert counted == {"ok  None": 1, f"error already_redeemed {first}": 19}
    assert (tally(event), CheckIn.objects.filter(event=event).count()) == ((1, 1), 20)
    assert counts_agree(event)


def test_of_more_gates_than_tries_none_is_left_without_an_answer(event: Event) -> None:
    """Where all may come any number of times each decides anew whenever another was faster, and then they wait."""
    gates, code = Gates(event), tickets.code(ticket_of(event))
    CheckInList.objects.filter(pk=gates.list.pk).update(allows_multiple=True)
    counted = at_once(lambda number: str(gates.scan(code, number).checkin.status), list(range(40)), 40)
    assert counted == {"ok": 40}
    assert sorted(CheckIn.objects.values_list("turn", flat=True)) == list(range(1, 41))
    assert counts_agree(event)


def test_a_nonce_sent_twenty_times_is_one_row_and_twenty_equal_answers(event: Event) -> None:
    gates, code, nonce = Gates(event), tickets.code(ticket_of(event)), uuid4()

    def act(_: int) -> str:
        answer = gates.scan(code, 0, nonce)
        row = answer.checkin
        return f"{row.pk} {row.status} {row.sequence} {answer.guest.name if answer.guest else ''} {answer.admitted}"

    counted = at_once(act, list(range(20)), 20)
    row = CheckIn.objects.get(event=event)
    assert counted == {f"{row.pk} ok 1 Phạm Thu Hà 1": 20}
    assert counts_agree(event)


def test_a_refused_nonce_sent_twenty_times_is_one_row_too(event: Event) -> None:
    gates, nonce = Gates(event), uuid4()
    counted = at_once(lambda _: str(gates.scan("HP1:NO", 0, nonce).checkin.pk), list(range(20)), 20)
    assert counted == {str(CheckIn.objects.get(event=event).pk): 20}


def test_every_ticket_shown_at_four_gates_at_once_is_let_in_once(event: Event) -> None:
    gates = Gates(event)
    codes = [tickets.code(ticket) for ticket in tickets_of(event, TICKETS)]
    shown = [(code, number) for code in codes for number in range(GATES)]
    counted = at_once(lambda task: str(gates.scan(*task).checkin.reason), shown, GATES * 2)
    assert counted == {"": TICKETS, "already_redeemed": TICKETS * (GATES - 1)}
    let_in = Counter(CheckIn.objects.filter(STANDING, event=event).values_list("ticket", flat=True))
    assert set(let_in.values()) == {1}
    assert (len(let_in), tally(event)) == (TICKETS, (TICKETS, TICKETS))
    numbers = CheckIn.objects.filter(event=event, sequence__isnull=False).values_list("sequence", flat=True)
    assert sorted(numbers) == list(range(1, TICKETS + 1))
    assert counts_agree(event)


def test_the_control_without_turns_lets_somebody_in_twice(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    gates, code = Gates(event), tickets.code(ticket_of(event))
    monkeypatch.setattr(visits, "next_turn", lambda made: random.randrange(1, 30_000))
    for _ in range(20):
        if at_once(lambda number: str(gates.scan(code, number).checkin.status), list(range(20)), 20)["ok"] > 1:
            return
        CheckIn.objects.all().delete()
    raise AssertionError("never twice: this race proves nothing")


def _cancelling(ticket: Ticket) -> Callable[[], Any]:
    person = ticket.registration.person
    return lambda: registration.cancel(registration_id=ticket.registration_id, actor=person, at=NOW)


def _handing_on(ticket: Ticket) -> Callable[[], Any]:
    person = ticket.registration.person
    facts = {"ticket_id": ticket.pk, "name": "Vũ An", "email": "an@example.org", "actor": person, "at": NOW}
    return lambda: transfer.hand_on(**facts)


@pytest.mark.parametrize(
    ("ending", "too_late", "reason"),
    [(_cancelling, "TOO_LATE_TO_CANCEL", "canceled"), (_handing_on, "TICKET_NOT_VALID", "revoked")],
    ids=["cancelled", "handed on"],
)
def test_a_ticket_is_let_in_or_it_ends_never_both(event: Event, ending: Any, too_late: str, reason: str) -> None:
    gates = Gates(event)
    for _ in range(10):
        ticket = ticket_of(event)
        code, end = tickets.code(ticket), ending(ticket)

        def act(task: int, code: str = code, end: Any = end) -> str:
            return told(end) if task == 2 else str(gates.scan(code, task).checkin.reason)

        counted = at_once(act, random.sample(range(5), 5), 5)
        let_in = {"": 1, "already_redeemed": 3, too_late: 1}
        assert counted in (let_in, {reason: 4, "done": 1})
        stands = CheckIn.objects.filter(STANDING, ticket=ticket).exists()
        assert stands == (counted == let_in)
    assert counts_agree(event)


def test_whoever_is_let_in_was_not_blocked_before(event: Event) -> None:
    """Blocking waits for nobody: who was let in by then is in, and nobody after."""
    gates = Gates(event)
    for _ in range(10):
        ticket = ticket_of(event)
        code, blocked = tickets.code(ticket), []

        def act(task: int, code: str = code, ticket: Ticket = ticket, blocked: list[int] = blocked) -> str:
            if task != 2:
                return str(gates.scan(code, task).checkin.reason)
            blocked.append(_block(ticket))
            return "done"

        counted = at_once(act, random.sample(range(5), 5), 5)
        assert counted["done"] == 1
        for row in CheckIn.objects.filter(STANDING, ticket=ticket):
            assert row.sequence is not None
            assert row.sequence <= blocked[0]
    assert counts_agree(event)


def _block(ticket: Ticket) -> int:
    """Block a ticket; return how far the sequence had come by then."""
    with transaction.atomic():
        seen = doors.hold(event_id=ticket.event_id).last_sequence
        Ticket.objects.filter(pk=ticket.pk).update(blocked_at=NOW)
        doors.changed(event_id=ticket.event_id)
    return seen


def test_a_group_that_is_let_in_twice_at_once_comes_in_once(event: Event) -> None:
    TicketType.objects.filter(event=event).update(most_per_person=9)
    group = group_of(ticket_of(event, guests=6))
    door = Door(event)
    scan = door.scan(group[0])

    def act(_: int) -> str:
        return " ".join(guest.number[-1] for guest in door.admit(scan, 4, NOW + MINUTE).guests)

    counted = at_once(act, list(range(8)), 8)
    assert counted == {" ".join(ticket.number[-1] for ticket in group[1:5]): 8}
    assert [way(ticket, door.at) for ticket in group] == ["in"] * 5 + [""] * 2
    assert tally(event) == (5, 5)
    assert counts_agree(event)


def test_a_group_let_in_while_its_members_are_scanned_comes_in_once(event: Event) -> None:
    TicketType.objects.filter(event=event).update(most_per_person=9)
    group = group_of(ticket_of(event, guests=6))
    door, gates = Door(event), Gates(event)
    scan = door.scan(group[0])

    def act(task: Ticket | int) -> str:
        if isinstance(task, int):
            return str(len(door.admit(scan, 6, NOW).guests))
        return str(gates.scan(tickets.code(task), 1).checkin.status)

    at_once(act, [*group[1:4], 6, *group[4:]], 7)
    assert [way(ticket, door.at) for ticket in group] == ["in"] * 7
    assert tally(event) == (7, 7)
    assert counts_agree(event)


def test_an_admission_taken_back_many_times_at_once_is_taken_back_once(event: Event) -> None:
    door = Door(event)
    scan = door.scan(ticket_of(event))
    assert at_once(lambda _: str(door.annul(scan).annulled_sequence), list(range(8)), 8) == {"2": 8}
    assert tally(event) == (0, 0)
    assert counts_agree(event)


def test_an_exit_is_taken_back_or_the_guest_comes_in_again_never_both(event: Event) -> None:
    door, gates = Door(event), Gates(event)
    for _ in range(10):
        ticket = ticket_of(event)
        door.scan(ticket, NOW - 2 * MINUTE)
        out = door.out(ticket, NOW - MINUTE)
        code = tickets.code(ticket)

        def act(task: int, code: str = code, out: Any = out) -> str:
            return told(lambda: door.annul(out, NOW)) if task == 0 else str(gates.scan(code, task).checkin.reason)

        counted = at_once(act, random.sample(range(4), 4), 4)
        assert counted in ({"done": 1, "already_redeemed": 3}, {"TOO_LATE_TO_ANNUL": 1, "": 1, "already_redeemed": 2})
        assert way(ticket, door.at) == ("in" if counted["done"] else "in out in")
    assert counts_agree(event)


def test_a_batch_sent_many_times_at_once_is_taken_once(event: Event) -> None:
    door = Door(event)
    sent = [door.kept(ticket_of(event), NOW - n * MINUTE) for n in range(1, 7)]
    twice = door.kept(sent[0].scan.code, NOW)

    def act(order: int) -> str:
        batch = random.Random(order).sample([*sent, twice], 7)
        taken = door.upload(*batch)
        by_nonce = {each.nonce: each.row for each in taken}
        return " ".join(str(by_nonce[each.scan.nonce].pk) for each in (*sent, twice))  # type: ignore[union-attr]

    assert len(at_once(act, list(range(6)), 6)) == 1
    assert CheckIn.objects.filter(event=event).count() == 7
    assert tally(event) == (6, 6)
    assert [row.nonce for row in CheckIn.objects.filter(event=event, forced=True)] == [twice.scan.nonce]
    before = everything(event)
    door.upload(*sent, twice)
    assert everything(event) == before
    assert counts_agree(event)


def test_phones_that_send_at_once_while_gates_scan_count_everybody_once(event: Event) -> None:
    gates, guests = Gates(event), tickets_of(event, 12)
    phones = [Door(event, each, gates.list, each.name) for each in gates.phones]
    kept = {number: [door.kept(ticket, NOW - MINUTE) for ticket in guests] for number, door in enumerate(phones[:2])}

    def act(task: tuple[str, Any]) -> str:
        kind, what = task
        if kind == "send":
            return str(sum(taken.row is not None for taken in phones[what].upload(*kept[what])))
        return str(gates.scan(tickets.code(what), 3).checkin.status)

    at_once(act, [("send", 0), ("send", 1), *(("scan", ticket) for ticket in guests)], 6)
    for ticket in guests:
        rows = list(CheckIn.objects.filter(STANDING, ticket=ticket).order_by("scanned_at", "nonce"))
        assert [row.forced for row in rows] == [False, *[True] * (len(rows) - 1)]
        assert {row.first_id for row in rows[1:]} == {rows[0].pk}
    assert tally(event) == (12, 12)
    assert counts_agree(event)
    assert CheckInTally.objects.get(event=event).last_sequence == CheckIn.objects.filter(STANDING).count()
