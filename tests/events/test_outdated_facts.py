"""What changed between reading and writing at a gate; and what happens where the guards against it are off."""

from typing import Any

import pytest

from events import (
    admissions,
    checkin,
    door_facts,
    door_questions,
    door_reading,
    doors,
    registration,
    scan_rows,
    schedule,
    transfer,
    visits,
)
from events.models import CheckIn, CheckInList, Ticket
from events.refusals import CheckInListNotFound
from tests.events.door_scenes import (
    MINUTE,
    Door,
    counts_agree,
    list_of,
    ruled,
    tally,
    ticket_of,
    way,
)
from tests.events.scenes import ask, kind_of
from tests.factories import NOW, planner

pytestmark = pytest.mark.django_db
OK, ALREADY = ("ok", ""), ("error", "already_redeemed")


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def ticket(door: Door) -> Ticket:
    return ticket_of(door.event)


class TestOutdatedFacts:
    """What changed between reading and writing is decided by as it is now: nothing is locked in between."""

    def between(self, monkeypatch: pytest.MonkeyPatch, happens: Any) -> None:
        """`happens` once, as soon as the gate has decided and before it writes."""
        made, left = scan_rows.new, [happens]

        def new(*args: Any) -> CheckIn:
            if left:
                left.pop()()
            return made(*args)

        monkeypatch.setattr(scan_rows, "new", new)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (lambda door, ticket: _cancel(ticket), "canceled"),
            (lambda door, ticket: _hand_on(ticket), "revoked"),
            (lambda door, ticket: _block(door, ticket), "blocked"),
            (lambda door, ticket: ruled(door.at, closes_at=NOW), "invalid_time"),
            (lambda door, ticket: _only_for(door.at, kind_of(door.event, "Báo chí")), "product"),
            (lambda door, ticket: ruled(door.at, needs=list_of(door.event)), "rules"),
            (lambda door, ticket: schedule.cancel_event(event_id=door.event.pk, actor=planner(), at=NOW), "canceled"),
            (lambda door, ticket: door.scan(ticket), "already_redeemed"),
        ],
        ids=["cancelled", "handed on", "blocked", "closed", "types", "needs", "event cancelled", "faster gate"],
    )
    def test_is_decided_anew(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch, change: Any, reason: str
    ) -> None:
        self.between(monkeypatch, lambda: change(door, ticket))
        assert door.says(ticket) == ("error", reason)
        assert tally(door.event) == ((1, 1) if reason == "already_redeemed" else (0, 0))
        assert counts_agree(door.event)

    def test_what_became_good_meanwhile_is_let_in_by_the_next_scan(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, closes_at=NOW)
        assert door.says(ticket) == ("error", "invalid_time")
        ruled(door.at, closes_at=None)
        assert door.says(ticket) == OK

    def test_an_exit_that_is_taken_back_meanwhile_lets_nobody_in_again(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        door.scan(ticket)
        out = door.out(ticket, NOW + MINUTE)
        self.between(monkeypatch, lambda: door.annul(out, NOW + MINUTE))
        assert door.says(ticket, NOW + 2 * MINUTE) == ALREADY
        assert (way(ticket, door.at), tally(door.event)) == ("in", (1, 1))

    def test_a_list_that_was_read_anew_does_not_vouch_for_the_ticket(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The list in the process is old; while it is read anew, the ticket that was read before dies."""
        door.scan(ticket_of(door.event))
        doors.changed(event_id=door.event.pk)
        read, left = door_facts.fresh, [lambda: _cancel(ticket)]

        def fresh(list_id: int) -> Any:
            if left:
                left.pop()()
            return read(list_id)

        monkeypatch.setattr(door_facts, "fresh", fresh)
        assert door.says(ticket) == ("error", "canceled")
        assert left == []

    def test_who_has_no_luck_at_all_decides_while_the_others_wait(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read, tries = door_reading.read, []

        def reading(*args: Any, **more: Any) -> Any:
            tries.append(1)
            found = read(*args, **more)
            if len(tries) <= checkin.TRIES:
                doors.changed(event_id=door.event.pk)
            return found

        monkeypatch.setattr(door_reading, "read", reading)
        assert door.says(ticket) == OK
        assert len(tries) == checkin.TRIES + 1

    def test_answers_are_not_kept_with_the_doors_held(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Keeping them holds Seats, and whoever holds Seats may be waiting for the doors."""
        question = ask(door.event, is_required=True, is_asked_at_door=True)
        kept, read, held = door_questions.keep, door_reading.read, []
        monkeypatch.setattr(door_questions, "keep", lambda **asked: (held.append(False), kept(**asked)))
        hold = doors.hold
        monkeypatch.setattr(doors, "hold", lambda **event: (held.append(True), hold(**event))[1])

        def reading(*args: Any, **more: Any) -> Any:
            found = read(*args, **more)
            if True not in held:
                doors.changed(event_id=door.event.pk)
            return found

        monkeypatch.setattr(door_reading, "read", reading)
        assert door.says(ticket, answers={question.pk: "Kỹ sư"}) == OK
        assert held == [False] * checkin.TRIES + [True]

    def test_the_control_without_the_number_of_changes_lets_a_cancelled_ticket_in(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("_COUNT", "_WRITE_ONE"):
            seeing = getattr(admissions, name)
            blind = seeing.replace("AND changes = %s", "AND %s >= 0")
            assert blind != seeing
            monkeypatch.setattr(admissions, name, blind)
        self.between(monkeypatch, lambda: _cancel(ticket))
        assert door.says(ticket) == OK
        assert CheckIn.objects.get(ticket=ticket, status="ok").ticket.revoked_at is not None

    def test_the_control_without_turns_lets_a_ticket_in_twice(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        turns = iter(range(1, 9))
        monkeypatch.setattr(visits, "next_turn", lambda made: next(turns))
        self.between(monkeypatch, lambda: door.scan(ticket))
        assert door.says(ticket) == OK
        assert way(ticket, door.at) == "in in"

    def test_a_list_that_is_gone_is_not_found(
        self, door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stand = door.by(list_of(door.event))
        stand.scan("HP1:NO")
        CheckIn.objects.all().delete()
        CheckInList.objects.filter(pk=stand.at.pk).delete()
        doors.changed(event_id=door.event.pk)
        with pytest.raises(CheckInListNotFound):
            stand.scan(ticket)


def _cancel(ticket: Ticket) -> None:
    registration.cancel(registration_id=ticket.registration_id, actor=ticket.registration.person, at=NOW)


def _hand_on(ticket: Ticket) -> None:
    owner = ticket.registration.person
    transfer.hand_on(ticket_id=ticket.pk, name="Vũ An", email="an@example.org", actor=owner, at=NOW)


def _block(door: Door, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(blocked_at=NOW)
    doors.changed(event_id=door.event.pk)


def _only_for(checkin_list: CheckInList, kind: Any) -> None:
    checkin_list.ticket_types.set([kind])
    doors.changed(event_id=checkin_list.event_id)
