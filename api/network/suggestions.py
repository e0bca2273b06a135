"""Suggestions with reasons, for whoever keeps an entry."""

from typing import Any

import graphene

from network import models
from network.contact.queries import entry_of_id
from network.doors import Permission
from network.global_ids import global_id, number_of
from network.refusals import NotFound, Refusal
from network.suggestions import dismissing, kinds, suggesting
from network.suggestions.wording import because
from network.wording import word

from ..acts import Act
from ..batch import together
from ..errors import Refused
from ..permission import permitted
from .types import Organisation, Profile

SuggestionKind = graphene.Enum(
    "SuggestionKind", [(kind.value, kind.value) for kind in kinds.Kind], description="What is suggested."
)
ReasonCode = graphene.Enum(
    "ReasonCode", [(code.value, code.value) for code in kinds.Code], description="What speaks for a suggestion."
)


class SuggestionReason(graphene.ObjectType):
    """One “because”."""

    code = graphene.Field(ReasonCode, required=True, description="What programs decide by.")
    text = graphene.String(required=True, description="In words, one clause, in the language of the answer.")
    weight = graphene.Int(required=True)

    resolve_code = staticmethod(lambda pair, info: pair[0].code.value)
    resolve_text = staticmethod(lambda pair, info: because(*pair))
    resolve_weight = staticmethod(lambda pair, info: pair[0].weight)


class Suggestion(graphene.ObjectType):
    """An entry that is suggested, and why; one of `profile` and `organisation` is set."""

    entry_id = graphene.ID(required=True, description="Of the entry that is suggested.")
    profile = graphene.Field(Profile, description="A mentor.")
    organisation = graphene.Field(Organisation, description="A startup or a fund.")
    score = graphene.Int(required=True, description="What all reasons weigh.")
    reasons = graphene.List(graphene.NonNull(SuggestionReason), required=True, description="The weightiest first.")

    resolve_entry_id = staticmethod(lambda pair, info: global_id(pair[0].entry.row))
    resolve_score = staticmethod(lambda pair, info: pair[0].score)
    resolve_reasons = staticmethod(lambda pair, info: [(reason, pair[1]) for reason in pair[0].reasons])

    @staticmethod
    def resolve_profile(pair: Any, info: Any) -> Any:
        row = pair[0].entry.row
        return row if isinstance(row, models.Profile) else None

    @staticmethod
    def resolve_organisation(pair: Any, info: Any) -> Any:
        row = pair[0].entry.row
        return row if isinstance(row, models.Organisation) else None


def _entry(text: str, viewer: Any = None) -> kinds.Entry:
    """A listed entry, or one that the viewer keeps, listed or not. Raises NotFound."""
    numbers = {"profile_id": number_of(text, "Profile"), "organisation_id": number_of(text, "Organisation")}
    found = entry_of_id(**numbers) or suggesting.kept_entry(person=viewer, **numbers)
    if found is None:
        raise NotFound(kind="entry")
    return found


class DismissSuggestion(Act, permission=Permission.SIGNED_IN):
    """“Not for me”: do not suggest an entry to the viewer again, or (`undo`) do."""

    class Input:
        """Which."""

        entry_id = graphene.ID(required=True, description="The entry that was suggested.")
        undo = graphene.Boolean(description="Let it be suggested again.")

    is_dismissed = graphene.Boolean(description="Whether it is dismissed now.")

    @staticmethod
    def do(caller: Any, *, entry_id: str, undo: bool | None = None) -> dict[str, Any]:
        found = _entry(entry_id, caller.viewer)
        if undo:
            dismissing.undismiss(entry=found, actor=caller.viewer)
        else:
            dismissing.dismiss(entry=found, actor=caller.viewer, at=caller.at)
        return {"is_dismissed": not undo}


class SetSuggestionsOptOut(Act, permission=Permission.SIGNED_IN):
    """Take an entry that the viewer keeps out of suggestions: it is suggested to nobody, and nobody to it."""

    class Input:
        """Which, and whether."""

        entry_id = graphene.ID(required=True, description="A Profile or an Organisation.")
        out = graphene.Boolean(required=True, description="True: out of suggestions; false: back into them.")

    is_out = graphene.Boolean(description="Whether it is out now.")

    @staticmethod
    def do(caller: Any, *, entry_id: str, out: bool) -> dict[str, Any]:
        found = dismissing.set_opt_out(entry=_entry(entry_id, caller.viewer), actor=caller.viewer, out=out)
        return {"is_out": not found.takes_suggestions}


class SuggestionsQuery(graphene.ObjectType):
    """What is suggested."""

    suggestions = graphene.List(
        graphene.NonNull(Suggestion),
        required=True,
        description="For an entry that the viewer keeps, the best first; 24 at most.",
        args={
            "for": graphene.ID(required=True, description="A Profile or an Organisation."),
            "kind": SuggestionKind(required=True, description="What is wanted."),
            "first": graphene.Int(default_value=6, description="How many."),
        },
    )

    @permitted(Permission.SIGNED_IN)
    def resolve_suggestions(self: Any, info: Any, kind: Any, first: int = 6, **named: str) -> Any:
        viewer = info.context.viewer
        try:
            entry = _entry(named["for"], viewer)
            found = suggesting.suggest(entry=entry, kind=kind.value, viewer=viewer, most=first)
        except Refusal as refusal:
            raise Refused(_CODES.get(refusal.code, "BAD_USER_INPUT"), detail=word(refusal)) from None
        together([each.entry.row for each in found])
        return [(each, kinds.Kind(kind.value)) for each in found]


_CODES = {"NOT_PERMITTED": "FORBIDDEN", "NOT_FOUND": "FORBIDDEN"}


class SuggestionsMutation(graphene.ObjectType):
    """Not for me."""

    dismiss_suggestion = DismissSuggestion.Field(required=True)
    set_suggestions_opt_out = SetSuggestionsOptOut.Field(required=True)
