"""The facets of the directory: what entries are narrowed by, and which values of them anybody may know."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from network.models import Organisation, Profile
from network.vietnamese import slug
from network.visibility import Seen

YES = "1"
"""The one value of a facet that is a yes."""

Values = Callable[[Seen], Iterable[str]]


def _codes(relation: str) -> Values:
    return lambda seen: [row.code for row in getattr(seen, relation)]


def _stages(seen: Seen) -> Iterable[str]:
    """A startup is at one stage, a fund invests in several."""
    return {stage for stage in (seen.stage, *(seen.stages or [])) if stage}


ORGANISATIONS: Final[Mapping[str, Values]] = {
    "kind": lambda seen: [seen.kind],
    "sector": _codes("sectors"),
    "stage": _stages,
    "need": _codes("needs"),
    "ward": lambda seen: [slug(seen.ward)] if seen.ward else [],
    "office": lambda seen: [YES] if seen.has_local_office else [],
    "raising": lambda seen: [YES] if seen.raises_now else [],
}
PEOPLE: Final[Mapping[str, Values]] = {
    "role": lambda seen: [role.kind for role in seen.roles.all() if role.until is None],
    "sector": _codes("sectors"),
    "skill": _codes("skills"),
    "language": lambda seen: [code.strip() for code in seen.languages.split(",") if code.strip()],
    "availability": lambda seen: [seen.availability] if seen.availability else [],
    "ward": lambda seen: [slug(seen.ward)] if seen.ward else [],
}


def of(row: Organisation | Profile) -> dict[str, list[str]]:
    """Return the values of each facet that everybody may know of an entry; facets without any are left out."""
    seen = Seen(row)
    facets = PEOPLE if isinstance(row, Profile) else ORGANISATIONS
    told = {name: sorted(values(seen)) for name, values in facets.items()}
    return {name: values for name, values in told.items() if values}
