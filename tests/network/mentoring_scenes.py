"""Mentors with hours, and people who want one."""

from datetime import datetime, time, timedelta
from typing import Any

from network.models import Booking, MentorHours, Person, Profile, Role, WeeklyHours
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory

DAY = timedelta(days=1)
NEXT_MONDAY = NOW + 7 * DAY
"""Monday 30 November 2026, 09:00 in Hai Phong."""


def mentor(*, zone: str = "Asia/Ho_Chi_Minh", weekdays: Any = (0,), starts: time = time(9), ends: time = time(12),
           **settings: Any) -> Profile:  # fmt: skip
    """A mentor whose Mondays from nine to twelve can be booked."""
    profile = ProfileFactory(time_zone=zone)
    open_hours(profile, weekdays=weekdays, starts=starts, ends=ends, **settings)
    return profile


def open_hours(profile: Profile, *, weekdays: Any = (0,), starts: time = time(9), ends: time = time(12),
               **settings: Any) -> MentorHours:  # fmt: skip
    """Let a mentor's Mondays from nine to twelve be booked."""
    Role.objects.get_or_create(profile=profile, kind=Role.Kind.MENTOR, until=None)
    facts = {"is_open": True, "slot_minutes": 30, "buffer_after": 0, "link": "https://meet.example.org/co-van"}
    hours = MentorHours.objects.create(profile=profile, **(facts | settings))
    for weekday in weekdays:
        WeeklyHours.objects.create(hours=hours, weekday=weekday, starts=starts, ends=ends)
    return hours


def booker(**facts: Any) -> Person:
    """Somebody who wants an hour."""
    return PersonFactory(**facts)


def startup(person: Person, role: str = "MEMBER") -> Any:
    """A startup that a person belongs to."""
    organisation = OrganisationFactory()
    organisation.memberships.create(person=person, role=role)
    return organisation


def standing(profile: Profile, starts_at: datetime, *, minutes: int = 30, by: Person | None = None,
             **facts: Any) -> Booking:  # fmt: skip
    """A booking as it stands in the database, made past the rules."""
    ends_at = starts_at + timedelta(minutes=minutes)
    held = {"held_from": starts_at, "held_until": ends_at}
    known = {"topic": "Giá bán", "booked_at": NOW, "changed_at": NOW, **held, **facts}
    return Booking.objects.create(
        profile=profile,
        mentor=profile.person,
        booker=by or PersonFactory(),
        starts_at=starts_at,
        ends_at=ends_at,
        **known,
    )
