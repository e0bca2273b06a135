"""A mentor says when and how they can be booked: their week, its exceptions, and the settings."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from network import permissions
from network.mentoring.slots import MIDNIGHT
from network.mentoring.texts import told
from network.models import BusyTime, HoursException, MentorHours, Person, Profile, Role, WeeklyHours
from network.refusals import Invalid, NotFound, NotPermitted, gather

BOUNDS = {
    "buffer_before": (0, 120),
    "buffer_after": (0, 120),
    "notice_hours": (0, 336),
    "horizon_days": (1, 180),
    "daily_limit": (1, 20),
}
MOST_ROWS = 60
"""So many rows of a week, and so many exceptions."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a mentor is booked."""

    is_open: bool
    slot_minutes: int
    buffer_before: int
    buffer_after: int
    notice_hours: int
    horizon_days: int
    daily_limit: int
    link: str = ""
    place: str = ""
    busy_address: str = ""
    time_zone: str = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Weekly:
    """Bookable on a day of the week (0 is Monday), from when until when; an end at midnight is the end of the day."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True)
class Dated:
    """A date that is closed (no times), or has these hours beside the week's."""

    day: date
    starts: time | None = None
    ends: time | None = None


def set_hours(
    *,
    profile_id: int,
    actor: Person,
    settings: Settings,
    weekly: Sequence[Weekly],
    exceptions: Sequence[Dated],
    at: datetime,
) -> MentorHours:
    """Set everything about when and how a mentor can be booked. What is booked already stays.

    Exceptions of days that are over are dropped. Raises NotFound for who is no mentor, NotPermitted, and Invalid (each
    at its field): a number out of bounds, an unknown zone, a link or a calendar's address that is none, open hours
    without link and place (`link`, required), a row whose end is not after its start (`weekly.0.ends`,
    `exceptions.0.ends`: before_start) or that overlaps another (`weekly.0.starts`: overlaps), a date that is closed
    twice (`exceptions.0.day`: repeated).
    """
    values = _checked(settings)
    gather(lambda: _check_week(weekly), lambda: _check_exceptions(exceptions))
    with transaction.atomic():
        hours = own_hours(profile_id=profile_id, actor=actor)
        zone = values.pop("time_zone")
        if hours.busy_address != values["busy_address"]:
            BusyTime.objects.filter(hours=hours, source=BusyTime.Source.ADDRESS).delete()
            hours.busy_tried_at, hours.busy_problem = None, ""
        for name, value in values.items():
            setattr(hours, name, value)
        hours.save()
        Profile.objects.filter(pk=profile_id).update(time_zone=zone)
        hours.profile.time_zone = zone
        _write_rows(hours, weekly, exceptions, today=at.astimezone(ZoneInfo(zone)).date())
    return hours


def own_hours(*, profile_id: int, actor: Person) -> MentorHours:
    """Return a mentor's hours, locked, made now if there are none. Raises NotFound (no mentor), NotPermitted."""
    profile = Profile.objects.select_related("person").filter(pk=profile_id).first()
    if profile is None or not is_mentor(profile):
        raise NotFound(kind="mentor")
    if not permissions.may_edit_profile(actor, profile):
        raise NotPermitted()
    MentorHours.objects.get_or_create(profile=profile)
    return MentorHours.objects.select_for_update(of=("self",)).select_related("profile__person").get(profile=profile)


def is_mentor(profile: Profile) -> bool:
    """Whether a person is a mentor now, listed or not."""
    return Role.objects.filter(profile=profile, kind=Role.Kind.MENTOR, until=None).exists()


def _write_rows(hours: MentorHours, weekly: Iterable[Weekly], exceptions: Iterable[Dated], *, today: date) -> None:
    WeeklyHours.objects.filter(hours=hours).delete()
    WeeklyHours.objects.bulk_create(WeeklyHours(hours=hours, **asdict(row)) for row in weekly)
    HoursException.objects.filter(hours=hours).delete()
    HoursException.objects.bulk_create(
        HoursException(hours=hours, **asdict(row)) for row in exceptions if row.day >= today
    )


def _checked(settings: Settings) -> dict[str, Any]:
    values = asdict(settings)
    link, place, busy, *_numbers = gather(
        lambda: _link(settings.link, "link"),
        lambda: told(settings.place, field="place", limit=200),
        lambda: _link(settings.busy_address.replace("webcal://", "https://", 1), "busy_address"),
        lambda: _known_zone(settings.time_zone),
        lambda: _known_length(settings.slot_minutes),
        lambda: _somewhere(settings),
        *(lambda name=name: _within(name, values[name]) for name in BOUNDS),
    )
    return {**values, "link": link, "place": place, "busy_address": busy}


def _within(name: str, value: int) -> None:
    least, most = BOUNDS[name]
    if not least <= value <= most:
        raise Invalid(field=name, reason="out_of_range", least=least, most=most)


def _link(text: str, field: str) -> str:
    """An address that a browser opens safely: https, without a password in it."""
    link = told(text, field=field, limit=500 if field == "busy_address" else 200)
    if not link:
        return ""
    try:
        URLValidator(schemes=["https"])(link)
        is_plain = urlsplit(link).username is None
    except (ValidationError, ValueError):
        is_plain = False
    if not is_plain:
        raise Invalid(field=field, reason="malformed", example="https://meet.example.org/abc")
    return link


def _known_zone(name: str) -> None:
    if name not in available_timezones():
        raise Invalid(field="time_zone", reason="unknown")


def _known_length(minutes: int) -> None:
    if minutes not in MentorHours.Length.values:
        raise Invalid(field="slot_minutes", reason="unknown")


def _somewhere(settings: Settings) -> None:
    if settings.is_open and not settings.link.strip() and not settings.place.strip():
        raise Invalid(field="link", reason="nowhere_to_meet")


def _check_week(rows: Sequence[Weekly]) -> None:
    if len(rows) > MOST_ROWS:
        raise Invalid(field="weekly", reason="too_many", most=MOST_ROWS)
    for number, row in enumerate(rows):
        if row.weekday not in range(7):
            raise Invalid(field=f"weekly.{number}.weekday", reason="unknown")
        _check_times(f"weekly.{number}", row.starts, row.ends)
        for other in rows[:number]:
            if row.weekday == other.weekday and _overlap((row.starts, row.ends), (other.starts, other.ends)):
                raise Invalid(field=f"weekly.{number}.starts", reason="overlaps")


def _check_exceptions(rows: Sequence[Dated]) -> None:
    if len(rows) > MOST_ROWS:
        raise Invalid(field="exceptions", reason="too_many", most=MOST_ROWS)
    closed: set[date] = set()
    for number, row in enumerate(rows):
        if row.starts is None and row.ends is None:
            if row.day in closed:
                raise Invalid(field=f"exceptions.{number}.day", reason="repeated")
            closed.add(row.day)
        elif row.starts is None or row.ends is None:
            name = "starts" if row.starts is None else "ends"
            raise Invalid(field=f"exceptions.{number}.{name}", reason="required")
        else:
            _check_times(f"exceptions.{number}", row.starts, row.ends)


def _check_times(field: str, starts: time, ends: time) -> None:
    if ends <= starts and ends != MIDNIGHT:
        raise Invalid(field=f"{field}.ends", reason="before_start")


def _overlap(one: tuple[time, time], other: tuple[time, time]) -> bool:
    def minutes(moment: time, is_end: bool) -> int:
        return 24 * 60 if is_end and moment == MIDNIGHT else moment.hour * 60 + moment.minute

    return minutes(one[0], False) < minutes(other[1], True) and minutes(other[0], False) < minutes(one[1], True)
