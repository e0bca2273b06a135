"""People at a door without a code: found by name, phone or number, or registered on the spot.

Like every answer of a door: name, ticket type and status, never an e-mail address or phone number.
"""

from typing import Any

import graphene
from django.utils.translation import gettext_lazy as _

from events import door_search, walk_in
from network import limits
from network.doors import Permission
from network.global_ids import number_of
from network.refusals import Refusal

from ..acts import ActRefusal, act, refusals, worded
from ..caller import Caller
from ..permission import permitted
from .door import Admission, CheckInReason, CheckInStatus, worded_type
from .questions import RegistrationQuestion

FIELD_OF_FACT = {"consents": "agrees"}

STATES = {
    "GOOD": _("May come in"),
    "INSIDE": _("Is inside"),
    "UNPAID": _("Fee not paid yet"),
    "UNAPPROVED": _("Not approved yet"),
    "WAITLISTED": _("On the waiting list"),
    "OFFERED": _("Place offered, not accepted yet"),
    "BLOCKED": _("Blocked by the organiser"),
    "PRODUCT": _("Ticket type not on this list"),
    "CANCELED": _("Cancelled"),
}

DoorGuestState = graphene.Enum("DoorGuestState", [(name, name) for name in STATES], description="Whether they may in.")


class DoorGuest(graphene.ObjectType):
    """Somebody of the event, as a door may see them."""

    number = graphene.String(description="The ticket's, for `redeem`; null if there is no ticket.")
    name = graphene.String(required=True)
    ticket_type = graphene.String(required=True)
    status = graphene.String(required=True, description="The state in words.")
    state = graphene.Field(DoorGuestState, required=True)
    registration_number = graphene.Int(required=True)
    party = graphene.Int(required=True, description="How many the registration is for.")

    resolve_ticket_type = staticmethod(lambda found, info: worded_type(found))
    resolve_status = staticmethod(lambda found, info: str(STATES[found.state]))


class RegisterAtDoorInput(graphene.InputObjectType):
    """What somebody says at the door. Send it again with the same nonce for as long as no answer comes."""

    list_id = graphene.ID(required=True, description="By which they are let in.")
    nonce = graphene.UUID(required=True, description="Chosen by the device, one for each newcomer.")
    device = graphene.String(default_value="", description="The device's name; an enrolled phone has one.")
    gate_id = graphene.ID(description="At which gate the device stands.")
    name = graphene.String(required=True, description="As it shall stand on the ticket, family name first.")
    email = graphene.String(required=True, description="Where the ticket goes.")
    phone = graphene.String(description="Their own; kept with a new account only.")
    ticket_type_id = graphene.ID(description="Null: the first that the list lets in.")
    agrees = graphene.Boolean(required=True, description="Asked and said: their data may be used for the event.")
    idempotency_key = graphene.String(description="Taken as with other acts, and not needed: the nonce is the key.")


class RegisterAtDoor(graphene.Mutation):
    """Register somebody who came without a ticket, and let them in; also while registration is closed, if there is
    room."""

    class Meta:
        name = "RegisterAtDoorPayload"

    class Arguments:
        input = RegisterAtDoorInput(required=True)

    number = graphene.String(description="The ticket's readable number; null if nobody was registered.")
    registration_number = graphene.Int()
    status = graphene.Field(CheckInStatus, description="What the gate says of the new ticket; null likewise.")
    reason = graphene.Field(CheckInReason, description="UNPAID: the fee is to be taken, then `redeem` the number.")
    admission = graphene.Field(Admission)
    sequence = graphene.Int(description="The number of the scan at this event, if the ticket passed.")
    admitted = graphene.Int(description="How many have arrived by now.")
    inside = graphene.Int(description="How many are inside now.")
    questions = graphene.List(
        graphene.NonNull(RegistrationQuestion),
        required=True,
        description="To be answered with `redeem`, on INCOMPLETE.",
    )
    errors = refusals()

    resolve_questions = staticmethod(lambda payload, info: payload.questions or [])

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        caller = info.context
        limits.spend(act="register_at_door", account=caller.viewer.pk, address=caller.address)
        try:
            made = _made(caller, input)
        except Refusal as refusal:
            return cls(errors=[_at_field(one) for one in worded(refusal)])
        answer = made.answer
        return cls(
            number=answer.guest and answer.guest.number,
            registration_number=made.registration.number,
            status=str(answer.checkin.status),
            reason=str(answer.checkin.reason) or None,
            admission=answer.guest,
            sequence=answer.checkin.sequence,
            admitted=answer.admitted,
            inside=answer.inside,
            questions=answer.questions,
        )


class AtDoorQuery(graphene.ObjectType):
    """Looking for somebody at a door."""

    door_search = graphene.List(
        graphene.NonNull(DoorGuest),
        required=True,
        list_id=graphene.ID(required=True),
        text=graphene.String(
            required=True,
            description="Of a name (accents are optional), the last digits of a phone (three at least), or a number.",
        ),
        description="Who is meant, 20 at most, for who checks in there.",
    )

    @permitted(Permission.DOOR)
    def resolve_door_search(self: Any, info: Any, list_id: str, text: str) -> Any:
        return door_search.search(list_id=number_of(list_id, "CheckInList"), text=text, actor=info.context.actor)


class AtDoorMutation(graphene.ObjectType):
    """Acts at a door about who has no ticket yet."""

    register_at_door = RegisterAtDoor.Field(required=True)


def _made(caller: Caller, sent: Any) -> walk_in.WalkIn:
    type_id = sent.get("ticket_type_id")
    return walk_in.register(
        list_id=number_of(sent["list_id"], "CheckInList"),
        newcomer=walk_in.Newcomer(
            name=sent["name"],
            email=sent["email"],
            phone=sent.get("phone") or "",
            agrees=sent["agrees"],
            # An id of nothing is not the same as none: number 0 is of no type.
            ticket_type_id=None if type_id is None else number_of(type_id, "TicketType") or -1,
        ),
        nonce=sent["nonce"],
        actor=caller.actor,
        at=caller.at,
        device=sent["device"] or (caller.device.name if caller.device else ""),
        gate_id=number_of(sent.get("gate_id") or "", "Gate") or None,
    )


def _at_field(refusal: ActRefusal) -> ActRefusal:
    """The refusal at this act's own field, where the rule's has another name."""
    refusal.field = FIELD_OF_FACT.get(refusal.field, refusal.field)
    return refusal
