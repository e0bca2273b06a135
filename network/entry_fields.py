"""The fields of an entry in the directory: which there are, who may see them by default, and which may be hidden.

One list serves the form, the review, the page, the API, the export and the generated test of who sees what: a field
that is not listed here is not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from network.models import Organisation, Profile, Visibility


@dataclass(frozen=True, kw_only=True)
class EntryField:
    """A field of an entry.

    `columns` are the model's own; for what stands in rows of their own (`facts` of its kind, sectors), the relation.
    `may_hide`: the owner chooses who sees it; a field that may not be hidden is what the directory consists of.
    """

    name: str
    columns: tuple[str, ...]
    default: Visibility = Visibility.PUBLIC
    may_hide: bool = True
    many: bool = False


def _words(name: str, *, may_hide: bool = True) -> EntryField:
    return EntryField(name=name, columns=(f"{name}_vi", f"{name}_en"), may_hide=may_hide)


def _plain(column: str, *, default: Visibility = Visibility.PUBLIC, may_hide: bool = True) -> EntryField:
    return EntryField(name=column.rsplit(".", 1)[-1], columns=(column,), default=default, may_hide=may_hide)


def _rows(name: str, *, may_hide: bool = True) -> EntryField:
    return EntryField(name=name, columns=(name,), may_hide=may_hide, many=True)


def _named(*fields: EntryField) -> Mapping[str, EntryField]:
    return {field.name: field for field in fields}


PROFILE_FIELDS: Final = _named(
    _words("headline", may_hide=False),
    _words("bio"),
    _words("helps_with"),
    _words("experience"),
    _plain("languages"),
    _plain("years_of_experience"),
    _plain("availability"),
    _rows("sectors", may_hide=False),
    _rows("skills", may_hide=False),
    _plain("ward"),
    _plain("website"),
    _plain("links"),
    _plain("photo"),
    _plain("contact_email", default=Visibility.STAFF),
    _plain("contact_phone", default=Visibility.STAFF),
)
"""A person's entry. The name, the roles and whether it is listed are not fields: without them there is no entry."""

ORGANISATION_FIELDS: Final = _named(
    _words("name", may_hide=False),
    _words("summary", may_hide=False),
    _words("description"),
    _rows("sectors", may_hide=False),
    _rows("needs"),
    _plain("street"),
    _plain("ward", may_hide=False),
    EntryField(name="position", columns=("latitude", "longitude")),
    _plain("website"),
    _plain("links"),
    _plain("logo"),
    _plain("founded_year"),
    _plain("tax_code", default=Visibility.STAFF),
    _plain("contact_email", default=Visibility.STAFF),
    _plain("contact_phone", default=Visibility.STAFF),
    EntryField(name="ticket", columns=("fund_facts.ticket_min", "fund_facts.ticket_max", "fund_facts.currency")),
    _plain("fund_facts.fund_size", default=Visibility.MEMBERS),
    _plain("fund_facts.stages", may_hide=False),
    EntryField(
        name="offices", columns=("fund_facts.offices_vi", "fund_facts.offices_en", "fund_facts.has_local_office")
    ),
    _plain("startup_facts.stage", may_hide=False),
    _plain("startup_facts.team_size"),
    EntryField(name="products", columns=("startup_facts.products_vi", "startup_facts.products_en")),
    _plain("startup_facts.raises_now", default=Visibility.MEMBERS),
    EntryField(name="services", columns=("centre_facts.services_vi", "centre_facts.services_en")),
    EntryField(name="equipment", columns=("centre_facts.equipment_vi", "centre_facts.equipment_en")),
    EntryField(name="capacity", columns=("centre_facts.capacity", "centre_facts.area_m2")),
    EntryField(name="university", columns=("club_facts.university_vi", "club_facts.university_en"), may_hide=False),
    _plain("club_facts.members"),
    _rows("funding_rounds"),
    _rows("intellectual_property"),
)
"""An organisation's entry, of whatever kind; columns with a dot stand in the facts of its kind."""


def fields_of(row: Profile | Organisation) -> Mapping[str, EntryField]:
    """Return the fields of an entry, by name."""
    return PROFILE_FIELDS if isinstance(row, Profile) else ORGANISATION_FIELDS
