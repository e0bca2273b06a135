"""What is held about a person for mentor hours: when they can be booked, what is booked, notes and feedback."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from network.mentoring import booking as rule
from network.models import (
    Booking,
    BookingFeedback,
    BusyTime,
    HoursException,
    MentorHours,
    Person,
    WeeklyHours,
)
from network.own_data import Erasure, Row, section


def _of(person: Person) -> Q:
    return Q(mentor=person) | Q(booker=person)


def _hours(person: Person) -> Iterator[Row]:
    rows = MentorHours.objects.filter(profile__person=person).prefetch_related("weekly", "exceptions", "busy")
    for hours in rows:
        yield {
            "is_open": hours.is_open,
            "slot_minutes": hours.slot_minutes,
            "breaks": f"{hours.buffer_before}, {hours.buffer_after}",
            "notice_hours": hours.notice_hours,
            "horizon_days": hours.horizon_days,
            "daily_limit": hours.daily_limit,
            "link": hours.link,
            "place": hours.place,
            "busy_address": hours.busy_address,
            "weekly": ", ".join(str(row) for row in hours.weekly.all()),
            "exceptions": ", ".join(f"{row.day} {row.starts or ''}–{row.ends or ''}" for row in hours.exceptions.all()),
            "busy": ", ".join(str(row) for row in hours.busy.all()),
        }


def _bookings(person: Person) -> Iterator[Row]:
    rows = Booking.objects.filter(_of(person)).select_related("mentor", "booker", "organisation", "cancelled_by")
    for row in rows:
        is_mentor = row.mentor_id == person.pk
        yield {
            "with": row.booker.full_name if is_mentor else row.mentor.full_name,
            "organisation": row.organisation.name if row.organisation else "",
            "topic": row.topic,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "state": row.get_state_display(),
            "link": row.link,
            "place": row.place,
            "cancel_words": row.cancel_words if row.cancelled_by_id == person.pk else "",
            "missed_by": row.get_missed_by_display() if row.missed_by else "",
            "notes": row.mentor_notes if is_mentor else row.booker_notes,
        }


def _feedback(person: Person) -> Iterator[Row]:
    own = Q(booking__mentor=person, side="MENTOR") | Q(booking__booker=person, side="BOOKER")
    for row in BookingFeedback.objects.filter(own).select_related("booking"):
        yield {"hour": row.booking.starts_at, "stars": row.stars, "words": row.words, "given_at": row.given_at}


def _cancel_coming(erasure: Erasure) -> None:
    """Hours to come are cancelled by the rule, so that the other one is told and their calendar drops the entry."""
    coming = Booking.objects.filter(_of(erasure.person), state=Booking.State.BOOKED, starts_at__gt=erasure.at)
    pks = list(coming.order_by("pk").values_list("pk", flat=True))
    if pks:  # Person before Booking, as whoever moves one of them locks
        Person.objects.select_for_update(no_key=True).get(pk=erasure.person.pk)
    for pk in pks:
        with override(erasure.person.preferred_language):
            words = gettext("The account was closed.")
        rule.cancel(booking_id=pk, actor=erasure.person, words=words, at=erasure.at)


def _erase_bookings(erasure: Erasure) -> None:
    """That there was an hour is a number, and part of what the other one has; what the person wrote goes."""
    person = erasure.person
    given = Booking.objects.filter(mentor=person)
    given.update(mentor_notes="", link="", place="")
    Booking.objects.filter(booker=person).update(topic="–", booker_notes="", organisation=None)
    Booking.objects.filter(cancelled_by=person).update(cancel_words="")


def _erase_feedback(erasure: Erasure) -> None:
    """The stars are a number; the words go."""
    own = Q(booking__mentor=erasure.person, side="MENTOR") | Q(booking__booker=erasure.person, side="BOOKER")
    BookingFeedback.objects.filter(own).update(words="")


section(
    "mentor_hours",
    rank=1,
    title=_("Your hours as a mentor"),
    columns={
        "is_open": _("Can be booked"),
        "slot_minutes": _("Minutes"),
        "breaks": _("Minutes free before and after"),
        "notice_hours": _("Hours of notice"),
        "horizon_days": _("Days ahead"),
        "daily_limit": _("Most on a day"),
        "link": _("Link to meet online"),
        "place": _("Place to meet"),
        "busy_address": _("Address of the busy calendar"),
        "weekly": _("Weekly hours"),
        "exceptions": _("Exceptions"),
        "busy": _("Busy times"),
    },
    hidden=("weekly", "exceptions", "busy"),
    models=(MentorHours, WeeklyHours, HoursException, BusyTime),
    collect=_hours,
    erase=lambda erasure: None,  # gone with the profile
)
section(
    "bookings",
    rank=2,
    title=_("Hours with mentors, booked and given"),
    columns={
        "with": _("With"),
        "organisation": _("Organisation"),
        "topic": _("Topic"),
        "starts_at": _("Starts"),
        "ends_at": _("Ends"),
        "state": _("State"),
        "link": _("Link to meet online"),
        "place": _("Place to meet"),
        "cancel_words": _("Words with the cancellation"),
        "missed_by": _("Who did not come"),
        "notes": _("Your own notes"),
    },
    models=(Booking,),
    collect=_bookings,
    erase=_erase_bookings,
    leave=_cancel_coming,
)
section(
    "booking_feedback",
    rank=2,
    title=_("Your feedback on hours"),
    columns={"hour": _("Hour"), "stars": _("Stars"), "words": _("Words of feedback"), "given_at": _("Given")},
    models=(BookingFeedback,),
    collect=_feedback,
    erase=_erase_feedback,
)
