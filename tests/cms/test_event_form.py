"""One form for fact and story: what it writes, what it refuses, what it leaves alone."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.models import EventIndexPage, EventPage
from events import planning
from events.models import Event, Seats
from tests.cms.pages import create, created, edit, rows, told
from tests.factories import ZONE, facts, planner


def test_saving_plans_a_draft_with_its_seats(desk: Client, event_index: EventIndexPage) -> None:
    page = created(desk, event_index)
    event = page.event
    assert (event.code, event.edition, event.slug, event.status) == ("CAFE 001", 1, "doi-moi-o-cang", "DRAFT")
    assert (event.title_vi, event.title_en) == ("Đổi mới ở cảng", "Innovation in port")
    assert event.starts_at == datetime(2026, 12, 5, 14, 0, tzinfo=ZONE)
    assert (event.seats.capacity, event.seats.taken, event.gates.count(), event.checkin_lists.count()) == (80, 0, 1, 1)
    assert (page.slug, page.live, page.language) == ("doi-moi-o-cang", False, "vi")


def test_publishing_opens_the_event(desk: Client, event_index: EventIndexPage) -> None:
    page = created(desk, event_index, publish=True)
    assert page.live
    assert page.event.status == Event.Status.SCHEDULED


def test_a_draft_is_revised_and_keeps_code_and_edition(desk: Client, event_index: EventIndexPage) -> None:
    page = created(desk, event_index)
    edit(desk, page, title="Đổi mới ở cảng biển", capacity="90")
    event = Event.objects.get()
    assert (event.title_vi, event.code, event.edition) == ("Đổi mới ở cảng biển", "CAFE 001", 1)
    assert event.seats.capacity == 90


def test_an_open_event_is_not_changed_by_its_page(desk: Client, event_index: EventIndexPage) -> None:
    page = created(desk, event_index, publish=True)
    before = rows(Event, Seats)
    answer = edit(desk, page, publish=True, starts_at="06/12/2026 08:00", capacity="1", slug="cho-khac", title="Mới")
    assert answer.status_code == 302
    assert rows(Event, Seats) == before
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Mới", "doi-moi-o-cang")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ends_at": "05/12/2026 13:00"}, "ends_at", "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"starts_at": ""}, "starts_at", "Trường này là bắt buộc."),
        ({"code": "CAFE 777"}, "code", "“CAFE 777” đã dùng cho sự kiện khác."),
        ({"code": "cà phê"}, "code", "Hãy viết theo mẫu “CAFE 047”."),
        ({"slug": "cho-cu"}, "slug", "“cho-cu” đã dùng cho sự kiện khác."),
        ({"capacity": "-1"}, "capacity", None),
        ({"venue": ""}, "venue", None),
        (
            {"registration_opens_at": "02/12/2026 08:00", "registration_closes_at": "01/12/2026 08:00"},
            "registration_closes_at",
            None,
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    desk: Client, event_index: EventIndexPage, changes: dict[str, Any], field: str, words: str | None
) -> None:
    planning.plan_event(facts=facts(code="CAFE 777", slug="cho-cu", edition=777), actor=planner())
    answer = create(desk, event_index, **changes)
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    if words is not None:
        assert errors[field] == [words]
    assert (Event.objects.count(), EventPage.objects.count()) == (1, 0)


def test_a_preview_shows_the_unsaved_event_and_writes_nothing(desk: Client, event_index: EventIndexPage) -> None:
    address = reverse("wagtailadmin_pages:preview_on_add", args=("cms", "eventpage", event_index.pk))
    assert desk.post(address, told()).json() == {"is_valid": True, "is_available": True}
    shown = desk.get(address)
    assert shown.status_code == 200
    assert "Đổi mới ở cảng" in shown.content.decode()
    assert "CAFE 001" in shown.content.decode()
    assert (Event.objects.count(), EventPage.objects.count()) == (0, 0)


def test_a_preview_of_a_draft_shows_new_facts_and_writes_nothing(desk: Client, event_index: EventIndexPage) -> None:
    page = created(desk, event_index)
    before = rows(Event, Seats)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    desk.post(address, told(title="Tên khác hẳn"))
    assert "Tên khác hẳn" in desk.get(address).content.decode()
    assert rows(Event, Seats) == before


def test_an_event_begins_in_vietnamese(desk: Client, event_index: EventIndexPage) -> None:
    english = EventIndexPage.objects.get(locale__language_code="en")
    assert create(desk, english).status_code == 302
    assert (Event.objects.count(), EventPage.objects.count()) == (0, 0)
