"""When mentors can be booked, and hours that were and will be: made by the rules, each at its own time."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F

from config.demo import logins, people
from config.demo.dates import HAI_PHONG, Calendar
from config.demo.sources import read
from network.mentoring import aftermath, booking, hours
from network.mentoring.hours import Dated, Settings, Weekly
from network.models import Booking, Membership, MentorHours, Organisation, Person, Profile

BEFORE = timedelta(days=6)
"""So long before it an hour was booked."""


def load(calendar: Calendar) -> None:
    """Write the hours that are missing, and the bookings if there are none of the demo's yet."""
    content = read("hours")
    for row in content["mentors"]:
        profile = Profile.objects.select_related("person").get(person__email=people.email_of(row["code"]))
        if not MentorHours.objects.filter(profile=profile).exists():
            _open(profile, row, calendar)
    _belong(content["startup"])
    known = set(Booking.objects.values_list("uid", flat=True))
    for number, row in enumerate(content["bookings"]):
        if _uid(number) not in known:
            _book(number, row, calendar)


def follow(distance: timedelta) -> None:
    """Carry the demo's hours forward with its events; one that would meet a visitor's own stays where it is."""
    if not distance:
        return
    rows = Booking.objects.filter(uid__in=[_uid(number) for number in range(len(read("hours")["bookings"]))])
    for row in rows.order_by("-starts_at"):
        moved = {name: F(name) + distance for name in ("starts_at", "ends_at", "held_from", "held_until")}
        try:
            with transaction.atomic():
                Booking.objects.filter(pk=row.pk).update(**moved, sequence=F("sequence") + 1)
        except IntegrityError:
            continue


def _belong(row: dict[str, Any]) -> None:
    """Whoever books for a startup belongs to it."""
    organisation = Organisation.objects.get(code=row["code"])
    for name in row["people"]:
        person = Person.objects.get(email=f"{name}@{logins.DOMAIN}")
        Membership.objects.get_or_create(person=person, organisation=organisation)


def _uid(number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://{logins.DOMAIN}/hen/{number}")


def _open(profile: Profile, row: dict[str, Any], calendar: Calendar) -> None:
    hours.set_hours(
        profile_id=profile.pk,
        actor=profile.person,
        settings=Settings(
            is_open=True,
            slot_minutes=row["slot"],
            buffer_before=0,
            buffer_after=10,
            notice_hours=12,
            horizon_days=28,
            daily_limit=3,
            link=row.get("link", ""),
            place=row.get("place", ""),
            time_zone=row.get("zone", HAI_PHONG.key),
        ),
        weekly=[Weekly(day, _time(starts), _time(ends)) for day, starts, ends in row["week"]],
        exceptions=[
            *(Dated(calendar.day(when)) for when in row.get("closed", [])),
            *(Dated(calendar.day(when), _time(when["from"]), _time(when["to"])) for when in row.get("extra", [])),
        ],
        at=calendar.now,
    )


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _book(number: int, row: dict[str, Any], calendar: Calendar) -> None:
    starts_at = calendar.moment(row["when"])
    mentor = Profile.objects.get(person__email=people.email_of(row["mentor"]))
    booker = Person.objects.get(email=f"{row['booker']}@{logins.DOMAIN}")
    at = min(starts_at - BEFORE, calendar.now)
    startup = Organisation.objects.filter(code=row.get("for", "")).first()
    made = booking.book(
        profile_id=mentor.pk,
        booker=booker,
        starts_at=starts_at,
        topic=row["topic"],
        organisation_id=startup.pk if startup else None,
        at=at,
    )
    Booking.objects.filter(pk=made.pk).update(uid=_uid(number))
    if made.ends_at <= calendar.now:
        _look_back(made, row, calendar.now)


def _look_back(made: Booking, row: dict[str, Any], now: datetime) -> None:
    people_of = {"mentor": made.mentor, "booker": made.booker}
    for side, person in people_of.items():
        if notes := row.get(f"{side}_notes"):
            aftermath.keep_notes(booking_id=made.pk, actor=person, notes=notes, at=now)
        if given := row.get("feedback", {}).get(side):
            stars, words = given
            aftermath.give_feedback(booking_id=made.pk, actor=person, stars=stars, words=words, at=made.ends_at)
    aftermath.settle_past(at=now)
