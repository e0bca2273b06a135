"""What an entry's owner may write, as inputs: one for each column, with the column's name."""

from typing import Any

import graphene
from django.db import models as fields
from django.utils.translation import override

from network.entries.columns import CODED, FACTS_OF, PICTURES, Column, Entry, columns_of
from network.entries.words import column_label
from network.models import Organisation, Profile, Visibility

from ..fields import choices

EntryVisibility = choices("EntryVisibility", Visibility, "Who sees a field of an entry.")


class FieldVisibilityInput(graphene.InputObjectType):
    """Who is to see a field of an entry."""

    field = graphene.String(required=True, description="As `MyProfile.visibility` names it.")
    visibility = EntryVisibility(required=True, description="Live at once, whoever asks.")


def inputs(description: str, *entries: Entry, **more: Any) -> type:
    """Return the `Input` of an act that writes such entries."""
    known = {name: (entry, column) for entry in entries for name, column in columns_of(entry).items()}
    with override(None):  # the schema is written in English
        written = {name: _input(entry, column) for name, (entry, column) in known.items()}
    seen = graphene.List(graphene.NonNull(FieldVisibilityInput), description="Who is to see which field.")
    return type("Input", (), {"__doc__": description, **more, **written, "visibility": seen})


def profile_inputs(description: str) -> type:
    """Of a person's entry. `sectorCodes` is what `sectors` was called first."""
    codes = graphene.List(graphene.NonNull(graphene.String), description="The same as `sectors`, for older apps.")
    return inputs(description, Profile(), sector_codes=codes)


def organisation_inputs(description: str) -> type:
    """Of an organisation's entry, of whatever kind; the facts of another kind are refused as unknown."""
    kinds = [Organisation(kind=kind) for kind in [Organisation.Kind.PARTNER, *FACTS_OF]]
    return inputs(
        description, *kinds, slug=graphene.String(required=True, description="Which organisation.")
    )  # fmt: skip


def given(typed: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return (values by column, visibility by field). Null empties a text or a number and leaves a switch as it is."""
    visibility = {row["field"]: row["visibility"].value for row in typed.pop("visibility", None) or []}
    if "sector_codes" in typed:
        typed.setdefault("sectors", typed.pop("sector_codes"))
    switches = {"is_listed", "takes_messages", "takes_suggestions", "has_local_office", "raises_now"}
    values = {name: value for name, value in typed.items() if value is not None or name not in switches}
    return values, visibility


def _input(entry: Entry, column: Column) -> Any:
    told, model_field = str(column_label(column)), column.model_field(entry)
    if column.name in PICTURES:
        return graphene.String(description="The id that POST /graphql/pictures answered with; empty takes it away.")
    if column.name in {"links", "languages", "stages", *CODED}:
        return graphene.List(graphene.NonNull(graphene.String), description=_listed(column, told))
    if isinstance(model_field, fields.BooleanField):
        return graphene.Boolean(description=told)
    if isinstance(model_field, fields.FloatField):
        return graphene.Float(description=told)
    # A fund's amounts do not fit into GraphQL's Int.
    if isinstance(model_field, fields.PositiveBigIntegerField):
        return graphene.String(description=f"{told}, in whole units, in digits")
    return graphene.Int(description=told) if isinstance(model_field, fields.IntegerField) else _text(column, told)


def _listed(column: Column, told: str) -> str:
    return f"{told}: {'addresses' if column.name == 'links' else 'codes'}"


def _text(column: Column, told: str) -> Any:
    spoken = {"_vi": ", in Vietnamese", "_en": ", in English"}.get(column.name[-3:], "")
    return graphene.String(description=f"{told}{spoken}")
