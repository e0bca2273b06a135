"""Groups at the door: one scan lets in the first, and then as many more as came."""

import itertools
from typing import Any
from uuid import uuid4

import pytest

from events import doors, groups, parties
from events.models import CheckIn, EventStaff, Ticket, TicketType
from events.refusals import ScanNotFound
from tests.events.door_scenes import (
    MINUTE,
    Door,
    counts_agree,
    everything,
    group_of,
    list_of,
    ruled,
    standing,
    tally,
    ticket_of,
    way,
)
from tests.factories import NOW, on_duty

pytestmark = pytest.mark.django_db
ALREADY = ("error", "already_redeemed")


@pytest.fixture
def door() -> Door:
    door = Door()
    TicketType.objects.filter(event=door.event).update(most_per_person=9)
    return door


@pytest.fixture
def group(door: Door) -> list[Ticket]:
    """Five who come together."""
    return group_of(ticket_of(door.event, guests=4))


def of(door: Door, ticket: Ticket) -> parties.Party:
    return parties.of(registration_id=ticket.registration_id, list_id=door.at.pk, at=NOW)


def waiting(door: Door, ticket: Ticket) -> list[str]:
    return [guest.number for guest in of(door, ticket).waiting]


def numbers(tickets: list[Ticket]) -> list[str]:
    return [ticket.number for ticket in tickets]


def came(joined: parties.Joined) -> list[str]:
    return [guest.number for guest in joined.guests]


def test_a_scan_lets_in_one_and_says_who_may_come_with_them(door: Door, group: list[Ticket]) -> None:
    door.scan(group[2])
    party = of(door, group[2])
    assert (party.size, party.inside) == (5, 1)
    assert waiting(door, group[2]) == numbers([*group[:2], *group[3:]])
    assert tally(door.event) == (1, 1)


def test_as_many_come_in_as_came_in_the_order_of_their_numbers(door: Door, group: list[Ticket]) -> None:
    scan = door.scan(group[0])
    joined = door.admit(scan, 2, NOW + MINUTE)
    assert came(joined) == numbers(group[1:3])
    assert joined.counted is not None
    assert (joined.counted.sequence, joined.counted.admitted, joined.counted.inside) == (3, 3, 3)
    rows = CheckIn.objects.filter(lead=scan.checkin).order_by("sequence")
    assert [(row.sequence, row.device, row.gate_id) for row in rows] == [
        (2, "Lan 2", door.gate().pk),
        (3, "Lan 2", door.gate().pk),
    ]
    assert (of(door, group[0]).inside, waiting(door, group[0])) == (3, numbers(group[3:]))
    assert [door.says(ticket, NOW + 2 * MINUTE) for ticket in group[:3]] == [ALREADY] * 3
    assert counts_agree(door.event)


def test_asked_again_nobody_more_comes_in(door: Door, group: list[Ticket]) -> None:
    scan = door.scan(group[0])
    door.admit(scan, 2)
    before = everything(door.event)
    again = door.admit(scan, 2, NOW + MINUTE)
    assert (came(again), again.counted) == (numbers(group[1:3]), None)
    assert came(door.admit(scan, 1)) == numbers(group[1:3])  # fewer than came: nobody is sent out
    assert everything(door.event) == before


def test_asked_for_more_the_rest_comes_in(door: Door, group: list[Ticket]) -> None:
    scan = door.scan(group[0])
    door.admit(scan, 1)
    assert came(door.admit(scan, 3)) == numbers(group[1:4])
    assert tally(door.event) == (4, 4)


@pytest.mark.parametrize(("count", "inside"), [(0, 1), (-1, 1), (-(2**31), 1), (5, 5), (2**31 - 1, 5)])
def test_a_number_that_cannot_be_lets_in_whom_it_can(door: Door, group: list[Ticket], count: int, inside: int) -> None:
    door.admit(door.scan(group[0]), count)
    assert tally(door.event) == (inside, inside)
    assert counts_agree(door.event)


def test_who_came_alone_before_is_not_let_in_again(door: Door, group: list[Ticket]) -> None:
    door.scan(group[1])
    joined = door.admit(door.scan(group[0], NOW + MINUTE), 9, NOW + MINUTE)
    assert came(joined) == numbers(group[2:])
    assert (tally(door.event), way(group[1], door.at)) == ((5, 5), "in")


def test_dead_tickets_stay_outside(door: Door, group: list[Ticket]) -> None:
    Ticket.objects.filter(pk=group[1].pk).update(blocked_at=NOW)
    groups.leave(ticket_id=group[2].pk, actor=group[2].registration.person, at=NOW)
    scan = door.scan(group[0])
    assert of(door, group[0]).size == 4  # given back: no more of the group
    assert came(door.admit(scan, 4)) == numbers(group[3:])


def test_a_list_for_who_was_elsewhere_first_asks_it_of_each(door: Door, group: list[Ticket]) -> None:
    hall = door.by(list_of(door.event, needs=door.at))
    door.admit(door.scan(group[0]), 1)
    scan = hall.scan(group[0], NOW + MINUTE)
    assert waiting(hall, group[0]) == numbers(group[1:2])
    assert came(hall.admit(scan, 4, NOW + MINUTE)) == numbers(group[1:2])
    assert [way(ticket, hall.at) for ticket in group] == ["in", "in", "", "", ""]


def test_where_all_may_come_any_number_of_times_only_who_is_outside_waits(door: Door, group: list[Ticket]) -> None:
    ruled(door.at, allows_multiple=True)
    door.scan(group[1])
    scan = door.scan(group[0], NOW + MINUTE)
    assert waiting(door, group[0]) == numbers(group[2:])
    assert came(door.admit(scan, 2, NOW + MINUTE)) == numbers(group[2:4])
    assert [way(ticket, door.at) for ticket in group] == ["in", "in", "in", "in", ""]


def test_nobody_comes_in_twice_by_one_scan(door: Door, group: list[Ticket]) -> None:
    """Neither its own ticket nor one of those it let in, though they went out and may come again."""
    scan = door.scan(group[0])
    door.admit(scan, 2)
    for ticket in group[:3]:
        door.out(ticket, NOW + MINUTE)
    assert came(door.admit(scan, 3, NOW + 2 * MINUTE)) == numbers(group[1:4])
    assert [way(ticket, door.at) for ticket in group] == ["in out", "in out", "in out", "in", ""]
    assert counts_agree(door.event)


def test_who_was_sent_back_is_scanned_by_itself(door: Door, group: list[Ticket]) -> None:
    scan = door.scan(group[0])
    door.admit(scan, 1)
    member = standing(group[1], door.at)[0]
    door.annul(scan, nonce=member.nonce)
    assert came(door.admit(scan, 1, NOW + MINUTE)) == numbers(group[2:3])
    assert door.says(group[1], NOW + MINUTE) == ("ok", "")
    assert counts_agree(door.event)


def test_entering_a_zone_together_leaves_the_other_together_and_is_taken_back_together(
    door: Door, group: list[Ticket]
) -> None:
    garden = door.by(list_of(door.event, "Vườn", leaves=[door.at]))
    door.admit(door.scan(group[0]), 4)
    scan = garden.scan(group[0], NOW + MINUTE)
    garden.admit(scan, 2, NOW + MINUTE)
    assert tally(door.event) == (5, 2)
    assert [way(ticket, door.at) for ticket in group] == ["in out", "in out", "in out", "in", "in"]
    assert counts_agree(door.event)
    garden.annul(scan, NOW + MINUTE)
    assert tally(door.event) == (5, 5)
    assert [way(ticket, door.at) for ticket in group] == ["in"] * 5
    assert [way(ticket, garden.at) for ticket in group] == [""] * 5
    assert counts_agree(door.event)


def test_somebody_else_s_scan_lets_nobody_in(door: Door, group: list[Ticket]) -> None:
    scan, refused, gone = door.scan(group[0]), door.scan("HP1:NO"), door.out(group[4])
    asked = [
        {"actor": on_duty(door.event)}, {"device": "Lan 3"}, {"nonce": uuid4()}, {"nonce": refused.checkin.nonce},
        {"nonce": gone.checkin.nonce},
    ]  # fmt: skip
    before = everything(door.event)
    for changed in asked:
        with pytest.raises(ScanNotFound):
            door.admit(scan, 2, **changed)
    assert everything(door.event) == before


def test_a_scan_that_was_taken_back_lets_nobody_in(door: Door, group: list[Ticket]) -> None:
    scan = door.scan(group[0])
    door.annul(scan)
    with pytest.raises(ScanNotFound):
        door.admit(scan, 2)
    assert tally(door.event) == (0, 0)


def test_who_is_off_duty_since_lets_nobody_in(door: Door, group: list[Ticket]) -> None:
    scan = door.scan(group[0])
    EventStaff.objects.filter(event=door.event).delete()
    with pytest.raises(ScanNotFound):
        door.admit(scan, 2)


def test_a_group_is_read_in_as_many_statements_for_nine_as_for_two(
    door: Door, group: list[Ticket], django_assert_num_queries: Any
) -> None:
    hall = door.by(list_of(door.event, needs=door.at))
    pair = group_of(ticket_of(door.event, guests=1))
    of(hall, pair[0])  # the list is known
    for tickets in (pair, group):
        with django_assert_num_queries(2):
            of(hall, tickets[0])


def test_a_change_meanwhile_is_decided_anew(door: Door, group: list[Ticket], monkeypatch: pytest.MonkeyPatch) -> None:
    scan = door.scan(group[0])
    write, left = parties._write, itertools.count()

    def blocked_before(*args: Any) -> Any:
        if next(left) == 0:
            Ticket.objects.filter(pk=group[1].pk).update(blocked_at=NOW)
            doors.changed(event_id=door.event.pk)
        return write(*args)

    monkeypatch.setattr(parties, "_write", blocked_before)
    assert came(door.admit(scan, 1)) == numbers(group[2:3])
