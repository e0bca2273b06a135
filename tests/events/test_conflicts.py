"""Conflicts: what an organiser settles, how, and what the numbers are behind it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from events import conflicts
from events.models import CheckIn, EventStaff, Ticket
from events.refusals import ScanNotFound
from network.models import Person
from tests.events.door_scenes import MINUTE, Door, counts_agree, everything, list_of, ruled, tally, ticket_of, way
from tests.factories import NOW, PersonFactory, on_duty, open_event

pytestmark = pytest.mark.django_db
BOTH, FIRST, SECOND = CheckIn.Settlement.BOTH, CheckIn.Settlement.FIRST, CheckIn.Settlement.SECOND


@dataclass
class Scene:
    """One ticket, let in by two phones that knew nothing of each other."""

    door: Door
    organiser: Person
    ticket: Ticket
    first: CheckIn
    second: CheckIn

    def settle(self, row: CheckIn, how: CheckIn.Settlement, actor: Person | None = None) -> CheckIn:
        """The organiser decides."""
        return conflicts.settle(checkin_id=row.pk, settlement=how, actor=actor or self.organiser, at=NOW + MINUTE)

    def open(self) -> list[int]:
        """Which conflicts are to be settled."""
        return [row.pk for row in conflicts.unsettled(event_id=self.door.event.pk)]


@pytest.fixture
def scene() -> Scene:
    door = Door()
    ticket = ticket_of(door.event)
    other = Door(door.event, device="Lan 3")
    second = other.keep(ticket, NOW - 10 * MINUTE)
    first = door.keep(ticket, NOW - 20 * MINUTE)
    second.refresh_from_db()
    assert (second.forced, second.reason, second.first_id) == (True, "already_redeemed", first.pk)
    return Scene(door, on_duty(door.event, EventStaff.Role.ORGANISER), ticket, first, second)


def settled(row: CheckIn) -> tuple[str, bool, bool]:
    """How, whether somebody's name stands there, and whether it still stands."""
    row.refresh_from_db()
    return row.settlement, row.settled_by_id is not None, row.annulled_at is None


def test_both_came_in(scene: Scene) -> None:
    before = tally(scene.door.event)
    row = scene.settle(scene.second, BOTH)
    assert (row.settled_at, row.settled_by) == (NOW + MINUTE, scene.organiser)
    assert settled(scene.second) == ("BOTH", True, True)
    assert (tally(scene.door.event), way(scene.ticket, scene.door.at)) == (before, "in in!")
    assert scene.open() == []
    assert counts_agree(scene.door.event)


def test_only_the_first_counts(scene: Scene) -> None:
    scene.settle(scene.second, FIRST)
    assert settled(scene.second) == ("FIRST", True, False)
    assert (tally(scene.door.event), way(scene.ticket, scene.door.at)) == ((1, 1), "in")
    assert (scene.open(), scene.second.annulled_sequence) == ([], 3)
    assert counts_agree(scene.door.event)


def test_only_the_second_counts(scene: Scene) -> None:
    scene.settle(scene.second, SECOND)
    assert settled(scene.second) == ("SECOND", True, True)
    assert (way(scene.ticket, scene.door.at), scene.second.forced, scene.second.reason) == ("in", False, "")
    assert settled(scene.first) == ("", False, False)
    assert (tally(scene.door.event), scene.open()) == ((1, 1), [])
    assert counts_agree(scene.door.event)


@pytest.mark.parametrize("how", [BOTH, FIRST, SECOND])
def test_twice_in_the_same_way_is_once_and_otherwise_is_refused(scene: Scene, how: CheckIn.Settlement) -> None:
    scene.settle(scene.second, how)
    before = everything(scene.door.event)
    assert scene.settle(scene.second, how).settlement == how
    for other in {BOTH, FIRST, SECOND} - {how}:
        with pytest.raises(ScanNotFound):
            scene.settle(scene.second, other)
    assert everything(scene.door.event) == before


def test_only_organisers_of_the_event(scene: Scene) -> None:
    before = everything(scene.door.event)
    strangers = [
        PersonFactory.create(),
        on_duty(scene.door.event),
        on_duty(open_event(edition=9), EventStaff.Role.ORGANISER),
    ]
    for stranger in strangers:
        with pytest.raises(ScanNotFound):
            scene.settle(scene.second, BOTH, stranger)
    assert everything(scene.door.event) == before


def test_what_is_no_conflict_is_not_settled(scene: Scene) -> None:
    before = everything(scene.door.event)
    for how in (BOTH, FIRST, SECOND):
        with pytest.raises(ScanNotFound):
            scene.settle(scene.first, how)
    with pytest.raises(ScanNotFound):
        conflicts.settle(checkin_id=0, settlement=BOTH, actor=scene.organiser, at=NOW)
    assert everything(scene.door.event) == before


def test_a_conflict_that_was_taken_back_is_none(scene: Scene) -> None:
    other = Door(scene.door.event, scene.second.scanned_by, device="Lan 3")
    other.annul(other.scan("HP1:NO"), nonce=scene.second.nonce)
    assert (scene.open(), conflicts.count(event_id=scene.door.event.pk)) == ([], 0)
    with pytest.raises(ScanNotFound):
        scene.settle(scene.second, BOTH)


def test_of_three_entries_two_are_settled_one_by_one(scene: Scene) -> None:
    third = Door(scene.door.event, device="Lan 4").keep(scene.ticket, NOW - 5 * MINUTE)
    assert (scene.open(), third.first_id) == ([scene.second.pk, third.pk], scene.first.pk)
    scene.settle(scene.second, SECOND)
    third.refresh_from_db()
    assert (scene.open(), third.first_id) == ([third.pk], scene.second.pk)
    scene.settle(third, FIRST)
    assert (way(scene.ticket, scene.door.at), scene.open()) == ("in", [])
    assert counts_agree(scene.door.event)


def test_the_second_takes_back_the_entry_that_was_in_its_way_not_one_that_went_out_long_ago(scene: Scene) -> None:
    door, ticket = scene.door, ticket_of(scene.door.event)
    early = door.keep(ticket, NOW - 40 * MINUTE)
    door.keep(ticket, NOW - 35 * MINUTE, direction="EXIT")
    back = door.keep(ticket, NOW - 30 * MINUTE)
    forced = Door(door.event, device="Lan 3").keep(ticket, NOW - 25 * MINUTE)
    assert forced.first_id == back.pk
    scene.settle(forced, SECOND)
    assert [settled(row)[2] for row in (early, back, forced)] == [True, False, True]
    assert (way(ticket, door.at), scene.open()) == ("in out in", [scene.second.pk])
    assert counts_agree(door.event)


def test_a_dead_ticket_that_was_let_in_has_no_first(scene: Scene) -> None:
    ticket = ticket_of(scene.door.event)
    Ticket.objects.filter(pk=ticket.pk).update(blocked_at=NOW)
    row = scene.door.keep(ticket, NOW - MINUTE)
    with pytest.raises(ScanNotFound):
        scene.settle(row, SECOND)
    scene.settle(row, FIRST)
    assert (way(ticket, scene.door.at), scene.open()) == ("", [scene.second.pk])
    assert counts_agree(scene.door.event)


def test_a_code_of_nobody_can_only_be_noted(scene: Scene) -> None:
    row = scene.door.keep("HP1:NO", NOW - MINUTE)
    for how in (FIRST, SECOND):
        with pytest.raises(ScanNotFound):
            scene.settle(row, how)
    scene.settle(row, BOTH)
    assert scene.open() == [scene.second.pk]


def test_an_entry_that_is_taken_back_was_no_leaving_of_another_zone(scene: Scene) -> None:
    door, ticket = scene.door, ticket_of(scene.door.event)
    garden = door.by(list_of(door.event, "Vườn", leaves=[door.at], allows_reentry=False))
    garden.keep(ticket, NOW - 9 * MINUTE)
    garden.keep(ticket, NOW - 8 * MINUTE, direction="EXIT")
    door.keep(ticket, NOW - 7 * MINUTE)
    forced = garden.keep(ticket, NOW - 6 * MINUTE)
    assert (forced.reason, way(ticket, door.at)) == ("already_redeemed", "in out")
    scene.settle(forced, FIRST)
    assert (way(ticket, door.at), way(ticket, garden.at)) == ("in", "in out")
    assert tally(door.event) == (2, 2)
    assert counts_agree(door.event)


def test_what_comes_later_still_does_not_open_it_again(scene: Scene) -> None:
    scene.settle(scene.second, BOTH)
    earliest = Door(scene.door.event, device="Lan 5").keep(scene.ticket, NOW - 30 * MINUTE)
    scene.first.refresh_from_db()
    assert (scene.first.forced, scene.first.first_id) == (True, earliest.pk)
    assert scene.open() == [scene.first.pk]
    assert settled(scene.second) == ("BOTH", True, True)


def test_the_oldest_comes_first_with_all_that_is_shown_in_one_statement(
    scene: Scene, django_assert_num_queries: object
) -> None:
    ruled(scene.door.at, closes_at=NOW - timedelta(hours=2))
    rows = [scene.door.keep(ticket_of(scene.door.event), NOW - n * MINUTE) for n in (1, 30, 3)]
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is a context manager
        found = list(conflicts.unsettled(event_id=scene.door.event.pk))
        assert [(row.ticket.holder_name, row.list.name, row.gate.name) for row in found] == [
            ("Phạm Thu Hà", "Danh sách chính", "A")
        ] * 4
        assert [row.first and row.first.gate.name for row in found] == [None, "A", None, None]
    assert [row.pk for row in found] == [rows[1].pk, scene.second.pk, rows[2].pk, rows[0].pk]
