"""Taking a batch of scans made without a network: who may send it, what is kept of it, and how often."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events import (
    conflicts,
    door_facts,
    doors,
    permissions,
    registration,
    scan_upload,
    tickets,
)
from events.models import CheckIn, Ticket, TicketType
from events.refusals import CheckInListNotFound
from network.refusals import Invalid
from tests.events.door_scenes import (
    MINUTE,
    Door,
    counts_agree,
    everything,
    group_of,
    list_of,
    said,
    tally,
    ticket_of,
    way,
)
from tests.factories import NOW, ZONE, open_event

SEQUENCES = int(os.environ.get("CHECKIN_SEQUENCES", "50"))
EVE = datetime(2026, 11, 23, 23, 0, tzinfo=ZONE)
"""An hour before the city's midnight."""
LISTS, DEVICES, TICKETS = 3, 5, 3
MAIN, HALL, GARDEN = range(LISTS)

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Door:
    return Door()


class TestTaking:
    """What a phone's word is worth."""

    def test_whoever_was_let_in_is_inside_whatever_the_rules_say(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        registration.cancel(registration_id=ticket.registration_id, actor=ticket.registration.person, at=NOW)
        row = door.keep(ticket, NOW - MINUTE)
        assert (row.status, row.reason, row.forced, row.was_offline, row.sequence) == ("ok", "canceled", True, True, 1)
        assert tally(door.event) == (1, 1)
        assert [each.pk for each in conflicts.unsettled(event_id=door.event.pk)] == [row.pk]

    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            (lambda door: "HP1:NO", "invalid"),
            (lambda door: tickets.code(ticket_of(open_event(edition=9))), "product"),
            (lambda door: str(ticket_of(door.event, guests=1).registration.number), "ambiguous"),
        ],
        ids=["unknown", "another event's", "a group's number"],
    )
    def test_who_came_in_with_a_code_that_says_nothing_is_nobody_to_count(
        self, door: Door, code: Any, reason: str
    ) -> None:
        TicketType.objects.filter(event=door.event).update(most_per_person=2)
        row = door.keep(code(door), NOW - MINUTE)
        assert (row.status, row.reason, row.forced, row.sequence) == ("error", reason, True, None)
        assert (tally(door.event), conflicts.count(event_id=door.event.pk)) == ((0, 0), 1)

    def test_who_was_turned_away_stays_away(self, door: Door) -> None:
        row = door.keep(ticket_of(door.event), NOW - MINUTE, let_in=False, reason="unpaid")
        assert (row.status, row.reason, row.forced, row.sequence) == ("error", "unpaid", False, None)
        unsaid = door.keep(ticket_of(door.event), NOW - MINUTE, let_in=False)
        assert (unsaid.status, unsaid.reason) == ("error", "error")
        assert (tally(door.event), conflicts.count(event_id=door.event.pk)) == ((0, 0), 0)

    def test_going_out_is_never_forced(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        door.scan(ticket, NOW - 2 * MINUTE)
        Ticket.objects.filter(pk=ticket.pk).update(blocked_at=NOW)
        row = door.keep(ticket, NOW - MINUTE, direction="EXIT")
        assert (row.status, row.forced) == ("ok", False)
        assert tally(door.event) == (1, 0)

    def test_a_forced_entry_leaves_the_other_zone_too(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        garden = door.by(list_of(door.event, "Vườn", leaves=[door.at], closes_at=NOW - 5 * MINUTE))
        door.scan(ticket, NOW - 3 * MINUTE)
        assert garden.keep(ticket, NOW - MINUTE).reason == "invalid_time"
        assert (tally(door.event), way(ticket, door.at)) == ((1, 0), "in out")

    def test_a_scan_that_we_refused_unheard_and_the_phone_let_in(self, door: Door) -> None:
        """The answer never came: the phone decided alone, by the same nonce."""
        ticket = ticket_of(door.event)
        first = door.scan(ticket, NOW - 2 * MINUTE)
        refused = door.scan(ticket, NOW - MINUTE)
        assert said(refused) == ("error", "already_redeemed")
        row = door.keep(ticket, NOW - MINUTE, nonce=refused.checkin.nonce)
        assert (row.status, row.reason, row.forced, row.first_id) == ("ok", "already_redeemed", True, first.checkin.pk)
        assert CheckIn.objects.count() == 2
        before = everything(door.event)
        assert door.keep(ticket, NOW - MINUTE, nonce=refused.checkin.nonce) == row
        assert everything(door.event) == before
        assert counts_agree(door.event)

    def test_a_scan_that_we_let_in_unheard_is_the_same_scan(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        scan = door.scan(ticket, NOW - MINUTE)
        before = everything(door.event)
        assert door.keep(ticket, NOW - MINUTE, nonce=scan.checkin.nonce) == scan.checkin
        assert everything(door.event) == before

    def test_what_was_taken_back_does_not_come_again(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        sent = door.kept(ticket, NOW - MINUTE)
        row = door.upload(sent)[0].row
        assert row is not None
        door.annul(door.scan("HP1:NO"), nonce=row.nonce)
        before = everything(door.event)
        again = door.upload(sent)[0].row
        assert again is not None
        assert (again.pk, again.annulled_at) == (row.pk, NOW)
        assert everything(door.event) == before

    def test_a_group_hangs_by_its_first_whatever_their_order_in_the_batch(self, door: Door) -> None:
        TicketType.objects.filter(event=door.event).update(most_per_person=3)
        group = group_of(ticket_of(door.event, guests=2))
        lead = door.kept(group[0], NOW - MINUTE)
        others = [door.kept(ticket, NOW - MINUTE, lead_nonce=lead.scan.nonce) for ticket in group[1:]]
        told = door.upload(*others, lead)
        assert [taken.nonce for taken in told] == [each.scan.nonce for each in (*others, lead)]
        made = told[2].row
        assert made is not None
        assert [taken.row.lead_id for taken in told if taken.row] == [made.pk, made.pk, None]
        door.annul(door.scan("HP1:NO"), nonce=made.nonce)
        assert tally(door.event) == (0, 0)
        assert counts_agree(door.event)

    def test_who_came_in_with_the_group_while_no_answer_came_is_not_in_twice(self, door: Door) -> None:
        """The phone asked to let the others in, heard nothing, and kept them as scans of its own."""
        TicketType.objects.filter(event=door.event).update(most_per_person=3)
        group = group_of(ticket_of(door.event, guests=2))
        lead = door.scan(group[0], NOW - MINUTE)
        door.admit(lead, 2, NOW - MINUTE)
        before = everything(door.event)
        told = door.upload(*(door.kept(each, NOW - MINUTE, lead_nonce=lead.checkin.nonce) for each in group[1:]))
        assert [(taken.row.status, taken.row.forced) for taken in told if taken.row] == [("ok", False)] * 2
        assert everything(door.event) == before
        assert tally(door.event) == (3, 3)

    def test_a_list_of_somebody_else_is_left_for_later_and_the_rest_is_taken(self, door: Door) -> None:
        other = open_event(edition=9)
        foreign = Door(other).kept(ticket_of(other), NOW - MINUTE)
        own = door.kept(ticket_of(door.event), NOW - MINUTE)
        assert [taken.row is not None for taken in door.upload(foreign, own)] == [False, True]
        with pytest.raises(CheckInListNotFound):
            door.upload(foreign)
        assert CheckIn.objects.count() == 1

    def test_a_gate_that_went_while_the_phone_was_away_is_left_out(self, door: Door) -> None:
        sent = door.kept(ticket_of(door.event), NOW - MINUTE)
        door.gate().delete()
        doors.changed(event_id=door.event.pk)
        row = door.upload(sent)[0].row
        assert row is not None
        assert (row.status, row.gate_id) == ("ok", None)

    def test_a_list_that_went_while_the_phone_was_away_keeps_nothing_else_from_being_taken(self, door: Door) -> None:
        stand = door.by(list_of(door.event))
        ticket = ticket_of(door.event)
        gone, good = stand.kept(ticket, NOW - MINUTE), door.kept(ticket, NOW - MINUTE)
        door_facts.fresh(stand.at.pk)
        stand.at.delete()
        doors.changed(event_id=door.event.pk)
        assert [taken.row is not None for taken in door.upload(gone, good)] == [False, True]
        assert counts_agree(door.event)

    def test_more_than_fifty_are_refused_whole(self, door: Door) -> None:
        sent = [door.kept("HP1:NO", NOW - MINUTE) for _ in range(scan_upload.MOST + 1)]
        with pytest.raises(Invalid) as caught:
            door.upload(*sent)
        assert (caught.value.field, caught.value.facts) == ("scans", {"reason": "too_many", "most": 50})
        assert not CheckIn.objects.exists()
        assert len(door.upload(*sent[:-1])) == 50
        assert door.upload() == []

    def test_whether_the_sender_may_is_asked_once_for_each_list(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hall, asked = door.by(list_of(door.event)), []
        may = permissions.may_scan
        monkeypatch.setattr(permissions, "may_scan", lambda *who, **what: (asked.append(what), may(*who, **what))[1])
        door.upload(*(each.kept("HP1:NO", NOW) for each in [door, hall] * 5))
        assert sorted(what["list_id"] for what in asked) == sorted([door.at.pk, hall.at.pk])

    @pytest.mark.parametrize(
        ("scanned", "sent"),
        [
            (NOW + timedelta(hours=12), NOW + timedelta(hours=12, minutes=-1)),  # after it was sent
            (NOW - timedelta(days=2, seconds=1), NOW),
            (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)),
            (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
            (datetime.max.replace(tzinfo=UTC), NOW),
        ],
        ids=["future", "long ago", "overflow", "underflow", "far future"],
    )
    def test_a_moment_that_cannot_be_is_when_it_came(self, door: Door, scanned: datetime, sent: datetime) -> None:
        """One such scan must not keep the rest of a phone's queue from being taken."""
        told = door.upload(door.kept(ticket_of(door.event), scanned), sent=sent)
        assert told[0].row is not None
        assert told[0].row.scanned_at == NOW
