"""The letters about an hour: to both, in their language and zone, with entries that calendars follow."""

from datetime import time, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from django.conf import settings

from network import outbox
from network.mentoring import booking
from network.models import Booking, OutgoingMail
from network.outbox import delivery
from tests.factories import NOW, PersonFactory
from tests.network.mentoring_scenes import NEXT_MONDAY, mentor, startup

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def hour() -> Booking:
    """Booked by Trần Thị Bình, who reads English, with a mentor in Berlin who reads Vietnamese."""
    profile = mentor(zone="Europe/Berlin", starts=time(3), ends=time(6))
    type(profile.person).objects.filter(pk=profile.person_id).update(full_name="Lê Quang Đạo")
    person = PersonFactory(full_name="Trần Thị Bình", preferred_language="en")
    organisation = startup(person)
    return booking.book(
        profile_id=profile.pk, booker=person, starts_at=NEXT_MONDAY, topic="Định giá\nvà hợp đồng",
        organisation_id=organisation.pk, at=NOW,
    )  # fmt: skip


def letters(kind: str) -> dict[str, EmailMessage]:
    """By address: the letters of a kind."""
    rows = OutgoingMail.objects.filter(kind=f"hours.{kind}")
    return {row.recipient: outbox.opened(row) for row in rows}


def parts(letter: EmailMessage) -> dict[str, Any]:
    """By MIME type, in their order."""
    return {part.get_content_type(): part for part in letter.walk() if not part.is_multipart()}


def calendar_of(letter: EmailMessage) -> tuple[str, Any, icalendar.Calendar]:
    """The METHOD of the MIME type, the one entry, and the calendar around it."""
    found = list(parts(letter).items())
    kind, part = found[-1]
    assert kind == "text/calendar"
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return part.get_param("method"), event, calendar


def test_both_get_the_same_entry_each_as_the_one_attendee(hour: Booking) -> None:
    sent = letters("booked")
    assert set(sent) == {hour.mentor.email, hour.booker.email}
    for person in (hour.mentor, hour.booker):
        method, event, calendar = calendar_of(sent[person.email])
        assert (method, calendar["METHOD"]) == ("REQUEST", "REQUEST")
        assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
        assert event["UID"] == f"{hour.uid}@{settings.CALENDAR_DOMAIN}"
        assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
        assert event["DTSTART"].dt == NEXT_MONDAY
        assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
        assert event["DTEND"].dt == NEXT_MONDAY + HOUR / 2
        assert str(event["ATTENDEE"]) == f"mailto:{person.email}"
        assert str(event["ORGANIZER"]).startswith("mailto:")
        assert str(event["LOCATION"]) == "https://meet.example.org/co-van"
        assert "Định giá\nvà hợp đồng" in str(event["DESCRIPTION"])


def test_each_reads_in_their_language_by_their_clock(hour: Booking) -> None:
    sent = letters("booked")
    theirs, ours = sent[hour.mentor.email], sent[hour.booker.email]
    text, english = parts(theirs)["text/plain"].get_content(), parts(ours)["text/plain"].get_content()
    assert "Thứ Hai, 30/11/2026, 03:00\u00a0– 03:30 (Europe/Berlin)" in text
    assert f"Trần Thị Bình ({hour.organisation})" in text
    assert "Monday, 30 November 2026, 09:00\u00a0– 09:30\r\n" in english
    assert "Dear Bình" in english
    assert ours["Content-Language"] == "en"
    assert calendar_of(theirs)[1]["SUMMARY"] == f"Giờ cố vấn cho Trần Thị Bình ({hour.organisation})"
    assert calendar_of(ours)[1]["SUMMARY"] == "Mentor hour with Lê Quang Đạo"
    html = parts(theirs)["text/html"].get_content()
    assert f"{settings.SITE_URL}/hen/{hour.uid}/" in html


def test_a_moved_hour_keeps_its_uid_and_raises_its_number_and_a_cancelled_one_is_withdrawn(hour: Booking) -> None:
    later = NEXT_MONDAY + HOUR
    booking.reschedule(booking_id=hour.pk, actor=hour.mentor, starts_at=later, at=NOW + HOUR)
    booking.cancel(booking_id=hour.pk, actor=hour.mentor, words="Tôi phải bay.", at=NOW + 2 * HOUR)

    told = {}
    for kind in ("booked", "moved", "cancelled"):
        told[kind] = [calendar_of(letter) for letter in letters(kind).values()]
    assert {event["UID"] for found in told.values() for _m, event, _c in found} == {
        f"{hour.uid}@{settings.CALENDAR_DOMAIN}"
    }

    def facts(kind: str) -> list[Any]:
        return [(method, event["SEQUENCE"], event["DTSTART"].dt, event["STATUS"]) for method, event, _c in told[kind]]

    assert facts("booked") == [("REQUEST", 0, NEXT_MONDAY, "CONFIRMED")] * 2  # as it was when the letter was left
    assert facts("moved") == [("REQUEST", 1, later, "CONFIRMED")] * 2
    assert facts("cancelled") == [("CANCEL", 2, later, "CANCELLED")] * 2


def test_who_moved_and_who_cancelled_is_said_with_their_words(hour: Booking) -> None:
    booking.reschedule(booking_id=hour.pk, actor=hour.mentor, starts_at=NEXT_MONDAY + HOUR, at=NOW)
    booking.cancel(booking_id=hour.pk, actor=hour.mentor, words="I must fly.", at=NOW)
    moved = parts(letters("moved")[hour.booker.email])["text/plain"].get_content()
    assert "Lê Quang Đạo moved it. It was to be on Monday, 30 November 2026, 09:00." in moved
    away = parts(letters("cancelled")[hour.booker.email])["text/plain"].get_content()
    assert "Lê Quang Đạo cancelled it." in away
    assert "“I must fly.”" in away
    assert f"{settings.SITE_URL}/en/hen/dat/{hour.profile.slug}/" in away
    own = parts(letters("cancelled")[hour.mentor.email])["text/plain"].get_content()
    assert "Bạn đã huỷ" in own


def test_letters_of_an_hour_leave_in_their_order(hour: Booking) -> None:
    booking.cancel(booking_id=hour.pk, actor=hour.booker, at=NOW)
    due = {row.kind for row in delivery.due_now(NOW)}
    assert due == {"hours.booked"}
    outbox.deliver_due(at=NOW)
    assert not OutgoingMail.objects.filter(sent_at=None, kind="hours.booked").exists()
    outbox.deliver_due(at=NOW)
    assert not OutgoingMail.objects.filter(sent_at=None).exists()


def test_nothing_that_people_write_breaks_out_of_its_line() -> None:
    person = PersonFactory()
    made = booking.book(
        profile_id=mentor().pk, booker=person, starts_at=NEXT_MONDAY, topic="A\r\nATTENDEE:mailto:x@example.org", at=NOW
    )
    _method, event, _calendar = calendar_of(letters("booked")[made.mentor.email])
    assert str(event["ATTENDEE"]) == f"mailto:{made.mentor.email}"
