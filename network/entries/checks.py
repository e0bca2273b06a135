"""What may stand in a column of an entry: one check for each kind of value, refused at the column."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models

from network import people
from network.entries.columns import CODED, PICTURES, SETTINGS, Column, Entry, Json, columns_of, read
from network.entry_fields import fields_of
from network.models import Organisation, Stage, Visibility
from network.refusals import Invalid, gather

MOST_LINKS = 8
LONGEST_LINK = 200
LONGEST_TEXT = 4000
LANGUAGES: Final = ("vi", "en", "zh", "ja", "ko", "fr", "de", "ru", "es", "th")
MOST_CODES: Final = {"sectors": 5, "skills": 12, "needs": 12}
RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "years_of_experience": (0, 70),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "ticket_min": (0, 10**15),
    "ticket_max": (0, 10**15),
    "fund_size": (0, 10**15),
    "team_size": (0, 1_000_000),
    "capacity": (0, 1_000_000),
    "area_m2": (0, 10_000_000),
    "members": (0, 1_000_000),
}
FIRST_YEAR = 1800
REQUIRED: Final = frozenset({"headline_vi", "name_vi"})
TAX_CODE_LENGTHS = {(10,), (12,), (10, 3)}

Check = Callable[[Entry, Column, Any], Json]


def cleaned(entry: Entry, given: Mapping[str, Any], *, at: datetime) -> dict[str, Json]:
    """Return the values of these columns as they may stand there.

    Raises Invalid at each column: required, too_long, unknown, malformed, out_of_range, repeated, too_many,
    control_character, taken_entry, below_least; several at once are told at once. Pictures are not judged here.
    """
    known = columns_of(entry)

    def check(name: str) -> tuple[str, Json]:
        if name not in known:
            raise Invalid(field=name, reason="unknown")
        return name, _check_for(known[name], entry, at)(entry, known[name], given[name])

    values = dict(gather(*(lambda name=name: check(name) for name in given)))
    _refuse_contradictions(entry, values)
    return values


def visibility_cleaned(entry: Entry, given: Mapping[str, str]) -> dict[str, str]:
    """Return who is to see which field. Raises Invalid at the field: unknown (no such choice), fixed_visibility."""
    known = fields_of(entry)

    def check(name: str) -> tuple[str, str]:
        if name not in known or given[name] not in Visibility.values:
            raise Invalid(field=f"visibility_{name}", reason="unknown")
        if not known[name].may_hide and given[name] != known[name].default:
            raise Invalid(field=f"visibility_{name}", reason="fixed_visibility")
        return name, given[name]

    return dict(gather(*(lambda name=name: check(name) for name in given)))


def _check_for(column: Column, entry: Entry, at: datetime) -> Check:
    if column.name in CHECKS:
        return CHECKS[column.name]
    if column.name == "founded_year":
        return lambda entry, column, value: _number(column, value, (FIRST_YEAR, at.year))
    if column.name in RANGES:
        return lambda entry, column, value: _number(column, value, RANGES[column.name])
    if column.name in CODED:
        return _codes
    model_field = column.model_field(entry)
    if column.name in SETTINGS or isinstance(model_field, models.BooleanField):
        return lambda entry, column, value: bool(value)
    return _choice if model_field.choices else _text


def _text(entry: Entry, column: Column, value: Any) -> str:
    model_field = column.model_field(entry)
    text = unicodedata.normalize("NFC", str(value or "").replace("\r\n", "\n")).strip()
    if isinstance(model_field, models.CharField):
        text = " ".join(text.split())
    if any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in text):
        raise Invalid(field=column.name, reason="control_character")
    if not text and column.name in REQUIRED:
        raise Invalid(field=column.name, reason="required")
    limit = model_field.max_length or LONGEST_TEXT
    if len(text) > limit:
        raise Invalid(field=column.name, reason="too_long", limit=limit)
    return text


def _number(column: Column, value: Any, bounds: tuple[float, float]) -> Json:
    least, most = bounds
    if value is None or value == "":
        return None
    try:
        number = float(value) if column.name in {"latitude", "longitude"} else int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise Invalid(field=column.name, reason="out_of_range", least=least, most=most) from error
    if not least <= number <= most:
        raise Invalid(field=column.name, reason="out_of_range", least=least, most=most)
    return number


def _choice(entry: Entry, column: Column, value: Any) -> str:
    model_field = column.model_field(entry)
    known = {str(code) for code, _label in model_field.choices}
    if str(value or "") not in known | ({""} if model_field.blank else set()):
        raise Invalid(field=column.name, reason="unknown")
    return str(value or "")


def _codes(entry: Entry, column: Column, value: Any) -> list[str]:
    codes = sorted({str(code) for code in value or []})
    if len(codes) > MOST_CODES[column.name]:
        raise Invalid(field=column.name, reason="too_many", most=MOST_CODES[column.name])
    if CODED[column.name].objects.filter(code__in=codes).count() != len(codes):
        raise Invalid(field=column.name, reason="unknown")
    return codes


def _stages(entry: Entry, column: Column, value: Any) -> list[str]:
    given = {str(code) for code in value or []}
    if given - set(Stage.values):
        raise Invalid(field=column.name, reason="unknown")
    return [code for code in Stage.values if code in given]


def _languages(entry: Entry, column: Column, value: Any) -> str:
    codes = value.replace(",", " ").split() if isinstance(value, str) else [str(code) for code in value or []]
    if set(codes) - set(LANGUAGES):
        raise Invalid(field=column.name, reason="unknown")
    if not codes:
        raise Invalid(field=column.name, reason="required")
    return ",".join(dict.fromkeys(codes))


def url_cleaned(value: Any, *, field: str, limit: int = LONGEST_LINK) -> str:
    """Return a web address, "" for none; without a scheme it is https. Raises Invalid: malformed, too_long."""
    text = str(value or "").strip()
    if not text:
        return ""
    address = text if "://" in text or text.partition(":")[0] in {"javascript", "data", "mailto"} else f"https://{text}"
    malformed = Invalid(field=field, reason="malformed", example="https://congty.vn")
    if len(address) > limit:
        raise Invalid(field=field, reason="too_long", limit=limit)
    try:
        URLValidator(schemes=["http", "https"])(address)
        names_somebody = "@" in urlsplit(address).netloc
    except (ValidationError, ValueError) as error:
        raise malformed from error
    if names_somebody:
        raise malformed
    return address


def _website(entry: Entry, column: Column, value: Any) -> str:
    return url_cleaned(value, field=column.name)


def _links(entry: Entry, column: Column, value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else list(value or [])
    links = [link for link in (url_cleaned(line, field=column.name) for line in lines) if link]
    if len(links) > MOST_LINKS:
        raise Invalid(field=column.name, reason="too_many", most=MOST_LINKS)
    if len(set(links)) != len(links):
        raise Invalid(field=column.name, reason="repeated")
    return links


def _email(entry: Entry, column: Column, value: Any) -> str:
    text = str(value or "").strip()
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise Invalid(field=column.name, reason="malformed", example="ten@congty.vn") from error
    if len(text) > 254:
        raise Invalid(field=column.name, reason="too_long", limit=254)
    return text


def _phone(entry: Entry, column: Column, value: Any) -> str:
    return people.phone_cleaned(str(value or ""), field=column.name)


def _tax_code(entry: Entry, column: Column, value: Any) -> str:
    text = str(value or "").replace(" ", "")
    parts = text.split("-")
    if text and (tuple(map(len, parts)) not in TAX_CODE_LENGTHS or not all(map(_is_digits, parts))):
        raise Invalid(field=column.name, reason="malformed", example="0201234567")
    refuse_taken_tax_code(entry, text)
    return text


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def refuse_taken_tax_code(entry: Entry, code: str) -> None:
    """Raise Invalid (taken_entry) if another organisation has this tax code; asked again when a change goes live."""
    if code and Organisation.objects.filter(tax_code=code).exclude(pk=entry.pk).exists():
        raise Invalid(field="tax_code", reason="taken_entry", value=code)


def _as_given(entry: Entry, column: Column, value: Any) -> str:
    return str(value or "")


def _refuse_contradictions(entry: Entry, values: Mapping[str, Json]) -> None:
    """What one column says must fit to what another says, in this edit or already."""
    known = columns_of(entry)

    def said(name: str) -> Json:
        return values[name] if name in values else read(entry, known[name]) if name in known else None

    if "latitude" in known and (said("latitude") is None) != (said("longitude") is None):
        raise Invalid(field="longitude" if said("longitude") is None else "latitude", reason="required")
    least, most = said("ticket_min"), said("ticket_max")
    if least is not None and most is not None and most < least:
        raise Invalid(field="ticket_max", reason="below_least")


CHECKS: Final[Mapping[str, Check]] = {
    "languages": _languages,
    "links": _links,
    "website": _website,
    "contact_email": _email,
    "contact_phone": _phone,
    "stages": _stages,
    "tax_code": _tax_code,
    **dict.fromkeys(PICTURES, _as_given),
}
