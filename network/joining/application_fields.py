"""What is asked of whoever applies: few things, by the kind; the rest is written once the entry stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from network import people
from network.joining import duplicates
from network.models import Application, Organisation, Sector, Stage
from network.refusals import Invalid, gather

Kind = Application.Kind


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """One thing that is asked. `form` says how: line, text, web, mail, number, sectors, stage, stages, kind, tax."""

    name: str
    label: Any
    form: str = "line"
    longest: int = 200
    required: bool = False
    help: Any = ""


NAME = AskedField(name="name", label=_("Name of the organisation"), required=True)
SUMMARY = AskedField(
    name="summary", label=_("In one sentence"), required=True, longest=300, help=_("What do you do, and for whom?")
)
TITLE = AskedField(name="title", label=_("Your position there"), required=True, longest=120)
WEBSITE = AskedField(name="website", label=_("Website"), form="web")
EMAIL = AskedField(name="contact_email", label=_("E-mail of the organisation"), form="mail", longest=254)
SECTORS = AskedField(name="sectors", label=_("Fields of work"), form="sectors", required=True)
WARD = AskedField(name="ward", label=_("Ward, commune or special zone"), longest=80)
TAX = AskedField(name="tax_code", label=_("Tax code"), form="tax", longest=14)
MORE = AskedField(
    name="message", label=_("What else should we know?"), form="text", longest=2000,
    help=_("Only the people who read applications see this."),
)  # fmt: skip

FIELDS: Final[Mapping[str, tuple[AskedField, ...]]] = {
    Kind.MENTOR: (
        AskedField(
            name="headline", label=_("You in one line"), required=True, longest=140,
            help=_("As it will stand under your name: “Ten years of selling software to factories”."),
        ),
        AskedField(
            name="helps_with", label=_("What do you help with?"), required=True, longest=400,
            help=_("Separate several by commas."),
        ),
        SECTORS,
        AskedField(name="bio", label=_("About you"), form="text", longest=4000),
        AskedField(name="years_of_experience", label=_("Years of experience"), form="number", longest=70),
        AskedField(name="website", label=_("Website or LinkedIn"), form="web"),
        MORE,
    ),
    Kind.CLUB: (
        NAME, AskedField(name="university", label=_("University or school"), required=True), SUMMARY, SECTORS,
        AskedField(name="members", label=_("How many members?"), form="number", longest=100_000), TITLE, WEBSITE, EMAIL,
        MORE,
    ),
    Kind.STARTUP: (
        NAME, SUMMARY, AskedField(name="stage", label=_("How far are you?"), form="stage", required=True), SECTORS,
        AskedField(name="team_size", label=_("People in the team"), form="number", longest=100_000), TITLE, WEBSITE,
        EMAIL, TAX, WARD, MORE,
    ),
    Kind.FUND: (
        NAME, SUMMARY,
        AskedField(name="stages", label=_("Stages that you invest in"), form="stages", required=True), SECTORS, TITLE,
        WEBSITE, EMAIL, TAX, MORE,
    ),
    Kind.ORGANISATION: (
        NAME, AskedField(name="organisation_kind", label=_("What is it?"), form="kind", required=True), SUMMARY,
        SECTORS, TITLE, WEBSITE, EMAIL, TAX, WARD, MORE,
    ),
}  # fmt: skip
"""By the kind of the application, in the order of the form."""

MADE_AS: Final[Mapping[str, str]] = {
    Kind.CLUB: Organisation.Kind.UNIVERSITY_CLUB,
    Kind.STARTUP: Organisation.Kind.STARTUP,
    Kind.FUND: Organisation.Kind.VENTURE_FUND,
}
"""Which kind of organisation an application makes; of another one it is chosen."""


def cleaned(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an application as they are kept. Raises Invalid at each field, or Several."""
    fields = FIELDS[kind]
    values = gather(*((lambda field=field: _value(field, given.get(field.name))) for field in fields))
    return {field.name: value for field, value in zip(fields, values, strict=True)}


def _value(field: AskedField, given: Any) -> Any:
    value = _of_form(field, given)
    if field.required and value in ("", None, []):
        raise Invalid(field=field.name, reason="required")
    return value


def _of_form(field: AskedField, given: Any) -> Any:
    if field.form in ("sectors", "stages"):
        return _several(field, given)
    if field.form == "number":
        return _number(field, given)
    text = " ".join(str(given or "").split()) if field.form != "text" else str(given or "").strip()
    text = text.replace("\0", "")
    if len(text) > field.longest:
        raise Invalid(field=field.name, reason="too_long", limit=field.longest)
    return CHECKS[field.form](field, text) if text and field.form in CHECKS else text


def _several(field: AskedField, given: Any) -> list[str]:
    chosen = list(dict.fromkeys(str(one) for one in given or []))
    known = Stage.values if field.form == "stages" else Sector.objects.values_list("code", flat=True)
    if set(chosen) - set(known):
        raise Invalid(field=field.name, reason="unknown")
    return chosen


def _number(field: AskedField, given: Any) -> int | None:
    text = str(given if given is not None else "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > field.longest:
        raise Invalid(field=field.name, reason="out_of_range", least=0, most=field.longest)
    return int(text)


def _web(field: AskedField, text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise Invalid(field=field.name, reason="not_a_web_address") from error
    return address


def _tax(field: AskedField, text: str) -> str:
    number = duplicates.tax_number(text)
    if len(number) not in (10, 12, 13):
        raise Invalid(field=field.name, reason="malformed", example="0201234567")
    return f"{number[:10]}-{number[10:]}" if len(number) == 13 else number


def _known(values: list[str]) -> Any:
    def check(field: AskedField, text: str) -> str:
        if text not in values:
            raise Invalid(field=field.name, reason="unknown")
        return text

    return check


CHECKS: Final[Mapping[str, Any]] = {
    "web": _web,
    "mail": lambda field, text: people.email_cleaned(text, field=field.name),
    "tax": _tax,
    "stage": _known(Stage.values),
    "kind": _known(Organisation.Kind.values),
}
