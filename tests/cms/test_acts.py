"""The acts on an open event: each view calls one rule and words its refusal."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from events import registration
from events.models import Event, EventStaff, Registration, Seats
from network.models import OutgoingMail, Person
from tests.cms.pages import row, rows
from tests.factories import NOW, ZONE, PersonFactory, VenueFactory, on_duty, open_event

ACTS = ("amend", "reschedule", "capacity", "cancel", "registrations", "inspect")


@pytest.fixture
def event(home: object) -> Event:
    """An open event with one guest."""
    event = open_event()
    guest = PersonFactory.create(full_name="Nguyễn Văn Đức", email="duc@example.org")
    registration.register(event_id=event.pk, person=guest, at=NOW, channel=Registration.Channel.SITE)
    return event


def address(name: str, event: Event) -> str:
    return reverse(f"event:{name}", args=[event.pk])


def test_rescheduling_moves_the_event_and_writes_to_the_guest(desk: Client, event: Event) -> None:
    before = OutgoingMail.objects.count()
    stated = {"starts_at": "12/12/2026 08:00", "ends_at": "12/12/2026 10:00", "venue": VenueFactory.create().pk}
    answer = desk.post(address("reschedule", event), stated)
    event.refresh_from_db()
    assert answer.url == address("inspect", event)
    assert event.starts_at == datetime(2026, 12, 12, 8, 0, tzinfo=ZONE)
    assert OutgoingMail.objects.count() == before + 1


def test_a_wrong_end_stands_at_its_field_and_moves_nothing(desk: Client, event: Event) -> None:
    before = row(Event)
    stated = {"starts_at": "12/12/2026 08:00", "ends_at": "12/12/2026 07:00", "venue": VenueFactory.create().pk}
    answer = desk.post(address("reschedule", event), stated)
    assert answer.context["form"].errors == {"ends_at": ["Giờ kết thúc phải sau giờ bắt đầu."]}
    assert row(Event) == before


def test_places_change_but_not_below_what_is_taken(desk: Client, event: Event) -> None:
    assert desk.post(address("capacity", event), {"capacity": "1"}).status_code == 302
    assert Seats.objects.get().capacity == 1
    refused = desk.post(address("capacity", event), {"capacity": "0"})
    assert list(refused.context["form"].errors) == ["capacity"]
    assert Seats.objects.get().capacity == 1


def test_cancelling_asks_first_and_cannot_be_done_twice(desk: Client, event: Event) -> None:
    assert desk.get(address("cancel", event)).status_code == 200
    assert Event.objects.get().status == Event.Status.SCHEDULED
    desk.post(address("cancel", event))
    assert Event.objects.get().status == Event.Status.CANCELLED
    again = desk.post(address("cancel", event))
    assert again.context["form"].errors == {"__all__": ["Không làm được nữa vì trạng thái sự kiện đã thay đổi."]}


def test_words_change_and_nothing_else_does(desk: Client, event: Event) -> None:
    before = row(Event)
    answer = desk.post(address("amend", event), {"title_vi": "Tên mới", "title_en": "New name", "shows_counter": "on"})
    assert answer.status_code == 302
    after = row(Event)
    changed = {name for name in after if after[name] != before[name]}
    words = {"title", "title_vi", "title_en", "summary", "summary_vi", "summary_en"}
    assert changed - words - {"search_text", "updated_at"} == set()
    assert (after["title_vi"], after["calendar_sequence"]) == ("Tên mới", before["calendar_sequence"])


def test_the_list_finds_without_accents(desk: Client, event: Event) -> None:
    found = desk.get(reverse("event:index"), {"q": "ban hang nha may"}).content.decode()
    assert event.code in found
    assert event.code not in desk.get(reverse("event:index"), {"q": "khong co"}).content.decode()


def test_names_of_guests_are_for_organisers(client: Client, event: Event, organiser: Person) -> None:
    client.force_login(organiser)
    shown = client.get(address("registrations", event), {"q": "duc"}).content.decode()
    assert "Nguyễn Văn Đức" in shown
    assert "duc@example.org" not in shown


def test_names_of_guests_are_not_for_editors(desk: Client, event: Event) -> None:
    answer = desk.get(address("registrations", event))
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


def test_an_editor_who_runs_the_event_sees_its_guests(desk: Client, editor: Person, event: Event) -> None:
    EventStaff.objects.create(person=editor, event=event, role=EventStaff.Role.ORGANISER)
    assert desk.get(address("registrations", event)).status_code == 200


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_closed_to_everybody_else(client: Client, event: Event, name: str) -> None:
    before = rows(Event, Seats)
    assert client.post(address(name, event)).url.startswith("/tai-khoan/login/")
    for person in (PersonFactory.create(), on_duty(event), on_duty(event, EventStaff.Role.ORGANISER)):
        client.force_login(person)
        assert client.get(address(name, event)).status_code == 403
        assert client.post(address(name, event)).status_code == 403
    assert rows(Event, Seats) == before
