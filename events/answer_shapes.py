"""The shape of an answer by the kind of its question: what is sent, by a form or by a program, becomes one value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from events import answer_files
from events.models import Question, QuestionVersion
from network import people
from network.models import Person
from network.refusals import Invalid

Kind = Question.Kind
LONGEST: Mapping[str, int] = {Kind.SHORT_TEXT: 200, Kind.LONG_TEXT: 4000, Kind.URL: 500, Kind.ORGANISATION: 160}
GREATEST = 10**12
GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
"""Thousands as they are written here: 1.500.000,5."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it is asked now."""

    question: Question
    version: QuestionVersion
    ticket_type_ids: frozenset[int] = frozenset()

    @property
    def field(self) -> str:
        """The name of its input, wherever it is asked."""
        return f"answers.{self.question.pk}"

    def is_for(self, ticket_type_id: int) -> bool:
        """Whether it is asked of whoever wants a ticket of this type; a question that names none is for all."""
        return not self.ticket_type_ids or ticket_type_id in self.ticket_type_ids


Shape = Callable[[Asked, Any, Person], Any]


def shaped(asked: Asked, raw: Any, *, person: Person) -> Any:
    """Return an answer in the shape of its question's kind, None for nothing. Raises Invalid at its field."""
    if raw is None or raw in ("", []):
        return None
    shape: Shape = _SHAPES.get(asked.question.kind, _text)
    try:
        return shape(asked, raw, person)
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Invalid(field=asked.field, reason="unreadable") from error


def _text(asked: Asked, raw: Any, person: Person) -> str | None:
    if not isinstance(raw, str | int | float) or isinstance(raw, bool):
        raise ValueError
    text = "".join(character for character in str(raw) if character.isprintable() or character in "\n").strip()
    version, longest = asked.version, LONGEST.get(asked.question.kind, 200)
    longest = min(version.most or longest, longest)
    if len(text) > longest:
        raise Invalid(field=asked.field, reason="too_long", limit=longest)
    if text and version.least is not None and len(text) < version.least:
        raise Invalid(field=asked.field, reason="too_short", least=version.least)
    return text or None


def _number(asked: Asked, raw: Any, person: Person) -> int | float:
    if isinstance(raw, bool):
        raise ValueError
    text = str(raw).replace(" ", "")
    if GROUPED.fullmatch(text):
        text = text.replace(".", "")
    number = float(text.replace(",", "."))
    least = asked.version.least if asked.version.least is not None else -GREATEST
    most = asked.version.most if asked.version.most is not None else GREATEST
    if not least <= number <= most:
        raise Invalid(field=asked.field, reason="out_of_range", least=least, most=most)
    return int(number) if number.is_integer() else number


def _choice(asked: Asked, raw: Any, person: Person) -> str:
    if str(raw) not in {choice["value"] for choice in asked.version.choices}:
        raise Invalid(field=asked.field, reason="unknown")
    return str(raw)


def _choices(asked: Asked, raw: Any, person: Person) -> list[str] | None:
    wanted = raw if isinstance(raw, list | tuple) else [raw]
    chosen = {_choice(asked, item, person) for item in wanted if item != ""}
    least, most = asked.version.least, asked.version.most
    if most is not None and len(chosen) > most:
        raise Invalid(field=asked.field, reason="too_many", most=most)
    if chosen and least is not None and len(chosen) < least:
        raise Invalid(field=asked.field, reason="too_few", least=least)
    # In the order of the question, so that the same choice is the same answer.
    return [choice["value"] for choice in asked.version.choices if choice["value"] in chosen] or None


def _yes_no(asked: Asked, raw: Any, person: Person) -> bool:
    said = {True: True, False: False, "true": True, "false": False, "yes": True, "no": False}
    if raw not in said:
        raise ValueError
    return said[raw]


def _consent(asked: Asked, raw: Any, person: Person) -> bool | None:
    """Only a yes is an answer: what is not ticked is not agreed to."""
    return True if _yes_no(asked, {"on": True}.get(raw, raw), person) else None


def _date(asked: Asked, raw: Any, person: Person) -> str:
    """ISO dates from programs, dd/mm/yyyy from people."""
    text = str(raw).strip()
    if "/" in text:
        day, month, year = text.split("/")
        return date(int(year), int(month), int(day)).isoformat()
    return date.fromisoformat(text).isoformat()


def _email(asked: Asked, raw: Any, person: Person) -> str:
    return people.email_cleaned(str(raw), field=asked.field)


def _phone(asked: Asked, raw: Any, person: Person) -> str:
    return people.phone_cleaned(str(raw), field=asked.field)


def _url(asked: Asked, raw: Any, person: Person) -> str | None:
    text = _text(asked, raw, person)
    if text is None:
        return None
    text = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise Invalid(field=asked.field, reason="malformed", example="https://example.org") from error
    return text


def _file(asked: Asked, raw: Any, person: Person) -> str:
    return str(answer_files.owned(UUID(str(raw)), person=person, field=asked.field).pk)


_SHAPES: Mapping[str, Shape] = {
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.CONSENT: _consent,
    Kind.DATE: _date,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.URL: _url,
    Kind.FILE: _file,
}
"""Short and long texts and organisations are texts."""
