"""The doors: what their staff see and do. They see name, ticket type and status, never an e-mail address or phone."""

from datetime import datetime, timedelta
from typing import Any

import graphene

from events import checkin, models, queries
from network.doors import Permission
from network.global_ids import global_id, number_of
from network.refusals import Refusal

from ..acts import act, refusals, worded
from ..batch import load, together
from ..fields import choices, chosen, identifier, one, text
from ..permission import permitted
from .types import EventStatus, Venue

CheckInStatus = choices("CheckInStatus", models.CheckIn.Status, "What the door does.")
CheckInReason = graphene.Enum(
    "CheckInReason",
    [
        (name, name.lower())
        for name in (
            "INVALID", "UNPAID", "BLOCKED", "INVALID_TIME", "CANCELED", "ALREADY_REDEEMED", "PRODUCT", "RULES",
            "AMBIGUOUS", "REVOKED", "UNAPPROVED", "ERROR",
        )
    ],
    description="Why somebody is not let in (pretix's vocabulary).",
)  # fmt: skip


CLOCKS_APART = timedelta(days=2)
"""How far a device's clock and ours may lie apart, a scan made without a network included."""


class CheckInListType(graphene.ObjectType):
    """What a gate checks against."""

    class Meta:
        name = "CheckInList"

    id = identifier()
    name = text("name")
    is_default = graphene.Boolean(required=True)
    admitted = graphene.Int(required=True, description="How many are in by this list.")
    expected = graphene.Int(required=True, description="How many hold a place.")

    def resolve_is_default(self: Any, info: Any) -> bool:
        return self.is_main

    def resolve_expected(self: Any, info: Any) -> int:
        seats = load(load(self, "event"), "seats")
        return seats.taken if seats else 0


class Gate(graphene.ObjectType):
    """A door of the venue."""

    id = identifier()
    name = graphene.String(required=True)


class DoorEvent(graphene.ObjectType):
    """An event at which the viewer may check in."""

    id = graphene.ID(required=True, description="The event's id.")
    code = graphene.String(required=True)
    slug = graphene.String(required=True)
    title = text("title")
    status = chosen(EventStatus, "status")
    starts_at = graphene.DateTime(required=True)
    ends_at = graphene.DateTime(required=True)
    venue = one(Venue, "venue")
    check_in_lists = graphene.List(graphene.NonNull(CheckInListType), required=True)
    gates = graphene.List(graphene.NonNull(Gate), required=True)

    resolve_id = staticmethod(lambda row, info: global_id(row))
    resolve_check_in_lists = staticmethod(lambda row, info: load(row, "checkin_lists"))
    resolve_gates = staticmethod(lambda row, info: load(row, "gates"))


class Admission(graphene.ObjectType):
    """Whom the ticket lets in."""

    name = graphene.String(required=True)
    ticket_type = graphene.String(required=True)
    number = graphene.String(required=True, description="The ticket's readable number.")

    resolve_name = staticmethod(lambda ticket, info: ticket.holder_name)
    registration_id = graphene.ID(description="For `markFeeReceived`; null if nothing is due.")
    due = graphene.Int(description="What is still to be paid, in đồng; null if nothing is.")

    resolve_ticket_type = staticmethod(lambda ticket, info: ticket.registration.ticket_type.name)

    def resolve_registration_id(self: Any, info: Any) -> str | None:
        return global_id(self.registration) if self.registration.due else None

    def resolve_due(self: Any, info: Any) -> int | None:
        return self.registration.due or None


class FirstEntry(graphene.ObjectType):
    """When and where a ticket was let in before."""

    at = graphene.DateTime(required=True)
    gate = graphene.String(required=True, description="Empty if no gate was chosen.")
    device = graphene.String(required=True)

    resolve_at = staticmethod(lambda row, info: row.scanned_at)
    resolve_gate = staticmethod(lambda row, info: row.gate.name if row.gate else "")


class RedeemInput(graphene.InputObjectType):
    """One scan. Send it again with the same nonce for as long as no answer comes: it stays one scan."""

    list_id = graphene.ID(required=True, description="What the gate checks against.")
    code = graphene.String(required=True, description="The signed code, or the ticket's readable number.")
    nonce = graphene.UUID(required=True, description="Chosen by the device, one for each scan.")
    device = graphene.String(required=True, description="The device's name, as it is shown at other gates.")
    gate_id = graphene.ID(description="At which gate the device stands.")
    scanned_at = graphene.DateTime(
        description="By the device's clock, with its offset from UTC. Absent, without an offset or more than two days "
        "away from ours, our clock counts."
    )


class Redeem(graphene.Mutation):
    """Let a ticket in, once."""

    class Meta:
        name = "RedeemPayload"

    class Arguments:
        input = RedeemInput(required=True)

    status = graphene.Field(CheckInStatus, required=True)
    reason = graphene.Field(CheckInReason)
    admission = graphene.Field(Admission)
    first = graphene.Field(FirstEntry, description="The earlier entry, on ALREADY_REDEEMED.")
    sequence = graphene.Int(description="The number of the admission at this event.")
    admitted = graphene.Int(description="How many are in now.")
    errors = refusals()

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        try:
            answer = checkin.redeem(
                list_id=number_of(input["list_id"], "CheckInList"),
                scan=_scan(input, info.context.at),
                actor=info.context.viewer,
                at=info.context.at,
            )
        except Refusal as refusal:
            return cls(status="error", reason="error", errors=worded(refusal))
        return cls(
            status=str(answer.checkin.status),
            reason=str(answer.checkin.reason) or None,
            admission=answer.ticket,
            first=answer.first,
            sequence=answer.checkin.sequence,
            admitted=answer.admitted,
        )


class AnnulInput(graphene.InputObjectType):
    """Which scan, by the device that made it."""

    nonce = graphene.UUID(required=True, description="The scan's.")
    device = graphene.String(required=True, description="The device's name, as it was with the scan.")


class Annul(graphene.Mutation):
    """Take an admission back, within 15 minutes."""

    class Meta:
        name = "AnnulPayload"

    class Arguments:
        input = AnnulInput(required=True)

    annulled = graphene.Boolean(required=True)
    errors = refusals()

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        try:
            checkin.annul(actor=info.context.viewer, at=info.context.at, **input)
        except Refusal as refusal:
            return cls(annulled=False, errors=worded(refusal))
        return cls(annulled=True)


class DoorQuery(graphene.ObjectType):
    """What door staff ask."""

    my_door_events = graphene.List(
        graphene.NonNull(DoorEvent),
        required=True,
        description="Events at which the viewer may check in and that are not long over.",
    )

    @permitted(Permission.SIGNED_IN)
    def resolve_my_door_events(self: Any, info: Any) -> Any:
        return together(queries.door_events(person=info.context.viewer, at=info.context.at))


class DoorMutation(graphene.ObjectType):
    """Acts at the doors."""

    redeem = Redeem.Field(required=True)
    annul = Annul.Field(required=True)


def _scan(sent: Any, at: datetime) -> checkin.Scan:
    return checkin.Scan(
        code=sent["code"],
        nonce=sent["nonce"],
        device=sent["device"],
        gate_id=number_of(sent.get("gate_id") or "", "Gate") or None,
        scanned_at=_moment(sent.get("scanned_at"), at),
    )


def _moment(sent: datetime | None, at: datetime) -> datetime:
    """When the device says it was, if that can be; a device whose clock is wrong still lets guests in."""
    if sent is None or sent.tzinfo is None or abs(sent - at) > CLOCKS_APART:
        return at
    return sent
