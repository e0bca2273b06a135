"""What the two people of an hour do, and what a mentor sets."""

from typing import Any

import graphene

from network.doors import Permission
from network.global_ids import number_of
from network.mentoring import aftermath, booking, hours, queries
from network.mentoring.refusals import MentorNotBookable
from network.refusals import NotPermitted

from ..acts import Act
from .hours import Booking, MyMentorHours, aware, own_hours


def _answer(caller: Any, booking_id: int) -> dict[str, Any]:
    return {"booking": queries.own_bookings(caller.viewer).filter(pk=booking_id).first()}


class BookHour(Act, permission=Permission.SIGNED_IN, budget="book_hour"):
    """Book a free slot of a mentor; both are told by mail."""

    class Input:
        """With whom, when, what about, for whom."""

        mentor_slug = graphene.String(required=True, description="The mentor's address in the directory.")
        starts_at = graphene.DateTime(required=True, description="That of a slot of `mentorHours`.")
        topic = graphene.String(required=True, description="At most 600 characters.")
        organisation_id = graphene.ID(description="One that you belong to; without it, for yourself.")

    booking = graphene.Field(Booking)

    @staticmethod
    def do(
        caller: Any, mentor_slug: str, starts_at: Any, topic: str, organisation_id: str | None = None
    ) -> dict[str, Any]:
        mentor = queries.bookable_mentor(slug=mentor_slug.replace("\0", ""))
        if mentor is None:
            raise MentorNotBookable()
        made = booking.book(
            profile_id=mentor.pk,
            booker=caller.viewer,
            starts_at=aware(starts_at),
            topic=topic,
            organisation_id=number_of(organisation_id, "Organisation") if organisation_id else None,
            at=caller.at,
        )
        return _answer(caller, made.pk)


class RescheduleBooking(Act, permission=Permission.SIGNED_IN, budget="book_hour"):
    """Move an hour to another free slot of its mentor; either of the two may, until it begins."""

    class Input:
        """Which, and when to."""

        booking_id = graphene.ID(required=True, description="One of your own.")
        starts_at = graphene.DateTime(required=True, description="That of a slot of `mentorHours`.")

    booking = graphene.Field(Booking)

    @staticmethod
    def do(caller: Any, booking_id: str, starts_at: Any) -> dict[str, Any]:
        number = number_of(booking_id, "Booking")
        booking.reschedule(booking_id=number, actor=caller.viewer, starts_at=aware(starts_at), at=caller.at)
        return _answer(caller, number)


class CancelBooking(Act, permission=Permission.SIGNED_IN):
    """Cancel an hour until it begins; a mentor says why."""

    class Input:
        """Which, and a few words."""

        booking_id = graphene.ID(required=True, description="One of your own.")
        words = graphene.String(description="For the other one.")

    booking = graphene.Field(Booking)

    @staticmethod
    def do(caller: Any, booking_id: str, words: str | None = None) -> dict[str, Any]:
        number = number_of(booking_id, "Booking")
        booking.cancel(booking_id=number, actor=caller.viewer, words=words or "", at=caller.at)
        return _answer(caller, number)


class MarkNoShow(Act, permission=Permission.SIGNED_IN):
    """Say that the other one did not come, until a week after."""

    class Input:
        """Which hour."""

        booking_id = graphene.ID(required=True, description="One of your own.")

    booking = graphene.Field(Booking)

    @staticmethod
    def do(caller: Any, booking_id: str) -> dict[str, Any]:
        number = number_of(booking_id, "Booking")
        aftermath.mark_no_show(booking_id=number, actor=caller.viewer, at=caller.at)
        return _answer(caller, number)


class KeepBookingNotes(Act, permission=Permission.SIGNED_IN):
    """Keep notes that nobody else ever reads."""

    class Input:
        """Of which hour, and what."""

        booking_id = graphene.ID(required=True, description="One of your own.")
        notes = graphene.String(required=True, description="At most 4,000 characters.")

    booking = graphene.Field(Booking)

    @staticmethod
    def do(caller: Any, booking_id: str, notes: str) -> dict[str, Any]:
        number = number_of(booking_id, "Booking")
        aftermath.keep_notes(booking_id=number, actor=caller.viewer, notes=notes, at=caller.at)
        return _answer(caller, number)


class GiveFeedback(Act, permission=Permission.SIGNED_IN):
    """Say what one thought of an hour that is over; the other reads it once both did, or after two weeks."""

    class Input:
        """Of which hour, and what."""

        booking_id = graphene.ID(required=True, description="One of your own.")
        stars = graphene.Int(required=True, description="From 1 to 5.")
        words = graphene.String(description="For the other one.")

    booking = graphene.Field(Booking)

    @staticmethod
    def do(caller: Any, booking_id: str, stars: int, words: str | None = None) -> dict[str, Any]:
        number = number_of(booking_id, "Booking")
        aftermath.give_feedback(booking_id=number, actor=caller.viewer, stars=stars, words=words or "", at=caller.at)
        return _answer(caller, number)


class WeeklyHoursInput(graphene.InputObjectType):
    """Bookable on one day of the week, by the mentor's clock."""

    weekday = graphene.Int(required=True, description="0 is Monday.")
    starts = graphene.Time(required=True, description="From when.")
    ends = graphene.Time(required=True, description="00:00 is the end of the day.")


class HoursExceptionInput(graphene.InputObjectType):
    """A date that is closed (no times), or has these hours beside the week's."""

    day = graphene.Date(required=True, description="Which.")
    starts = graphene.Time(description="From when; without times the date is closed.")
    ends = graphene.Time(description="Until when; 00:00 is the end of the day.")


class SetMentorHours(Act, permission=Permission.MENTOR, budget="set_hours"):
    """Set when and how one can be booked, all at once; what is booked stays."""

    class Input:
        """Everything; what is left out of the settings is as it is for a new mentor."""

        is_open = graphene.Boolean(required=True, description="Whether people can book.")
        slot_minutes = graphene.Int(default_value=30, description="30, 45 or 60.")
        buffer_before = graphene.Int(default_value=0, description="Minutes, 0 to 120.")
        buffer_after = graphene.Int(default_value=10, description="Minutes, 0 to 120.")
        notice_hours = graphene.Int(default_value=24, description="0 to 336.")
        horizon_days = graphene.Int(default_value=28, description="1 to 180.")
        daily_limit = graphene.Int(default_value=3, description="1 to 20.")
        link = graphene.String(default_value="", description="https alone; open hours need a link or a place.")
        place = graphene.String(default_value="", description="Where you meet.")
        busy_address = graphene.String(default_value="", description="Of an ICS calendar, https alone.")
        time_zone = graphene.String(default_value="Asia/Ho_Chi_Minh", description="IANA.")
        weekly = graphene.List(graphene.NonNull(WeeklyHoursInput), required=True, description="The week.")
        exceptions = graphene.List(
            graphene.NonNull(HoursExceptionInput), default_value=[], description="Dates that are unlike it."
        )

    hours = graphene.Field(MyMentorHours)

    @staticmethod
    def do(caller: Any, weekly: Any, exceptions: Any = (), **settings: Any) -> dict[str, Any]:
        own = own_hours(caller.viewer)
        if own is None or not hours.is_mentor(own.profile):
            raise NotPermitted()
        hours.set_hours(
            profile_id=own.profile_id,
            actor=caller.viewer,
            settings=hours.Settings(**settings),
            weekly=[hours.Weekly(**row) for row in weekly],
            exceptions=[hours.Dated(**row) for row in exceptions or []],
            at=caller.at,
        )
        return {"hours": own_hours(caller.viewer)}


class HoursMutation(graphene.ObjectType):
    """Acts about hours with mentors."""

    book_hour = BookHour.Field(required=True)
    reschedule_booking = RescheduleBooking.Field(required=True)
    cancel_booking = CancelBooking.Field(required=True)
    mark_no_show = MarkNoShow.Field(required=True)
    keep_booking_notes = KeepBookingNotes.Field(required=True)
    give_feedback = GiveFeedback.Field(required=True)
    set_mentor_hours = SetMentorHours.Field(required=True)
