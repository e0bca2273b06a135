"""Scenes of the registration tests: who registers for what, and what must hold after each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db.models import Model, Sum

from events import capacity, questions, registration, statistics, ticket_types
from events.models import (
    Answer,
    Event,
    EventStaff,
    HistoryEntry,
    Invitation,
    Question,
    QuestionVersion,
    Quota,
    Registration,
    Seats,
    Ticket,
    TicketType,
)
from events.party import Companion
from events.question_facts import QuestionFacts, facts_of
from events.ticket_types import TypeFacts
from network.models import Consent, OutgoingMail, Person
from network.refusals import Refusal, each
from tests.factories import NOW, PersonFactory, on_duty, planner

SIZES = ({"value": "s", "vi": "Nhỏ", "en": "Small"}, {"value": "l", "vi": "Lớn", "en": "Large"})

KEPT: tuple[type[Model], ...] = (
    Event, Seats, Quota, TicketType, TicketType.quotas.through, Invitation, Registration, Ticket, HistoryEntry,
    Question, Question.ticket_types.through, QuestionVersion, Answer, OutgoingMail, Person, Consent,
)  # fmt: skip


def everything(*, without: tuple[type[Model], ...] = ()) -> list[list[tuple[Any, ...]]]:
    """Every row that a rule of registration could write."""
    kept = [model for model in KEPT if model not in without]
    return [sorted(model._default_manager.values_list(), key=lambda row: str(row[0])) for model in kept]


@contextmanager
def refused(kind: type[Refusal], *, field: str | None = None, **facts: Any) -> Iterator[None]:
    """The block raises exactly this refusal (among several: at this field), and changes nothing."""
    before = everything()
    with pytest.raises(Refusal) as caught:
        yield
    found = [one for one in each(caught.value) if field is None or one.field == field]
    assert [type(one) for one in found] == [kind], each(caught.value)
    assert {name: found[0].facts.get(name) for name in facts} == facts
    assert everything() == before


def desk(event: Event) -> Person:
    """Somebody who runs the event's desk."""
    return on_duty(event, EventStaff.Role.ORGANISER)


def sign_up(
    event: Event, person: Person | None = None, kind: TicketType | None = None, *, at: datetime = NOW, **more: Any
) -> Registration:
    """Somebody registers on the site. `guests` is how many they bring along."""
    guests = [Companion(name=f"Bạn {letter}") for letter in "ABCDEFGH"[: more.pop("guests", 0)]]
    return registration.register(
        event_id=event.pk,
        person=person or PersonFactory.create(),
        at=at,
        channel=Registration.Channel.SITE,
        ticket_type_id=kind and kind.pk,
        companions=more.pop("companions", guests),
        **more,
    )


def pool(event: Event, name: str, places: int) -> Quota:
    """A pool of the event."""
    return capacity.set_quota(event_id=event.pk, name=name, capacity=places, actor=planner(), at=NOW)


def kind_of(event: Event, name: str = "Vé mời", *, pools: tuple[Quota, ...] = (), **facts: Any) -> TicketType:
    """A ticket type of the event."""
    stated = TypeFacts(name_vi=name, quota_ids=tuple(quota.pk for quota in pools), **facts)
    return ticket_types.add(event_id=event.pk, facts=stated, actor=planner())


def change_kind(kind: TicketType, **changes: Any) -> TicketType:
    """The ticket type, changed in these facts alone."""
    stated = replace(ticket_types.facts_of(kind), **changes)
    return ticket_types.change(ticket_type_id=kind.pk, facts=stated, actor=planner(), at=NOW)


def only_kind(event: Event) -> TicketType:
    """The type that every event begins with."""
    return event.ticket_types.get()


def ask(event: Event, kind: str = "SHORT_TEXT", label: str = "Bạn làm gì?", **more: Any) -> Question:
    """A question of the event."""
    if kind in ("CHOICE", "CHOICES"):
        more = {"choices": SIZES} | more
    stated = QuestionFacts(kind=kind, label_vi=label, **more)
    return questions.add(event_id=event.pk, facts=stated, actor=planner())


def change(question: Question, **changes: Any) -> Question:
    """The question, changed in these facts alone."""
    stated = replace(facts_of(question), **changes)
    return questions.change(question_id=question.pk, facts=stated, actor=planner())


def state(row: Registration) -> str:
    """The status as the database has it."""
    return Registration.objects.values_list("status", flat=True).get(pk=row.pk)


def taken(event: Event) -> int:
    """How many places are taken, as the counter says."""
    return Seats.objects.values_list("taken", flat=True).get(event=event)


def counts_agree(event: Event) -> bool:
    """Every counter equals what the rows say; each place that is confirmed has one living ticket."""
    assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk)
    for quota in Quota.objects.filter(event=event):
        rows = Registration.objects.filter(ticket_type__quotas=quota, status__in=Registration.HOLDING)
        assert quota.taken == (rows.aggregate(places=Sum("quantity"))["places"] or 0), quota
    for row in Registration.objects.filter(event=event):
        living = row.tickets.filter(revoked_at=None).count()
        assert living == (row.quantity if row.status == "CONFIRMED" else 0), row
    for invitation in Invitation.objects.filter(event=event):
        assert invitation.uses == invitation.registrations.filter(status__in=Registration.ACTIVE).count()
    return True
