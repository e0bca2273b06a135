"""Registrations, questions, ticket types and phones in the world of the operations."""

from __future__ import annotations

from typing import Any

from events import gate_devices, questions, registration, ticket_types
from events.gate_devices import DeviceFacts, Enrolled, Invited
from events.models import Event, EventStaff, Question, Registration, TicketType
from events.questions import QuestionFacts
from events.ticket_types import TypeFacts
from network.models import Person
from tests.factories import NOW, PersonFactory, gate, on_duty, planner

SITE = Registration.Channel.SITE


def invited(event: Event, name: str = "Cửa A", **facts: Any) -> Invited:
    """A phone for the event's doors, with the code that it is to scan."""
    organiser = on_duty(event, EventStaff.Role.ORGANISER)
    stated = DeviceFacts(name=name, gate_id=gate(event).pk, **facts)
    return gate_devices.invite(event_id=event.pk, facts=stated, actor=organiser, at=NOW)


def enrolled(event: Event, name: str = "Cửa A", **facts: Any) -> Enrolled:
    """A phone at the event's doors, with its token."""
    return gate_devices.enrol(code=invited(event, name, **facts).code, at=NOW)


def kind_of(event: Event, name: str, **facts: Any) -> TicketType:
    """One more ticket type of the event, for groups of five."""
    stated = TypeFacts(name_vi=name, most_per_person=5, **facts)
    return ticket_types.add(event_id=event.pk, facts=stated, actor=planner())


def asked(event: Event, **facts: Any) -> Question:
    """One more question of the event."""
    stated = {
        "kind": "CHOICE",
        "label_vi": "Cỡ áo",
        "label_en": "Shirt size",
        "choices": ({"value": "M", "vi": "Vừa", "en": "Medium"}, {"value": "L", "vi": "Lớn", "en": "Large"}),
    }
    return questions.add(event_id=event.pk, facts=QuestionFacts(**(stated | facts)), actor=planner())


def taken(event: Event, person: Person | None, kind: TicketType | None = None, **more: Any) -> Registration:
    """Somebody registers on the site."""
    assert person is not None
    type_id = kind.pk if kind else None
    return registration.register(event_id=event.pk, person=person, at=NOW, channel=SITE, ticket_type_id=type_id, **more)


def offered(event: Event, person: Person | None) -> Registration:
    """Somebody waits at an event with one place, which is given back to them."""
    first = taken(event, PersonFactory.create())
    waiting = taken(event, person, waits=True)
    registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    return waiting
