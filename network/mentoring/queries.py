"""Questions about hours and bookings, loaded for their reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from network.models import Booking, BusyTime, MentorHours, Organisation, Person, Profile


def own_bookings(person: Person) -> QuerySet[Booking]:
    """Every booking of somebody, as a mentor or as who booked, the latest first, with people and feedback."""
    rows = Booking.objects.filter(Q(mentor=person) | Q(booker=person))
    rows = rows.select_related("mentor", "booker", "organisation", "profile__person", "cancelled_by")
    return rows.prefetch_related("feedback").order_by("-starts_at", "-pk")


def own_booking(person: Person, *, uid: UUID) -> Booking | None:
    """One of somebody's bookings."""
    return own_bookings(person).filter(uid=uid).first()


def organisations_of(person: Person) -> list[Organisation]:
    """The organisations that somebody may book for."""
    return list(Organisation.objects.filter(memberships__person=person).order_by("sort_key", "pk"))


def bookable_mentor(*, slug: str) -> Profile | None:
    """A listed mentor by their address, with the person; whether they can be booked is asked of `offers`."""
    rows = Profile.objects.filter(slug=slug, is_listed=True, person__is_active=True)
    return rows.filter(roles__kind="MENTOR", roles__until=None).select_related("person").first()


@dataclass(frozen=True, kw_only=True)
class OwnHours:
    """What a mentor's own page shows of their hours."""

    hours: MentorHours
    busy_of_address: int
    busy_of_file: int


def hours_of(profile: Profile) -> OwnHours:
    """Return a mentor's hours with week, exceptions and the number of busy times; unsaved ones if there are none."""
    rows = MentorHours.objects.select_related("profile").prefetch_related("weekly", "exceptions")
    hours = rows.filter(profile=profile).first() or MentorHours(profile=profile)
    counted: Iterable[tuple[str, int]] = ()
    if hours.pk is not None:
        busy = BusyTime.objects.filter(hours=hours).order_by()
        counted = busy.values_list("source").annotate(Count("pk"))
    numbers = dict(counted)
    return OwnHours(
        hours=hours,
        busy_of_address=numbers.get(BusyTime.Source.ADDRESS.value, 0),
        busy_of_file=numbers.get(BusyTime.Source.FILE.value, 0),
    )
