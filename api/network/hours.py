"""Mentor hours: what is free, one's own bookings, and what a mentor sets. For the two people of an hour alone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import graphene
from channels.db import database_sync_to_async
from django.utils import timezone

from network import models
from network import queries as directory
from network.doors import Permission
from network.global_ids import number_of
from network.mentoring import aftermath, offers, queries
from network.mentoring.addresses import booking_address

from ..batch import together
from ..connection import Edges, connection, paged
from ..fields import choices, chosen, identifier
from ..permission import permitted, streamed
from ..realtime.hub import hub
from ..realtime.relay import topic_of_bookings
from .types import Organisation, Profile

BookingState = choices("BookingState", models.Booking.State, "What became of a booking.")
BookingSide = choices("BookingSide", models.Booking.Side, "Which of the two people.")
AT_ONCE = timedelta(days=62)
"""Free slots are told for so long at most."""


class HourSlot(graphene.ObjectType):
    """A free slot of a mentor."""

    starts_at = graphene.DateTime(required=True, description="What `bookHour` is given.")
    ends_at = graphene.DateTime(required=True)


class MentorHours(graphene.ObjectType):
    """What is free with a mentor."""

    is_bookable = graphene.Boolean(required=True, description="Whether anything can be booked at all.")
    time_zone = graphene.String(required=True, description="In which the mentor's week is kept (IANA).")
    slots = graphene.List(graphene.NonNull(HourSlot), required=True, description="In the order of time.")


class BookingFeedback(graphene.ObjectType):
    """What one of the two thought of the hour."""

    stars = graphene.Int(required=True, description="From 1 to 5.")
    words = graphene.String(required=True)
    given_at = graphene.DateTime(required=True)


class Booking(graphene.ObjectType):
    """One of the viewer's own hours with somebody."""

    id = identifier()
    state = chosen(BookingState, "state")
    my_side = graphene.Field(BookingSide, required=True, description="What the viewer is in it.")
    starts_at = graphene.DateTime(required=True)
    ends_at = graphene.DateTime(required=True)
    topic = graphene.String(required=True)
    mentor_name = graphene.String(required=True)
    booker_name = graphene.String(required=True)
    mentor = graphene.Field(Profile, description="The mentor's entry, while it is listed.")
    organisation = graphene.Field(Organisation, description="For which it was booked, while that is listed.")
    link = graphene.String(required=True, description="Where to meet online, if it is online.")
    place = graphene.String(required=True)
    sequence = graphene.Int(required=True, description="That of the calendar entry: it rises with every change.")
    cancelled_by_me = graphene.Boolean(required=True)
    cancel_words = graphene.String(required=True)
    missed_by = graphene.Field(BookingSide, description="Who did not come.")
    my_notes = graphene.String(required=True, description="Nobody else ever reads them.")
    my_feedback = graphene.Field(BookingFeedback)
    their_feedback = graphene.Field(BookingFeedback, description="Once both gave theirs, or after two weeks.")
    url = graphene.String(required=True, description="Its page on the site.")

    def resolve_my_side(self: Any, info: Any) -> str:
        return _side(self, info)

    def resolve_mentor_name(self: Any, info: Any) -> str:
        return self.mentor.full_name

    def resolve_booker_name(self: Any, info: Any) -> str:
        return self.booker.full_name

    def resolve_mentor(self: Any, info: Any) -> Any:
        return self.profile if self.profile is not None and self.profile.is_listed else None

    def resolve_organisation(self: Any, info: Any) -> Any:
        return self.organisation if self.organisation is not None and self.organisation.is_listed else None

    def resolve_cancelled_by_me(self: Any, info: Any) -> bool:
        return bool(self.cancelled_by_id == info.context.viewer.pk)

    def resolve_missed_by(self: Any, info: Any) -> str | None:
        return self.missed_by or None

    def resolve_my_notes(self: Any, info: Any) -> str:
        return aftermath.notes_of(self, info.context.viewer)

    def resolve_my_feedback(self: Any, info: Any) -> Any:
        return _feedback(self, info).get(_side(self, info))

    def resolve_their_feedback(self: Any, info: Any) -> Any:
        own = _side(self, info)
        return next((row for side, row in _feedback(self, info).items() if side != own), None)

    def resolve_url(self: Any, info: Any) -> str:
        return booking_address(self, "vi")

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Booking | None:
        """Find one of the viewer's own."""
        return queries.own_bookings(viewer).filter(pk=number_of(text, "Booking")).first()


def _side(row: models.Booking, info: Any) -> str:
    return str(row.side_of(info.context.viewer.pk))


def _feedback(row: models.Booking, info: Any) -> dict[str, models.BookingFeedback]:
    return aftermath.feedback_for(row, info.context.viewer, at=timezone.now())


class WeeklyHours(graphene.ObjectType):
    """Bookable on one day of the week, by the mentor's clock."""

    weekday = graphene.Int(required=True, description="0 is Monday.")
    starts = graphene.Time(required=True)
    ends = graphene.Time(required=True, description="00:00 is the end of the day.")


class HoursException(graphene.ObjectType):
    """A date that is unlike its week."""

    day = graphene.Date(required=True)
    starts = graphene.Time(description="None: the date is closed.")
    ends = graphene.Time()


class MyMentorHours(graphene.ObjectType):
    """When and how the viewer can be booked."""

    is_open = graphene.Boolean(required=True)
    slot_minutes = graphene.Int(required=True)
    buffer_before = graphene.Int(required=True)
    buffer_after = graphene.Int(required=True)
    notice_hours = graphene.Int(required=True)
    horizon_days = graphene.Int(required=True)
    daily_limit = graphene.Int(required=True)
    link = graphene.String(required=True)
    place = graphene.String(required=True)
    time_zone = graphene.String(required=True)
    busy_address = graphene.String(required=True)
    busy_tried_at = graphene.DateTime(description="When the calendar at that address was last looked at.")
    busy_problem = graphene.String(required=True, description="Why it could not be read; empty if it could.")
    weekly = graphene.List(graphene.NonNull(WeeklyHours), required=True)
    exceptions = graphene.List(graphene.NonNull(HoursException), required=True)

    def resolve_time_zone(self: Any, info: Any) -> str:
        return self.profile.time_zone

    def resolve_weekly(self: Any, info: Any) -> Any:
        return self.weekly.all() if self.pk else []

    def resolve_exceptions(self: Any, info: Any) -> Any:
        return self.exceptions.all() if self.pk else []

    @staticmethod
    def recall(text: str, viewer: Any) -> models.MentorHours | None:
        """Find the viewer's own."""
        return own_hours(viewer)


def own_hours(viewer: Any) -> models.MentorHours | None:
    """The viewer's hours as a mentor; None for who has no entry."""
    profile = directory.own_profile(viewer)
    return queries.hours_of(profile).hours if profile is not None else None


BookingConnection = connection(Booking)


class HoursQuery(graphene.ObjectType):
    """Hours with mentors."""

    mentor_hours = graphene.Field(
        MentorHours,
        slug=graphene.String(required=True),
        since=graphene.DateTime(name="from", description="Without it, from now on."),
        until=graphene.DateTime(name="to", description="At most 62 days after `from`, which it is without it."),
        description="What is free with a mentor; nothing for who is not in the directory.",
    )
    my_bookings = paged(BookingConnection, "The viewer's hours, booked and given, the latest first.")
    my_mentor_hours = graphene.Field(MyMentorHours, description="When the viewer can be booked, for mentors.")

    @permitted(Permission.PUBLIC)
    def resolve_mentor_hours(
        self: Any, info: Any, slug: str, since: datetime | None = None, until: datetime | None = None
    ) -> Any:
        mentor = queries.bookable_mentor(slug=slug.replace("\0", ""))
        if mentor is None:
            return None
        at = timezone.now()
        first = aware(since) or at
        last = min(aware(until) or first + AT_ONCE, first + AT_ONCE)
        return MentorHours(
            is_bookable=offers.is_offering(mentor),
            time_zone=mentor.time_zone,
            slots=offers.free_slots(profile=mentor, since=first, until=last, at=at),
        )

    @permitted(Permission.SIGNED_IN)
    def resolve_my_bookings(self: Any, info: Any, first: int | None = None, after: str | None = None) -> Edges:
        return Edges(queries.own_bookings(info.context.viewer), first, after)

    @permitted(Permission.SIGNED_IN)
    def resolve_my_mentor_hours(self: Any, info: Any) -> Any:
        return own_hours(info.context.viewer)


def aware(moment: datetime | None) -> datetime | None:
    """A moment without a zone is one in Hai Phong."""
    return timezone.make_aware(moment) if moment is not None and moment.tzinfo is None else moment


class HoursSubscription(graphene.ObjectType):
    """The viewer's hours live."""

    my_bookings_changed = graphene.List(
        graphene.NonNull(Booking),
        required=True,
        description="The viewer's hours of yesterday and to come, now and whenever one of them changes; the soonest "
        "first. Only the two people of an hour are told of it.",
    )

    resolve_my_bookings_changed = staticmethod(lambda rows, info, **arguments: together(rows))

    @streamed(Permission.SIGNED_IN, reads=True)
    async def subscribe_my_bookings_changed(self: Any, info: Any) -> AsyncIterator[list[models.Booking]]:
        await info.context.permit_person(lambda person: person.is_authenticated)
        viewer = info.context.viewer
        with hub.listening(topic_of_bookings(viewer.pk)) as listener:
            async for _change in listener.changes(at_once=True):
                yield await database_sync_to_async(_coming)(viewer)


def _coming(viewer: Any) -> list[models.Booking]:
    since = timezone.now() - timedelta(days=1)
    return list(queries.own_bookings(viewer).filter(ends_at__gt=since).order_by("starts_at", "pk"))
