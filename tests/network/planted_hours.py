"""What somebody has of mentor hours: hours that they give, one that they gave, and one that they had with another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from network.models import Booking, MentorHours
from tests.factories import NOW, PersonFactory, ProfileFactory

if TYPE_CHECKING:
    from tests.network.planted import Planted


def plant_hours(planted: Planted) -> None:
    """Hours that the person gives, and one that they have with somebody else, which is over."""
    profile, other = planted.person.profile, ProfileFactory.create()
    hours = MentorHours.objects.create(
        profile=profile,
        link=f"https://hop.example/{planted.value('hours_link')}",
        place=planted.value("hours_place"),
        busy_address=f"https://lich.example/{planted.value('busy_address')}",
    )
    hours.weekly.create(weekday=0, starts="07:13", ends="08:00")
    hours.exceptions.create(day=NOW.date(), starts="09:17", ends="10:00")
    hours.busy.create(source="FILE", starts_at=NOW, ends_at=NOW + timedelta(minutes=41))
    facts = {
        "booked_at": NOW,
        "changed_at": NOW,
        "starts_at": NOW,
        "ends_at": NOW + timedelta(hours=1),
        "state": "DONE",
    }
    facts |= {"held_from": facts["starts_at"], "held_until": facts["ends_at"]}
    given = Booking.objects.create(
        profile=profile,
        mentor=planted.person,
        booker=PersonFactory.create(),
        topic="Chủ đề của người khác",
        link=f"https://hop.example/{planted.value('booking_link')}",
        place=planted.value("booking_place"),
        mentor_notes=planted.value("mentor_notes"),
        **facts,
    )
    given.feedback.create(side="MENTOR", stars=5, words=planted.value("mentor_feedback"), given_at=NOW)
    had = Booking.objects.create(
        profile=other,
        mentor=other.person,
        booker=planted.person,
        topic=planted.value("topic"),
        booker_notes=planted.value("booker_notes"),
        cancelled_by=planted.person,
        cancel_words=planted.value("cancel_words"),
        **facts,
    )
    had.feedback.create(side="BOOKER", stars=4, words=planted.value("booker_feedback"), given_at=NOW)
