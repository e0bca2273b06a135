"""Fields of entries as the caller may see them: every one goes through `network.visibility`, however deep it is asked.

Who the caller is to the directory is found once for an execution, and only if some field is not for everybody.
"""

from typing import Any

import graphene

from network.entry_fields import fields_of
from network.models import Visibility
from network.visibility import NOBODY, Seen, Standing, chosen, standing_of

from ..batch import Lookups, load
from ..fields import spoken_language


def standing(info: Any) -> Standing:
    """Return what the caller is to the directory; each answer of a subscription asks anew."""
    held = getattr(info.context, "_standing", None)
    if held is None or held[0] is not info.root_value:
        held = (info.root_value, standing_of(info.context.viewer))
        info.context._standing = held
    found: Standing = held[1]
    return found


def may_see(row: Any, field: str, info: Any) -> bool:
    """Whether the caller may see a field of an entry."""
    return chosen(row, fields_of(row)[field]) == Visibility.PUBLIC or standing(info).may_see(row, field)


def seen(row: Any, field: str, info: Any) -> Seen:
    """Return the entry to read `field` from; a stranger's sight is enough for what everybody sees."""
    is_public = chosen(row, fields_of(row)[field]) == Visibility.PUBLIC
    return Seen(row, NOBODY if is_public else standing(info))


def seen_text(name: str, description: str = "", *, field: str = "", facts: str = "") -> graphene.Field:
    """A text in both languages, empty where the caller may not see it. `facts`: the relation that it stands in."""

    def resolve(row: Any, info: Any, language: Any = None) -> str:
        if facts:
            load(row, facts)
        entry = seen(row, field or name, info)
        if language is None:
            return getattr(entry, name) or ""
        return getattr(entry, f"{name}_{language.value}") or getattr(entry, f"{name}_vi") or ""

    return graphene.Field(
        graphene.String, required=True, language=spoken_language(), description=description or None, resolver=resolve
    )


def seen_value(of: Any, name: str, description: str = "", *, field: str = "", facts: str = "") -> graphene.Field:
    """A value, null where there is none or the caller may not see it."""

    def resolve(row: Any, info: Any) -> Any:
        if facts:
            load(row, facts)
        value = getattr(seen(row, field or name, info), name)
        return None if value is None or value == "" else value

    return graphene.Field(of, description=description or None, resolver=resolve)


def seen_string(name: str, description: str = "") -> graphene.Field:
    """A text in no language, empty where the caller may not see it."""

    def resolve(row: Any, info: Any) -> str:
        return str(getattr(seen(row, name, info), name) or "")

    return graphene.Field(graphene.String, required=True, description=description or None, resolver=resolve)


def seen_file(name: str, description: str) -> graphene.Field:
    """The address of a file, null where there is none or the caller may not see it."""

    def resolve(row: Any, info: Any) -> str | None:
        file = getattr(seen(row, name, info), name)
        return file.url if file else None

    return graphene.Field(graphene.String, description=description, resolver=resolve)


def seen_many(of: Any, name: str, description: str = "", lookups: Lookups | None = None) -> graphene.List:
    """Related rows, loaded for the whole batch; none where the caller may not see them."""

    def resolve(row: Any, info: Any) -> Any:
        return load(row, name, lookups) if may_see(row, name, info) else []

    return graphene.List(graphene.NonNull(of), required=True, description=description or None, resolver=resolve)
