"""What the values of the facets are called, in the language of the answer, in the order in which they are offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from network.directory import facets
from network.directory.finding import Found, Kind
from network.directory.memory import memory
from network.models import Organisation, Profile, Role, Sector, Skill, Stage
from network.vietnamese import sort_key

Names = dict[str, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value of a facet, and how many of what was found have it."""

    value: str
    label: str
    count: int


CHOICES: Final = {
    "kind": Organisation.Kind,
    "stage": Stage,
    "role": Role.Kind,
    "availability": Profile.Availability,
}


def names(kind: Kind) -> Names:
    """Return every value of each facet with its name; what is not here is no value."""
    known = facets.PEOPLE if kind == Kind.PROFILE else facets.ORGANISATIONS
    held = _held(kind)
    skills = {row.code: row.name for row in Skill.objects.all()}
    told: Names = {
        "sector": {row.code: row.name for row in Sector.objects.all()},
        "skill": skills,
        "need": skills,
        "ward": dict(sorted(held["ward"].items(), key=lambda pair: sort_key(pair[1]))),
        "language": {code: language(code) for code in sorted(held["language"])},
        "office": {facets.YES: _("Has an office in Hai Phong")},
        "raising": {facets.YES: _("Looks for investment now")},
    }
    told |= {name: {value: str(label) for value, label in of.choices} for name, of in CHOICES.items()}
    return {name: told[name] for name in known}


def counted(found: Found, told: Names) -> dict[str, list[Value]]:
    """Return the values that somebody has, by facet, in the order of their names' list."""
    return {
        name: [
            Value(value=value, label=label, count=found.counts[name][value])
            for value, label in values.items()
            if value in found.counts[name]
        ]
        for name, values in told.items()
    }


def language(code: str) -> str:
    """Return what a language is called, its code if nobody knows."""
    try:
        told = str(get_language_info(code)["name_translated"])
        return told[:1].upper() + told[1:]
    except KeyError:
        return code


def _held(kind: Kind) -> Mapping[str, dict[str, str]]:
    with memory.current() as shelves:
        shelf = shelves[kind]
        return {"ward": dict(shelf.wards), "language": dict.fromkeys(shelf.values.get("language", {}), "")}
