"""Questions of a registration form: asked by organisers, reworded in versions, never rewritten under an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from events import permissions
from events.models import Answer, Event, Question, QuestionVersion, TicketType
from events.refusals import EventNotFound
from events.ticket_types import label
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted

Kind = Question.Kind
CHOOSING = (Kind.CHOICE, Kind.CHOICES)
MOST_CHOICES = 100


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
    order: int = 0
    shown_if_id: int | None = None
    shown_if_values: tuple[Any, ...] = ()
    ticket_type_ids: tuple[int, ...] = ()


def add(*, event_id: int, facts: QuestionFacts, actor: Person) -> Question:
    """Add a question; return it.

    Raises NotPermitted, EventNotFound, and Invalid at the field: `kind` and `ticket_type_ids` (unknown), `label_vi`
    (required, too_long), `choices` (required, repeated, too_many), `most` (below_least), `shown_if_id` (unknown,
    circle).
    """
    _permitted(actor)
    if not Event.objects.filter(pk=event_id).exists():
        raise EventNotFound()
    with transaction.atomic():
        return _write(Question(event_id=event_id), facts)


def change(*, question_id: int, facts: QuestionFacts, actor: Person) -> Question:
    """Change a question; return it. Another wording, choice or limit is another version: answers keep theirs.

    Raises NotPermitted, NotFound, Invalid as `add`, also at `kind` (fixed) once it was answered.
    """
    _permitted(actor)
    with transaction.atomic():
        question = Question.objects.select_for_update().filter(pk=question_id).first()
        if question is None:
            raise NotFound()
        if facts.kind != question.kind and question.answers.exists():
            raise Invalid(field="kind", reason="fixed")
        return _write(question, facts)


def remove(*, question_id: int, actor: Person) -> None:
    """Remove a question that nobody answered and on which no other depends; else ask it no more.

    Raises NotPermitted, NotFound.
    """
    _permitted(actor)
    with transaction.atomic():
        question = Question.objects.select_for_update().filter(pk=question_id).first()
        if question is None:
            raise NotFound()
        if Answer.objects.filter(question=question).exists() or question.leads_to.exists():
            question.is_active = False
            question.save(update_fields=["is_active"])
        else:
            question.delete()


def _write(question: Question, facts: QuestionFacts) -> Question:
    if facts.kind not in Kind.values:
        raise Invalid(field="kind", reason="unknown")
    types = TicketType.objects.filter(event=question.event_id, pk__in=facts.ticket_type_ids)
    if len(types) != len(set(facts.ticket_type_ids)):
        raise Invalid(field="ticket_type_ids", reason="unknown")
    _refuse_circle(question, facts.shown_if_id)
    version = _version(facts)
    question.kind = facts.kind
    question.shown_if_values = list(facts.shown_if_values)
    for name in (
        "is_required",
        "is_staff_only",
        "is_asked_at_door",
        "is_active",
        "retention_days",
        "order",
        "shown_if_id",
    ):
        setattr(question, name, getattr(facts, name))
    question.save()
    question.ticket_types.set(types)
    _keep_version(question, version)
    return question


def _keep_version(question: Question, version: dict[str, Any]) -> None:
    """Write the wording as a new version if it differs from the one asked now; unanswered ones are reworded."""
    current = question.versions.filter(number=question.version).first()
    if current is not None and all(getattr(current, name) == value for name, value in version.items()):
        return
    if current is None or current.answers.exists():
        question.version = question.versions.count() + 1
        question.save(update_fields=["version"])
        QuestionVersion.objects.create(question=question, number=question.version, **version)
        return
    for name, value in version.items():
        setattr(current, name, value)
    current.save()


def _version(facts: QuestionFacts) -> dict[str, Any]:
    if facts.least is not None and facts.most is not None and facts.most < facts.least:
        raise Invalid(field="most", reason="below_least")
    return {
        "label_vi": label(facts.label_vi, field="label_vi", limit=300),
        "label_en": facts.label_en.strip()[:300],
        "help_text_vi": facts.help_text_vi.strip()[:300],
        "help_text_en": facts.help_text_en.strip()[:300],
        "choices": _choices(facts) if facts.kind in CHOOSING else [],
        "least": facts.least,
        "most": facts.most,
    }


def _choices(facts: QuestionFacts) -> list[dict[str, str]]:
    if not facts.choices:
        raise Invalid(field="choices", reason="required")
    if len(facts.choices) > MOST_CHOICES:
        raise Invalid(field="choices", reason="too_many", most=MOST_CHOICES)
    rows = []
    for choice in facts.choices:
        said = label(choice.get("vi", ""), field="choices", limit=120)
        value = (choice.get("value") or said).strip()[:120]
        rows.append({"value": value, "vi": said, "en": choice.get("en", "").strip()[:120]})
    if len({row["value"] for row in rows}) < len(rows):
        raise Invalid(field="choices", reason="repeated")
    return rows


def _refuse_circle(question: Question, shown_if_id: int | None) -> None:
    """A question may depend on another of its event that does not, through others, depend on it."""
    seen = {question.pk}
    while shown_if_id is not None:
        if shown_if_id in seen:
            raise Invalid(field="shown_if_id", reason="circle")
        seen.add(shown_if_id)
        leading = Question.objects.filter(pk=shown_if_id, event=question.event_id).first()
        if leading is None:
            raise Invalid(field="shown_if_id", reason="unknown")
        shown_if_id = leading.shown_if_id


def _permitted(actor: Person) -> None:
    if not permissions.may_plan_events(actor):
        raise NotPermitted()
