"""What an organiser says of a question, and what of it can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from events.answer_shapes import LONGEST
from events.labels import label
from events.models import Question
from network.refusals import Invalid

Kind = Question.Kind
CHOOSING = (Kind.CHOICE, Kind.CHOICES)
LEADING = (*CHOOSING, Kind.YES_NO, Kind.CONSENT)
"""The kinds on whose answers another question may depend."""

MOST_CHOICES = 100
LONGEST_CHOICE = 120
FURTHEST = 1_000_000_000
LONGEST_RETENTION = 3650


@dataclass(frozen=True, kw_only=True)
class QuestionFacts:
    """What an organiser says of a question. `choices` are {"value", "vi", "en"}; an empty value is made from `vi`."""

    kind: str
    label_vi: str
    label_en: str = ""
    help_text_vi: str = ""
    help_text_en: str = ""
    choices: tuple[Mapping[str, str], ...] = ()
    least: int | None = None
    most: int | None = None
    is_required: bool = False
    is_staff_only: bool = False
    is_asked_at_door: bool = False
    is_active: bool = True
    retention_days: int | None = None
    shown_if_id: int | None = None
    shown_if_values: tuple[Any, ...] = ()
    ticket_type_ids: tuple[int, ...] = ()


KEPT = ("kind", "is_required", "is_staff_only", "is_asked_at_door", "is_active", "retention_days", "shown_if_id")
"""What a question itself keeps of the facts; its words stand in its versions."""

WORDS = ("label_vi", "label_en", "help_text_vi", "help_text_en")


def facts_of(question: Question) -> QuestionFacts:
    """Return what is said of a question now, to show it in a form or to change one thing of it."""
    version = next(each for each in question.versions.all() if each.number == question.version)
    stated: dict[str, Any] = {name: getattr(question, name) for name in KEPT}
    stated |= {name: getattr(version, name) or "" for name in WORDS}
    return QuestionFacts(
        **stated,
        choices=tuple(version.choices),
        least=version.least,
        most=version.most,
        shown_if_values=tuple(question.shown_if_values),
        ticket_type_ids=tuple(kind.pk for kind in question.ticket_types.all()),
    )


def words(facts: QuestionFacts) -> dict[str, Any]:
    """Return the words of a question as a version keeps them. Raises Invalid, as `questions.add` says."""
    texts = {name: label(getattr(facts, name), field=name, limit=300, required=name == "label_vi") for name in WORDS}
    choices = _choices(facts) if facts.kind in CHOOSING else []
    return {**texts, "choices": choices, **_limits(facts, len(choices))}


def _limits(facts: QuestionFacts, choices: int) -> dict[str, int | None]:
    """The limits that mean something for the kind, and can be kept."""
    ranges = {
        Kind.NUMBER: (-FURTHEST, FURTHEST),
        Kind.SHORT_TEXT: (0, LONGEST[Kind.SHORT_TEXT]),
        Kind.LONG_TEXT: (0, LONGEST[Kind.LONG_TEXT]),
        Kind.CHOICES: (0, choices),
    }
    if facts.kind not in ranges:
        return {"least": None, "most": None}
    lowest, highest = ranges[Kind(facts.kind)]
    refuse_out_of_range("least", facts.least, lowest, highest)
    refuse_out_of_range("most", facts.most, lowest if facts.kind == Kind.NUMBER else 1, highest)
    if facts.least is not None and facts.most is not None and facts.most < facts.least:
        raise Invalid(field="most", reason="below_least")
    return {"least": facts.least, "most": facts.most}


def refuse_out_of_range(field: str, number: int | None, least: int, most: int) -> None:
    """Raise Invalid at `field` unless `number` is None or lies between the two."""
    if number is not None and not least <= number <= most:
        raise Invalid(field=field, reason="out_of_range", least=least, most=most)


def _choices(facts: QuestionFacts) -> list[dict[str, str]]:
    if not facts.choices:
        raise Invalid(field="choices", reason="required")
    if len(facts.choices) > MOST_CHOICES:
        raise Invalid(field="choices", reason="too_many", most=MOST_CHOICES)
    rows = []
    for choice in facts.choices:
        said = label(choice.get("vi", ""), field="choices", limit=LONGEST_CHOICE)
        english = label(choice.get("en", ""), field="choices", limit=LONGEST_CHOICE, required=False)
        value = label(choice.get("value") or said, field="choices", limit=LONGEST_CHOICE)
        rows.append({"value": value, "vi": said, "en": english})
    if len({row["value"] for row in rows}) < len(rows):
        raise Invalid(field="choices", reason="repeated")
    return rows
