"""Conditions: a question that is shown only if another was answered in some way ("show if").

The other must come where this one can see it: the same event, the same form (at the door or not), and never an
organisers' own question, which attendees are not asked, before one of theirs.
"""

from typing import Any

from events.models import Question
from events.question_facts import CHOOSING, LEADING, QuestionFacts
from network.refusals import Invalid

Kind = Question.Kind


def refuse_impossible(question: Question, facts: QuestionFacts) -> None:
    """Raise Invalid at `shown_if_id` (unknown, circle) or `shown_if_values` (required, unknown) if it cannot be met."""
    if facts.shown_if_id is None:
        return
    leading = _leading(question, facts.shown_if_id)
    hidden = leading.is_staff_only and not facts.is_staff_only
    if hidden or leading.is_asked_at_door != facts.is_asked_at_door or leading.kind not in LEADING:
        raise Invalid(field="shown_if_id", reason="unknown")
    if not facts.shown_if_values:
        raise Invalid(field="shown_if_values", reason="required")
    if not _are_answers(facts.shown_if_values, leading.kind, _choices(leading)):
        raise Invalid(field="shown_if_values", reason="unknown")


def refuse_orphans(question: Question, facts: QuestionFacts) -> None:
    """Raise Invalid (leads) at what of a change would keep the questions that depend on this one from being asked."""
    for following in question.leads_to.all():
        if facts.kind not in LEADING:
            raise Invalid(field="kind", reason="leads")
        if facts.is_staff_only and not following.is_staff_only:
            raise Invalid(field="is_staff_only", reason="leads")
        if facts.is_asked_at_door != following.is_asked_at_door:
            raise Invalid(field="is_asked_at_door", reason="leads")
        values = [choice.get("value") or choice.get("vi", "") for choice in facts.choices]
        if not _are_answers(following.shown_if_values, facts.kind, values):
            raise Invalid(field="choices" if facts.kind in CHOOSING else "kind", reason="leads")


def _leading(question: Question, leading_id: int) -> Question:
    """The question that this one would depend on, which must not, through others, depend on this one."""
    first: Question | None = None
    seen: set[int | None] = {question.pk}
    number: int | None = leading_id
    while number is not None:
        if number in seen:
            raise Invalid(field="shown_if_id", reason="circle")
        seen.add(number)
        each = Question.objects.filter(pk=number, event=question.event_id).first()
        if each is None:
            raise Invalid(field="shown_if_id", reason="unknown")
        first = first or each
        number = each.shown_if_id
    assert first is not None
    return first


def _choices(question: Question) -> list[str]:
    return [choice["value"] for choice in question.versions.get(number=question.version).choices]


def _are_answers(values: Any, kind: str, choices: list[str]) -> bool:
    if kind in CHOOSING:
        return all(isinstance(value, str) and value in choices for value in values)
    return all(value is True or (value is False and kind == Kind.YES_NO) for value in values)
