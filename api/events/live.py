"""The doors live: streams of numbers, of arrivals and of one's own registration."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import graphene
from channels.db import database_sync_to_async
from django.utils import timezone

from events import models, permissions, queries, statistics
from events.arrivals import arrivals_since
from events.board_numbers import BoardNumbers, board_numbers
from events.refusals import CheckInListNotFound, EventNotFound, RegistrationNotFound
from network.doors import Permission
from network.global_ids import number_of

from ..permission import streamed
from ..realtime.feed import Entry, following
from ..realtime.hub import hub
from ..realtime.relay import topic_of, topic_of_registration
from .board_types import CheckInArrival, EventCounter, EventStatistics
from .tickets import Registration

STATISTICS_PACE = 1.0
"""Seconds between two counts of the whole log: a second is live on a board, and the log may be long."""

LOOK_AGAIN = 60.0
"""Seconds after which a registration is read again though nothing was announced: its place in a queue moves with what
others do."""


class EventsSubscription(graphene.ObjectType):
    """Live numbers and arrivals."""

    event_counter = graphene.Field(
        EventCounter,
        required=True,
        event_id=graphene.ID(required=True),
        description="The public numbers now and whenever they change, ten times a second at most.",
    )
    event_statistics = graphene.Field(
        EventStatistics,
        required=True,
        event_id=graphene.ID(required=True),
        description="The board's numbers now and whenever they change, once a second at most; for organisers.",
    )
    check_ins = graphene.Field(
        CheckInArrival,
        required=True,
        event_id=graphene.ID(required=True),
        list_id=graphene.ID(description="Only this check-in list; sequence numbers then have gaps."),
        after=graphene.Int(description="The last sequence number that is known; what came since comes first."),
        description="Each arrival, in order, none twice, none left out; for those who work at the event.",
    )
    my_registration = graphene.Field(
        Registration,
        required=True,
        id=graphene.ID(required=True, description="Its id."),
        description="One of the viewer's own registrations, now and whenever it changes.",
    )

    resolve_event_counter = staticmethod(lambda row, info, **arguments: row)
    resolve_event_statistics = staticmethod(lambda row, info, **arguments: row)
    resolve_check_ins = staticmethod(lambda entry, info, **arguments: entry.told)
    resolve_my_registration = staticmethod(lambda row, info, **arguments: row)

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

    @streamed(Permission.ORGANISER)
    async def subscribe_event_statistics(self: Any, info: Any, event_id: str) -> AsyncIterator[BoardNumbers]:
        number = number_of(event_id, "Event")
        await info.context.permit_person(partial(permissions.may_watch_board, event_id=number))
        with hub.listening(topic_of(number)) as listener:
            last = None
            async for _change in listener.changes(at_once=True, pace=STATISTICS_PACE):
                counted = await database_sync_to_async(board_numbers)(event_id=number, at=timezone.now())
                if counted is None:
                    raise EventNotFound()
                if counted != last:
                    yield counted
                last = counted

    @streamed(Permission.DOOR)
    async def subscribe_check_ins(
        self: Any, info: Any, event_id: str, list_id: str | None = None, after: int | None = None
    ) -> AsyncIterator[Entry]:
        number = number_of(event_id, "Event")
        only = number_of(list_id, "CheckInList") if list_id else None
        await info.context.permit(partial(permissions.may_follow_arrivals, event_id=number, list_id=only))
        start = await database_sync_to_async(_from_where)(number, only, after)
        async for entry in following(topic_of(number), partial(arrivals_since, event_id=number), start):
            if only is None or entry.told.list_id == only:
                yield entry

    @streamed(Permission.SIGNED_IN, reads=True)
    async def subscribe_my_registration(self: Any, info: Any, id: str) -> AsyncIterator[models.Registration]:
        number = number_of(id, "Registration")
        await info.context.permit_person(lambda person: person.is_authenticated)
        with hub.listening(topic_of_registration(number)) as listener:
            async for _change in listener.changes(at_once=True, patience=LOOK_AGAIN):
                found = await database_sync_to_async(queries.own_registration)(
                    registration_id=number, person=info.context.viewer
                )
                if found is None:
                    raise RegistrationNotFound()
                yield found


def public_counter(event_id: int) -> statistics.Counter:
    """Return the numbers that anybody may see. Raises EventNotFound for drafts and hidden counters, too."""
    shown = models.Event.objects.exclude(status=models.Event.Status.DRAFT).filter(pk=event_id, shows_counter=True)
    counted = statistics.counter(event_id=event_id) if shown.exists() else None
    if counted is None:
        raise EventNotFound()
    return counted


def _from_where(event_id: int, list_id: int | None, after: int | None) -> int:
    """Where a stream starts: behind what the client knows, else now. A number from the future is now."""
    counted = statistics.counter(event_id=event_id)
    if counted is None:
        raise EventNotFound()
    if list_id is not None and not models.CheckInList.objects.filter(pk=list_id, event=event_id).exists():
        raise CheckInListNotFound()
    return counted.sequence if after is None else min(max(after, 0), counted.sequence)
