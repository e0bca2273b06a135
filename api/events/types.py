"""Types of events and their programme."""

from typing import Any

import graphene

from events import models, queries

from ..addresses import site_address
from ..batch import compute, load
from ..connection import connection
from ..fields import choices, chosen, identifier, many, one, text
from ..network.types import Organisation, Profile
from ..pages.types import EventPage, stories
from .ticket_types import TicketType, offered

EventKind = choices("EventKind", models.Event.Kind, "What sort of event it is.")
EventStatus = choices("EventStatus", models.Event.Status, "Cancelled and postponed events stay visible and say so.")
AttendanceMode = choices("AttendanceMode", models.Event.Attendance, "Where people take part.")


class Venue(graphene.ObjectType):
    """A place where events are held."""

    id = identifier()
    name = text("name")
    street = graphene.String(required=True)
    ward = graphene.String(required=True, description="Ward, commune or special zone; there are no districts.")
    city = graphene.String(required=True)
    address = graphene.String(required=True, description="The postal address in one line.")


class EventSeries(graphene.ObjectType):
    """Events that belong together, such as the Startup Café."""

    id = identifier()
    code = graphene.String(required=True, description="Starts the codes of its events.")
    slug = graphene.String(required=True)
    title = text("title")
    summary = text("summary")
    organiser = one(Organisation, "organiser", shown=lambda row: row.is_listed)
    editions = graphene.Int(required=True, description="How many public events it has.")
    url = graphene.String(required=True, description="Its page on the site.")
    calendar_url = graphene.String(required=True, description="Its calendar feed (iCalendar).")

    def resolve_editions(self: Any, info: Any) -> int:
        return compute(self, "editions", lambda rows: queries.editions_of([row.pk for row in rows])) or 0

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/chuoi/{self.slug}/")

    def resolve_calendar_url(self: Any, info: Any) -> str:
        return site_address(f"/lich/{self.slug}.ics")


class Speaker(graphene.ObjectType):
    """Somebody who speaks."""

    id = identifier()
    name = graphene.String(required=True)
    headline = text("headline")
    organisation = one(Organisation, "organisation", shown=lambda row: row.is_listed)
    mentor = graphene.Field(Profile, description="Their entry in the directory.")

    def resolve_mentor(self: Any, info: Any) -> Any:
        person = load(self, "person")
        profile = load(person, "profile") if person else None
        return profile if profile is not None and profile.is_listed else None


class Track(graphene.ObjectType):
    """A line of sessions that run one after another, beside other tracks."""

    id = identifier()
    name = text("name")


class Session(graphene.ObjectType):
    """One item of the programme."""

    id = identifier()
    title = text("title")
    summary = text("summary")
    starts_at = graphene.DateTime(required=True)
    ends_at = graphene.DateTime(required=True)
    room = graphene.String(required=True)
    track = one(Track, "track")
    speakers = many(Speaker, "speakers")


class Seats(graphene.ObjectType):
    """The places of an event; without a limit, `capacity` and `left` are null."""

    capacity = graphene.Int()
    taken = graphene.Int(required=True)
    left = graphene.Int()


class Event(graphene.ObjectType):
    """An event: the fact. What is told about it is its `story`."""

    id = identifier()
    code = graphene.String(required=True, description="Short and unique, to be read aloud: “CAFE 047”.")
    slug = graphene.String(required=True)
    kind = chosen(EventKind, "kind")
    status = chosen(EventStatus, "status")
    title = text("title")
    summary = text("summary")
    starts_at = graphene.DateTime(required=True)
    ends_at = graphene.DateTime(required=True)
    attendance_mode = chosen(AttendanceMode, "attendance")
    venue = one(Venue, "venue")
    organiser = one(Organisation, "organiser", shown=lambda row: row.is_listed)
    series = one(EventSeries, "series")
    edition = graphene.Int(description="Its number within the series.")
    registration_opens_at = graphene.DateTime()
    registration_closes_at = graphene.DateTime()
    is_open_for_registration = graphene.Boolean(
        required=True, description="By status and times; whether there is a place left, `seats` says."
    )
    seats = one(Seats, "seats")
    ticket_types = graphene.List(
        graphene.NonNull(TicketType),
        required=True,
        invitation=graphene.String(description="The code of an invitation, which may show hidden types."),
        description="What can be registered for, in order; what is for the invited alone, only with their code.",
    )
    has_waiting_list = graphene.Boolean(required=True, description="Whether one may wait where it is full.")
    answers_until = graphene.DateTime(description="Until when answers can be changed; null: until it starts.")
    admitted = graphene.Int(description="How many have come; null where the organiser shows no counter.")
    inside = graphene.Int(description="How many of them are inside now; null where the organiser shows no counter.")
    tracks = many(Track, "tracks")
    sessions = many(Session, "sessions", "The programme in order.")
    story = graphene.Field(EventPage, description="What editors tell about it.")
    my_registration = graphene.Field(
        "api.events.tickets.Registration", description="The viewer's active registration; null for strangers."
    )
    url = graphene.String(required=True, description="Its page on the site.")
    calendar_url = graphene.String(required=True, description="The event for a calendar (iCalendar).")

    def resolve_is_open_for_registration(self: Any, info: Any) -> bool:
        return self.is_open_for_registration(info.context.at)

    def resolve_ticket_types(self: Any, info: Any, invitation: str | None = None) -> Any:
        return offered(self, info, invitation or "")

    def resolve_admitted(self: Any, info: Any) -> int | None:
        tally = load(self, "tally") if self.shows_counter else None
        return tally.admitted if tally else None

    def resolve_inside(self: Any, info: Any) -> int | None:
        tally = load(self, "tally") if self.shows_counter else None
        return tally.inside if tally else None

    def resolve_story(self: Any, info: Any) -> Any:
        return compute(self, "story", stories)

    def resolve_my_registration(self: Any, info: Any) -> Any:
        viewer = info.context.viewer
        if not viewer.is_authenticated:
            return None
        return compute(self, "my_registration", lambda rows: queries.active_registrations(person=viewer, events=rows))

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/su-kien/{self.slug}/")

    def resolve_calendar_url(self: Any, info: Any) -> str:
        return site_address(f"/lich/su-kien/{self.slug}.ics")


EventConnection = connection(Event)
