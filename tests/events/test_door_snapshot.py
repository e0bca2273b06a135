"""What a phone keeps: the tickets as its list sees them, page by page, and the news behind them."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import door_snapshot, doors, payments, registration, schedule, tickets, transfer
from events.door_snapshot import News, Snapshot
from events.models import CheckIn, GateDevice, Registration, Ticket, TicketType
from events.refusals import CheckInListNotFound
from tests.events.door_scenes import MINUTE, Door, group_of, list_of, ruled, ticket_of, tickets_of
from tests.events.scenes import kind_of
from tests.factories import NOW, PersonFactory, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Door:
    return Door()


def page(door: Door, after: str | None = None, first: int = 500) -> Snapshot:
    return door_snapshot.snapshot(list_id=door.at.pk, after=after, first=first, actor=door.actor)


def news(door: Door, sequence: int = 0, changes: int | None = None) -> News:
    known = page(door).facts.changes if changes is None else changes
    return door_snapshot.news(list_id=door.at.pk, sequence=sequence, changes=known, actor=door.actor)


class TestPages:
    """All of them, once, in order."""

    def test_pages_hold_every_ticket_once(self, door: Door) -> None:
        made = [ticket_of(door.event) for _ in range(7)]
        ticket_of(open_event(edition=9))
        seen, after, sizes = [], None, []
        while True:
            got = page(door, after, 3)
            sizes.append(len(got.tickets))
            seen += [kept.guest.ticket_id for kept in got.tickets]
            after = got.cursor
            if after is None:
                break
        assert (seen, sizes, got.total) == ([ticket.pk for ticket in made], [3, 3, 1], 7)

    def test_the_last_page_is_known_to_be_the_last(self, door: Door) -> None:
        for _ in range(3):
            ticket_of(door.event)
        assert page(door, None, 3).cursor is None
        assert page(door, None, 2).cursor is not None
        assert (page(door, "ZZZ").tickets, page(door, "ZZZ").cursor) == ([], None)

    @pytest.mark.parametrize(("first", "size"), [(0, 1), (-5, 1), (1, 1), (500, 2), (2**31 - 1, 2)])
    def test_sizes_that_cannot_be(self, door: Door, first: int, size: int) -> None:
        for _ in range(2):
            ticket_of(door.event)
        assert len(page(door, None, first).tickets) == size

    def test_no_more_than_five_hundred(self, door: Door) -> None:
        tickets_of(door.event, 501)
        got = page(door, None, 9999)
        assert (len(got.tickets), got.total, len(page(door, got.cursor).tickets)) == (500, 501, 1)

    def test_an_event_without_tickets(self, door: Door) -> None:
        got = page(door)
        assert (got.tickets, got.total, got.cursor, got.sequence) == ([], 0, None, 0)

    def test_as_many_statements_for_one_as_for_five_hundred(self, door: Door) -> None:
        counts = []
        for more in (1, 19, 480):
            made = tickets_of(door.event, more)
            for ticket in made[:5]:
                door.scan(ticket)
            with CaptureQueriesContext(connection) as asked:
                got = page(door)
            counts.append(len(asked))
            assert len(got.tickets) == got.total
        assert len(set(counts)) == 1, counts


class TestWhatIsKept:
    """Name, type and state of a ticket, what it did at the list, and the key. Nothing else of anybody."""

    def test_its_state_at_this_list(self, door: Door) -> None:
        fee = kind_of(door.event, "Vé phí", fee=50_000)
        press = kind_of(door.event, "Báo chí")
        stand = door.by(list_of(door.event, "Khu", ticket_types=[TicketType.objects.earliest("pk"), fee]))
        first = TicketType.objects.earliest("pk").pk
        made = [ticket_of(door.event, kind=kind) for kind in (first, fee.pk, press.pk, first, first)]
        Ticket.objects.filter(pk=made[3].pk).update(blocked_at=NOW)
        registration.cancel(registration_id=made[4].registration_id, actor=made[4].registration.person, at=NOW)
        assert [kept.state for kept in page(stand).tickets] == ["", "unpaid", "product", "blocked", "canceled"]
        assert [kept.state for kept in page(door).tickets] == ["", "unpaid", "", "blocked", "canceled"]

    def test_the_hour_is_not_the_ticket_s_business(self, door: Door) -> None:
        ruled(door.at, closes_at=NOW - timedelta(days=1))
        ticket_of(door.event)
        assert [kept.state for kept in page(door).tickets] == [""]

    def test_what_it_did_at_this_list_in_order(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        hall = door.by(list_of(door.event))
        door.keep(ticket, NOW - MINUTE, direction="EXIT")
        door.keep(ticket, NOW - 5 * MINUTE)
        hall.scan(ticket)
        door.scan(ticket)
        door.scan("HP1:NO")
        door.annul(door.scan(ticket_of(door.event)))
        (one, other) = page(door).tickets
        assert [(visit.direction, visit.at, visit.gate, visit.device) for visit in one.guest.visits] == [
            ("ENTRY", NOW - 5 * MINUTE, "A", "Lan 2"),
            ("EXIT", NOW - MINUTE, "A", "Lan 2"),
            ("ENTRY", NOW, "A", "Lan 2"),
        ]
        assert other.guest.visits == []

    def test_no_address_and_no_phone_number(self, door: Door) -> None:
        person = PersonFactory.create(email="ha.pham@example.org", phone="+84912345678")
        site = Registration.Channel.SITE
        registration.register(event_id=door.event.pk, person=person, at=NOW, channel=site)
        kept = repr(page(door).tickets)
        assert person.full_name in kept
        assert not any(secret in kept for secret in ("example.org", "ha.pham", "912345678", person.email))

    def test_a_code_is_told_from_a_forged_one_by_the_key(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        raw = base64.b64decode(page(door).public_key)
        assert len(raw) == 32
        coded = tickets.code(ticket).removeprefix("HP1:")
        body = base64.b32decode(coded + "=" * (-len(coded) % 8))
        Ed25519PublicKey.from_public_bytes(raw).verify(body[-64:], body[:-64])

    def test_only_for_who_works_there(self, door: Door) -> None:
        phone = GateDevice(event=door.event, name="Máy", token_hash="x", invited_at=NOW, enrolment_until=NOW)
        phone.save()
        phone.lists.set([list_of(door.event)])
        strangers: list[Any] = [PersonFactory.create(), planner(), on_duty(open_event(edition=9)), phone]
        for stranger in strangers:
            other = Door(door.event, stranger, door.at)
            with pytest.raises(CheckInListNotFound):
                page(other)
            with pytest.raises(CheckInListNotFound):
                news(other, changes=0)
        with pytest.raises(CheckInListNotFound):
            door_snapshot.snapshot(list_id=0, after=None, first=1, actor=door.actor)


class TestNews:
    """What happened since, and whether the snapshot is still good."""

    def told(self, got: News) -> list[tuple[Any, ...]]:
        return [(step.sequence, step.ticket_id, step.direction, step.annulled) for step in got.steps]

    def test_in_out_and_taken_back(self, door: Door) -> None:
        ticket = ticket_of(door.event)
        door.scan(ticket)
        door.scan(ticket)  # refused, and no news
        out = door.out(ticket, NOW + MINUTE)
        door.annul(out, NOW + MINUTE)
        got = news(door)
        assert self.told(got) == [
            (1, ticket.pk, "ENTRY", False),
            (2, ticket.pk, "EXIT", False),
            (3, ticket.pk, "EXIT", True),
        ]
        assert [step.nonce for step in got.steps[1:]] == [out.checkin.nonce] * 2
        assert (got.sequence, got.has_more, got.admitted, got.inside) == (3, False, 1, 1)
        assert self.told(news(door, 2)) == [(3, ticket.pk, "EXIT", True)]
        assert self.told(news(door, 3)) == []

    def test_another_list_s_news_are_not_told_but_counted_on(self, door: Door) -> None:
        hall = door.by(list_of(door.event))
        ticket = ticket_of(door.event)
        hall.scan(ticket)
        door.scan(ticket)
        assert [step[0] for step in self.told(news(door))] == [2]
        assert (self.told(news(hall))[0][0], news(hall).sequence) == (1, 2)

    def test_it_goes_on_where_the_snapshot_began(self, door: Door) -> None:
        door.scan(ticket_of(door.event))
        got = page(door)
        later = ticket_of(door.event)
        door.scan(later)
        assert self.told(news(door, got.sequence)) == [(2, later.pk, "ENTRY", False)]

    @pytest.mark.parametrize("taken_back", [1, 3, 4, 8])
    def test_windows_tell_each_step_once_wherever_their_edge_is(
        self, door: Door, monkeypatch: pytest.MonkeyPatch, taken_back: int
    ) -> None:
        """Eight entries, of which one is taken back at number 9: the edges of windows of three lie everywhere."""
        scans = [door.scan(ticket_of(door.event)) for _ in range(8)]
        door.annul(scans[taken_back - 1])
        monkeypatch.setattr(door_snapshot, "NEWS", 3)
        for begun in range(10):
            sequence, seen, windows = begun, [], 0
            while True:
                got = news(door, sequence)
                assert all(sequence < step.sequence <= got.sequence for step in got.steps)
                seen += [(step.sequence, step.annulled) for step in got.steps]
                sequence, windows = got.sequence, windows + 1
                if not got.has_more:
                    break
            expected = [(number, False) for number in range(1, 9)] + [(9, True)]
            assert seen == expected[begun:]
            assert windows == max(-(-(9 - begun) // 3), 1)

    @pytest.mark.parametrize("sequence", [-1, -(2**31), 0])
    def test_from_before_the_beginning(self, door: Door, sequence: int) -> None:
        door.scan(ticket_of(door.event))
        got = news(door, sequence)
        assert ([step.sequence for step in got.steps], got.stale) == ([1], False)

    def test_a_phone_that_knows_more_than_we_do_begins_anew(self, door: Door) -> None:
        got = news(door, 2**31 - 1)
        assert (got.stale, got.sequence, got.steps, got.has_more) == (True, 0, [], False)

    @pytest.mark.parametrize(
        "change",
        [
            lambda door, ticket: registration.cancel(
                registration_id=ticket.registration_id, actor=ticket.registration.person, at=NOW
            ),
            lambda door, ticket: transfer.hand_on(
                ticket_id=ticket.pk, name="Vũ An", email="an@example.org", actor=ticket.registration.person, at=NOW
            ),
            lambda door, ticket: schedule.cancel_event(event_id=door.event.pk, actor=planner(), at=NOW),
            lambda door, ticket: ruled(door.at, closes_at=NOW),
            lambda door, ticket: door.annul(door.out(ticket)),
            lambda door, ticket: payments.take_back(
                registration_id=ticket.registration_id, actor=on_duty(door.event, "ORGANISER"), at=NOW
            ),
        ],
        ids=["cancelled", "handed on", "event cancelled", "list", "exit taken back", "fee due again"],
    )
    def test_what_turns_a_good_ticket_away_makes_the_snapshot_stale(
        self, door: Door, change: Callable[..., Any]
    ) -> None:
        fee = kind_of(door.event, "Vé phí", fee=50_000)
        ticket = ticket_of(door.event, kind=fee.pk)
        payments.receive(registration_id=ticket.registration_id, actor=door.actor, at=NOW)
        known = page(door)
        assert news(door, changes=known.facts.changes).stale is False
        change(door, ticket)
        got = news(door, changes=known.facts.changes)
        assert (got.stale, got.changes) == (True, known.facts.changes + 1)

    def test_scans_do_not(self, door: Door) -> None:
        known = page(door).facts.changes
        door.annul(door.scan(ticket_of(door.event)))
        door.keep(ticket_of(door.event), NOW)
        assert news(door, changes=known).stale is False

    def test_a_change_between_two_pages_is_noticed(self, door: Door) -> None:
        """The number of changes is the first page's: whatever died while the rest was fetched makes it stale."""
        group_of(ticket_of(door.event))
        first = page(door, None, 1)
        doors.changed(event_id=door.event.pk)
        assert news(door, first.sequence, first.facts.changes).stale is True

    def test_in_three_statements_however_much_there_is_to_tell(self, door: Door) -> None:
        counts = []
        for _ in range(2):
            for _ in range(4):
                door.scan(ticket_of(door.event))
            with CaptureQueriesContext(connection) as asked:
                door_snapshot.news(list_id=door.at.pk, sequence=0, changes=0, actor=door.actor)
            counts.append(len(asked))
        assert counts[0] == counts[1]
        assert CheckIn.objects.count() == 8
