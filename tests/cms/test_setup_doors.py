"""Setting up the doors: lists, gates and phones. Each view calls one rule and words its refusal."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events import gate_devices
from events.checkin_lists import facts_of
from events.gate_devices import DeviceFacts
from events.models import CheckInList, Event, EventStaff, Gate, GateDevice
from network.models import Person
from tests.cms.test_setup import at, errors
from tests.events.scenes import kind_of
from tests.events.test_editing_lists import a_session, made, main_of, scanned
from tests.factories import NOW, ZONE, PersonFactory, gate, on_duty, open_event


@pytest.fixture
def event(home: object) -> Event:
    """An open event with its one list and gate A."""
    return open_event()


@pytest.fixture
def host(client: Client, organiser: Person) -> Client:
    """The browser of somebody who runs events."""
    client.force_login(organiser)
    return client


def stated(**changes: Any) -> dict[str, Any]:
    """The form of a list, as typed."""
    return {"name_vi": "Hội trường", "name_en": "Hall", "scope": "ZONE", "allows_reentry": "on"} | changes


def rows() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (CheckInList, Gate, GateDevice)]


def phone(event: Event, name: str = "Cửa A", **facts: Any) -> GateDevice:
    """A phone that waits for its code to be scanned."""
    actor = on_duty(event, EventStaff.Role.ORGANISER)
    stated = DeviceFacts(name=name, **facts)
    return gate_devices.invite(event_id=event.pk, facts=stated, actor=actor, at=timezone.now()).device


class TestLists:
    """What gates check against."""

    def test_a_list_is_added_with_everything_that_was_said(self, host: Client, event: Event) -> None:
        main, kind, session = main_of(event), kind_of(event), a_session(event)
        sent = stated(
            scope="SESSION",
            session_id=session.pk,
            ticket_type_ids=[kind.pk],
            gate_ids=[gate(event).pk],
            needs_id=main.pk,
            leaves_ids=[main.pk],
            opens_at="24/11/2026 08:00",
            closes_at="24/11/2026 12:00",
            auto_exit_at="24/11/2026 18:00",
            once_a_day="on",
            includes_pending="on",
        )
        assert host.post(at("list_new", event), sent).url == at("doors", event)
        row = CheckInList.objects.latest("pk")
        said = facts_of(row)
        assert (said.name_vi, said.name_en, said.scope, said.session_id) == (
            "Hội trường",
            "Hall",
            "SESSION",
            session.pk,
        )
        assert (said.ticket_type_ids, said.gate_ids, said.leaves_ids) == ((kind.pk,), (gate(event).pk,), (main.pk,))
        assert (said.needs_id, said.once_a_day, said.includes_pending) == (main.pk, True, True)
        assert (said.allows_reentry, said.allows_multiple) == (True, False)
        assert said.opens_at == datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)
        shown = host.get(at("doors", event)).content.decode()
        for words in ("Hội trường", "Gọi vốn", "chỉ người đã vào “Danh sách chính”", "08:00 24/11 → 12:00 24/11"):
            assert words in shown

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name_vi": ""}, "name_vi"),
            ({"name_vi": "Danh sách chính"}, "name_vi"),
            ({"scope": "SESSION"}, "session_id"),
            ({"scope": "ROOM"}, "scope"),
            ({"gate_ids": ["0"]}, "gate_ids"),
            ({"needs_id": "0"}, "needs_id"),
            ({"opens_at": "24/11/2026 08:00", "closes_at": "24/11/2026 08:00"}, "closes_at"),
            ({"opens_at": "24/11/2026 08:00", "auto_exit_at": "24/11/2026 08:00"}, "auto_exit_at"),
            ({"once_a_day": "on", "allows_multiple": "on"}, "once_a_day"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
        self, host: Client, event: Event, changes: Any, field: str
    ) -> None:
        before = rows()
        answer = host.post(at("list_new", event), stated(**changes))
        assert list(errors(answer)) == [field]
        assert answer.context["form"]["name_en"].value() == "Hall"
        assert rows() == before

    def test_the_form_shows_a_list_as_it_is(self, host: Client, event: Event) -> None:
        row = made(event, "Hội trường", gate_ids=(gate(event).pk,), opens_at=NOW)
        initial = host.get(at("list", event, row.pk)).context["form"].initial
        assert initial == facts_of(row).__dict__
        assert host.post(at("list", event, row.pk), stated(name_vi="Hội trường B")).url == at("doors", event)
        row.refresh_from_db()
        assert (row.name, row.opens_at, list(row.gates.all())) == ("Hội trường B", None, [])

    def test_the_events_own_list_keeps_its_scope_and_cannot_go(self, host: Client, event: Event) -> None:
        main = main_of(event)
        page = host.get(at("list", event, main.pk)).content.decode()
        assert at("list_remove", event, main.pk) not in page
        assert errors(host.post(at("list", event, main.pk), stated())) == {
            "scope": ["Danh sách chính luôn dành cho cả sự kiện."]
        }
        host.post(at("list_remove", event, main.pk))
        assert CheckInList.objects.filter(pk=main.pk).exists()

    def test_lists_move(self, host: Client, event: Event) -> None:
        main, row = main_of(event), made(event)
        host.post(at("list_up", event, row.pk))
        assert list(CheckInList.objects.filter(event=event)) == [row, main]
        host.post(at("list_down", event, row.pk))
        assert list(CheckInList.objects.filter(event=event)) == [main, row]

    def test_a_list_goes_while_nobody_was_scanned_at_it(self, host: Client, event: Event) -> None:
        empty, used = made(event, "A"), made(event, "B")
        scanned(used)
        assert at("list_remove", event, empty.pk) in host.get(at("list", event, empty.pk)).content.decode()
        assert at("list_remove", event, used.pk) not in host.get(at("list", event, used.pk)).content.decode()
        for row in (empty, used):
            told = host.post(at("list_remove", event, row.pk), follow=True).content.decode()
        assert "Không xoá được: đã có lượt soát vé" in told
        assert list(CheckInList.objects.filter(event=event)) == [main_of(event), used]


class TestGates:
    """Doors with a name."""

    def test_a_gate_is_added_renamed_and_removed(self, host: Client, event: Event) -> None:
        assert host.post(at("gate_new", event), {"name": "Cửa Đông"}).url == at("doors", event)
        door = Gate.objects.get(event=event, name="Cửa Đông")
        host.post(at("gate", event, door.pk), {"name": "Cửa Bắc"})
        assert "Cửa Bắc" in host.get(at("doors", event)).content.decode()
        assert errors(host.post(at("gate", event, door.pk), {"name": "A"})) == {"name": ["Mục này bị lặp."]}
        host.post(at("gate_remove", event, door.pk))
        assert list(Gate.objects.filter(event=event).values_list("name", flat=True)) == ["A"]

    def test_a_gate_with_a_scan_stays(self, host: Client, event: Event) -> None:
        door = gate(event)
        scanned(main_of(event), door)
        assert at("gate_remove", event, door.pk) not in host.get(at("gate", event, door.pk)).content.decode()
        host.post(at("gate_remove", event, door.pk))
        assert Gate.objects.filter(pk=door.pk).exists()


class TestPhones:
    """Invited by a QR that is shown once, watched, revoked."""

    def test_the_qr_is_shown_once_and_makes_the_phone_of_whoever_scans_it(self, host: Client, event: Event) -> None:
        hall = made(event)
        sent = {"name": "Máy của Lan", "gate_id": gate(event).pk, "list_ids": [hall.pk]}
        answer = host.post(at("phone_new", event), sent)
        page = answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        (code,) = set(re.findall(r"http://localhost:8000/soat-ve/#ghep=([\w-]+)", page))
        assert "data:image/svg+xml" in page
        assert code not in host.get(at("doors", event)).content.decode()
        row = GateDevice.objects.get()
        assert (row.name, row.gate, list(row.lists.all())) == ("Máy của Lan", gate(event), [hall])
        state = at("phone_state", event, row.pk)
        assert host.get(state).json() == {"state": "INVITED", "name": "Máy của Lan"}
        gate_devices.enrol(code=code, at=timezone.now(), name="Máy 7")
        assert host.get(state).json() == {"state": "IN_USE", "name": "Máy 7"}

    def test_what_is_wrong_stands_at_its_field(self, host: Client, event: Event) -> None:
        phone(event, "Cửa A")
        before = rows()
        assert errors(host.post(at("phone_new", event), {"name": "Cửa A"})) == {"name": ["Mục này bị lặp."]}
        assert list(errors(host.post(at("phone_new", event), {"name": "B", "list_ids": ["0"]}))) == ["list_ids"]
        assert rows() == before

    def test_a_phone_is_changed(self, host: Client, event: Event) -> None:
        hall, row = made(event), phone(event, gate_id=gate(event).pk)
        assert host.get(at("phone", event, row.pk)).context["form"].initial["gate_id"] == gate(event).pk
        host.post(at("phone", event, row.pk), {"name": "Máy 2", "list_ids": [hall.pk]})
        row.refresh_from_db()
        assert (row.name, row.gate, list(row.lists.all())) == ("Máy 2", None, [hall])

    def test_a_new_code_takes_the_place_of_the_old_one(self, host: Client, event: Event) -> None:
        row = phone(event)
        page = host.post(at("phone_again", event, row.pk)).content.decode()
        assert "#ghep=" in page
        assert GateDevice.objects.get().enrolment_hash != row.enrolment_hash
        gate_devices.revoke(device_id=row.pk, actor=on_duty(event, EventStaff.Role.ORGANISER), at=NOW)
        assert host.post(at("phone_again", event, row.pk)).url == at("doors", event)

    def test_a_lost_phone_is_revoked(self, host: Client, event: Event) -> None:
        row = phone(event)
        assert host.post(at("phone_revoke", event, row.pk)).url == f"{at('doors', event)}#phones"
        row.refresh_from_db()
        assert row.revoked_at is not None
        shown = host.get(at("doors", event)).content.decode()
        assert ("1 điện thoại đã thu hồi" in shown, at("phone_revoke", event, row.pk) in shown) == (True, False)
        assert host.get(at("phone", event, row.pk)).status_code == 404

    def test_the_page_says_how_each_phone_is(self, host: Client, event: Event) -> None:
        made_at = timezone.now()
        waiting, silent = phone(event, "Chờ"), phone(event, "Im lặng")
        GateDevice.objects.filter(pk=silent.pk).update(
            token_hash="x", enrolled_at=made_at, last_seen_at=made_at, waiting=12, app_version="1.4"
        )
        shown = host.get(at("doors", event)).content.decode()
        for words in ("Chờ quét mã", "Đang dùng", "<strong>12</strong> lượt quét đang chờ", "ứng dụng 1.4"):
            assert words in shown
        with time_machine.travel(made_at + timedelta(minutes=16)):
            host.force_login(PersonFactory.create(is_superuser=True, is_staff=True))
            shown = host.get(at("doors", event)).content.decode()
        for words in (
            "Mã hết hạn",
            "Mất liên lạc",
            "liên lạc 16 phút trước",
            at("phone_again", event, waiting.pk),
        ):
            assert words in shown
        assert at("phone_again", event, silent.pk) not in shown


def test_doors_are_for_whoever_runs_the_desk_alone(client: Client, editor: Person, event: Event) -> None:
    row, door, device = made(event), gate(event), phone(event)
    addresses = [at(name, event) for name in ("doors", "list_new", "gate_new", "phone_new")]
    addresses += [at(name, event, row.pk) for name in ("list", "list_remove", "list_up", "list_down")]
    addresses += [at(name, event, door.pk) for name in ("gate", "gate_remove")]
    addresses += [at(name, event, device.pk) for name in ("phone", "phone_again", "phone_state", "phone_revoke")]
    before = rows()
    for address in addresses:
        client.logout()
        assert client.get(address).status_code == 302
        for person in (PersonFactory.create(), on_duty(event), editor):
            client.force_login(person)
            assert client.get(address).status_code in {302, 403}
            assert client.post(address, stated(name="B")).status_code in {302, 403}
    assert rows() == before
    EventStaff.objects.create(person=editor, event=event, role=EventStaff.Role.ORGANISER)
    client.force_login(editor)
    assert client.get(addresses[0]).status_code == 200


def test_what_is_of_another_event_is_not_here(host: Client, event: Event) -> None:
    other = open_event()
    row, door, device = made(other), gate(other, "B"), phone(other)
    before = rows()
    for name in ("list", "list_remove", "list_up", "list_down"):
        assert host.post(at(name, event, row.pk), stated()).status_code == 404
    for name in ("gate", "gate_remove"):
        assert host.post(at(name, event, door.pk), {"name": "C"}).status_code == 404
    for name in ("phone", "phone_again", "phone_revoke"):
        assert host.post(at(name, event, device.pk), {"name": "C"}).status_code == 404
    assert host.get(at("phone_state", event, device.pk)).status_code == 404
    assert rows() == before


def test_the_page_takes_as_many_statements_whatever_its_length(
    host: Client, event: Event, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        door = gate(event, f"Cửa {number}")
        row = made(event, f"Khu {number}", gate_ids=(door.pk,), leaves_ids=(main_of(event).pk,))
        phone(event, f"Máy {number}", gate_id=door.pk, list_ids=[row.pk])
    host.get(at("doors", event))
    with django_assert_max_num_queries(22):
        host.get(at("doors", event))
