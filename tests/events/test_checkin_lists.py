"""The rules of a check-in list: who may pass it, when, how often, and where else that is felt."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from events import (
    doors,
    payments,
    registration,
    schedule,
    transfer,
)
from events.models import CheckIn, Registration, Ticket, TicketType
from tests.events.door_scenes import (
    MINUTE,
    Door,
    counts_agree,
    group_of,
    list_of,
    ruled,
    said,
    standing,
    tally,
    ticket_of,
    way,
)
from tests.events.scenes import kind_of, only_kind, sign_up
from tests.factories import NOW, open_event, planner

pytestmark = pytest.mark.django_db
OK, ALREADY = ("ok", ""), ("error", "already_redeemed")


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def ticket(door: Door) -> Ticket:
    return ticket_of(door.event)


class TestComingBack:
    """Once, again after going out, or any number of times."""

    def test_who_went_out_comes_in_again(self, door: Door, ticket: Ticket) -> None:
        assert door.says(ticket) == OK
        assert door.says(ticket, NOW + MINUTE) == ALREADY
        assert said(door.out(ticket, NOW + 2 * MINUTE)) == OK
        assert tally(door.event) == (1, 0)
        assert door.says(ticket, NOW + 3 * MINUTE) == OK
        assert (tally(door.event), way(ticket, door.at)) == ((1, 1), "in out in")
        assert counts_agree(door.event)

    def test_a_list_that_lets_nobody_in_again(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, allows_reentry=False)
        first = door.scan(ticket)
        door.out(ticket, NOW + MINUTE)
        again = door.scan(ticket, NOW + 2 * MINUTE)
        assert said(again) == ALREADY
        assert again.first is not None
        assert (again.first.pk, again.checkin.first_id) == (first.checkin.pk, first.checkin.pk)
        assert tally(door.event) == (1, 0)

    def test_who_only_went_out_was_not_in(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, allows_reentry=False)
        door.out(ticket)
        assert tally(door.event) == (0, 0)
        assert door.says(ticket, NOW + MINUTE) == OK
        assert tally(door.event) == (1, 1)

    def test_in_the_way_is_who_came_in_since_the_last_exit(self, door: Door, ticket: Ticket) -> None:
        door.scan(ticket)
        door.out(ticket, NOW + MINUTE)
        second = door.scan(ticket, NOW + 2 * MINUTE)
        third = door.scan(ticket, NOW + 3 * MINUTE)
        assert third.first is not None
        assert third.first.pk == second.checkin.pk

    def test_any_number_of_times(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, allows_multiple=True)
        assert [door.says(ticket, NOW + n * MINUTE) for n in range(4)] == [OK] * 4
        assert tally(door.event) == (1, 1)
        assert counts_agree(door.event)

    def test_nobody_is_kept_in(self, door: Door, ticket: Ticket) -> None:
        door.scan(ticket)
        ruled(door.at, closes_at=NOW + MINUTE)
        Ticket.objects.filter(pk=ticket.pk).update(blocked_at=NOW)
        assert said(door.out(ticket, NOW + 2 * MINUTE)) == OK
        assert said(door.out(ticket, NOW + 3 * MINUTE)) == OK  # twice: a gate that nobody watched
        assert (tally(door.event), way(ticket, door.at)) == ((1, 0), "in out out")

    def test_a_stranger_is_not_let_out(self, door: Door) -> None:
        assert said(door.out(ticket_of(open_event(edition=9)))) == ("error", "product")
        assert said(door.out("HP1:NO")) == ("error", "invalid")


class TestOnceADay:
    """The day is the city's, whatever the offset in which a moment is written."""

    def at(self, text: str) -> datetime:
        return datetime.fromisoformat(text)

    def test_the_city_s_midnight_begins_another_day(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, once_a_day=True, allows_reentry=False)
        assert door.says(ticket, self.at("2026-11-23T00:00:00+07:00")) == OK
        assert door.says(ticket, self.at("2026-11-23T23:59:59.999999+07:00")) == ALREADY
        assert door.says(ticket, self.at("2026-11-23T16:59:59.999999+00:00")) == ALREADY
        assert door.says(ticket, self.at("2026-11-23T17:00:00+00:00")) == OK
        assert door.says(ticket, self.at("2026-11-24T12:00:00+07:00")) == ALREADY
        assert tally(door.event) == (1, 1)

    def test_the_entry_of_today_is_told(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, once_a_day=True)
        door.scan(ticket, NOW - timedelta(days=1))
        today = door.scan(ticket, NOW)
        assert said(today) == OK
        again = door.scan(ticket, NOW + MINUTE)
        assert again.first is not None
        assert again.first.pk == today.checkin.pk

    def test_again_today_after_going_out_only_where_the_list_lets_in_again(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, once_a_day=True)
        door.scan(ticket)
        door.out(ticket, NOW + MINUTE)
        assert door.says(ticket, NOW + 2 * MINUTE) == OK
        door.out(ticket, NOW + 3 * MINUTE)
        ruled(door.at, allows_reentry=False)
        assert door.says(ticket, NOW + 4 * MINUTE) == ALREADY


class TestHours:
    """From–until: from is within, until is not."""

    @pytest.mark.parametrize(
        ("when", "outcome"),
        [
            (NOW - timedelta(microseconds=1), ("error", "invalid_time")),
            (NOW, OK),
            (NOW + timedelta(hours=1) - timedelta(microseconds=1), OK),
            (NOW + timedelta(hours=1), ("error", "invalid_time")),
        ],
    )
    def test_the_edges(self, door: Door, ticket: Ticket, when: datetime, outcome: tuple[str, str]) -> None:
        ruled(door.at, opens_at=NOW, closes_at=NOW + timedelta(hours=1))
        assert door.says(ticket, when) == outcome
        assert tally(door.event) == ((1, 1) if outcome == OK else (0, 0))

    def test_the_scan_s_own_moment_counts_not_when_it_reached_us(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, closes_at=NOW)
        assert door.says(ticket, NOW + MINUTE, scanned_at=NOW - MINUTE) == OK

    def test_only_one_edge(self, door: Door, ticket: Ticket) -> None:
        ruled(door.at, opens_at=NOW)
        assert door.says(ticket, NOW - MINUTE) == ("error", "invalid_time")
        ruled(door.at, opens_at=None, closes_at=NOW)
        assert door.says(ticket, NOW) == ("error", "invalid_time")
        assert door.says(ticket, NOW - MINUTE) == OK


class TestNeeds:
    """Only who entered another list before."""

    def test_first_there_then_here(self, door: Door, ticket: Ticket) -> None:
        hall = door.by(list_of(door.event, needs=door.at))
        refused = hall.scan(ticket)
        assert (said(refused), refused.guest is not None) == (("error", "rules"), True)
        door.scan(ticket, NOW + MINUTE)
        assert hall.says(ticket, NOW + 2 * MINUTE) == OK

    def test_who_went_out_there_again_did_enter(self, door: Door, ticket: Ticket) -> None:
        hall = door.by(list_of(door.event, needs=door.at))
        door.scan(ticket)
        door.out(ticket, NOW + MINUTE)
        assert hall.says(ticket, NOW + 2 * MINUTE) == OK

    def test_an_entry_that_was_taken_back_or_refused_is_none(self, door: Door, ticket: Ticket) -> None:
        hall = door.by(list_of(door.event, needs=door.at))
        door.annul(door.scan(ticket))
        Ticket.objects.filter(pk=ticket.pk).update(blocked_at=NOW)
        door.scan(ticket, NOW + MINUTE)
        Ticket.objects.filter(pk=ticket.pk).update(blocked_at=None)
        door.out(ticket, NOW + 2 * MINUTE)
        assert hall.says(ticket, NOW + 3 * MINUTE) == ("error", "rules")


class TestLeaves:
    """Who enters one zone has left another, and is counted out of it."""

    def test_entering_a_zone_leaves_the_main_list(self, door: Door, ticket: Ticket) -> None:
        garden = door.by(list_of(door.event, "Vườn", leaves=[door.at]))
        door.scan(ticket)
        entered = garden.scan(ticket, NOW + MINUTE)
        assert (said(entered), entered.admitted, entered.inside) == (OK, 1, 0)
        assert (way(ticket, door.at), way(ticket, garden.at)) == ("in out", "in")
        (_entry, left) = standing(ticket, door.at)
        assert (left.lead_id, left.scanned_at) == (entered.checkin.pk, NOW + MINUTE)
        assert counts_agree(door.event)

    def test_and_back(self, door: Door, ticket: Ticket) -> None:
        garden = door.by(list_of(door.event, "Vườn", leaves=[door.at]))
        door.at.leaves.add(garden.at)
        doors.changed(event_id=door.event.pk)
        for n in range(3):
            assert door.says(ticket, NOW + 2 * n * MINUTE) == OK
            assert tally(door.event) == (1, 1)
            assert garden.says(ticket, NOW + (2 * n + 1) * MINUTE) == OK
            assert tally(door.event) == (1, 0)
        assert (way(ticket, door.at), way(ticket, garden.at)) == ("in out in out in out", "in out in out in")
        assert counts_agree(door.event)

    def test_who_was_not_there_has_not_left(self, door: Door, ticket: Ticket) -> None:
        garden = door.by(list_of(door.event, "Vườn", leaves=[door.at]))
        garden.scan(ticket)
        assert (tally(door.event), way(ticket, door.at)) == ((0, 0), "")

    def test_who_is_refused_or_goes_out_leaves_nothing(self, door: Door, ticket: Ticket) -> None:
        garden = door.by(list_of(door.event, "Vườn", leaves=[door.at], closes_at=NOW))
        door.scan(ticket)
        assert garden.says(ticket, NOW + MINUTE) == ("error", "invalid_time")
        assert said(garden.out(ticket, NOW + MINUTE)) == OK
        assert (tally(door.event), way(ticket, door.at)) == ((1, 1), "in")

    def test_taking_the_entry_back_takes_the_leaving_back(self, door: Door, ticket: Ticket) -> None:
        garden = door.by(list_of(door.event, "Vườn", leaves=[door.at]))
        door.scan(ticket)
        garden.annul(garden.scan(ticket, NOW + MINUTE), NOW + MINUTE)
        assert (tally(door.event), way(ticket, door.at), way(ticket, garden.at)) == ((1, 1), "in", "")
        assert counts_agree(door.event)

    def test_a_clock_that_is_behind_does_not_spoil_the_count(self, door: Door, ticket: Ticket) -> None:
        """It came into the hall after it entered the garden, say the clocks: it is in the hall."""
        garden = door.by(list_of(door.event, "Vườn", leaves=[door.at]))
        door.scan(ticket, NOW, scanned_at=NOW + 10 * MINUTE)
        garden.scan(ticket, NOW + MINUTE, scanned_at=NOW + MINUTE)
        assert (tally(door.event), way(ticket, door.at)) == ((1, 1), "in")
        assert counts_agree(door.event)


class TestWhoMayPass:
    """The ticket's own state, at this list."""

    def test_ticket_types(self, door: Door) -> None:
        guest, press = only_kind(door.event), kind_of(door.event, "Báo chí")
        stand = door.by(list_of(door.event, "Khu báo chí", ticket_types=[press]))
        assert stand.says(ticket_of(door.event, kind=guest.pk)) == ("error", "product")
        assert stand.says(ticket_of(door.event, kind=press.pk)) == OK
        assert door.says(ticket_of(door.event, kind=press.pk)) == OK  # none chosen: all

    def test_whose_fee_is_due_pays_first(self, door: Door) -> None:
        kind = kind_of(door.event, "Vé phí", fee=50_000)
        ticket = ticket_of(door.event, kind=kind.pk)
        refused = door.scan(ticket)
        assert said(refused) == ("error", "unpaid")
        assert refused.guest is not None
        assert (refused.guest.due, refused.guest.registration_id) == (50_000, ticket.registration_id)
        payments.receive(registration_id=ticket.registration_id, actor=door.actor, at=NOW)
        assert door.says(ticket) == OK

    def test_a_list_that_includes_them_lets_in_who_has_not_paid(self, door: Door) -> None:
        ruled(door.at, includes_pending=True)
        kind = kind_of(door.event, "Vé phí", fee=50_000)
        assert door.says(ticket_of(door.event, kind=kind.pk)) == OK

    def test_a_blocked_ticket(self, door: Door, ticket: Ticket) -> None:
        Ticket.objects.filter(pk=ticket.pk).update(blocked_at=NOW)
        assert door.says(ticket) == ("error", "blocked")
        assert door.says(ticket.number) == ("error", "blocked")
        Ticket.objects.filter(pk=ticket.pk).update(blocked_at=None)
        assert door.says(ticket) == OK

    def test_the_code_of_who_handed_the_ticket_on(self, door: Door, ticket: Ticket) -> None:
        former = Ticket.objects.get(pk=ticket.pk)
        transfer.hand_on(
            ticket_id=ticket.pk, name="Vũ An", email="an@example.org", actor=ticket.registration.person, at=NOW
        )
        refused = door.scan(former)
        assert (said(refused), refused.guest is not None) == (("error", "revoked"), True)
        assert door.says(Ticket.objects.get(pk=ticket.pk)) == OK

    def test_the_first_reason_counts(self, door: Door) -> None:
        """Each of these is mended, and the next one comes to light."""
        others, kind = only_kind(door.event), kind_of(door.event, "Vé phí", fee=50_000)
        ticket = ticket_of(door.event, kind=kind.pk)
        hall = door.by(list_of(door.event, needs=door.at, closes_at=NOW, ticket_types=[others]))
        old = Ticket(pk=ticket.pk, version=1)
        Ticket.objects.filter(pk=ticket.pk).update(version=2, revoked_at=NOW, blocked_at=NOW)
        newest = Ticket(pk=ticket.pk, version=2)
        mends: list[tuple[Ticket, Any]] = [
            (old, lambda: None),
            (newest, lambda: Ticket.objects.filter(pk=ticket.pk).update(revoked_at=None)),
            (newest, lambda: Ticket.objects.filter(pk=ticket.pk).update(blocked_at=None)),
            (newest, lambda: Registration.objects.filter(tickets=ticket.pk).update(payment="RECEIVED")),
            (newest, lambda: (hall.at.ticket_types.clear(), ruled(hall.at))),
            (newest, lambda: ruled(hall.at, closes_at=None)),
            (newest, lambda: door.scan(newest)),
        ]
        told = []
        for shown, mend in mends:
            told.append(hall.says(shown)[1])
            mend()
        assert told == ["revoked", "canceled", "blocked", "unpaid", "product", "invalid_time", "rules"]
        assert hall.says(newest) == OK

    @pytest.mark.parametrize(
        "status", [status for status in Registration.Status if status != Registration.Status.CONFIRMED]
    )
    def test_a_registration_that_is_not_confirmed(self, door: Door, ticket: Ticket, status: str) -> None:
        Registration.objects.filter(pk=ticket.registration_id).update(status=status)
        assert door.says(ticket) == ("error", "canceled")

    def test_a_cancelled_event_lets_nobody_in_and_everybody_out(self, door: Door, ticket: Ticket) -> None:
        door.scan(ticket)
        other = ticket_of(door.event)
        schedule.cancel_event(event_id=door.event.pk, actor=planner(), at=NOW)
        assert door.says(other, NOW + MINUTE) == ("error", "canceled")
        assert said(door.out(ticket, NOW + MINUTE)) == OK

    def test_another_event_s_ticket_at_every_list_and_by_its_number(self, door: Door) -> None:
        stranger = ticket_of(open_event(edition=9))
        for shown in (stranger, stranger.number):
            answer = door.scan(shown)
            assert (said(answer), answer.guest, answer.admitted) == (("error", "product"), None, 0)


class TestARegistrationsNumber:
    """Typed at the desk of the door: good if it means one ticket."""

    def number(self, row: Registration) -> str:
        return str(row.number)

    def test_one_ticket(self, door: Door) -> None:
        row = sign_up(door.event)
        answer = door.scan(f" #{row.number} ")
        assert said(answer) == OK
        assert answer.guest is not None
        assert answer.guest.ticket_id == row.tickets.get().pk

    def test_several_tickets_are_ambiguous(self, door: Door) -> None:
        TicketType.objects.filter(event=door.event).update(most_per_person=4)
        row = ticket_of(door.event, guests=2).registration
        answer = door.scan(self.number(row))
        assert (said(answer), answer.guest) == (("error", "ambiguous"), None)
        Ticket.objects.filter(pk__in=[ticket.pk for ticket in group_of(row.tickets.first())][1:]).update(revoked_at=NOW)
        assert door.says(self.number(row)) == OK

    @pytest.mark.parametrize("status", ["PENDING", "WAITLISTED", "OFFERED"])
    def test_who_has_no_place_yet(self, door: Door, status: str) -> None:
        row = sign_up(door.event)
        Registration.objects.filter(pk=row.pk).update(status=status)
        row.tickets.all().delete()
        assert door.says(self.number(row)) == ("error", "unapproved")

    def test_who_cancelled(self, door: Door) -> None:
        row = sign_up(door.event)
        registration.cancel(registration_id=row.pk, actor=row.person, at=NOW)
        assert door.says(self.number(row)) == ("error", "canceled")

    def test_a_number_that_nobody_has_here(self, door: Door) -> None:
        sign_up(open_event(edition=9))
        assert [door.says(typed) for typed in ("1", "0", "99999", "००१", "²")] == [("error", "invalid")] * 5


def test_every_word_of_the_vocabulary_is_proven_somewhere() -> None:
    """What a rule of the door can say: `error` is said at the doors alone, of what is no scan."""
    proven = {
        "invalid", "unpaid", "blocked", "invalid_time", "canceled", "already_redeemed", "product", "rules",
        "ambiguous", "revoked", "unapproved",
    }  # fmt: skip
    assert set(CheckIn.Reason.values) == proven | {"error"}
