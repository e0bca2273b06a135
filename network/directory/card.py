"""An entry's card in the index: the words by which it is found, weighed by where they stand, and its facets."""

import json
from functools import cache
from typing import Any

from django.utils import translation

from network.directory import facets, words
from network.directory.words import BODY, CODE, FIELD, HEAD, INITIALS, JOINED, NAME, PLACE
from network.models import Organisation, Profile, Role
from network.visibility import Seen

LONG = 1500
"""Letters of a long text that count."""


def of(row: Organisation | Profile) -> str:
    """Return the card of a listed entry as JSON: only what everybody may see is on it."""
    weighed = _person(row) if isinstance(row, Profile) else _organisation(row)
    grouped = words.by_weight(weighed)
    names = [row.person.full_name] if isinstance(row, Profile) else _both(Seen(row), "name")
    card: dict[str, Any] = {
        "n": [" ".join(words.cut(name)) for name in dict.fromkeys(names) if name],
        "w": {str(weight): " ".join(sorted(found)) for weight, found in sorted(grouped.items())},
        "f": facets.of(row),
    }
    ward = Seen(row).ward
    if ward:
        card["a"] = ward
    return json.dumps(card, ensure_ascii=False, separators=(",", ":"))


def sort_key(row: Organisation | Profile) -> str:
    """Return the key by which entries follow one another: Vietnamese names, people by their given name."""
    return row.person.sort_key if isinstance(row, Profile) else row.sort_key


def _organisation(row: Organisation) -> list[tuple[int, set[str]]]:
    seen = Seen(row)
    names = _both(seen, "name")
    weighed = [(NAME, words.told(name)) for name in names]
    weighed += [(INITIALS, words.initials(name)) for name in names]
    weighed += [(JOINED, words.joined(name)) for name in names]
    weighed.append((CODE, set(words.cut(row.code))))
    weighed += _texts(seen, HEAD, "summary", "university")
    weighed += [(FIELD, words.told(label)) for label in _labels(row.kind)]
    weighed += _rows(seen.sectors, seen.needs)
    weighed.append((PLACE, words.told(seen.ward or "")))
    return weighed + _texts(seen, BODY, "description", "products", "services", "equipment")


def _person(row: Profile) -> list[tuple[int, set[str]]]:
    seen = Seen(row)
    weighed = [(NAME, words.told(row.person.full_name)), *_texts(seen, HEAD, "headline", "helps_with")]
    roles = [role.kind for role in row.roles.all() if role.until is None]
    weighed += [(FIELD, words.told(label)) for role in roles for label in _labels(role)]
    weighed += _rows(seen.sectors, seen.skills)
    weighed.append((PLACE, words.told(seen.ward or "")))
    return weighed + _texts(seen, BODY, "bio", "experience")


def _both(seen: Seen, name: str) -> list[str]:
    """A text in both languages, without those that are missing or hidden."""
    return [text for text in (getattr(seen, f"{name}_{language}") for language in ("vi", "en")) if text]


def _texts(seen: Seen, weight: int, *names: str) -> list[tuple[int, set[str]]]:
    return [(weight, words.told(text[:LONG])) for name in names for text in _both(seen, name)]


def _rows(*relations: list[Any]) -> list[tuple[int, set[str]]]:
    """The names of sectors and skills."""
    return [
        (FIELD, words.told(text)) for rows in relations for row in rows for text in (row.name_vi, row.name_en) if text
    ]


@cache
def _labels(value: str) -> tuple[str, ...]:
    """A kind of organisation, or a person's part, in both languages."""
    choice = Organisation.Kind(value) if value in Organisation.Kind.values else Role.Kind(value)
    spoken = []
    for language in ("vi", "en"):
        with translation.override(language):
            spoken.append(str(choice.label))
    return tuple(spoken)
