"""Conflicts at the doors: what phones without a network let in and the rules would not have."""

from typing import Any

import graphene

from events import conflicts, models, permissions
from network.doors import Permission
from network.global_ids import number_of

from ..acts import Act
from ..errors import forbidden
from ..fields import choices, identifier
from ..permission import permitted
from .door import CheckInReason

Settlement = choices("Settlement", models.CheckIn.Settlement, "What an organiser decides about a conflict.")


class ScanFacts(graphene.ObjectType):
    """When and where a scan was made."""

    at = graphene.DateTime(required=True, description="By the device's clock, put right.")
    gate = graphene.String(required=True, description="Empty if no gate was chosen.")
    device = graphene.String(required=True)
    was_offline = graphene.Boolean(required=True, description="Made without a network.")

    resolve_at = staticmethod(lambda row, info: row.scanned_at)
    resolve_gate = staticmethod(lambda row, info: row.gate.name if row.gate else "")


class CheckInConflict(graphene.ObjectType):
    """Somebody is inside who would not have been let in."""

    id = identifier()
    reason = graphene.Field(CheckInReason, required=True, description="Why not.")
    name = graphene.String(required=True, description="Empty if the code is of no ticket of the event.")
    number = graphene.String(required=True, description="The ticket's, as `name`.")
    list = graphene.String(required=True, description="The check-in list's name.")
    forced = graphene.Field(ScanFacts, required=True, description="The scan in question.")
    first = graphene.Field(ScanFacts, description="The admission that stood in its way, on ALREADY_REDEEMED.")

    resolve_reason = staticmethod(lambda row, info: str(row.reason) or "error")
    resolve_name = staticmethod(lambda row, info: row.ticket.holder_name if _is_ours(row) else "")
    resolve_number = staticmethod(lambda row, info: row.ticket.number if _is_ours(row) else "")
    resolve_list = staticmethod(lambda row, info: row.list.name)
    resolve_forced = staticmethod(lambda row, info: row)


def _is_ours(row: models.CheckIn) -> bool:
    return row.ticket is not None and row.ticket.event_id == row.event_id


class SettleCheckIn(Act, permission=Permission.ORGANISER):
    """Settle a conflict; settling it in the same way again changes nothing."""

    class Input:
        """Which, and how."""

        check_in_id = graphene.ID(required=True, description="The conflict's id.")
        settlement = Settlement(required=True, description="BOTH keeps both, FIRST and SECOND take the other one back.")

    settled = graphene.Boolean(description="True once it is; null if it was refused.")

    @staticmethod
    def do(caller: Any, *, check_in_id: str, settlement: Any) -> dict[str, Any]:
        conflicts.settle(
            checkin_id=number_of(check_in_id, "CheckIn"),
            settlement=models.CheckIn.Settlement(settlement.value),
            actor=caller.viewer,
            at=caller.at,
        )
        return {"settled": True}


class ConflictsQuery(graphene.ObjectType):
    """What organisers settle."""

    check_in_conflicts = graphene.List(
        graphene.NonNull(CheckInConflict),
        required=True,
        event=graphene.ID(required=True),
        description="What is to be settled, oldest first, for the event's organisers; 100 at most.",
    )

    @permitted(Permission.ORGANISER)
    def resolve_check_in_conflicts(self: Any, info: Any, event: str) -> Any:
        number = number_of(event, "Event")
        if not permissions.may_watch_board(info.context.viewer, number):
            raise forbidden()
        return conflicts.unsettled(event_id=number)[:100]


class ConflictsMutation(graphene.ObjectType):
    """Acts on conflicts."""

    settle_check_in = SettleCheckIn.Field(required=True)
