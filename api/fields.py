"""Fields that several types have in common."""

from collections.abc import Callable
from typing import Any

import graphene
from django.db.models import Model, TextChoices

from network.global_ids import global_id

from .batch import Lookups, load


class Language(graphene.Enum):
    """The languages of the platform."""

    VI = "vi"
    EN = "en"


def choices(name: str, source: type[TextChoices], description: str) -> type[graphene.Enum]:
    """Make an enum of a model's choices."""
    made: type[graphene.Enum] = graphene.Enum(
        name, [(value.upper(), value) for value in source.values], description=description
    )
    return made


def chosen(of: type[graphene.Enum], name: str, description: str = "") -> graphene.Field:
    """One of a model's choices. A row just written holds the choice itself where one just read holds its text."""
    return graphene.Field(
        of, required=True, description=description or None, resolver=lambda row, info: str(getattr(row, name))
    )


def identifier() -> graphene.ID:
    """The global id of a row."""
    return graphene.ID(required=True, description="Its global id.", resolver=lambda row, info: global_id(row))


def spoken_language() -> graphene.Enum:
    """The argument of a text in both languages."""
    return Language(description="In which language; without it, in that of the answer.")


def text(name: str, description: str = "") -> graphene.Field:
    """A text in the language of the answer, or in the one asked for; Vietnamese where a translation is missing."""

    def resolve(row: Model, info: Any, language: Any = None) -> str:
        if language is None:
            return getattr(row, name) or ""
        return getattr(row, f"{name}_{language.value}") or getattr(row, f"{name}_vi") or ""

    return graphene.Field(
        graphene.String, required=True, language=spoken_language(), description=description or None, resolver=resolve
    )


def one(
    of: Any, name: str, description: str = "", *, shown: Callable[[Any], bool] = lambda row: True
) -> graphene.Field:
    """A related row, loaded for the whole batch; None where there is none or it is not shown."""

    def resolve(row: Model, info: Any) -> Any:
        found = load(row, name)
        return found if found is not None and shown(found) else None

    return graphene.Field(of, description=description or None, resolver=resolve)


def many(of: Any, name: str, description: str = "", lookups: Lookups | None = None) -> graphene.List:
    """Related rows, loaded for the whole batch."""
    return graphene.List(
        graphene.NonNull(of),
        required=True,
        description=description or None,
        resolver=lambda row, info: load(row, name, lookups),
    )
