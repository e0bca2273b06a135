"""One's own data as they stand on a page: values in words, consents with what they mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network import consents
from network.consents import Purpose
from network.models import Consent, Person
from network.own_data import OwnFile, Row, Section
from network.takeout import as_text

MOST_ROWS = 20
"""So many rows of a section stand on the page; all of them in the download."""

FOLLOWS = {
    Purpose.REGISTRATION: _(
        "Without it you cannot register for events. Registrations that stand are kept until you cancel them; your "
        "tickets stay good."
    ),
    Purpose.NEWSLETTER: _("You get no more newsletters. Letters about your own registrations still come."),
    Purpose.PHOTO: _("From now on we publish no photos that show you. Tell the organisers which ones to take down."),
    Purpose.DIRECTORY: _("Your mentor's entry and your organisations disappear from the directory at once."),
    Purpose.GREETING: _("From now on no screen at an event greets you by name."),
}
"""What follows when a consent is withdrawn."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A section on the page: the first rows, each as pairs of a label and a value."""

    section: Section
    rows: list[list[tuple[Any, str]]]
    total: int

    @property
    def more(self) -> int:
        """How many rows stand in the download only."""
        return self.total - len(self.rows)


def shown(collected: Iterable[tuple[Section, list[Row]]]) -> tuple[list[Shown], list[Section]]:
    """Return the sections that hold something, and those that hold nothing."""
    full, empty = [], []
    for section, rows in collected:
        if rows:
            said = [_said(section, row) for row in rows[:MOST_ROWS]]
            full.append(Shown(section=section, rows=said, total=len(rows)))
        else:
            empty.append(section)
    return full, empty


def _said(section: Section, row: Row) -> list[tuple[Any, str]]:
    """What is empty is left out."""
    values = ((key, label, _value(row[key])) for key, label in section.columns.items() if key not in section.hidden)
    return [(label, value) for _key, label, value in values if value]


def _value(value: Any) -> str:
    if isinstance(value, OwnFile):
        return value.name
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    if isinstance(value, dict):
        return " · ".join(_value(item) for item in value.values() if item not in ("", None))
    return as_text(value)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A purpose on the page of consents. `given` stands now; `earlier` is what was withdrawn or replaced."""

    purpose: Purpose
    title: str
    text: str
    version: int
    follows: Any
    given: Consent | None
    earlier: list[Consent]
    is_outdated: bool


def purposes(person: Person) -> list[Asked]:
    """Return every purpose with its text in the active language and what the person said to it."""
    record: dict[str, list[Consent]] = {}
    for consent in consents.record(person):
        record.setdefault(consent.purpose, []).append(consent)
    return [_asked(purpose, record.get(purpose, [])) for purpose in Purpose]


def _asked(purpose: Purpose, record: list[Consent]) -> Asked:
    language, text = get_language() or "vi", consents.TEXTS[purpose]
    valid = [consent for consent in record if consent.withdrawn_at is None]
    given = next((consent for consent in valid if consent.text_version == text.version), None)
    return Asked(
        purpose=purpose,
        title=text.title(language),
        text=text.text(language),
        version=text.version,
        follows=FOLLOWS[purpose],
        given=given,
        earlier=[consent for consent in record if consent != given],
        is_outdated=given is None and bool(valid),
    )
