"""Answers to a registration form: checked all at once, each refused at its field, kept with its version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from events import answer_files, history, permissions
from events.answer_shapes import Asked, shaped
from events.holding import held_registration
from events.models import Answer, Question, Registration, TicketType
from events.refusals import RegistrationNotActive, TooLateToChange
from network.models import Person
from network.refusals import Invalid, Refusal, Several
from network.statements import compiled

Kind = Question.Kind


@dataclass(frozen=True, kw_only=True)
class Checked:
    """An answer in the shape of its kind; None where nothing is answered."""

    asked: Asked
    value: Any


def asks(*, event_id: int) -> bool:
    """Whether an event asks anybody anything: most cafés do not."""
    return bool(_first_question(event_id=event_id))


@compiled
def _first_question(event_id: Any) -> QuerySet[Question, int]:
    return Question.objects.filter(event_id=event_id, is_active=True).order_by().values_list("pk", flat=True)[:1]


def form(*, ticket_type: TicketType, for_staff: bool = False, at_door: bool = False) -> list[Asked]:
    """Return what is asked of whoever registers for a ticket type, in order, in three statements.

    Organisers see their own questions, too (`for_staff`); `at_door` gives what is asked there, and it alone.
    """
    everything = asked_at(event_id=ticket_type.event_id, for_staff=for_staff, at_door=at_door)
    return [each for each in everything if each.is_for(ticket_type.pk)]


def asked_at(*, event_id: int, for_staff: bool = False, at_door: bool = False) -> list[Asked]:
    """Return what is asked at an event, whatever the ticket type; `Asked.is_for` tells whom. As `form`."""
    rows = _questions(event_id=event_id, at_door=at_door)
    if not for_staff:
        rows = [question for question in rows if not question.is_staff_only]
    prefetch_related_objects(rows, "versions", "ticket_types")
    asked = []
    for question in rows:
        version = next(each for each in question.versions.all() if each.number == question.version)
        types = frozenset(each.pk for each in question.ticket_types.all())
        asked.append(Asked(question=question, version=version, ticket_type_ids=types))
    return asked


@compiled
def _questions(event_id: Any, at_door: Any) -> QuerySet[Question]:
    return Question.objects.filter(event_id=event_id, is_active=True, is_asked_at_door=at_door)


def checked(
    *,
    ticket_type: TicketType,
    given: Mapping[int, Any],
    person: Person,
    for_staff: bool = False,
    at_door: bool = False,
    kept: Mapping[int, Any] | None = None,
) -> list[Checked]:
    """Return the answers in their shapes. What is not shown (`shown_if`) is not asked, whatever was sent for it.

    `kept` are answers that stand and are not judged again: they were good for the version that they answered.
    Raises Several with an Invalid at each `answers.<question>`: required, malformed, too_long, too_short,
    out_of_range, unknown, too_many, too_few; and at questions that nobody asked: unknown.
    """
    asked = form(ticket_type=ticket_type, for_staff=for_staff, at_door=at_door)
    refused: list[Refusal] = [
        Invalid(field=f"answers.{number}", reason="unknown")
        for number in given
        if number not in {each.question.pk for each in asked}
    ]
    values: dict[int, Any] = {}
    standing = kept or {}
    result = []
    for each in _leading_first(asked):
        question, value = each.question, None
        try:
            if is_shown(question, values):
                stands = question.pk in standing and question.pk not in given
                value = standing[question.pk] if stands else _answer(each, given.get(question.pk), person)
        except Invalid as refusal:
            refused.append(refusal)
        values[question.pk] = value
        result.append(Checked(asked=each, value=value))
    if refused:
        raise Several(refused)
    return result


def _answer(asked: Asked, raw: Any, person: Person) -> Any:
    value = shaped(asked, raw, person=person)
    if value is None and asked.question.is_required:
        raise Invalid(field=asked.field, reason="required")
    return value


def is_shown(question: Question, values: Mapping[int, Any]) -> bool:
    """Whether a question is asked, given the values of those that it depends on (none: it depends on nothing)."""
    if question.shown_if_id is None:
        return True
    value = values.get(question.shown_if_id)
    chosen = value if isinstance(value, list) else [value]
    return any(item in question.shown_if_values for item in chosen if item is not None)


def keep(*, registration: Registration, checked: Sequence[Checked], at: datetime) -> None:
    """Write the answers of a registration; an answer of nothing is removed. Inside the transaction of its rule.

    An answer that stays as it is keeps the version that it answered.
    """
    if not checked:
        return
    before = {answer.question_id: answer for answer in Answer.objects.filter(registration=registration)}
    for each in checked:
        question = each.asked.question
        known = before.get(question.pk)
        if each.value is None:
            if known is not None:
                answer_files.let_go(answer=known)
                known.delete()
        elif known is None or known.value != each.value:
            row = known or Answer(registration=registration, question=question)
            row.version, row.value, row.answered_at = each.asked.version, each.value, at
            row.save()
            if question.kind == Kind.FILE:
                answer_files.attach(answer=row)


def change(*, registration_id: int, answers: Mapping[int, Any], actor: Person, at: datetime) -> Registration:
    """Change the answers of a registration until the deadline; who runs the desk may always, staff's own included.

    Questions that are not named keep their answers, with the version that they answered; the desk may leave
    unanswered what the person did not answer. Raises RegistrationNotFound, RegistrationNotActive,
    TooLateToChange, Several as `checked`.
    """
    with transaction.atomic():
        registration, held = held_registration(registration_id=registration_id, actor=actor)
        runs_desk = permissions.may_run_desk(actor, held.pk)
        if not registration.is_active:
            raise RegistrationNotActive(status=registration.status)
        until = held.event.answers_until or held.event.starts_at
        if not runs_desk and until <= at:
            raise TooLateToChange(until=until)
        kept: dict[int, Any] = given(registration)
        if runs_desk:
            kept = dict.fromkeys(Question.objects.filter(event=held.pk).values_list("pk", flat=True)) | kept
        whole = checked(
            ticket_type=registration.ticket_type,
            given=answers,
            person=registration.person,
            for_staff=runs_desk,
            kept=kept,
        )
        keep(registration=registration, checked=whole, at=at)
        history.note(registration, "answers_changed", actor=actor, at=at)
    return registration


def given(registration: Registration) -> dict[int, Any]:
    """Return the values that a registration answered, by question."""
    return dict(Answer.objects.filter(registration=registration).order_by().values_list("question", "value"))


def _leading_first(asked: Sequence[Asked]) -> list[Asked]:
    """Return the questions so that each stands behind the one that it depends on, whatever order they are shown in."""
    known = {each.question.pk: each for each in asked}
    result: list[Asked] = []

    def place(each: Asked) -> None:
        leading = known.get(each.question.shown_if_id or 0)
        if leading is not None and leading not in result:
            place(leading)
        if each not in result:
            result.append(each)

    for each in asked:
        place(each)
    return result
