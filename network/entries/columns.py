"""The columns of an entry that its owner writes, those of its kind among them; read and written as JSON values.

A column is called by its own name (`headline_vi`, `sectors`, `ticket_min`); what an entry consists of besides its
fields (whether it is listed, takes messages, is suggested) stands here under the same terms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from django.db.models import Model
from django.db.models.fields.files import FieldFile

from network.entry_fields import EntryField, fields_of
from network.models import CentreFacts, ClubFacts, FundFacts, Organisation, Profile, Sector, Skill, StartupFacts

Entry = Profile | Organisation
Json = Any
Kind = Organisation.Kind

CENTRES = (
    Kind.CORE_CENTRE, Kind.CORE_ZONE, Kind.SATELLITE_CENTRE, Kind.INCUBATOR, Kind.INNOVATION_SPACE,
    Kind.COWORKING_SPACE, Kind.RESEARCH_ORGANISATION,
)  # fmt: skip
FACTS_OF: Final[Mapping[str, str]] = {
    **dict.fromkeys((Kind.VENTURE_FUND, Kind.PUBLIC_FUND, Kind.ANGEL_INVESTOR), "fund_facts"),
    **dict.fromkeys(CENTRES, "centre_facts"),
    Kind.STARTUP: "startup_facts",
    Kind.UNIVERSITY_CLUB: "club_facts",
}
"""Which facts an organisation of a kind has; the others have none."""
HOLDERS: Final[Mapping[str, type[Model]]] = {
    "fund_facts": FundFacts,
    "startup_facts": StartupFacts,
    "centre_facts": CentreFacts,
    "club_facts": ClubFacts,
}
CODED: Final[Mapping[str, type[Sector | Skill]]] = {"sectors": Sector, "skills": Skill, "needs": Skill}
PICTURES: Final = frozenset({"photo", "logo"})
SETTINGS: Final = ("is_listed", "takes_messages", "takes_suggestions")
BY_STAFF: Final = frozenset({"funding_rounds", "intellectual_property"})
"""Rows with sources, which those who keep the directory enter."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name, the entry's field that it belongs to, and the facts that it stands in ("" for none)."""

    name: str
    field: str
    facts: str = ""

    def model_field(self, entry: Entry) -> Any:
        """Return the field of the model."""
        return (HOLDERS[self.facts] if self.facts else type(entry))._meta.get_field(self.name)


def written_fields(entry: Entry) -> dict[str, EntryField]:
    """Return the fields of an entry of this kind that its owner writes."""
    facts = facts_of(entry)
    return {
        name: field
        for name, field in fields_of(entry).items()
        if name not in BY_STAFF and all("." not in path or path.startswith(f"{facts}.") for path in field.columns)
    }


def facts_of(entry: Entry) -> str:
    """Return the name of the facts that an entry of this kind has, or ""."""
    return "" if isinstance(entry, Profile) else FACTS_OF.get(entry.kind, "")


def columns_of(entry: Entry) -> dict[str, Column]:
    """Return the columns by name, in the order of the entry's fields; the settings last."""
    found = [
        Column(name=path.rpartition(".")[2], field=field.name, facts=path.rpartition(".")[0])
        for field in written_fields(entry).values()
        for path in field.columns
    ]
    found += [Column(name=name, field=name) for name in SETTINGS]
    return {column.name: column for column in found}


def columns_in(entry: Entry, field: str) -> list[Column]:
    """Return the columns of one field."""
    return [column for column in columns_of(entry).values() if column.field == field]


def read(entry: Entry, column: Column) -> Json:
    """Return what stands in a column, as JSON: codes of rows, the bare name of a picture, "" for no text."""
    if column.name in CODED:
        return sorted(row.code for row in getattr(entry, column.name).all())
    holder = getattr(entry, column.facts, None) if column.facts else entry
    if holder is None:  # no facts yet
        model_field = column.model_field(entry)
        value = model_field.get_default() if model_field.has_default() else None
    else:
        value = getattr(holder, column.name)
    if isinstance(value, FieldFile):
        return PurePath(value.name or "").name
    if isinstance(value, list):
        return list(value)
    return value if isinstance(value, bool | int | float) else plain(entry, column, value)


def plain(entry: Entry, column: Column, value: Any) -> Json:
    """Return a text for what is one; nothing stays nothing only where a number is meant."""
    if value in (None, ""):
        return None if column.model_field(entry).null and not column.name.endswith(("_vi", "_en")) else ""
    return str(getattr(value, "as_e164", value))


def read_field(entry: Entry, field: str) -> dict[str, Json]:
    """Return what stands in every column of a field."""
    return {column.name: read(entry, column) for column in columns_in(entry, field)}


def read_all(entry: Entry) -> dict[str, Json]:
    """Return what stands in every column."""
    return {name: read(entry, column) for name, column in columns_of(entry).items()}


def by_field(entry: Entry, names: Iterable[str]) -> list[str]:
    """Return the fields that these columns belong to, each once."""
    known = columns_of(entry)
    return list(dict.fromkeys(known[name].field for name in names))
