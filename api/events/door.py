"""The doors: what their staff see and do. They see name, ticket type and status, never an e-mail address or phone."""

from typing import Any

import graphene
from django.utils.translation import get_language

from events import models, parties, queries
from network.doors import Permission
from network.global_ids import encode, global_id

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
ScanDirection = choices("ScanDirection", models.CheckIn.Direction, "Which way somebody goes.")
CheckInScope = choices("CheckInScope", models.CheckInList.Scope, "What a list lets people into.")


class CheckInListType(graphene.ObjectType):
    """What a gate checks against."""

    class Meta:
        name = "CheckInList"

    id = identifier()
    name = text("name")
    scope = chosen(CheckInScope, "scope")
    session_title = graphene.String(description="Of a session's list.")
    allows_reentry = graphene.Boolean(required=True, description="Who went out by it is let in again.")
    allows_multiple = graphene.Boolean(required=True, description="Lets in any number of times, without going out.")
    gates = graphene.List(
        graphene.NonNull(lambda: Gate), required=True, description="Where it is checked; none: at all of the event."
    )
    is_default = graphene.Boolean(required=True)
    admitted = graphene.Int(required=True, description="How many are in by this list.")
    expected = graphene.Int(required=True, description="How many hold a place.")

    resolve_gates = staticmethod(lambda row, info: load(row, "gates"))

    def resolve_session_title(self: Any, info: Any) -> str | None:
        session = load(self, "session")
        return session.title if session else None

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


class PartyMember(graphene.ObjectType):
    """One of a group."""

    number = graphene.String(required=True, description="The ticket's readable number.")
    name = graphene.String(required=True)


class Party(graphene.ObjectType):
    """The group of a registration: a ticket each."""

    size = graphene.Int(required=True)
    inside = graphene.Int(required=True, description="How many of them are in.")
    waiting = graphene.List(
        graphene.NonNull(PartyMember), required=True, description="Who may still come in, in the order of `admitParty`."
    )


class Admission(graphene.ObjectType):
    """Whom the ticket lets in."""

    name = graphene.String(required=True)
    ticket_type = graphene.String(required=True)
    number = graphene.String(required=True, description="The ticket's readable number.")
    ticket_id = graphene.ID(required=True, description="As the signed code bears it.")
    registration_id = graphene.ID(description="For `markFeeReceived`; null if nothing is due.")
    due = graphene.Int(description="What is still to be paid, in đồng; null if nothing is.")
    party = graphene.Field(Party, description="Null for who comes alone.")

    resolve_ticket_type = staticmethod(lambda guest, info: worded_type(guest))

    def resolve_registration_id(self: Any, info: Any) -> str | None:
        return encode("Registration", self.registration_id) if self.due else None

    def resolve_due(self: Any, info: Any) -> int | None:
        return self.due or None

    def resolve_party(self: Any, info: Any) -> Any:
        if self.places < 2:
            return None
        return parties.of(registration_id=self.registration_id, list_id=self.list_id, at=info.context.at)


def worded_type(guest: Any) -> str:
    """Return the name of a guest's ticket type in the language of the answer."""
    return (guest.ticket_type_en if get_language() == "en" else "") or guest.ticket_type_vi


class FirstEntry(graphene.ObjectType):
    """When and where a ticket was let in before."""

    at = graphene.DateTime(required=True)
    gate = graphene.String(required=True, description="Empty if no gate was chosen.")
    device = graphene.String(required=True)

    resolve_gate = staticmethod(lambda visit, info: visit.gate or "")


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
