"""Calendars as RFC 5545 and 5546 ask for them."""

from datetime import UTC, date
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from events import calendar, queries, registration, schedule
from events.models import Event, Registration
from tests.factories import NOW, PersonFactory, open_event, planner

pytestmark = pytest.mark.django_db
NASTY = 'Cà phê "ĐMST"; nhà máy, hợp đồng\r\nATTENDEE:mailto:evil@example.org\x07 ' + "ế" * 80


def _feed(language: str = "vi") -> bytes:
    return calendar.feed(name="Sự kiện", events=queries.calendar_events(since=NOW), language=language)


def _parsed(raw: bytes) -> Any:
    return icalendar.Calendar.from_ical(raw)


def test_a_feed_publishes_without_attendees_and_says_how_often_to_ask() -> None:
    event = open_event()
    parsed = _parsed(_feed())
    (vevent,) = parsed.events
    assert (parsed["METHOD"], parsed["X-WR-CALNAME"]) == ("PUBLISH", "Sự kiện")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in _feed()
    assert b"X-PUBLISHED-TTL:PT1H" in _feed()
    assert "ATTENDEE" not in vevent
    assert vevent["UID"] == f"{event.calendar_uid}@startuphaiphong.vn"
    assert (vevent["DTSTART"].dt, vevent["DTEND"].dt) == (event.starts_at, event.ends_at)
    assert vevent["LOCATION"] == "Khu làm việc chung, 1 Phạm Ngũ Lão, phường Gia Viên, Hải Phòng"


def test_a_feed_is_told_in_the_reader_s_language() -> None:
    open_event()
    (vevent,) = _parsed(_feed("en")).events
    assert vevent["SUMMARY"] == "Selling to factories: from pilot to contract"
    assert "/en/su-kien/" in vevent["URL"]


def test_the_time_zone_is_whole() -> None:
    open_event()
    raw = _feed().decode()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:" in raw
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh" in raw
    assert "TZOFFSETTO:+0700" in raw


def test_a_calendar_program_finds_the_event_on_its_day() -> None:
    event = open_event()
    day = event.starts_at.astimezone(calendar.ZONE).date()
    found = recurring_ical_events.of(_parsed(_feed()))
    assert len(found.at(day)) == 1
    assert found.at(date(2026, 1, 1)) == []


def test_nothing_breaks_out_of_its_line_and_no_letter_is_cut() -> None:
    open_event(title_vi=NASTY[:150])
    raw = _feed()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert all(line.decode() is not None for line in raw.split(b"\r\n"))  # no fold inside a character
    assert b"\nATTENDEE" not in raw
    assert b"\x07" not in raw
    assert _parsed(raw).events[0]["SUMMARY"].startswith('Cà phê "ĐMST"; nhà máy, hợp đồng\nATTENDEE')


def test_a_cancelled_event_stays_in_the_feed_as_cancelled() -> None:
    event = open_event()
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    (vevent,) = _parsed(_feed()).events
    assert (vevent["STATUS"], vevent["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_draft_is_in_no_feed() -> None:
    Event.objects.filter(pk=open_event().pk).update(status="DRAFT")
    assert _parsed(_feed()).events == []


def test_an_invitation_names_the_sender_and_exactly_one_attendee() -> None:
    person = PersonFactory.create(full_name='Phạm "Hà"', email="ha@example.org")
    held = registration.register(event_id=open_event().pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    parsed = _parsed(calendar.invitation(held, at=NOW))
    (vevent,) = parsed.events
    assert parsed["METHOD"] == "REQUEST"
    assert (str(vevent["ATTENDEE"]), vevent["ATTENDEE"].params["CN"]) == ("mailto:ha@example.org", "Phạm 'Hà'")
    assert str(vevent["ORGANIZER"]) == "mailto:xinchao@startuphaiphong.example"
    assert vevent["DTSTAMP"].dt == NOW.astimezone(UTC)
    withdrawn = _parsed(calendar.withdrawal(held, at=NOW)).events[0]
    assert (withdrawn["UID"], withdrawn["SEQUENCE"], withdrawn["STATUS"]) == (vevent["UID"], 1, "CANCELLED")
