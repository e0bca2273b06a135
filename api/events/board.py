"""The organisers' board: the doors of an event as they are now."""

from dataclasses import dataclass
from typing import Any

import graphene

from events import models, permissions, queries
from events.arrivals import Arrival, newest_arrivals
from events.board_numbers import BoardNumbers, board_numbers
from events.refusals import EventNotFound
from network.doors import Permission
from network.global_ids import number_of

from ..errors import forbidden
from ..permission import permitted
from .board_types import CheckInBoard


@dataclass(frozen=True)
class _Board:
    """The numbers, the event that they are of, and who came last."""

    event: models.Event
    numbers: BoardNumbers
    arrivals: list[Arrival]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.numbers, name)


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
        found = queries.event_facts(viewer=info.context.viewer, event_id=number)
        # Read before the arrivals: what comes in between is told again by the stream, and not lost.
        numbers = board_numbers(event_id=number, at=info.context.at)
        if numbers is None or found is None:
            raise EventNotFound()
        return _Board(found, numbers, newest_arrivals(event_id=number, most=min(max(last, 0), 50)))
