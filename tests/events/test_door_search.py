"""Somebody at a door who cannot show a code is found, and nothing is told that a gate may not see."""

from dataclasses import fields
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import blocking, checkin, door_search, registration
from events.door_search import Found
from events.gate_devices import DeviceFacts, enrol, invite
from events.models import Event, EventStaff, Registration
from events.refusals import CheckInListNotFound
from events.scan_rows import Scan
from tests.events.scenes import kind_of, sign_up
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event

pytestmark = pytest.mark.django_db


def named(event: Event, name: str, phone: str = "", **more: Any) -> Registration:
    return sign_up(event, PersonFactory.create(full_name=name, phone=phone), **more)


def search(event: Event, text: str) -> list[Found]:
    return door_search.search(list_id=main_list(event).pk, text=text, actor=on_duty(event))


def names(event: Event, text: str) -> list[str]:
    return [each.name for each in search(event, text)]


def test_names_are_found_without_accents_and_in_any_order() -> None:
    event = open_event()
    for name in ("Nguyễn Văn Đức", "Đỗ Thị Đào", "Trần An"):
        named(event, name)
    named(open_event(), "Nguyễn Văn Đức")
    for text in ("nguyen van duc", "NGUYỄN", "duc nguy", "  đức  "):
        assert names(event, text) == ["Nguyễn Văn Đức"]
    assert names(event, "đ") == []  # too little
    assert names(event, "d t") == ["Đỗ Thị Đào"]
    assert names(event, "khong ai") == []


def test_numbers_are_of_a_phone_a_registration_or_a_ticket() -> None:
    event = open_event()
    first = named(event, "Nguyễn An", "+84912345678")
    second = named(event, "Trần Bình", "+84987654321")
    for text in ("678", "5678", "0912345678", "0912 345 678", "+84 912 345 678"):
        assert names(event, text) == ["Nguyễn An"], text
    assert names(event, str(first.number)) == ["Nguyễn An"]
    assert names(event, second.tickets.get().number) == ["Trần Bình"]
    for text in ("78", "912", "", "  ", "·", "\0"):
        assert names(event, text) == [], text


def test_nobody_is_found_by_an_address() -> None:
    event = open_event()
    held = named(event, "Nguyễn An")
    assert search(event, held.person.email) == []
    assert search(event, "example") == []


def test_of_a_group_by_name_who_bears_it_and_by_number_everybody() -> None:
    event = open_event()
    held = named(event, "Nguyễn An", "+84912345678", kind=kind_of(event, most_per_person=4), guests=2)
    assert names(event, "nguyen") == ["Nguyễn An"]
    assert names(event, "ban") == ["Bạn A", "Bạn B"]
    assert [(each.name, each.party) for each in search(event, "678")] == [
        ("Nguyễn An", 3),
        ("Bạn A", 3),
        ("Bạn B", 3),
    ]
    assert {each.registration_number for each in search(event, "678")} == {held.number}


def test_each_is_told_as_the_gate_would_judge_them() -> None:
    event = open_event(capacity=5)
    actor, lead = on_duty(event), on_duty(event, EventStaff.Role.ORGANISER)
    held = {name: named(event, f"Lê {name}") for name in ("Tốt", "Trong", "Khóa", "Hủy")}
    named(event, "Lê Nợ", kind=kind_of(event, "Bữa trưa", fee=50_000))
    named(event, "Lê Chờ", waits=True)
    named(event, "Lê Duyệt", kind=kind_of(event, "Nhà đầu tư", needs_approval=True))
    scan = Scan(code=held["Trong"].tickets.get().number, nonce=uuid4())
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=actor, at=NOW)
    blocking.block(ticket_id=held["Khóa"].tickets.get().pk, actor=lead, at=NOW)
    registration.cancel(registration_id=held["Hủy"].pk, actor=held["Hủy"].person, at=NOW)
    told = {each.name: (each.state, each.number is None) for each in search(event, "lê")}
    assert told == {
        "Lê Tốt": ("GOOD", False),
        "Lê Trong": ("INSIDE", False),
        "Lê Khóa": ("BLOCKED", False),
        "Lê Nợ": ("UNPAID", False),
        "Lê Chờ": ("OFFERED", True),  # the place that was given back
        "Lê Duyệt": ("UNAPPROVED", True),
        "Lê Hủy": ("CANCELED", True),
    }
    assert search(event, "lê")[-1].name == "Lê Hủy"


def test_twenty_at_most_in_as_many_statements_as_for_one() -> None:
    event = open_event()
    main, actor = main_list(event), on_duty(event)
    door_search.search(list_id=main.pk, text="ha", actor=actor)  # the list's rules are kept from now on
    counts = []
    for number in range(45):
        named(event, "Phạm Hà")
        if number in (1, 44):
            with CaptureQueriesContext(connection) as asked:
                found = door_search.search(list_id=main.pk, text="ha", actor=actor)
            counts.append((len(asked), len(found)))
    assert counts == [(counts[0][0], 2), (counts[0][0], 20)]


def test_only_who_scans_there_may() -> None:
    event = open_event()
    named(event, "Phạm Hà")
    main, organiser = main_list(event), on_duty(event, EventStaff.Role.ORGANISER)
    facts = DeviceFacts(name="A", list_ids=[main.pk])
    phone = enrol(code=invite(event_id=event.pk, facts=facts, actor=organiser, at=NOW).code, at=NOW).device
    assert len(door_search.search(list_id=main.pk, text="ha", actor=phone)) == 1
    for actor in (PersonFactory.create(), on_duty(open_event())):
        with pytest.raises(CheckInListNotFound):
            door_search.search(list_id=main.pk, text="ha", actor=actor)
    elsewhere = main_list(open_event())
    for number in (elsewhere.pk, 0):
        with pytest.raises(CheckInListNotFound):
            door_search.search(list_id=number, text="ha", actor=phone)


def test_nothing_is_told_but_what_a_gate_may_see() -> None:
    assert [each.name for each in fields(Found)] == [
        "number", "name", "ticket_type_vi", "ticket_type_en", "state", "registration_number", "party",
    ]  # fmt: skip
