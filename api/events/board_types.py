"""Types of what happens at the doors, as those who work there see it."""

from typing import Any

import graphene

from network.global_ids import encode

from ..fields import chosen, text
from .door import ScanDirection
from .types import Event


class EventCounter(graphene.ObjectType):
    """An event's public numbers."""

    event_id = graphene.ID(required=True)
    admitted = graphene.Int(required=True, description="How many have come.")
    inside = graphene.Int(required=True, description="Of these, how many have not gone out again.")
    seats_taken = graphene.Int(required=True)
    seats_left = graphene.Int(description="Null: without a limit.")
    capacity = graphene.Int(description="Null: without a limit.")

    resolve_event_id = staticmethod(lambda row, info: encode("Event", row.event_id))
    resolve_seats_taken = staticmethod(lambda row, info: row.taken)
    resolve_seats_left = staticmethod(lambda row, info: row.left)


class ArrivalKind(graphene.Enum):
    """What happened."""

    ADMITTED = "admitted"
    ANNULLED = "annulled"


class Greeting(graphene.ObjectType):
    """How the screen at the event may greet somebody who agreed to it: all that may be shown of them there."""

    name = graphene.String(required=True, description="The given name.")
    organisation = graphene.String(required=True, description="One that they show in the directory; may be empty.")


class CheckInArrival(graphene.ObjectType):
    """Somebody went in or out (ADMITTED, by `direction`), or that was taken back. Sequence numbers have no gap."""

    sequence = graphene.Int(required=True)
    kind = graphene.Field(ArrivalKind, required=True)
    direction = chosen(ScanDirection, "direction", "Which way they went.")
    list = graphene.String(required=True, description="The name of the check-in list.")
    forced = graphene.Boolean(required=True, description="Let in without a network, though the rules say no.")
    name = graphene.String(required=True)
    ticket_type = graphene.String(required=True)
    number = graphene.String(required=True, description="The ticket's readable number.")
    gate = graphene.String()
    device = graphene.String(required=True)
    at = graphene.DateTime(required=True)
    admitted = graphene.Int(required=True, description="How many had come when this was read.")
    inside = graphene.Int(required=True, description="How many of them were inside when this was read.")
    greeting = graphene.Field(Greeting, description="Null for everybody who did not agree to be greeted by name.")


class TicketTypeNumbers(graphene.ObjectType):
    """The doors' numbers of one ticket type."""

    name = text("name")
    expected = graphene.Int(required=True, description="Tickets that the event's own list lets in.")
    arrived = graphene.Int(required=True)
    inside = graphene.Int(required=True)

    resolve_name = staticmethod(lambda row, info, language=None: row.name)


class GateNumbers(graphene.ObjectType):
    """One gate at work."""

    name = graphene.String(required=True)
    arrived = graphene.Int(required=True, description="Whose first way in it was.")
    last_at = graphene.DateTime(description="When it last scanned anything, the refused included.")
    silent = graphene.Boolean(required=True, description="No scan for ten minutes, while other gates scan.")


class DoorInterval(graphene.ObjectType):
    """Five minutes in which somebody went in or out at the event's own list, by when they were scanned."""

    at = graphene.DateTime(required=True, description="When they begin.")
    entries = graphene.Int(required=True)
    exits = graphene.Int(required=True)


class GatePhone(graphene.ObjectType):
    """A phone at the gates."""

    name = graphene.String(required=True)
    gate = graphene.String(description="Where it stands.")
    last_seen_at = graphene.DateTime(description="Its last contact.")
    waiting = graphene.Int(required=True, description="Scans that it had not sent yet, as it last said.")
    silent = graphene.Boolean(required=True, description="Nothing heard for three minutes.")


class EventStatistics(graphene.ObjectType):
    """Every number of an event's doors, counted from the log of the scans."""

    arrived = graphene.Int(required=True, description="Tickets let in by the event's own list.")
    inside = graphene.Int(required=True, description="Of these, how many have not gone out again.")
    expected = graphene.Int(required=True, description="Tickets that the event's own list lets in.")
    seats_taken = graphene.Int(required=True)
    capacity = graphene.Int(description="Null: without a limit.")
    sequence = graphene.Int(required=True, description="Up to where the log had grown when it was counted.")
    by_ticket_type = graphene.List(graphene.NonNull(TicketTypeNumbers), required=True)
    by_gate = graphene.List(graphene.NonNull(GateNumbers), required=True)
    per_five_minutes = graphene.List(
        graphene.NonNull(DoorInterval), required=True, description="In order, without those in which nothing happened."
    )
    conflicts = graphene.Int(required=True, description="Let in against the rules, and not settled yet.")
    devices = graphene.List(graphene.NonNull(GatePhone), required=True)

    resolve_seats_taken = staticmethod(lambda row, info: row.taken)


class CheckInBoard(EventStatistics):
    """The doors of an event as they are now."""

    event = graphene.Field(Event, required=True)
    admitted = graphene.Int(required=True, description="As `arrived`.")
    sequence = graphene.Int(required=True, description="Up to where this knows; `checkIns(after:)` goes on from here.")
    arrivals = graphene.List(graphene.NonNull(CheckInArrival), required=True, description="The newest first.")

    @staticmethod
    def resolve_admitted(row: Any, info: Any) -> int:
        return int(row.arrived)
