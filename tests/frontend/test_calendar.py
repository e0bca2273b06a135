"""Calendar feeds at their addresses."""

from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.test import Client

from events import planning, schedule
from tests.factories import NOW, facts, open_event, planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def entries(body: bytes) -> list[tuple[str, str]]:
    calendar = icalendar.Calendar.from_ical(body)
    return [(str(entry["SUMMARY"]), str(entry["STATUS"])) for entry in calendar.walk("VEVENT")]


def test_the_feed_is_public_and_carries_no_cookie(client: Client) -> None:
    open_event(title_vi="Cà phê")
    answer = client.get("/lich/site.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=900, stale-while-revalidate=3600"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert entries(answer.content) == [("Cà phê", "CONFIRMED")]


@pytest.mark.parametrize("path", ["/lich/site.ics", "/lich/ca-phe.ics", "/lich/su-kien/{slug}.ics"])
def test_unchanged_is_304_and_changed_is_not(client: Client, path: str) -> None:
    event = open_event()
    path = path.format(slug=event.slug)
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
        changed = client.get(
            path, headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
        )
    assert (changed.status_code, [status for _, status in entries(changed.content)]) == (200, ["CANCELLED"])


def test_a_cancelled_event_stays_for_thirty_days(client: Client) -> None:
    event = open_event(title_vi="Hủy")
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    for days, listed in ((30, [("Hủy", "CANCELLED")]), (32, [])):
        with time_machine.travel(event.ends_at + timedelta(days=days), tick=False):
            assert entries(client.get("/lich/site.ics").content) == listed


def test_each_language_has_its_own(client: Client) -> None:
    event = open_event()
    [(english, _)] = entries(client.get("/lich/ca-phe.ics?lang=en").content)
    assert english == event.title_en
    assert client.get("/lich/ca-phe.ics?lang=en")["Content-Language"] == "en"
    assert client.get("/lich/site.ics?lang=tlh").status_code == 404


def test_a_draft_is_in_no_feed(client: Client) -> None:
    draft = planning.plan_event(facts=facts(), actor=planner())
    assert entries(client.get("/lich/site.ics").content) == []
    assert client.get(f"/lich/su-kien/{draft.slug}.ics").status_code == 404
    assert client.get("/lich/khong-co.ics").status_code == 404


def test_feeds_are_read_only(client: Client) -> None:
    assert client.post("/lich/site.ics").status_code == 405
