"""Rows of people who come along: as many as are typed, empty ones left out. `events.party` judges."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.party import Companion
from frontend.forms.carrying import CarryingForm

FIELD = re.compile(r"^companions\.(\d+)\.(name|email)$")
MOST_ROWS = 50


@dataclass(frozen=True, kw_only=True)
class Row:
    """One companion's inputs, on the form."""

    name: forms.BoundField
    email: forms.BoundField


def typed(data: Mapping[str, str]) -> list[Companion]:
    """Return the companions of a sent form in their order; a row in which nothing stands is nobody."""
    numbers = sorted({int(found[1]) for key in data if (found := FIELD.match(key))})[:MOST_ROWS]
    rows = [(data.get(f"companions.{n}.name", ""), data.get(f"companions.{n}.email", "")) for n in numbers]
    return [Companion(name=name, email=email) for name, email in rows if name.strip() or email.strip()]


class CompanionRows(CarryingForm):
    """The rows of a form, numbered from 0 without gaps, so that refusals by index find their row."""

    most_companions = 0
    rows_shown = 0

    def set_rows(self, *, most: int, more: int = 0) -> None:
        """Make a row for each companion typed, and `more` empty ones, up to `most`."""
        people = typed(self.data) if self.is_bound else []
        self.most_companions = most
        self.rows_shown = max(len(people), min(len(people) + more, most))
        if self.is_bound:
            self._renumber(people)
        self.fields["companions"] = forms.Field(required=False, label=_("Who comes along"))
        for index in range(self.rows_shown):
            for name, field in self._row_fields().items():
                self.fields[f"companions.{index}.{name}"] = field

    def _renumber(self, people: list[Companion]) -> None:
        for key in [key for key in self.data if FIELD.match(key)]:
            del self.data[key]
        for index, person in enumerate(people):
            self.data[f"companions.{index}.name"] = person.name
            self.data[f"companions.{index}.email"] = person.email

    def _row_fields(self) -> dict[str, forms.Field]:
        line = {"maxlength": 120, "autocomplete": "off", "autocapitalize": "words"}
        address = {"type": "email", "inputmode": "email", "autocomplete": "off", "maxlength": 254}
        return {
            "name": forms.CharField(required=False, label=_("Full name"), strip=False, widget=forms.TextInput(line)),
            "email": forms.CharField(required=False, label=_("E-mail"), strip=False, widget=forms.TextInput(address)),
        }

    def told_as(self, name: str) -> str:
        """As above; of a row, whose it is."""
        label, found = super().told_as(name), FIELD.match(name)
        return f"{_('Guest %(number)s') % {'number': int(found[1]) + 1}}, {label}" if found else label

    @property
    def rows(self) -> list[Row]:
        """The rows that stand on the form."""
        return [
            Row(name=self[f"companions.{index}.name"], email=self[f"companions.{index}.email"])
            for index in range(self.rows_shown)
        ]

    @property
    def blank_row(self) -> Row:
        """A row for the browser to copy; `__row__` stands for its number."""
        blank = CarryingForm()
        for name, field in self._row_fields().items():
            blank.fields[f"companions.__row__.{name}"] = field
        return Row(name=blank["companions.__row__.name"], email=blank["companions.__row__.email"])

    @property
    def may_add_row(self) -> bool:
        """Whether one more person may come along."""
        return self.rows_shown < self.most_companions

    @property
    def companions(self) -> list[Companion]:
        """Who was typed."""
        return typed(self.data)


class PeopleForm(CompanionRows):
    """More people for a registration that stands."""

    def __init__(self, *, most: int, more_rows: int = 0, **form: Any) -> None:
        super().__init__(**form)
        self.set_rows(most=most, more=more_rows if self.is_bound else 1)
        if not self.rows:
            self.set_rows(most=most, more=1)
