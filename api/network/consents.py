"""Consents: what may be done with the viewer's data, one by one."""

from typing import Any

import graphene
from django.utils.translation import get_language

from network import consents, models
from network.consents import TEXTS, Purpose
from network.doors import Permission

from ..acts import Act
from ..batch import together
from ..fields import Language, choices, chosen, spoken_language
from ..permission import permitted

ConsentPurpose = choices("ConsentPurpose", models.Consent.Purpose, "What may be done; never two in one.")
ConsentChannel = choices("ConsentChannel", models.Consent.Channel, "The door that a consent was given by.")


def _worded(name: str, description: str) -> graphene.Field:
    """A part of a purpose's current text."""

    def resolve(purpose: Purpose, info: Any, language: Any = None) -> str:
        spoken = language.value if language else get_language() or ""
        return getattr(TEXTS[purpose], name)(spoken)

    return graphene.Field(
        graphene.String, required=True, language=spoken_language(), description=description, resolver=resolve
    )


class ConsentText(graphene.ObjectType):
    """What somebody is asked to agree to."""

    purpose = graphene.Field(ConsentPurpose, required=True, description="What it is for.")
    version = graphene.Int(required=True, description="Of the text; another text is asked anew.")
    title = _worded("title", "To stand beside the box.")
    text = _worded("text", "To be read before one agrees.")
    is_required = graphene.Boolean(required=True, description="Whether nobody can be registered without it.")

    resolve_purpose = staticmethod(lambda purpose, info: str(purpose))
    resolve_version = staticmethod(lambda purpose, info: TEXTS[purpose].version)
    resolve_is_required = staticmethod(lambda purpose, info: purpose == Purpose.REGISTRATION)


class Consent(graphene.ObjectType):
    """What the viewer agreed to."""

    purpose = chosen(ConsentPurpose, "purpose", "What it is for.")
    version = graphene.Int(required=True, description="Of the text that was read.")
    language = graphene.Field(Language, required=True, description="Of the text that was read.")
    channel = chosen(ConsentChannel, "channel", "The door that it was given by.")
    given_at = graphene.DateTime(required=True, description="When it was agreed to.")
    withdrawn_at = graphene.DateTime(description="Null while it stands.")
    is_standing = graphene.Boolean(
        required=True, description="Whether it holds now: neither withdrawn nor to a text that has been replaced."
    )

    resolve_version = staticmethod(lambda row, info: row.text_version)
    resolve_language = staticmethod(lambda row, info: str(row.language))

    @staticmethod
    def resolve_is_standing(row: models.Consent, info: Any) -> bool:
        return row.withdrawn_at is None and row.text_version == TEXTS[Purpose(row.purpose)].version


def missing(viewer: Any) -> list[Purpose]:
    """Return the purposes that the viewer, or somebody unknown, has not agreed to."""
    return consents.to_ask(viewer) if viewer.is_authenticated else list(Purpose)


def _recorded() -> graphene.List:
    return graphene.List(
        graphene.NonNull(Consent),
        description="Everything that the viewer ever agreed to, newest first.",
        resolver=lambda payload, info: None if payload.errors else together(consents.record(info.context.viewer)),
    )


class GiveConsent(Act, permission=Permission.SIGNED_IN):
    """Agree to one purpose, having read its current text."""

    class Input:
        """What is agreed to, and the language in which it was read (else that of the answer)."""

        purpose = ConsentPurpose(required=True, description="What it is for.")
        language = Language(description="Of the text that was read.")

    consents = _recorded()

    @staticmethod
    def do(caller: Any, *, purpose: Any, language: Any = None) -> dict[str, Any]:
        spoken = language.value if language else get_language() or ""
        consents.give(
            person=caller.viewer,
            purposes=[Purpose(purpose.value)],
            language=spoken,
            channel=models.Consent.Channel.API,
            at=caller.at,
        )
        return {}


class WithdrawConsent(Act, permission=Permission.SIGNED_IN):
    """Withdraw a consent. Registrations stay until they are cancelled; whoever leaves the directory is hidden."""

    class Input:
        """What is no longer agreed to."""

        purpose = ConsentPurpose(required=True, description="What it is for.")

    consents = _recorded()

    @staticmethod
    def do(caller: Any, *, purpose: Any) -> dict[str, Any]:
        consents.withdraw(person=caller.viewer, purpose=Purpose(purpose.value), at=caller.at)
        return {}


class ConsentsQuery(graphene.ObjectType):
    """What the viewer agreed to."""

    my_consents = graphene.List(
        graphene.NonNull(Consent), required=True, description="Everything ever agreed to, newest first."
    )
    consent_texts = graphene.List(
        graphene.NonNull(ConsentText), required=True, description="The current text of each purpose."
    )

    @permitted(Permission.SIGNED_IN)
    def resolve_my_consents(self: Any, info: Any) -> Any:
        return together(consents.record(info.context.viewer))

    @permitted(Permission.PUBLIC)
    def resolve_consent_texts(self: Any, info: Any) -> list[Purpose]:
        return list(Purpose)


class ConsentsMutation(graphene.ObjectType):
    """Agreeing and withdrawing."""

    give_consent = GiveConsent.Field(required=True)
    withdraw_consent = WithdrawConsent.Field(required=True)
