"""The doors live: the organisers' board and the streams of numbers and arrivals."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import graphene
from channels.db import database_sync_to_async

from events import models, permissions, queries, statistics
from events.arrivals import Arrival, arrivals_since, newest_arrivals
from events.refusals import EventNotFound
from network.doors import Permission
from network.global_ids import encode, number_of

from ..errors import forbidden
from ..permission import permitted, streamed
from ..realtime.hub import hub
from ..realtime.relay import topic_of
from .types import Event


class EventCounter(graphene.ObjectType):
    """An event's public numbers."""

    event_id = graphene.ID(required=True)
    admitted = graphene.Int(required=True)
    seats_taken = graphene.Int(required=True)
    capacity = graphene.Int(description="Null: without a limit.")

    resolve_event_id = staticmethod(lambda row, info: encode("Event", row.event_id))
    resolve_seats_taken = staticmethod(lambda row, info: row.taken)


class ArrivalKind(graphene.Enum):
    """What happened."""

    ADMITTED = "admitted"
    ANNULLED = "annulled"


class CheckInArrival(graphene.ObjectType):
    """Somebody was let in, or an admission was taken back. Sequence numbers have no gap."""

    sequence = graphene.Int(required=True)
    kind = graphene.Field(ArrivalKind, required=True)
    name = graphene.String(required=True)
    ticket_type = graphene.String(required=True)
    number = graphene.String(required=True, description="The ticket's readable number.")
    gate = graphene.String()
    device = graphene.String(required=True)
    at = graphene.DateTime(required=True)
    admitted = graphene.Int(required=True, description="How many were in when this was read.")


class CheckInBoard(graphene.ObjectType):
    """The doors of an event as they are now."""

    event = graphene.Field(Event, required=True)
    admitted = graphene.Int(required=True)
    seats_taken = graphene.Int(required=True)
    capacity = graphene.Int()
    sequence = graphene.Int(required=True, description="Up to where this knows; `checkIns(after:)` goes on from here.")
    arrivals = graphene.List(graphene.NonNull(CheckInArrival), required=True, description="The newest first.")


class BoardQuery(graphene.ObjectType):
    """What organisers watch."""

    check_in_board = graphene.Field(
        CheckInBoard,
        event=graphene.ID(required=True),
        last=graphene.Int(default_value=10, description="How many arrivals, 50 at most."),
        description="The live board of an event, for its organisers.",
    )

    @permitted(Permission.ORGANISER)
    def resolve_check_in_board(self: Any, info: Any, event: str, last: int) -> Any:
        number = number_of(event, "Event")
        if not permissions.may_watch_board(info.context.viewer, number):
            raise forbidden()
        counted = statistics.counter(event_id=number)
        found = queries.event_facts(viewer=info.context.viewer, event_id=number)
        if counted is None or found is None:
            raise EventNotFound()
        return CheckInBoard(
            event=found,
            admitted=counted.admitted,
            seats_taken=counted.taken,
            capacity=counted.capacity,
            sequence=counted.sequence,
            arrivals=newest_arrivals(event_id=number, admitted=counted.admitted, most=min(max(last, 0), 50)),
        )


class EventsSubscription(graphene.ObjectType):
    """Live numbers and arrivals."""

    event_counter = graphene.Field(
        EventCounter,
        required=True,
        event_id=graphene.ID(required=True),
        description="The public numbers now and whenever they change, ten times a second at most.",
    )
    check_ins = graphene.Field(
        CheckInArrival,
        required=True,
        event_id=graphene.ID(required=True),
        after=graphene.Int(description="The last sequence number that is known; what came since comes first."),
        description="Each arrival, in order, none twice, none left out; for those who work at the event.",
    )

    resolve_event_counter = staticmethod(lambda row, info, **arguments: row)
    resolve_check_ins = staticmethod(lambda row, info, **arguments: row)

    @streamed(Permission.PUBLIC, shared=True)
    async def subscribe_event_counter(self: Any, info: Any, event_id: str) -> AsyncIterator[statistics.Counter]:
        number = number_of(event_id, "Event")
        with hub.listening(topic_of(number)) as listener:
            last = None
            async for _change in listener.changes(at_once=True):
                counted = await database_sync_to_async(public_counter)(number)
                if counted != last:
                    yield counted
                last = counted

    @streamed(Permission.DOOR)
    async def subscribe_check_ins(
        self: Any, info: Any, event_id: str, after: int | None = None
    ) -> AsyncIterator[Arrival]:
        number = number_of(event_id, "Event")
        await info.context.permit(partial(permissions.may_follow_arrivals, event_id=number))
        with hub.listening(topic_of(number)) as listener:
            last = await database_sync_to_async(_from_where)(number, after)
            async for _change in listener.changes(at_once=True):
                while found := await database_sync_to_async(arrivals_since)(event_id=number, sequence=last):
                    for arrival in found:
                        yield arrival
                    last = found[-1].sequence


def public_counter(event_id: int) -> statistics.Counter:
    """Return the numbers that anybody may see. Raises EventNotFound for drafts and hidden counters, too."""
    shown = models.Event.objects.exclude(status=models.Event.Status.DRAFT).filter(pk=event_id, shows_counter=True)
    counted = statistics.counter(event_id=event_id) if shown.exists() else None
    if counted is None:
        raise EventNotFound()
    return counted


def _from_where(event_id: int, after: int | None) -> int:
    """Where a stream starts: behind what the client knows, else now. A number from the future is now."""
    counted = statistics.counter(event_id=event_id)
    if counted is None:
        raise EventNotFound()
    return counted.sequence if after is None else min(max(after, 0), counted.sequence)
