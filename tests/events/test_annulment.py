"""Taking an admission back: by whom, for how long, and what goes back with it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.models import CheckIn, EventStaff, Ticket, TicketType
from events.refusals import ScanNotFound, TooLateToAnnul
from tests.events.door_scenes import (
    MINUTE,
    Door,
    counts_agree,
    everything,
    group_of,
    list_of,
    tally,
    ticket_of,
    way,
)
from tests.factories import NOW, on_duty

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def ticket(door: Door) -> Ticket:
    return ticket_of(door.event)


def test_within_a_quarter_of_an_hour_by_our_clock(door: Door, ticket: Ticket) -> None:
    scan = door.scan(ticket, scanned_at=NOW - timedelta(hours=5))
    before = everything(door.event)
    with pytest.raises(TooLateToAnnul) as caught:
        door.annul(scan, NOW + QUARTER + timedelta(microseconds=1))
    assert caught.value.facts == {"minutes": 15}
    assert everything(door.event) == before
    row = door.annul(scan, NOW + QUARTER)
    assert (row.annulled_at, row.annulled_sequence) == (NOW + QUARTER, 2)
    assert tally(door.event) == (0, 0)
    assert counts_agree(door.event)


def test_twice_is_once_even_when_it_is_too_late_by_then(door: Door, ticket: Ticket) -> None:
    scan = door.scan(ticket)
    row = door.annul(scan, NOW + MINUTE)
    before = everything(door.event)
    assert door.annul(scan, NOW + timedelta(hours=1)) == row
    assert everything(door.event) == before


def test_only_by_the_same_hand_and_device(door: Door, ticket: Ticket) -> None:
    scan = door.scan(ticket)
    before = everything(door.event)
    for changed in ({"device": "Lan 3"}, {"device": ""}, {"actor": on_duty(door.event)}, {"nonce": uuid4()}):
        with pytest.raises(ScanNotFound):
            door.annul(scan, **changed)
    EventStaff.objects.filter(event=door.event).delete()
    with pytest.raises(ScanNotFound):
        door.annul(scan)
    assert everything(door.event) == before


def test_a_refused_scan_is_no_admission(door: Door) -> None:
    with pytest.raises(ScanNotFound):
        door.annul(door.scan("HP1:NO"))


def test_only_the_last_thing_that_the_ticket_did(door: Door, ticket: Ticket) -> None:
    entry = door.scan(ticket)
    out = door.out(ticket, NOW + MINUTE)
    again = door.scan(ticket, NOW + 2 * MINUTE)
    for earlier in (entry, out):
        with pytest.raises(TooLateToAnnul):
            door.annul(earlier, NOW + 3 * MINUTE)
    assert way(ticket, door.at) == "in out in"
    for scan, left, counted in ((again, "in out", (1, 0)), (out, "in", (1, 1)), (entry, "", (0, 0))):
        door.annul(scan, NOW + 3 * MINUTE)
        assert (way(ticket, door.at), tally(door.event)) == (left, counted)
        assert counts_agree(door.event)


def test_an_exit_at_another_list_is_none_of_its_business(door: Door, ticket: Ticket) -> None:
    hall = door.by(list_of(door.event))
    entry = door.scan(ticket)
    hall.scan(ticket, NOW + MINUTE)
    door.annul(entry, NOW + 2 * MINUTE)
    assert (way(ticket, door.at), way(ticket, hall.at)) == ("", "in")


def test_the_group_goes_back_with_it(door: Door) -> None:
    TicketType.objects.filter(event=door.event).update(most_per_person=5)
    group = group_of(ticket_of(door.event, guests=3))
    scan = door.scan(group[0])
    door.admit(scan, 2, NOW + MINUTE)
    door.annul(scan, NOW + 2 * MINUTE)
    assert tally(door.event) == (0, 0)
    rows = CheckIn.objects.order_by("annulled_sequence")
    assert [(row.sequence, row.annulled_sequence) for row in rows] == [(1, 4), (2, 5), (3, 6)]
    assert counts_agree(door.event)


def test_not_when_one_of_the_group_went_out_since(door: Door) -> None:
    TicketType.objects.filter(event=door.event).update(most_per_person=5)
    group = group_of(ticket_of(door.event, guests=2))
    scan = door.scan(group[0])
    door.admit(scan, 2)
    door.out(group[2], NOW + MINUTE)
    with pytest.raises(TooLateToAnnul):
        door.annul(scan, NOW + 2 * MINUTE)
    assert tally(door.event) == (3, 2)


def test_a_phone_that_got_another_name_cannot_and_the_guest_is_scanned_out(door: Door, ticket: Ticket) -> None:
    scan = door.scan(ticket)
    door.device = "Lan 2 mới"
    with pytest.raises(ScanNotFound):
        door.annul(scan)
    door.out(ticket, NOW + MINUTE)
    assert tally(door.event) == (1, 0)
