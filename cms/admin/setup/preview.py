"""A question as the attendee sees it, in both languages, drawn from facts that need not be saved."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from events.models import Question, TicketType
from events.question_facts import QuestionFacts, facts_of

Kind = Question.Kind
YES, NO = "true", "false"
INPUTS = {
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.EMAIL: "email",
    Kind.PHONE: "tel",
    Kind.URL: "url",
    Kind.FILE: "file",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A question in one language. `condition` is for the script that shows and hides."""

    key: str
    kind: str
    label: str
    help_text: str
    choices: list[tuple[str, str]]
    is_required: bool
    leading: int | None
    values: str

    @property
    def input_type(self) -> str:
        """Of a single line."""
        return INPUTS.get(Kind(self.kind), "text")


def shown(facts: QuestionFacts, language: str, key: str = "new") -> Shown:
    """Return the question in a language; what is not translated is Vietnamese."""
    return Shown(
        key=key,
        kind=facts.kind,
        label=_said(facts, "label", language),
        help_text=_said(facts, "help_text", language),
        choices=[(choice.get("value") or choice["vi"], _choice(choice, language)) for choice in facts.choices],
        is_required=facts.is_required,
        leading=facts.shown_if_id,
        values=json.dumps([spelled(value) for value in facts.shown_if_values]),
    )


def form(questions: Iterable[Question], ticket_type: TicketType | None) -> dict[str, list[Shown]]:
    """Return what an attendee is asked for a ticket type, by language. `questions` come with versions and types."""
    asked = [each for each in questions if _is_for_attendee(each, ticket_type)]
    return {language: [shown(facts_of(each), language, str(each.pk)) for each in asked] for language in ("vi", "en")}


def _is_for_attendee(question: Question, ticket_type: TicketType | None) -> bool:
    types = [each.pk for each in question.ticket_types.all()]
    is_for_type = not types or ticket_type is None or ticket_type.pk in types
    return question.is_active and not question.is_staff_only and not question.is_asked_at_door and is_for_type


def _said(facts: QuestionFacts, name: str, language: str) -> str:
    return str(getattr(facts, f"{name}_{language}") or getattr(facts, f"{name}_vi"))


def spelled(value: Any) -> str:
    """Return an answer as inputs spell it when it is chosen: yes and no are words there."""
    return {True: YES, False: NO}[value] if isinstance(value, bool) else str(value)


def _choice(choice: Mapping[str, Any], language: str) -> str:
    return str(choice.get(language) or choice["vi"])
