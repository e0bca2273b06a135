"""What is done for people who come to an organiser, or to the door."""

from typing import Any

import graphene

from events import desk, payments
from network.doors import Permission
from network.global_ids import number_of

from ...acts import Act
from ...fields import Language
from ..desk import DeskRegistration
from ..questions import AnswerInput, given
from ..tickets import PaymentState
from .registrations import CompanionInput, companions_of, type_number


class MarkFeeReceived(Act, permission=Permission.SIGNED_IN):
    """Mark the fee of a confirmed registration as received, at the desk or at the door: by a person, not a phone."""

    class Input:
        """Which registration; at the door, the one that `redeem` named."""

        registration_id = graphene.ID(required=True, description="Its id.")

    state = graphene.Field(PaymentState, description="RECEIVED.")
    amount = graphene.Int(description="In đồng, for all its places.")

    @staticmethod
    def do(caller: Any, *, registration_id: str) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        paid = payments.receive(registration_id=number, actor=caller.viewer, at=caller.at)
        return {"state": str(paid.payment), "amount": paid.fee}


class RegisterOnBehalf(Act, permission=Permission.ORGANISER):
    """Register somebody who asked for it otherwise. Whoever has no account gets one, and in by a code sent by mail."""

    class Input:
        """Who, for what, and what they told the organiser."""

        event_id = graphene.ID(required=True, description="At which event.")
        email = graphene.String(required=True, description="Who it is, and where letters go.")
        full_name = graphene.String(required=True, description="Family name first.")
        language = Language(description="Of the letters; else Vietnamese.")
        ticket_type_id = graphene.ID(description="Which type; without it, the first on offer.")
        companions = graphene.List(graphene.NonNull(CompanionInput), description="Who comes along.")
        answers = graphene.List(graphene.NonNull(AnswerInput), description="To the questions of the form.")
        waits = graphene.Boolean(description="Whether to join the waiting list if it is full.")
        agreed = graphene.Boolean(
            description="Whether the person told you that they agree to their data being used for the event."
        )

    registration = graphene.Field(DeskRegistration, description="The registration and what became of it.")

    @staticmethod
    def do(
        caller: Any,
        *,
        event_id: str,
        email: str,
        full_name: str,
        language: Any = None,
        ticket_type_id: str | None = None,
        companions: Any = None,
        answers: Any = None,
        waits: bool | None = None,
        agreed: bool | None = None,
    ) -> dict[str, Any]:
        taken = desk.register_for(
            event_id=number_of(event_id, "Event"),
            email=email,
            full_name=full_name,
            actor=caller.viewer,
            at=caller.at,
            language=language.value if language else "vi",
            ticket_type_id=type_number(ticket_type_id),
            companions=companions_of(companions),
            answers=given(answers),
            waits=bool(waits),
            agreed=bool(agreed),
        )
        return {"registration": taken}
