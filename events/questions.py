"""Questions of a registration form: asked by organisers, reworded in versions, never rewritten under an answer."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from events import conditions, doors, permissions, seats
from events.models import Answer, Question, QuestionVersion, TicketType
from events.question_facts import KEPT, LONGEST_RETENTION, QuestionFacts, refuse_out_of_range, words
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted


def add(*, event_id: int, facts: QuestionFacts, actor: Person) -> Question:
    """Add a question behind the others; return it.

    Raises NotPermitted, EventNotFound, and Invalid at the field: `kind` and `ticket_type_ids` (unknown), `label_vi`
    (required), texts (too_long), `choices` (required, repeated, too_many, too_long), `least`, `most` and
    `retention_days` (out_of_range), `most` (below_least), `shown_if_id` (unknown, circle), `shown_if_values`
    (required, unknown).
    """
    _permitted(actor)
    with transaction.atomic():
        seats.hold(event_id=event_id)
        last = Question.objects.filter(event=event_id).aggregate(last=Max("order"))["last"] or 0
        return _write(Question(event_id=event_id, order=last + 1), facts)


def change(*, question_id: int, facts: QuestionFacts, actor: Person) -> Question:
    """Change a question; return it. Another wording, choice or limit is another version: answers keep theirs.

    Raises NotPermitted, NotFound, Invalid as `add`, also at `kind` (fixed) once it was answered, and at `kind`,
    `choices`, `is_staff_only` and `is_asked_at_door` (leads) where others depend on its answer.
    """
    _permitted(actor)
    with transaction.atomic():
        question = _held(question_id)
        if facts.kind != question.kind and question.answers.exists():
            raise Invalid(field="kind", reason="fixed")
        conditions.refuse_orphans(question, facts)
        return _write(question, facts)


def reorder(*, event_id: int, question_ids: Sequence[int], actor: Person) -> None:
    """Ask the questions of an event in this order.

    Raises NotPermitted, EventNotFound, and Invalid at `order` (unknown) unless each is named once.
    """
    _permitted(actor)
    with transaction.atomic():
        seats.hold(event_id=event_id)
        known = Question.objects.filter(event=event_id).order_by("pk").values_list("pk", flat=True)
        if sorted(question_ids) != list(known):
            raise Invalid(field="order", reason="unknown")
        for place, number in enumerate(question_ids, start=1):
            Question.objects.filter(pk=number).update(order=place)


def remove(*, question_id: int, actor: Person) -> None:
    """Remove a question that nobody answered and on which no other depends; else ask it no more.

    Raises NotPermitted, NotFound.
    """
    _permitted(actor)
    with transaction.atomic():
        question = _held(question_id)
        _tell_doors(question)
        if Answer.objects.filter(question=question).exists() or question.leads_to.exists():
            question.is_active = False
            question.save(update_fields=["is_active"])
        else:
            question.delete()


def _write(question: Question, facts: QuestionFacts) -> Question:
    if facts.kind not in Question.Kind.values:
        raise Invalid(field="kind", reason="unknown")
    types = TicketType.objects.filter(event=question.event_id, pk__in=facts.ticket_type_ids)
    if len(types) != len(set(facts.ticket_type_ids)):
        raise Invalid(field="ticket_type_ids", reason="unknown")
    conditions.refuse_impossible(question, facts)
    refuse_out_of_range("retention_days", facts.retention_days, 0, LONGEST_RETENTION)
    version = words(facts)
    _tell_doors(question)
    for name in KEPT:
        setattr(question, name, getattr(facts, name))
    _tell_doors(question)
    question.shown_if_values = list(facts.shown_if_values) if facts.shown_if_id is not None else []
    question.save()
    question.ticket_types.set(types)
    _keep_version(question, version)
    return question


def _tell_doors(question: Question) -> None:
    """Gates know of their list whether anything is asked there (`door_facts`)."""
    if question.is_asked_at_door:
        doors.changed(event_id=question.event_id)


def _keep_version(question: Question, version: dict[str, Any]) -> None:
    """Write the wording as a new version if it differs from the one asked now.

    That one is reworded only while nobody can have read it: somebody may be answering it at this moment.
    """
    current = question.versions.filter(number=question.version).first()
    if current is not None and all(getattr(current, name) == value for name, value in version.items()):
        return
    if current is None or question.event.is_public or current.answers.exists():
        question.version = question.versions.count() + 1
        question.save(update_fields=["version"])
        QuestionVersion.objects.create(question=question, number=question.version, **version)
        return
    for name, value in version.items():
        setattr(current, name, value)
    current.save()


def _held(question_id: int) -> Question:
    """The question as it is now, under its event's Seats: two changes cannot make a circle, nor answers be missed."""
    event_id = Question.objects.filter(pk=question_id).values_list("event", flat=True).first()
    if event_id is None:
        raise NotFound()
    seats.hold(event_id=event_id)
    return Question.objects.select_related("event").get(pk=question_id)


def _permitted(actor: Person) -> None:
    if not permissions.may_plan_events(actor):
        raise NotPermitted()
