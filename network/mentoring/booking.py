"""An hour with a mentor is booked, moved and cancelled.

What makes double booking impossible is the mentor's row of hours: whoever books or moves locks it first, and what is
free is reckoned under that lock. The constraint `booking_slot_once` stands behind it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from network.mentoring import mails, slots
from network.mentoring.offers import is_offering, offer_of
from network.mentoring.refusals import (
    AnotherHourThen,
    BookingBegun,
    BookingNotFound,
    BookingNotStanding,
    MentorNotBookable,
    OwnHour,
    SlotTaken,
    TooManyBookings,
)
from network.mentoring.slots import Span
from network.mentoring.texts import told
from network.models import Booking, Membership, MentorHours, Organisation, Person
from network.notices import BookingChanged, announce
from network.refusals import NotPermitted

MOST_TO_COME = 5
"""So many hours to come one person may have with mentors."""
TOPIC_LIMIT, WORDS_LIMIT = 600, 600
MOMENT = timedelta(microseconds=1)


def book(
    *,
    profile_id: int,
    booker: Person,
    starts_at: datetime,
    topic: str,
    organisation_id: int | None = None,
    at: datetime,
) -> Booking:
    """Book the slot of a mentor that starts at `starts_at`, for oneself or for an organisation that one belongs to.

    Both are told by mail, with the entry for their calendars. Raises MentorNotBookable, OwnHour, SlotTaken,
    AnotherHourThen, TooManyBookings, NotPermitted for an organisation that one does not belong to, and Invalid at
    `topic` (required, too_long).
    """
    words = told(topic, field="topic", limit=TOPIC_LIMIT, required=True)
    organisation = _organisation_of(booker, organisation_id)
    with transaction.atomic(), _constraints():
        hours = locked_hours(profile_id)
        _lock_people(hours.profile.person_id, booker.pk)
        if hours.profile.person_id == booker.pk:
            raise OwnHour()
        if not is_offering(hours.profile):
            raise MentorNotBookable()
        slot = _free_slot(hours, starts_at, at)
        _refuse_more(booker, at)
        _refuse_second_hour(booker.pk, slot)
        booking = Booking(profile=hours.profile, mentor=hours.profile.person, booker=booker, organisation=organisation)
        booking.topic, booking.booked_at = words, at
        _put_at(booking, hours, slot, at)
        booking.save(force_insert=True)
        mails.booked(booking=booking, at=at)
        changed(booking)
    return booking


def reschedule(*, booking_id: int, actor: Person, starts_at: datetime, at: datetime) -> Booking:
    """Move a booking to another free slot of its mentor; either of the two may, until it begins.

    Both are told by mail, and their calendars follow. Raises BookingNotFound, BookingNotStanding, BookingBegun,
    MentorNotBookable, SlotTaken, AnotherHourThen.
    """
    known = of_person(booking_id, actor)
    with transaction.atomic(), _constraints():
        hours = locked_hours(known.profile_id)
        _lock_people(known.mentor_id, known.booker_id)
        booking = _standing(booking_id, actor, at)
        if not is_offering(hours.profile):
            raise MentorNotBookable()
        slot = _free_slot(hours, starts_at, at, moving=booking)
        _refuse_second_hour(booking.booker_id, slot, moving=booking)
        former = Span(booking.starts_at, booking.ends_at)
        _put_at(booking, hours, slot, at)
        booking.sequence += 1
        booking.day_reminder_at = booking.hour_reminder_at = None
        booking.save()
        mails.moved(booking=booking, former=former, by=actor, at=at)
        changed(booking)
    return booking


def cancel(*, booking_id: int, actor: Person, words: str = "", at: datetime) -> Booking:
    """Cancel a booking until it begins: either of the two, or staff with the right; the slot is free again.

    A mentor and staff say why; whoever booked may. Both are told by mail, and their calendars drop the entry. Raises
    BookingNotFound, BookingNotStanding, BookingBegun, and Invalid at `words` (required, too_long).
    """
    known = of_person(booking_id, actor, also_staff=True)
    said = told(words, field="words", limit=WORDS_LIMIT, required=known.booker_id != actor.pk)
    with transaction.atomic():
        booking = _standing(booking_id, actor, at, also_staff=True)
        booking.state = Booking.State.CANCELLED
        booking.cancelled_by, booking.cancelled_at, booking.cancel_words = actor, at, said
        booking.sequence += 1
        booking.changed_at = at
        booking.save()
        mails.cancelled(booking=booking, at=at)
        changed(booking)
    return booking


def of_person(booking_id: int, person: Person, *, also_staff: bool = False, locked: bool = False) -> Booking:
    """Return a booking that somebody may know of: their own; for staff with the right any. Raises BookingNotFound."""
    rows = Booking.objects.select_related("mentor", "booker", "organisation", "profile__person")
    if locked:
        rows = rows.select_for_update(of=("self",))
    if not (also_staff and person.has_perm("network.change_booking")):
        rows = rows.filter(Q(mentor=person) | Q(booker=person))
    booking = rows.filter(pk=booking_id).first()
    if booking is None:
        raise BookingNotFound()
    return booking


def changed(booking: Booking) -> None:
    """Let the two people of a booking hear that it is another now."""
    announce(BookingChanged(booking_id=booking.pk, person_ids=(booking.mentor_id, booking.booker_id)))


def locked_hours(profile_id: int | None) -> MentorHours:
    """Lock a mentor's hours: whoever else books or moves with this mentor waits. Raises MentorNotBookable."""
    rows = MentorHours.objects.select_for_update(of=("self",)).select_related("profile__person")
    hours = rows.filter(profile=profile_id).first()
    if hours is None:
        raise MentorNotBookable()
    return hours


def _lock_people(*person_ids: int) -> None:
    """Two hours of one person with different mentors wait for each other, too."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=person_ids).order_by("pk").values_list("pk"))


@contextmanager
def _constraints() -> Iterator[None]:
    """What no lock held back becomes the same refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        told_by = str(error)  # PostgreSQL names the constraint, SQLite its columns
        if "booking_booker_once" in told_by or "booker_id" in told_by:
            raise AnotherHourThen() from error
        if "booking_slot_once" in told_by or "mentor_id" in told_by:
            raise SlotTaken() from error
        raise


def _standing(booking_id: int, actor: Person, at: datetime, *, also_staff: bool = False) -> Booking:
    booking = of_person(booking_id, actor, also_staff=also_staff, locked=True)
    if booking.state != Booking.State.BOOKED:
        raise BookingNotStanding()
    if booking.starts_at <= at:
        raise BookingBegun()
    return booking


def _free_slot(hours: MentorHours, starts_at: datetime, at: datetime, moving: Booking | None = None) -> Span:
    offer = offer_of(hours, at=at, without=moving)
    found = slots.free(offer, since=starts_at, until=starts_at + MOMENT, at=at)
    if not found or (moving is not None and moving.starts_at == starts_at):
        raise SlotTaken()
    return found[0]


def _put_at(booking: Booking, hours: MentorHours, slot: Span, at: datetime) -> None:
    held = slot.widened(timedelta(minutes=hours.buffer_before), timedelta(minutes=hours.buffer_after))
    booking.starts_at, booking.ends_at = slot.starts_at, slot.ends_at
    booking.held_from, booking.held_until = held.starts_at, held.ends_at
    booking.link, booking.place = hours.link, hours.place
    booking.changed_at = at


def _organisation_of(booker: Person, organisation_id: int | None) -> Organisation | None:
    if organisation_id is None:
        return None
    rows = Membership.objects.filter(person=booker, organisation=organisation_id).select_related("organisation")
    membership = rows.first()
    if membership is None:
        raise NotPermitted()
    return membership.organisation


def _refuse_more(booker: Person, at: datetime) -> None:
    to_come = Booking.objects.filter(booker=booker, state=Booking.State.BOOKED, starts_at__gt=at).count()
    if to_come >= MOST_TO_COME:
        raise TooManyBookings(most=MOST_TO_COME)


def _refuse_second_hour(booker_id: int, slot: Span, moving: Booking | None = None) -> None:
    """Nobody is in two hours at a time, be it as a mentor themselves."""
    theirs = Booking.objects.filter(Q(booker=booker_id) | Q(mentor=booker_id), state=Booking.State.BOOKED)
    theirs = theirs.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at)
    if moving is not None:
        theirs = theirs.exclude(pk=moving.pk)
    if theirs.exists():
        raise AnotherHourThen()
