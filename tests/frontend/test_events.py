"""The list of events and one event's page."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from events import planning, registration, schedule, ticket_types
from events.models import Event, Registration, Session, Speaker, Track
from frontend.standing import TAKES_PEOPLE, Standing
from tests.factories import NOW, PersonFactory, facts, open_event, planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
MOST_STATEMENTS = 18


def titles(client: Client, path: str) -> list[str]:
    return re.findall(r'class="card-link" href="[^"]+">([^<]+)<', client.get(path).content.decode())


def test_upcoming_events_stand_under_their_month(client: Client) -> None:
    open_event(title_vi="Sớm", starts_at=NOW + timedelta(days=2))
    open_event(title_vi="Muộn", starts_at=NOW + timedelta(days=20))
    open_event(title_vi="Xong", starts_at=NOW - timedelta(days=2))
    page = client.get("/su-kien/")
    assert [(f"{month.begins:%m}", [event.title for event in month.events]) for month in page.context["stretches"]] == [
        ("11", ["Sớm"]),
        ("12", ["Muộn"]),
    ]
    assert page.context["first"].title == "Sớm"
    assert titles(client, "/su-kien/?when=past") == ["Xong"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=doi+moi", ["Đổi mới ở cảng"]),
        ("q=%C4%91%E1%BB%95i", ["Đổi mới ở cảng"]),
        ("q=khong+co", []),
        ("kind=TRAINING", ["Học báo giá"]),
        ("kind=NO_SUCH_KIND", ["Đổi mới ở cảng", "Học báo giá"]),
        ("series=ca-phe", ["Đổi mới ở cảng"]),
        ("page=99", ["Đổi mới ở cảng", "Học báo giá"]),
    ],
)
def test_filters(client: Client, query: str, found: list[str]) -> None:
    open_event(title_vi="Đổi mới ở cảng")
    open_event(title_vi="Học báo giá", kind=Event.Kind.TRAINING, series_id=None, starts_at=NOW + timedelta(days=15))
    assert titles(client, f"/su-kien/?{query}") == found


def test_a_draft_is_nobodys_business(client: Client, signed_in: Callable[..., Client]) -> None:
    actor = planner()
    draft = planning.plan_event(facts=facts(), actor=actor)
    for path in (f"/su-kien/{draft.slug}/", f"/su-kien/{draft.slug}/anh.png"):
        assert client.get(path).status_code == 404
        assert signed_in(PersonFactory.create()).get(path).status_code == 404
    assert signed_in(actor).get(f"/su-kien/{draft.slug}/").context["standing"] == Standing.DRAFT


def _cancelled() -> Event:
    event = open_event()
    return schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)


def _without_queue(event: Event) -> Event:
    Event.objects.filter(pk=event.pk).update(has_waiting_list=False)
    return event


def _by_invitation(event: Event) -> Event:
    event.ticket_types.update(is_hidden=True)
    return event


STANDINGS: list[tuple[Standing, Callable[[], Event], str]] = [
    (Standing.OPEN, open_event, "Đăng ký trong một phút"),
    (Standing.WAITS, lambda: open_event(capacity=0), "Vào danh sách chờ"),
    (Standing.FULL, lambda: _without_queue(open_event(capacity=0)), "Đã hết chỗ"),
    (Standing.INVITED, lambda: _by_invitation(open_event()), "Tôi có mã mời"),
    (Standing.NOT_YET, lambda: open_event(registration_opens_at=NOW + timedelta(days=1)), "Mở đăng ký"),
    (Standing.CLOSED, lambda: open_event(registration_closes_at=NOW - timedelta(days=1)), "Đã đóng đăng ký"),
    (Standing.PAST, lambda: open_event(starts_at=NOW - timedelta(days=1)), "Sự kiện đã diễn ra"),
    (Standing.CANCELLED, _cancelled, "Sự kiện này đã huỷ"),
]


@pytest.mark.parametrize(("standing", "made", "said"), STANDINGS, ids=[str(row[0]) for row in STANDINGS])
def test_every_standing_is_said(client: Client, standing: Standing, made: Callable[[], Event], said: str) -> None:
    page = client.get(f"/su-kien/{made().slug}/")
    assert page.context["standing"] == standing
    assert said in page.content.decode()
    assert page.content.decode().count('class="button button-primary') == (standing in TAKES_PEOPLE)


def test_machines_read_the_same_facts(client: Client) -> None:
    event = open_event(title_vi="Hỏi </script> & đáp")
    body = client.get(f"/su-kien/{event.slug}/").content.decode()
    [written] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body)
    read: dict[str, Any] = json.loads(written)
    assert read["name"] == "Hỏi </script> & đáp"
    assert read["startDate"] == "2026-12-05T14:00:00+07:00"
    assert read["eventStatus"] == "https://schema.org/EventScheduled"
    assert read["offers"]["availability"] == "https://schema.org/InStock"
    assert (read["maximumAttendeeCapacity"], read["remainingAttendeeCapacity"]) == (120, 120)


def offers(client: Client, event: Event) -> Any:
    [written] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', client.get(f"/su-kien/{event.slug}/").content.decode()
    )
    return json.loads(written)["offers"]


def available(client: Client, event: Event) -> str:
    return str(offers(client, event)["availability"]).rpartition("/")[2]


def test_machines_are_told_what_a_newcomer_finds(client: Client, signed_in: Callable[..., Client]) -> None:
    person, event = PersonFactory.create(), open_event(capacity=1)
    assert available(client, event) == "InStock"
    registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    assert [available(who, event) for who in (client, signed_in(person))] == ["SoldOut", "SoldOut"]
    assert available(client, _without_queue(event)) == "SoldOut"
    later = open_event(registration_opens_at=NOW + timedelta(days=1))
    assert available(client, later) == "PreOrder"
    assert available(client, open_event(registration_closes_at=NOW - timedelta(days=1))) == "Discontinued"


def test_machines_read_every_type_with_its_fee(client: Client) -> None:
    event = open_event()
    fee = ticket_types.TypeFacts(name_vi="Gian", fee=1_000_000, opens_at=NOW + timedelta(days=1))
    ticket_types.add(event_id=event.pk, facts=fee, actor=planner())
    ticket_types.add(event_id=event.pk, facts=ticket_types.TypeFacts(name_vi="Kín", is_hidden=True), actor=planner())
    read = [
        (offer["name"], offer["price"], offer["availability"].rpartition("/")[2]) for offer in offers(client, event)
    ]
    assert read == [(event.ticket_types.first().name, 0, "InStock"), ("Gian", 1_000_000, "PreOrder")]


def test_a_link_shows_a_picture(client: Client) -> None:
    event = open_event()
    answer = client.get(f"/su-kien/{event.slug}/anh.png")
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    [cover] = re.findall(r'event-cover">\s*<img src="([^"]+)"', client.get(f"/su-kien/{event.slug}/").content.decode())
    assert client.get(unescape(cover)).status_code == 200


def _fill(event: Event, sessions: int) -> None:
    track = Track.objects.create(event=event, name_vi="Bến")
    for number in range(sessions):
        begins = event.starts_at + timedelta(minutes=30 * number)
        session = Session.objects.create(
            event=event, track=track, title_vi="Phiên", starts_at=begins, ends_at=begins + timedelta(minutes=30)
        )
        session.speakers.add(Speaker.objects.create(name=f"Người nói {number}", person=PersonFactory.create()))


def test_statements_do_not_grow(
    client: Client, statements: Callable[..., int], signed_in: Callable[..., Client]
) -> None:
    event = open_event()
    _fill(event, 1)
    reader = signed_in(PersonFactory.create())
    paths = ("/su-kien/", f"/su-kien/{event.slug}/", "/chuoi/ca-phe/")
    at_one = [statements(who, path) for who in (client, reader) for path in paths]
    for _ in range(2):
        _fill(open_event(starts_at=NOW + timedelta(days=3)), 3)
    _fill(event, 3)
    assert [statements(who, path) for who in (client, reader) for path in paths] == at_one
    assert max(at_one) <= MOST_STATEMENTS


def test_a_series_shows_its_next_and_its_past(client: Client) -> None:
    held = open_event(title_vi="Xong", starts_at=NOW - timedelta(days=30))
    coming = open_event(title_vi="Tới")
    page = client.get("/chuoi/ca-phe/")
    assert page.context["first"] == coming
    assert [(f"{year.begins:%Y}", year.events) for year in page.context["years"]] == [("2026", [held])]
    assert client.get("/chuoi/khong-co/").status_code == 404


def test_the_page_speaks_english(client: Client) -> None:
    event = open_event()
    body = client.get(f"/en/su-kien/{event.slug}/").content.decode()
    assert "Selling to factories: from pilot to contract" in re.sub(r"</?span[^>]*>", "", body)
    assert "Register in one minute" in body


def test_a_holder_of_a_seat_sees_the_ticket_of_this_event_alone(signed_in: Callable[..., Client]) -> None:
    person, event, other = PersonFactory.create(), open_event(), open_event(starts_at=NOW + timedelta(days=3))
    registration.register(event_id=other.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    assert signed_in(person).get(f"/su-kien/{event.slug}/").context["standing"] == Standing.OPEN
