"""Everybody has left by a list's time: the chore, and what reaches us only afterwards."""

from datetime import timedelta

import pytest

from events import auto_exit, doors
from events.models import CheckIn, Ticket
from tests.events.door_scenes import (
    MINUTE,
    Door,
    counts_agree,
    everything,
    list_of,
    ruled,
    said,
    standing,
    tally,
    ticket_of,
    way,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db
EVENING = NOW + timedelta(hours=9)
LATER = EVENING + 30 * MINUTE


@pytest.fixture
def door() -> Door:
    door = Door()
    ruled(door.at, auto_exit_at=EVENING)
    return door


@pytest.fixture
def ticket(door: Door) -> Ticket:
    return ticket_of(door.event)


def test_who_is_inside_goes_out_at_the_list_s_time(door: Door, ticket: Ticket) -> None:
    gone, never = ticket_of(door.event), ticket_of(door.event)
    door.scan(ticket)
    door.scan(gone)
    door.out(gone, NOW + MINUTE)
    assert auto_exit.due(at=EVENING - timedelta(microseconds=1)) == 0
    assert auto_exit.due(at=EVENING) == 1
    assert tally(door.event) == (2, 0)
    assert (way(ticket, door.at), way(gone, door.at), way(never, door.at)) == ("in out", "in out", "")
    row = standing(ticket, door.at)[-1]
    assert (row.scanned_at, row.received_at, row.sequence, row.scanned_by_id) == (EVENING, EVENING, 4, None)
    assert counts_agree(door.event)


def test_not_twice(door: Door, ticket: Ticket) -> None:
    door.scan(ticket)
    auto_exit.due(at=EVENING)
    before = everything(door.event)
    assert [auto_exit.due(at=EVENING + n * MINUTE) for n in range(3)] == [0, 0, 0]
    assert everything(door.event) == before


def test_who_comes_back_later_stays(door: Door, ticket: Ticket) -> None:
    door.scan(ticket)
    auto_exit.due(at=EVENING)
    assert door.says(ticket, EVENING + MINUTE) == ("ok", "")
    assert auto_exit.due(at=LATER) == 0
    assert (tally(door.event), way(ticket, door.at)) == ((1, 1), "in out in")


def test_another_list_empties_without_moving_the_event_s_count(door: Door, ticket: Ticket) -> None:
    ruled(door.at, auto_exit_at=None)
    hall = door.by(list_of(door.event, auto_exit_at=EVENING))
    door.scan(ticket)
    hall.scan(ticket)
    assert auto_exit.due(at=LATER) == 1
    assert (tally(door.event), way(ticket, hall.at), way(ticket, door.at)) == ((1, 1), "in out", "in")
    assert counts_agree(door.event)


def test_a_list_whose_time_is_long_past_is_left_alone(door: Door, ticket: Ticket) -> None:
    door.scan(ticket)
    assert auto_exit.due(at=EVENING + auto_exit.LOOK_BACK) == 0
    assert auto_exit.due(at=EVENING + auto_exit.LOOK_BACK - MINUTE) == 1


def test_what_reaches_us_late_goes_out_as_it_comes(door: Door, ticket: Ticket) -> None:
    sent = door.kept(ticket, NOW)
    row = door.upload(sent, when=LATER)[0].row
    assert row is not None
    assert (tally(door.event), way(ticket, door.at)) == ((1, 0), "in out")
    left = standing(ticket, door.at)[-1]
    assert (left.lead_id, left.scanned_at, left.received_at) == (row.pk, EVENING, LATER)
    before = everything(door.event)
    door.upload(sent, when=LATER + MINUTE)
    assert auto_exit.due(at=LATER + MINUTE) == 0
    assert everything(door.event) == before
    assert counts_agree(door.event)


def test_a_late_entry_of_somebody_who_was_let_out_already(door: Door, ticket: Ticket) -> None:
    door.scan(ticket, NOW + MINUTE)
    auto_exit.due(at=EVENING)
    door.upload(door.kept(ticket, NOW), when=LATER)
    assert (tally(door.event), way(ticket, door.at)) == ((1, 0), "in in! out")
    assert counts_agree(door.event)


def test_a_late_exit_leaves_nothing_to_do(door: Door, ticket: Ticket) -> None:
    door.scan(ticket)
    door.upload(door.kept(ticket, NOW + MINUTE, direction="EXIT"), when=LATER)
    assert auto_exit.due(at=LATER) == 0
    assert way(ticket, door.at) == "in out"


def test_an_entry_behind_the_time_that_comes_late_stays(door: Door, ticket: Ticket) -> None:
    door.upload(door.kept(ticket, EVENING), when=LATER)
    assert auto_exit.due(at=LATER) == 0
    assert (tally(door.event), way(ticket, door.at)) == ((1, 1), "in")


def test_a_change_while_the_chore_waits_for_the_doors_does_not_stop_it(
    door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.scan(ticket)
    hold = doors.hold

    def held_by_others(*, event_id: int) -> object:
        doors.changed(event_id=event_id)
        return hold(event_id=event_id)

    monkeypatch.setattr(doors, "hold", held_by_others)
    assert auto_exit.due(at=EVENING) == 1


def test_the_time_is_moved_while_the_chore_begins(door: Door, ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    door.scan(ticket)
    hold = doors.hold

    def moved(*, event_id: int) -> object:
        ruled(door.at, auto_exit_at=LATER)
        return hold(event_id=event_id)

    monkeypatch.setattr(doors, "hold", moved)
    assert auto_exit.due(at=EVENING) == 0
    assert way(ticket, door.at) == "in"


def test_going_out_again_at_the_door_is_no_matter(door: Door, ticket: Ticket) -> None:
    door.scan(ticket)
    auto_exit.due(at=EVENING)
    assert said(door.out(ticket, LATER)) == ("ok", "")
    assert (tally(door.event), CheckIn.objects.count()) == ((1, 0), 3)
