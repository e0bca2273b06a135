"""What the fields of an entry are called, and what stands in them in words: for forms, reviews, histories, previews."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from network.entries.columns import CODED, PICTURES, Column, Entry, Json, columns_in, columns_of
from network.models import Stage

LABELS: Final[Mapping[str, Any]] = {
    "headline": gettext_lazy("One line about you"),
    "bio": gettext_lazy("About you"),
    "helps_with": gettext_lazy("You help with"),
    "experience": gettext_lazy("Experience"),
    "languages": gettext_lazy("Languages"),
    "years_of_experience": gettext_lazy("Years of experience"),
    "availability": gettext_lazy("Availability"),
    "sectors": gettext_lazy("Fields of work"),
    "skills": gettext_lazy("Skills"),
    "ward": gettext_lazy("Ward"),
    "website": gettext_lazy("Website"),
    "links": gettext_lazy("Links"),
    "photo": gettext_lazy("Photo"),
    "contact_email": gettext_lazy("E-mail in the directory"),
    "contact_phone": gettext_lazy("Phone in the directory"),
    "name": gettext_lazy("Name of the organisation"),
    "summary": gettext_lazy("In one sentence"),
    "description": gettext_lazy("Description"),
    "needs": gettext_lazy("Looks for help with"),
    "street": gettext_lazy("Street"),
    "position": gettext_lazy("Position on the map"),
    "logo": gettext_lazy("Logo"),
    "founded_year": gettext_lazy("Founded in"),
    "tax_code": gettext_lazy("Tax code"),
    "ticket": gettext_lazy("Ticket size"),
    "fund_size": gettext_lazy("Size of the fund"),
    "stages": gettext_lazy("Stages it invests in"),
    "offices": gettext_lazy("Offices"),
    "stage": gettext_lazy("Stage"),
    "team_size": gettext_lazy("People in the team"),
    "products": gettext_lazy("Products"),
    "raises_now": gettext_lazy("Looks for investment now"),
    "services": gettext_lazy("Services"),
    "equipment": gettext_lazy("Equipment"),
    "capacity": gettext_lazy("Room"),
    "university": gettext_lazy("University"),
    "members": gettext_lazy("Members"),
    "is_listed": gettext_lazy("Listed in the directory"),
    "takes_messages": gettext_lazy("Takes messages"),
    "takes_suggestions": gettext_lazy("Is suggested to others"),
}
"""By field."""

COLUMN_LABELS: Final[Mapping[str, Any]] = {
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "ticket_min": gettext_lazy("Smallest ticket"),
    "ticket_max": gettext_lazy("Largest ticket"),
    "currency": gettext_lazy("Currency"),
    "offices_vi": gettext_lazy("Offices"),
    "offices_en": gettext_lazy("Offices"),
    "has_local_office": gettext_lazy("Has an office in Hai Phong"),
    "capacity": gettext_lazy("Work places"),
    "area_m2": gettext_lazy("Area in m²"),
}
"""By column, where a field has several that are no translations of one another."""


def label_of(name: str) -> str:
    """Return what a field is called."""
    return str(LABELS.get(name, name))


def column_label(column: Column) -> str:
    """Return what a column is called where it stands alone."""
    return str(COLUMN_LABELS.get(column.name, LABELS.get(column.field, column.name)))


def language_name(code: str) -> str:
    """Return what a language is called in the active language."""
    if code == "zh":  # Django knows only its two ways of writing
        return _("Chinese")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def told(entry: Entry, column: Column, value: Json) -> str:
    """Return a column's value in words; "" for none. A picture is told by its name."""
    if value in (None, "", []):
        return ""
    if column.name in CODED:
        rows = CODED[column.name].objects.filter(code__in=value)
        return ", ".join(str(row.name) for row in rows)
    if column.name == "stages":
        return ", ".join(str(Stage(code).label) for code in value)
    if column.name == "languages":
        return ", ".join(language_name(code) for code in str(value).replace(",", " ").split())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, int) and column.name != "founded_year":
        return number_format(value, force_grouping=True)
    choices = {} if column.name in PICTURES else dict(column.model_field(entry).flatchoices)
    return str(choices.get(value, value))


def lines(entry: Entry, field: str, values: Mapping[str, Json]) -> list[tuple[str, str]]:
    """Return what a field says, one line for each column with something in it: (what the column is, the words)."""
    known = columns_of(entry)
    of_field = columns_in(entry, field)
    said = [
        (_mark(column, len(of_field)), told(entry, known[column.name], values[column.name]))
        for column in of_field
        if column.name in values
    ]
    return [(mark, words) for mark, words in said if words]


def _mark(column: Column, columns: int) -> str:
    if columns == 1:
        return ""
    if column.name.endswith("_vi"):
        return "Tiếng Việt"
    return "English" if column.name.endswith("_en") else column_label(column)
