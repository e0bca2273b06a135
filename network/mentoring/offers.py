"""A mentor's offer, read from the database, and the slots that it leaves free."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from network.mentoring import slots
from network.mentoring.slots import Hours, Offer, Span, Taken
from network.models import Booking, BusyTime, HoursException, MentorHours, Profile, Role, WeeklyHours

HERE = "Asia/Ho_Chi_Minh"
NEAREST = 6


def is_offering(profile: Profile) -> bool:
    """Whether a mentor can be booked at all: listed, active, a mentor now, not pausing, with hours that are open."""
    return _offering(profile).exists()


def _offering(profile: Profile) -> QuerySet[MentorHours]:
    standing = MentorHours.objects.filter(
        profile=profile.pk,
        is_open=True,
        profile__is_listed=True,
        profile__person__is_active=True,
        profile__roles__kind=Role.Kind.MENTOR,
        profile__roles__until=None,
    )
    return standing.exclude(profile__availability=Profile.Availability.PAUSED)


def free_slots(*, profile: Profile, since: datetime, until: datetime, at: datetime) -> list[Span]:
    """Return a mentor's free slots that start from `since` on and before `until`; none if they offer nothing."""
    hours = _offering(profile).select_related("profile__person").first()
    return [] if hours is None else slots.free(offer_of(hours, at=at), since=since, until=until, at=at)


def all_free_slots(*, profile: Profile, at: datetime) -> list[Span]:
    """Return every free slot up to the mentor's horizon."""
    return free_slots(profile=profile, since=at, until=at + timedelta(days=366), at=at)


def nearest(*, profile: Profile, to: datetime, at: datetime, most: int = NEAREST) -> list[Span]:
    """Return the free slots nearest to a moment, in the order of time."""
    known = sorted(all_free_slots(profile=profile, at=at), key=lambda slot: abs(slot.starts_at - to))
    return sorted(known[:most])


def offer_of(hours: MentorHours, *, at: datetime, without: Booking | None = None) -> Offer:
    """Return what a mentor's slots follow from now on; `without` is a booking that is about to move."""
    since = at - timedelta(days=1)
    exceptions = list(HoursException.objects.filter(hours=hours, day__gte=since.date() - timedelta(days=1)))
    return Offer(
        zone=zone_of(hours.profile),
        length=timedelta(minutes=hours.slot_minutes),
        before=timedelta(minutes=hours.buffer_before),
        after=timedelta(minutes=hours.buffer_after),
        notice=timedelta(hours=hours.notice_hours),
        horizon=timedelta(days=hours.horizon_days),
        daily_limit=hours.daily_limit,
        weekly=[(row.weekday, Hours(row.starts, row.ends)) for row in WeeklyHours.objects.filter(hours=hours)],
        closed=frozenset(row.day for row in exceptions if row.is_closed),
        extra=[(row.day, Hours(row.starts, row.ends)) for row in exceptions if row.starts and row.ends is not None],
        taken=_taken(hours.profile.person_id, since, without),
        busy=[
            Span(starts, ends)
            for starts, ends in BusyTime.objects.filter(hours=hours, ends_at__gt=since).values_list(
                "starts_at", "ends_at"
            )
        ],
    )


def _taken(mentor_id: int, since: datetime, without: Booking | None) -> list[Taken]:
    """The mentor's standing bookings: the hours that they give, and those that they have themselves with others."""
    theirs = Q(mentor=mentor_id) | Q(booker=mentor_id)
    rows: Iterable[Booking] = Booking.objects.filter(theirs, state=Booking.State.BOOKED, ends_at__gt=since)
    return [
        Taken(span=Span(row.starts_at, row.ends_at), held=_held(row, mentor_id), counts=row.mentor_id == mentor_id)
        for row in rows
        if without is None or row.pk != without.pk
    ]


def _held(row: Booking, mentor_id: int) -> Span:
    is_given = row.mentor_id == mentor_id
    return Span(row.held_from, row.held_until) if is_given else Span(row.starts_at, row.ends_at)


def zone_of(profile: Profile | None) -> ZoneInfo:
    """Return the zone of an entry; Hai Phong's where there is none or its name is unknown."""
    try:
        return ZoneInfo(profile.time_zone if profile is not None else HERE)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(HERE)


def zone_of_person(person_id: int) -> ZoneInfo:
    """Return the zone in which somebody reads times: their entry's, else Hai Phong's."""
    return zone_of(Profile.objects.filter(person=person_id).only("time_zone").first())
