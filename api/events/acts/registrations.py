"""Taking a place and giving it back."""

from collections.abc import Iterable
from typing import Any

import graphene

from events import models, party, registration
from network.consents import Purpose
from network.doors import Permission
from network.global_ids import number_of

from ...acts import Act
from ...fields import Language
from ...network.consents import ConsentPurpose
from ..questions import AnswerInput, given
from ..tickets import Registration


class CompanionInput(graphene.InputObjectType):
    """Somebody who comes along, with a ticket of their own."""

    name = graphene.String(required=True, description="As it should stand on the ticket.")
    email = graphene.String(description="Where the ticket goes; without it, whoever registers shows it for them.")


def companions_of(sent: Iterable[dict[str, Any]] | None) -> list[party.Companion]:
    """Return companions as the rules take them."""
    return [party.Companion(name=each["name"], email=each.get("email") or "") for each in sent or ()]


def type_number(sent: str | None) -> int | None:
    """Return a ticket type's number, None for none given; 0 for what is no id."""
    return number_of(sent, "TicketType") if sent is not None else None


class Register(Act, permission=Permission.SIGNED_IN, budget="register"):
    """Take a place, or several. `status` says what became of it: CONFIRMED with tickets, which also come by mail;
    PENDING where an organiser approves; WAITLISTED if it is full and one waits."""

    class Input:
        """What is wanted, by whom, and what the form asks."""

        event_id = graphene.ID(required=True, description="At which event.")
        ticket_type_id = graphene.ID(description="Which type; without it, the invitation's or the first on offer.")
        companions = graphene.List(graphene.NonNull(CompanionInput), description="Who comes along.")
        answers = graphene.List(graphene.NonNull(AnswerInput), description="To the questions of `registrationForm`.")
        consents = graphene.List(
            graphene.NonNull(ConsentPurpose), description="What the person ticked just now, each for itself."
        )
        invitation = graphene.String(description="The code of an invitation.")
        waits = graphene.Boolean(description="Whether to join the waiting list if it is full.")
        language = Language(description="Of the letters about it; else the person's own.")

    registration = graphene.Field(Registration, description="The registration and what became of it.")

    @staticmethod
    def do(
        caller: Any,
        *,
        event_id: str,
        ticket_type_id: str | None = None,
        companions: Any = None,
        answers: Any = None,
        consents: Any = None,
        invitation: str | None = None,
        waits: bool | None = None,
        language: Any = None,
    ) -> dict[str, Any]:
        taken = registration.register(
            event_id=number_of(event_id, "Event"),
            person=caller.viewer,
            at=caller.at,
            channel=models.Registration.Channel.API,
            language=language.value if language else "",
            ticket_type_id=type_number(ticket_type_id),
            companions=companions_of(companions),
            answers=given(answers),
            consents=[Purpose(purpose.value) for purpose in consents or ()],
            invitation=invitation or "",
            waits=bool(waits),
        )
        return {"registration": taken}


class CancelRegistration(Act, permission=Permission.SIGNED_IN):
    """Give all its places back: one's own, or, for organisers, anybody's. The tickets are void from this moment."""

    class Input:
        """Which registration."""

        registration_id = graphene.ID(required=True, description="Its id.")

    registration = graphene.Field(Registration, description="The registration as it is now.")

    @staticmethod
    def do(caller: Any, *, registration_id: str) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        return {
            "registration": registration.cancel(registration_id=number, actor=caller.viewer, at=caller.at),
        }
