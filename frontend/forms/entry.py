"""The form of an entry of the directory: it only carries the words; `network.entries` judges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from frontend.forms.carrying import CarryingForm
from network.entries.checks import LANGUAGES, LONGEST_TEXT
from network.entries.columns import CODED, PICTURES, SETTINGS, Column, Entry, columns_in, columns_of, written_fields
from network.entries.submission import Edit
from network.entries.words import column_label, label_of, language_name
from network.entry_fields import EntryField
from network.models import Change, Profile, Stage, Visibility
from network.pictures import Crop
from network.refusals import Refusal
from network.visibility import chosen

GROUPS: Final[tuple[tuple[str, Any, tuple[str, ...]], ...]] = (
    ("face", _("What people see first"), ("photo", "logo", "name", "headline", "summary")),
    ("offer", _("What you help with"), ("helps_with", "sectors", "skills", "needs", "availability")),
    ("fund", _("What the fund gives"), ("ticket", "fund_size", "stages", "offices")),
    ("startup", _("Where the startup stands"), ("stage", "team_size", "products", "raises_now")),
    ("centre", _("What there is at the centre"), ("services", "equipment", "capacity")),
    ("club", _("The club"), ("university", "members")),
    ("story", _("The longer story"), ("bio", "description", "experience", "years_of_experience", "languages")),
    ("place", _("Where to be found"), ("street", "ward", "position", "website", "links", "founded_year", "tax_code")),
    ("contact", _("Contact"), ("contact_email", "contact_phone")),
)
ORGANISATION_GROUPS: Final = {"offer": _("Fields and needs")}
HELP: Final[Mapping[str, Any]] = {
    "headline": _("What do people gain by asking you?"),
    "helps_with": _("A few things, separated by commas."),
    "links": _("One address a line, at most eight."),
    "website": _("Such as congty.vn"),
    "position": _("As a map shows it, such as 20.8561 and 106.6822."),
    "contact_email": _("Only for the directory; your account keeps its own address."),
    "contact_phone": _("Such as 0912 345 678"),
    "ticket": _("Whole amounts in the currency beside them."),
    "sectors": _("At most five."),
    "skills": _("At most twelve."),
    "needs": _("At most twelve."),
}
LINES: Final = {
    "headline": 2,
    "summary": 3,
    "bio": 7,
    "description": 7,
    "experience": 5,
    "helps_with": 3,
    "products": 4,
    "services": 4,
    "equipment": 4,
}
NUMBERS: Final = frozenset({"ticket_min", "ticket_max", "fund_size", "team_size", "capacity", "area_m2", "members"})


@dataclass(frozen=True, kw_only=True)
class Block:
    """A field of the entry as the form shows it."""

    name: str
    label: str
    help: str
    inputs: list[Any]
    english: Any
    visibility: Any
    waits: bool
    is_chips: bool

    @property
    def has_english(self) -> bool:
        """Whether the English part should stand open."""
        return bool(self.english and (self.english.value() or self.english.errors))


class EntryForm(CarryingForm):
    """Every column of an entry that its owner writes, and who sees which field."""

    def __init__(self, *, entry: Entry, values: Mapping[str, Any], waiting: Change | None, **form: Any) -> None:
        self.entry, self.waiting = entry, waiting
        known = written_fields(entry)
        seen = {f"visibility_{name}": chosen(entry, field) for name, field in known.items() if field.may_hide}
        super().__init__(initial={**_shown(values), **seen}, **form)
        for column in columns_of(entry).values():
            self.fields[column.name] = _field_for(entry, column)
        for name in seen:
            self.fields[name] = forms.ChoiceField(
                label=_("Who sees this"), choices=Visibility.choices, required=False
            )  # fmt: skip
        if self.picture:
            for name in ("crop_x", "crop_y", "crop_size"):
                self.fields[name] = forms.IntegerField(required=False, widget=forms.HiddenInput)
            self.fields["remove_picture"] = forms.BooleanField(label=_("Without a picture"), required=False)
        if isinstance(entry, Profile):
            self.fields["directory_consent"] = forms.BooleanField(required=False)

    @property
    def picture(self) -> str:
        """The name of the column that holds the picture."""
        return next(name for name in columns_of(self.entry) if name in PICTURES)

    def groups(self) -> Iterator[tuple[str, Any, list[Block]]]:
        """The parts of the form in their order: (name, title, blocks)."""
        known = written_fields(self.entry)
        for name, title, fields in GROUPS:
            blocks = [self._block(known[field]) for field in fields if field in known and self._has_choice(field)]
            if blocks:
                other = None if isinstance(self.entry, Profile) else ORGANISATION_GROUPS.get(name)
                yield name, other or title, blocks

    def _has_choice(self, name: str) -> bool:
        """A list that nobody has filled yet asks nothing."""
        return not (name in CODED and not list(self.fields[name].choices))  # type: ignore[attr-defined]

    def settings(self) -> list[Any]:
        """The switches of the entry, bound."""
        return [self[name] for name in SETTINGS]

    def edit(self) -> Edit:
        """Return what was typed, as the rule takes it."""
        data = self.cleaned_data
        values = {name: _typed(name, data[name]) for name in columns_of(self.entry) if name in data}
        if data.get("remove_picture"):
            values[self.picture] = ""
        seen = {
            name.removeprefix("visibility_"): data[name]
            for name in self.fields
            if name.startswith("visibility_") and data.get(name)
        }
        return Edit(values=values, visibility=seen)

    def crop(self) -> Crop | None:
        """Return the square that was chosen."""
        x, y, size = (self.cleaned_data.get(name) or 0 for name in ("crop_x", "crop_y", "crop_size"))
        return Crop(x=x, y=y, size=size) if size else None

    def place_of(self, refusal: Refusal) -> str | None:
        """A crop is about the picture."""
        return self.picture if refusal.field == "crop" else super().place_of(refusal)

    def told_as(self, name: str) -> str:
        """The English part says that it is."""
        return f"{super().told_as(name)}{' (English)' if name.endswith('_en') else ''}"

    def _block(self, field: EntryField) -> Block:
        columns = columns_in(self.entry, field.name)
        english = next((self[column.name] for column in columns if column.name.endswith("_en")), None)
        may_hide = f"visibility_{field.name}" in self.fields
        return Block(
            name=field.name,
            label=label_of(field.name),
            help=str(HELP.get(field.name, "")),
            inputs=[self[column.name] for column in columns if not column.name.endswith("_en")],
            english=english,
            visibility=self[f"visibility_{field.name}"] if may_hide else None,
            waits=self.waiting is not None and field.name in self.waiting.values,
            is_chips=any(isinstance(self.fields[c.name], forms.MultipleChoiceField) for c in columns),
        )


def _field_for(entry: Entry, column: Column) -> forms.Field:
    label, model_field = column_label(column), column.model_field(entry)
    if column.name in PICTURES:
        return forms.CharField(label=label, required=False, widget=forms.HiddenInput)
    if column.name in CODED:
        rows = CODED[column.name].objects.all()
        return _chips(label, [(row.code, row.name) for row in rows])
    if column.name == "languages":
        return _chips(label, [(code, language_name(code)) for code in LANGUAGES])
    if column.name == "stages":
        return _chips(label, Stage.choices)
    if isinstance(model_field, models.BooleanField):
        return forms.BooleanField(label=label, required=False)
    if model_field.choices:
        blank = [("", _("Not said"))] if model_field.blank else []
        return forms.ChoiceField(label=label, required=False, choices=[*blank, *model_field.choices])
    return forms.CharField(label=label, required=False, strip=False, widget=_widget(column, model_field))


def _chips(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


def _widget(column: Column, model_field: Any) -> forms.Widget:
    attributes: dict[str, Any] = {}
    if column.name.endswith(("_vi", "_en")):
        attributes = {"lang": column.name[-2:], "maxlength": model_field.max_length or LONGEST_TEXT}
    if column.name == "links":
        return forms.Textarea({"rows": 3, "inputmode": "url"})
    if column.field in LINES:
        return forms.Textarea(attributes | {"rows": LINES[column.field]})
    if column.name in NUMBERS or column.name in {"years_of_experience", "founded_year"}:
        attributes |= {"inputmode": "numeric"}
    if column.name in {"latitude", "longitude"}:
        attributes |= {"inputmode": "decimal"}
    modes = {"website": "url", "contact_email": "email", "contact_phone": "tel"}
    if column.name in modes:
        attributes |= {"inputmode": modes[column.name], "autocapitalize": "none"}
    return forms.TextInput(attributes)


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the inputs: lists of links line by line, codes of languages one by one."""
    return {
        **values,
        "links": "\n".join(values.get("links") or []),
        "languages": str(values.get("languages") or "").replace(",", " ").split(),
    }


def _typed(name: str, value: Any) -> Any:
    """What a keyboard writes: amounts with points between thousands, degrees with a comma."""
    if name in NUMBERS:
        return value.replace(".", "").replace(",", "").replace(" ", "")
    return value.strip().replace(",", ".") if name in {"latitude", "longitude"} else value
