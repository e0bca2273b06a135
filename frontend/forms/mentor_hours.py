"""A mentor's week, its exceptions and how they are booked: one form that carries; `network.mentoring.hours` judges.

The fields of a row are named by day and number: `w0-1-from` is the second row of Monday, `x2-day` the third exception.
An empty row is none; of an exception the date alone means that it is closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.carrying import CarryingForm
from network.mentoring.hours import BOUNDS, Dated, Settings, Weekly
from network.mentoring.queries import OwnHours
from network.models import MentorHours
from network.refusals import Refusal
from network.templatetags.dates import weekday_named
from network.wording import WORDING

MOST_OF_A_DAY, BLANK_DATES, MOST_DATES = 4, 3, 60
COMMON_ZONES = [
    "Asia/Ho_Chi_Minh", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Australia/Sydney",
    "Europe/London", "Europe/Paris", "Europe/Berlin", "America/New_York", "America/Chicago", "America/Los_Angeles",
]  # fmt: skip


class Clock(forms.TimeField):
    """A time of the day, as phones let one pick it."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
        self.error_messages["invalid"] = WORDING["INVALID.malformed"] % {"example": "09:30"}


class Number(forms.IntegerField):
    """A number within the bounds that the rule has."""

    def __init__(self, name: str, label: Any, help_text: Any = "") -> None:
        least, most = BOUNDS[name]
        super().__init__(
            label=label, help_text=help_text, required=False,
            widget=forms.NumberInput({"min": least, "max": most, "inputmode": "numeric"}),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as the page shows it."""

    starts: forms.BoundField
    ends: forms.BoundField
    day: forms.BoundField | None = None


@dataclass(frozen=True, kw_only=True)
class WeekDay:
    """A day of the week with its rows."""

    name: Any
    rows: list[Row]
    told: str
    has_errors: bool


class HoursForm(CarryingForm):
    """Everything about when and how a mentor can be booked."""

    is_open = forms.BooleanField(label=_("People can book an hour with me"), required=False)
    slot_minutes = forms.TypedChoiceField(
        label=_("An hour with me takes"), coerce=int, choices=MentorHours.Length.choices, required=False
    )
    link = forms.CharField(
        label=_("Link to meet online"), required=False,
        widget=forms.TextInput({"inputmode": "url", "placeholder": "https://"}),
        help_text=_("Only those who booked see it."),
    )  # fmt: skip
    place = forms.CharField(label=_("Place to meet"), required=False)
    buffer_before = Number("buffer_before", _("Minutes free before"))
    buffer_after = Number("buffer_after", _("Minutes free after"))
    notice_hours = Number("notice_hours", _("Hours of notice"), _("Nobody books later than so many hours before."))
    horizon_days = Number("horizon_days", _("Days ahead"), _("So far ahead people can book."))
    daily_limit = Number("daily_limit", _("Most on a day"))
    time_zone = forms.ChoiceField(label=_("My time zone"), required=False)
    busy_address = forms.CharField(
        label=_("Address of my own calendar (ICS)"), required=False,
        widget=forms.TextInput({"inputmode": "url", "placeholder": "https://"}),
        help_text=_("We read it every half hour and keep only from when until when you are busy, never what it is."),
    )  # fmt: skip
    busy_file = forms.FileField(
        label=_("Or a calendar file (.ics)"), required=False,
        widget=forms.ClearableFileInput({"accept": ".ics,text/calendar"}),
        help_text=_("It takes the place of the file before."),
    )  # fmt: skip
    forget_file = forms.BooleanField(label=_("Forget the file"), required=False)

    def __init__(self, *, own: OwnHours, **form: Any) -> None:
        hours = own.hours
        initial = {name: getattr(hours, name) for name in Settings.__dataclass_fields__ if name != "time_zone"}
        zone = hours.profile.time_zone
        self.week: list[list[str]] = [[] for _day in range(7)]
        self.dates: list[str] = []
        self.carried: dict[str, str] = {}
        super().__init__(initial={**initial, "time_zone": zone}, **form)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name.replace("_", " ")) for name in dict.fromkeys([zone, *COMMON_ZONES])]
        self._lay_rows(hours)

    def _lay_rows(self, hours: MentorHours) -> None:
        weekly = list(hours.weekly.all()) if hours.pk else []
        for weekday, names in enumerate(self.week):
            rows = [row for row in weekly if row.weekday == weekday]
            for number in range(self._count(f"w{weekday}-", min(len(rows) + 1, MOST_OF_A_DAY), MOST_OF_A_DAY)):
                row = rows[number] if number < len(rows) else None
                names.append(self._row(f"w{weekday}-{number}", row))
        known = list(hours.exceptions.all()) if hours.pk else []
        for number in range(self._count("x", len(known) + BLANK_DATES, MOST_DATES)):
            exception = known[number] if number < len(known) else None
            name = self._row(f"x{number}", exception)
            self.fields[f"{name}-day"] = forms.DateField(
                label=_("Date"), required=False, input_formats=["%Y-%m-%d"],
                widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            )  # fmt: skip
            self.initial[f"{name}-day"] = exception.day if exception else None
            self.dates.append(name)

    def _count(self, prefix: str, known: int, most: int) -> int:
        """As many rows as were posted, else as there are, with a blank one."""
        if not self.is_bound:
            return known
        return min(most, sum(name.startswith(prefix) and name.endswith("-from") for name in self.data))

    def _row(self, name: str, row: Any) -> str:
        self.fields[f"{name}-from"], self.fields[f"{name}-to"] = Clock(_("from")), Clock(_("to"))
        if row is not None:
            self.initial |= {f"{name}-from": row.starts, f"{name}-to": row.ends}
        return name

    def settings(self) -> Settings:
        """What was given, as the rule takes it; a number that is missing is out of bounds."""
        values = {name: self.cleaned_data.get(name) for name in Settings.__dataclass_fields__}
        numbers = {name: -1 if values[name] is None else values[name] for name in BOUNDS}
        return Settings(**{**values, **numbers, "slot_minutes": values["slot_minutes"] or 0})

    def weekly(self) -> list[Weekly]:
        """The week; remembers which row of the form each came from."""
        return list(self._weekly())

    def _weekly(self) -> Iterator[Weekly]:
        number = 0
        for weekday, names in enumerate(self.week):
            for name in names:
                starts, ends = self._times(name)
                if starts is None and ends is None:
                    continue
                if starts is None or ends is None:
                    self.add_error(f"{name}-{'from' if starts is None else 'to'}", WORDING["INVALID.required"])
                    continue
                self.carried |= {f"weekly.{number}.starts": f"{name}-from", f"weekly.{number}.ends": f"{name}-to"}
                number += 1
                yield Weekly(weekday, starts, ends)

    def exceptions(self) -> list[Dated]:
        """The exceptions; remembers which row of the form each came from."""
        return list(self._exceptions())

    def _exceptions(self) -> Iterator[Dated]:
        number = 0
        for name in self.dates:
            day: date | None = self.cleaned_data.get(f"{name}-day")
            starts, ends = self._times(name)
            if day is None:
                if starts or ends:
                    self.add_error(f"{name}-day", WORDING["INVALID.required"])
                continue
            for part, field in (("day", "day"), ("starts", "from"), ("ends", "to")):
                self.carried[f"exceptions.{number}.{part}"] = f"{name}-{field}"
            number += 1
            yield Dated(day, starts, ends)

    def _times(self, name: str) -> tuple[time | None, time | None]:
        return self.cleaned_data.get(f"{name}-from"), self.cleaned_data.get(f"{name}-to")

    def place_of(self, refusal: Refusal) -> str | None:
        """Return the field of this form that a refusal is about."""
        return self.carried.get(refusal.field) or super().place_of(refusal)

    def told_as(self, name: str) -> str:
        """A row is called by its day."""
        if name.startswith("w") and name[1:2].isdigit():
            return f"{weekday_named(int(name[1]))}, {self[name].label}"
        return super().told_as(name)

    def days(self) -> list[WeekDay]:
        """The week, as the page shows it."""
        return [self._day(number, names) for number, names in enumerate(self.week)]

    def _day(self, number: int, names: list[str]) -> WeekDay:
        rows = [Row(starts=self[f"{name}-from"], ends=self[f"{name}-to"]) for name in names]
        told = [f"{_short(row.starts)}–{_short(row.ends)}" for row in rows if row.starts.value() or row.ends.value()]
        has_errors = any(row.starts.errors or row.ends.errors for row in rows)
        return WeekDay(name=weekday_named(number), rows=rows, told=" · ".join(told), has_errors=has_errors)

    def exception_rows(self) -> list[Row]:
        """The exceptions, as the page shows them."""
        return [
            Row(day=self[f"{name}-day"], starts=self[f"{name}-from"], ends=self[f"{name}-to"]) for name in self.dates
        ]


def _short(field: forms.BoundField) -> str:
    value = field.value()
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "…")[:5]
