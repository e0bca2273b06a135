"""The columns of a table of organisations: how they are called, how a cell is read, and what is written into one.

The same columns go out and come in, so that a table that was exported can be corrected and brought back.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from network.models import Currency, Organisation, Stage
from network.people import phone_cleaned
from network.refusals import Invalid
from network.vietnamese import fold

Read = Callable[[str, str], Any]
TAX_CODE = re.compile(r"\d{10}(-\d{3})?")
YES: Final = {"co", "yes", "x", "1", "true", "dung"}
NO: Final = {"khong", "no", "0", "false", "sai"}
EARLIEST, LATEST = 1800, 2100


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: `name` is the field's, `facts` the relation that it stands in; `also` what else it may be called."""

    name: str
    label: Any
    read: Read
    facts: str = ""
    also: tuple[str, ...] = ()


def text(limit: int) -> Read:
    """Return a reader of texts up to a length."""

    def read(field: str, cell: str) -> str:
        if len(cell) > limit:
            raise Invalid(field=field, reason="too_long", limit=limit)
        return cell

    return read


def whole(least: int = 0, most: int = 2**62) -> Read:
    """Return a reader of whole numbers, with dots or spaces between thousands."""

    def read(field: str, cell: str) -> int:
        plain = re.sub(r"[.\s,](?=\d{3}\b)", "", cell)
        if not plain.isdecimal() or not least <= int(plain) <= most:
            raise Invalid(field=field, reason="out_of_range", least=least, most=most)
        return int(plain)

    return read


def degrees(most: int) -> Read:
    """Return a reader of degrees, with a point or a comma."""

    def read(field: str, cell: str) -> float:
        try:
            value = float(cell.replace(",", "."))
        except ValueError:
            value = float(most + 1)
        if not -most <= value <= most:
            raise Invalid(field=field, reason="out_of_range", least=-most, most=most)
        return value

    return read


def choice(choices: Any) -> Read:
    """Return a reader of one choice, by its code or by its words in the language of the moment."""

    def read(field: str, cell: str) -> str:
        wanted = fold(cell)
        for value, label in choices.choices:
            if wanted in (fold(value), fold(str(label))):
                return str(value)
        raise Invalid(field=field, reason="unknown")

    return read


def several(read_one: Read) -> Read:
    """Return a reader of several, with semicolons between them."""

    def read(field: str, cell: str) -> list[Any]:
        return [read_one(field, part) for part in parts(cell)]

    return read


def parts(cell: str) -> list[str]:
    """Return what stands between semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def yes_no(field: str, cell: str) -> bool:
    """Return whether a cell says yes. Raises Invalid (unknown)."""
    if fold(cell) in YES:
        return True
    if fold(cell) in NO:
        return False
    raise Invalid(field=field, reason="unknown")


def address(field: str, cell: str) -> str:
    """Return a web address. Raises Invalid (malformed, too_long)."""
    try:
        URLValidator(schemes=["http", "https"])(cell)
    except ValidationError as error:
        raise Invalid(field=field, reason="malformed", example="https://startup.example") from error
    return str(text(200)(field, cell))


def email(field: str, cell: str) -> str:
    """Return an e-mail address. Raises Invalid (malformed)."""
    try:
        validate_email(cell)
    except ValidationError as error:
        raise Invalid(field=field, reason="malformed", example="ten@startup.example") from error
    return cell.lower()


def phone(field: str, cell: str) -> str:
    """Return a phone number in its one form. Raises Invalid (malformed)."""
    try:
        return phone_cleaned(cell)
    except Invalid as refusal:
        raise Invalid(field=field, **refusal.facts) from refusal


def tax_code(field: str, cell: str) -> str:
    """Return a tax code: ten digits, perhaps three more. Raises Invalid (malformed)."""
    if not TAX_CODE.fullmatch(cell):
        raise Invalid(field=field, reason="malformed", example="0201234567")
    return cell


def slug_code(field: str, cell: str) -> str:
    """Return a code: small letters, digits, dashes. Raises Invalid (malformed)."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", cell):
        raise Invalid(field=field, reason="malformed", example="neo-cam-bien")
    return cell


def country(field: str, cell: str) -> str:
    """Return a country's two letters. Raises Invalid (malformed)."""
    if not re.fullmatch(r"[A-Za-z]{2}", cell):
        raise Invalid(field=field, reason="malformed", example="VN")
    return cell.upper()


def _both(
    name: str, label: Any, english: Any, read: Read, *, facts: str = "", also: tuple[str, ...] = ()
) -> list[Column]:
    return [
        Column(name=f"{name}_vi", label=label, read=read, facts=facts, also=also),
        Column(name=f"{name}_en", label=english, read=read, facts=facts),
    ]


COLUMNS: Final[tuple[Column, ...]] = (
    Column(name="code", label=_("Code"), read=slug_code),
    Column(name="kind", label=_("Kind of organisation"), read=choice(Organisation.Kind), also=("loai", "kind")),
    *_both("name", _("Name (Vietnamese)"), _("Name (English)"), text(200), also=("ten", "ten to chuc", "name")),
    *_both("summary", _("Summary (Vietnamese)"), _("Summary (English)"), text(300), also=("tom tat", "summary")),
    *_both("description", _("Description (Vietnamese)"), _("Description (English)"), text(5000), also=("mo ta",)),
    Column(name="sectors", label=_("Sectors"), read=several(text(120))),
    Column(name="needs", label=_("Looks for help with"), read=several(text(80))),
    Column(name="parent", label=_("Belongs to (code)"), read=slug_code),
    Column(name="street", label=_("Street"), read=text(200)),
    Column(name="ward", label=_("Ward, commune or special zone"), read=text(80), also=("phuong", "xa", "phuong xa")),
    Column(name="country", label=_("Country"), read=country),
    Column(name="latitude", label=_("Latitude"), read=degrees(90)),
    Column(name="longitude", label=_("Longitude"), read=degrees(180)),
    Column(name="website", label=_("Website"), read=address, also=("web",)),
    Column(name="links", label=_("Links"), read=several(address)),
    Column(name="contact_email", label=_("E-mail to be shown"), read=email, also=("email", "e-mail")),
    Column(name="contact_phone", label=_("Phone to be shown"), read=phone, also=("dien thoai", "phone")),
    Column(name="tax_code", label=_("Tax code"), read=tax_code, also=("mst",)),
    Column(name="founded_year", label=_("Founded in"), read=whole(EARLIEST, LATEST), also=("founded",)),
    Column(name="is_listed", label=_("Listed in the directory"), read=yes_no),
    Column(name="ticket_min", label=_("Smallest ticket"), read=whole(), facts="fund_facts"),
    Column(name="ticket_max", label=_("Largest ticket"), read=whole(), facts="fund_facts"),
    Column(name="currency", label=_("Currency"), read=choice(Currency), facts="fund_facts"),
    Column(name="stages", label=_("Stages of the fund"), read=several(choice(Stage)), facts="fund_facts"),
    *_both("offices", _("Offices (Vietnamese)"), _("Offices (English)"), text(300), facts="fund_facts"),
    Column(name="has_local_office", label=_("Office in Hai Phong"), read=yes_no, facts="fund_facts"),
    Column(name="fund_size", label=_("Size of the fund"), read=whole(), facts="fund_facts"),
    Column(name="stage", label=_("Stage of the startup"), read=choice(Stage), facts="startup_facts"),
    Column(name="team_size", label=_("People in the team"), read=whole(0, 100_000), facts="startup_facts"),
    *_both("products", _("Products (Vietnamese)"), _("Products (English)"), text(2000), facts="startup_facts"),
    Column(name="raises_now", label=_("Looks for investment now"), read=yes_no, facts="startup_facts"),
    *_both("services", _("Services (Vietnamese)"), _("Services (English)"), text(2000), facts="centre_facts"),
    *_both("equipment", _("Equipment (Vietnamese)"), _("Equipment (English)"), text(2000), facts="centre_facts"),
    Column(name="capacity", label=_("Work places"), read=whole(0, 1_000_000), facts="centre_facts"),
    Column(name="area_m2", label=_("Area in m²"), read=whole(0, 1_000_000_000), facts="centre_facts"),
    *_both("university", _("University (Vietnamese)"), _("University (English)"), text(200), facts="club_facts"),
    Column(name="members", label=_("Members of the club"), read=whole(0, 1_000_000), facts="club_facts"),
)
BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in COLUMNS}


def cell(row: Organisation, column: Column) -> Any:
    """Return what an organisation has in a column, as a cell of a table that can be brought back."""
    if column.name == "parent":
        return row.parent.code if row.parent else ""
    if column.name in ("sectors", "needs"):
        return "; ".join(each.code for each in getattr(row, column.name).all())
    holder = getattr(row, column.facts, None) if column.facts else row
    value = getattr(holder, column.name, None) if holder is not None else None
    if isinstance(value, bool):
        return "x" if value else "0"
    if isinstance(value, list):
        return "; ".join(value)
    return value if isinstance(value, int | float) else str(value or "")
