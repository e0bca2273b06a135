"""The board, the screen for the hall and the conflicts: what they show, to whom, and what they keep to themselves."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from events import checkin, tickets
from events.board_numbers import INTERVAL, Interval
from events.models import CheckIn, CheckInTally, EventStaff, GateDevice, Registration
from events.registration import register
from frontend.flow import flow
from network import consents
from tests.factories import NOW, ZONE, PersonFactory, gate, main_list, on_duty, open_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event():
    return open_event(starts_at=NOW)


@pytest.fixture
def organiser(client, event):
    person = on_duty(event, EventStaff.Role.ORGANISER)
    client.force_login(person)
    return person


def arrived(event, name, *, at_gate="A", minutes=0, greets=False, **facts):
    """Somebody of this name has come."""
    person = PersonFactory.create(full_name=name)
    row = register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    if greets:
        given = {"purposes": [consents.Purpose.GREETING], "language": "vi", "channel": "SITE", "at": NOW}
        consents.give(person=person, **given)
    at = NOW - timedelta(minutes=minutes)
    scan = checkin.Scan(
        code=tickets.code(row.tickets.get()), nonce=uuid4(), device="Lan 2", gate_id=gate(event, at_gate).pk
    )
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=on_duty(event), at=at)
    made = CheckIn.objects.get(nonce=scan.nonce)
    if facts:
        CheckIn.objects.filter(pk=made.pk).update(**facts)
    return made


def page(client, event, more=""):
    return client.get(reverse("board", args=[event.slug]) + more)


def test_the_board_shows_the_numbers_and_what_needs_a_look(client, event, organiser):
    arrived(event, "Phạm Thu Hà", at_gate="A", minutes=14)
    arrived(event, "Nguyễn Văn Đức", at_gate="B", forced=True, reason="already_redeemed")
    GateDevice.objects.create(event=event, name="Minh", enrolled_at=NOW, invited_at=NOW, enrolment_until=NOW, waiting=7)
    shown = page(client, event).content.decode()
    assert "data-board-admitted>2</dd>" in shown
    assert "<strong>Cửa A im lặng</strong>: lượt quét cuối lúc 08:46, trong khi các cửa khác vẫn quét." in shown
    assert "Cửa B im lặng" not in shown
    assert "Im lặng 14 phút" in shown
    assert "<strong>1 lượt cần xử lý</strong>" in shown
    assert reverse("board_conflicts", args=[event.slug]) in shown
    assert "<strong>7 lượt còn chờ</strong>" in shown
    assert "Phạm Thu Hà" in shown


def test_a_quiet_board_asks_for_nobody(client, event, organiser):
    shown = page(client, event).content.decode()
    assert "Cần để mắt" not in shown
    assert "Chuyến đầu còn ngoài khơi" in shown


def test_the_numbers_alone_are_a_part_of_the_page(client, event, organiser):
    arrived(event, "Phạm Thu Hà")
    part = page(client, event, "?so-lieu").content.decode()
    assert "<html" not in part
    assert part.strip() in page(client, event).content.decode()


def test_the_screen_names_nobody_who_did_not_agree(client, event, organiser):
    arrived(event, "Phạm Thu Hà", greets=True)
    silent = arrived(event, "Nguyễn Văn Đức")
    shown = page(client, event, "?man-hinh").content.decode()
    assert "Chào mừng, Hà!" in shown
    assert "data-screen-admitted>2</dd>" in shown
    for word in ("Phạm", "Nguyễn Văn", "Đức", silent.ticket.number):
        assert word not in shown.split("<main")[1]


def test_a_withdrawn_greeting_is_gone_at_once(client, event, organiser):
    scan = arrived(event, "Phạm Thu Hà", greets=True)
    person = scan.ticket.registration.person
    consents.withdraw(person=person, purpose=consents.Purpose.GREETING, at=NOW)
    shown = page(client, event, "?man-hinh").content.decode()
    assert "Chào mừng, Hà!" not in shown
    assert "Mời bạn lên tàu!" in shown


@pytest.mark.parametrize("more", ["", "?so-lieu", "?man-hinh", "xung-dot/"])
def test_only_the_event_s_organisers_watch(client, event, more):
    assert page(client, event, more).status_code == 302
    for person in (on_duty(event), on_duty(open_event(), EventStaff.Role.ORGANISER), PersonFactory.create()):
        client.force_login(person)
        assert page(client, event, more).status_code == 403
    client.force_login(on_duty(event, EventStaff.Role.ORGANISER))
    assert page(client, event, more).status_code == 200


class TestConflicts:
    """Settling them on the page."""

    def settle(self, client, event, row, settlement):
        address = reverse("board_conflicts", args=[event.slug])
        return client.post(address, {"conflict": row.pk, "settlement": settlement}, follow=True).content.decode()

    def test_one_is_settled_and_the_numbers_follow(self, client, event, organiser):
        row = arrived(event, "Phạm Thu Hà", forced=True, reason="unpaid")
        assert CheckInTally.objects.get(event=event).admitted == 1
        assert "Phạm Thu Hà" in client.get(reverse("board_conflicts", args=[event.slug])).content.decode()
        shown = self.settle(client, event, row, "FIRST")
        assert "Đã xử lý." in shown
        assert "Không có gì cần xử lý" in shown
        row.refresh_from_db()
        assert (row.settlement, row.settled_by, row.annulled_at) == ("FIRST", organiser, NOW)
        assert CheckInTally.objects.get(event=event).admitted == 0

    @pytest.mark.parametrize("settlement", ["", "ALL"])
    def test_what_is_no_settlement_changes_nothing(self, client, event, organiser, settlement):
        row = arrived(event, "Phạm Thu Hà", forced=True, reason="unpaid")
        self.settle(client, event, row, settlement)
        row.refresh_from_db()
        assert row.settled_at is None

    def test_another_event_s_conflict_is_not_ours(self, client, event, organiser):
        row = arrived(open_event(), "Phạm Thu Hà", forced=True, reason="unpaid")
        assert "Đã xử lý." not in self.settle(client, event, row, "BOTH")
        row.refresh_from_db()
        assert row.settled_at is None


class TestFlow:
    """The drawing and its table."""

    def drawn(self, *counts, bars=12, at=NOW):
        rows = [Interval(at=NOW + place * INTERVAL, entries=i, exits=o) for place, (i, o) in counts]
        return flow(rows, bars=bars, width=400, at=at, zone=ZONE)

    def test_nothing_has_no_drawing(self):
        assert flow([], bars=12, width=400, at=NOW, zone=ZONE) is None

    @pytest.mark.parametrize(
        ("most", "unit", "boxes"), [(1, 1, 1), (8, 1, 8), (9, 2, 5), (16, 2, 8), (41, 10, 5), (9000, 1125, 8)]
    )
    def test_the_tallest_stack_is_at_most_eight_containers(self, most, unit, boxes):
        made = self.drawn((0, (most, 0)))
        assert (made.unit, len(made.boxes)) == (unit, boxes)

    def test_who_goes_out_stands_below_the_quay(self):
        made = self.drawn((0, (2, 1)))
        assert [box.kind for box in made.boxes] == ["now", "now", "out"]
        assert all(box.y + box.height <= made.quay for box in made.boxes[:2])
        assert made.boxes[2].y >= made.quay

    def test_the_table_has_every_number_that_is_drawn(self):
        made = self.drawn((0, (2, 1)), (2, (7, 0)))
        assert [(row.at, row.entries, row.exits) for row in made.rows] == [(NOW, 2, 1), (NOW + 2 * INTERVAL, 7, 0)]

    def test_a_lull_is_seen_while_the_doors_are_at_work_and_not_for_ever(self):
        lull = self.drawn((0, (1, 0)), bars=4, at=NOW + 3 * INTERVAL)
        assert lull.boxes[0].x == pytest.approx(lull.left)
        over = self.drawn((0, (1, 0)), bars=4, at=NOW + timedelta(hours=2))
        assert over.boxes[0].x > 300
        assert over.boxes[0].kind == "in"

    def test_every_half_hour_is_named_in_local_time(self):
        assert [mark.text for mark in self.drawn((0, (1, 0)), bars=13).hours] == ["08:00", "08:30", "09:00"]
