"""A mentor sets their hours: everything at once, each mistake at its field, nothing kept of what is refused."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from network.mentoring import hours
from network.mentoring.hours import Dated, Settings, Weekly
from network.models import BusyTime, HoursException, MentorHours, Profile, WeeklyHours
from network.refusals import Invalid, NotFound, NotPermitted, Several
from tests.factories import NOW, PersonFactory
from tests.network.mentoring_scenes import mentor

pytestmark = pytest.mark.django_db
GOOD = Settings(
    is_open=True, slot_minutes=45, buffer_before=5, buffer_after=15, notice_hours=12, horizon_days=60, daily_limit=2,
    link="https://meet.example.org/x", time_zone="Europe/Berlin",
)  # fmt: skip
WEEK = [Weekly(0, time(9), time(11)), Weekly(0, time(20), time(0)), Weekly(4, time(14), time(17))]
DATES = [Dated(date(2026, 12, 24)), Dated(date(2026, 12, 26), time(8), time(9)), Dated(date(2026, 11, 1))]


def set_hours(
    profile: Profile, *, settings: Settings = GOOD, weekly: Any = (), exceptions: Any = (), **facts: Any
) -> MentorHours:
    """Set them as the mentor."""
    known = {"actor": profile.person, "at": NOW, **facts}
    return hours.set_hours(profile_id=profile.pk, settings=settings, weekly=weekly, exceptions=exceptions, **known)


def test_everything_is_set_and_what_is_over_is_dropped() -> None:
    profile = mentor()

    made = set_hours(profile, weekly=WEEK, exceptions=DATES)

    made.refresh_from_db()
    assert (made.slot_minutes, made.buffer_before, made.buffer_after) == (45, 5, 15)
    assert (made.notice_hours, made.horizon_days, made.daily_limit, made.is_open) == (12, 60, 2, True)
    profile.refresh_from_db()
    assert profile.time_zone == "Europe/Berlin"
    assert [(row.weekday, row.starts, row.ends) for row in WeeklyHours.objects.all()] == [
        (0, time(9), time(11)), (0, time(20), time(0)), (4, time(14), time(17)),
    ]  # fmt: skip
    assert [(row.day, row.starts) for row in HoursException.objects.all()] == [
        (date(2026, 12, 24), None), (date(2026, 12, 26), time(8)),
    ]  # fmt: skip


def test_a_mentor_without_hours_gets_them() -> None:
    profile = mentor()
    MentorHours.objects.all().delete()
    assert set_hours(profile, weekly=WEEK).weekly.count() == 3


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "a length that is none": ({"settings": replace(GOOD, slot_minutes=20)}, "slot_minutes", "unknown"),
    "a break of three hours": ({"settings": replace(GOOD, buffer_after=180)}, "buffer_after", "out_of_range"),
    "a negative break": ({"settings": replace(GOOD, buffer_before=-1)}, "buffer_before", "out_of_range"),
    "no hour on a day": ({"settings": replace(GOOD, daily_limit=0)}, "daily_limit", "out_of_range"),
    "no day ahead": ({"settings": replace(GOOD, horizon_days=0)}, "horizon_days", "out_of_range"),
    "a zone that is none": ({"settings": replace(GOOD, time_zone="Hải Phòng")}, "time_zone", "unknown"),
    "a link that is none": ({"settings": replace(GOOD, link="zoom")}, "link", "malformed"),
    "a link that runs": ({"settings": replace(GOOD, link="javascript:alert(1)")}, "link", "malformed"),
    "a calendar in the clear": (
        {"settings": replace(GOOD, busy_address="http://x.example/a")}, "busy_address", "malformed",
    ),
    "a calendar with a password": (
        {"settings": replace(GOOD, busy_address="https://a:b@x.example/a")}, "busy_address", "malformed",
    ),
    "nowhere to meet": ({"settings": replace(GOOD, link="")}, "link", "nowhere_to_meet"),
    "a row that ends before": ({"weekly": [Weekly(0, time(9), time(8))]}, "weekly.0.ends", "before_start"),
    "a day of no week": ({"weekly": [Weekly(7, time(9), time(10))]}, "weekly.0.weekday", "unknown"),
    "rows that overlap": (
        {"weekly": [Weekly(0, time(9), time(11)), Weekly(0, time(10), time(0))]}, "weekly.1.starts", "overlaps",
    ),
    "rows without end": ({"weekly": [Weekly(0, time(9), time(10))] * 61}, "weekly", "too_many"),
    "a date closed twice": ({"exceptions": [DATES[0], DATES[0]]}, "exceptions.1.day", "repeated"),
    "a date with half a time": (
        {"exceptions": [Dated(date(2026, 12, 24), time(9))]}, "exceptions.0.ends", "required",
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", WRONG)
def test_what_is_wrong_is_refused_at_its_field_and_changes_nothing(why: str) -> None:
    profile = mentor()
    given, field, reason = WRONG[why]

    with pytest.raises(Invalid) as refused:
        set_hours(profile, **given)

    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)
    kept = MentorHours.objects.get()
    assert (kept.slot_minutes, kept.weekly.count(), kept.exceptions.count()) == (30, 1, 0)


def test_several_mistakes_are_told_together() -> None:
    with pytest.raises(Several) as refused:
        set_hours(mentor(), settings=replace(GOOD, daily_limit=0, link="zoom"))
    assert {one.field for one in refused.value.refusals} == {"daily_limit", "link"}


def test_closed_hours_need_no_place() -> None:
    assert set_hours(mentor(), settings=replace(GOOD, link="", is_open=False)).is_open is False


def test_nobody_sets_hours_of_others_and_who_is_no_mentor_has_none() -> None:
    profile = mentor()
    with pytest.raises(NotPermitted):
        set_hours(profile, actor=PersonFactory())
    profile.roles.update(until=NOW.date())
    with pytest.raises(NotFound):
        set_hours(profile)
    assert MentorHours.objects.get().slot_minutes == 30


def test_times_of_a_calendar_go_with_its_address() -> None:
    profile = mentor()
    set_hours(profile, settings=replace(GOOD, busy_address="webcal://x.example/a.ics"))
    made = MentorHours.objects.get()
    assert made.busy_address == "https://x.example/a.ics"
    for source in ("ADDRESS", "FILE"):
        BusyTime.objects.create(hours=made, source=source, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    MentorHours.objects.update(busy_tried_at=NOW, busy_problem="status")

    set_hours(profile, settings=replace(GOOD, busy_address="https://x.example/a.ics"))
    assert BusyTime.objects.count() == 2
    set_hours(profile)
    assert [row.source for row in BusyTime.objects.all()] == ["FILE"]
    made.refresh_from_db()
    assert (made.busy_tried_at, made.busy_problem) == (None, "")
