"""What attendees do: take a place, give it back."""

from typing import Any

import graphene

from events import models, registration
from network.doors import Permission
from network.global_ids import number_of

from ..acts import act, refusals
from ..fields import Language
from .tickets import Registration


class RegisterInput(graphene.InputObjectType):
    """Which event, and the language of the letters about it (else the person's own)."""

    event_id = graphene.ID(required=True)
    language = Language()


class Register(graphene.Mutation):
    """Take a place; the ticket is issued at once and also comes by mail."""

    class Meta:
        name = "RegisterPayload"

    class Arguments:
        input = RegisterInput(required=True)

    registration = graphene.Field(Registration)
    errors = refusals()

    @classmethod
    @act(Permission.SIGNED_IN)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        language = input.get("language")
        taken = registration.register(
            event_id=number_of(input["event_id"], "Event"),
            person=info.context.viewer,
            at=info.context.at,
            channel=models.Registration.Channel.API,
            language=language.value if language else "",
        )
        return cls(registration=taken)


class CancelRegistrationInput(graphene.InputObjectType):
    """Which registration."""

    registration_id = graphene.ID(required=True)


class CancelRegistration(graphene.Mutation):
    """Give a place back; the ticket is void from this moment."""

    class Meta:
        name = "CancelRegistrationPayload"

    class Arguments:
        input = CancelRegistrationInput(required=True)

    registration = graphene.Field(Registration)
    errors = refusals()

    @classmethod
    @act(Permission.SIGNED_IN)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        number = number_of(input["registration_id"], "Registration")
        given_back = registration.cancel(registration_id=number, actor=info.context.viewer, at=info.context.at)
        return cls(registration=given_back)


class EventsMutation(graphene.ObjectType):
    """Acts of attendees."""

    register = Register.Field(required=True)
    cancel_registration = CancelRegistration.Field(required=True)
