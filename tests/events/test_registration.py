"""Registering and cancelling, refusal by refusal; a refused act changes nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from events import capacity, checkin, desk, planning, registration, schedule, statistics, ticket_types
from events.models import Event, EventStaff, Registration, Seats, Ticket
from events.refusals import (
    AlreadyRegistered,
    CapacityBelowTaken,
    EventFull,
    EventNotFound,
    RegistrationClosed,
    RegistrationNotActive,
    RegistrationNotFound,
    RegistrationNotYetOpen,
    TooLateToCancel,
)
from events.ticket_types import TypeFacts
from network import outbox
from network.models import OutgoingMail, Person
from network.refusals import NotPermitted, Refusal
from tests.factories import NOW, PersonFactory, facts, main_list, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


def _register(event: Event, person: Person | None = None, at: datetime = NOW) -> Registration:
    person = person or PersonFactory.create()
    return registration.register(event_id=event.pk, person=person, at=at, channel=Registration.Channel.SITE)


def test_a_registration_takes_a_seat_issues_a_ticket_and_writes_a_letter() -> None:
    event = open_event(capacity=2)
    person = PersonFactory.create(full_name="Phạm Thu Hà", preferred_language="en")
    registered = _register(event, person)
    ticket = Ticket.objects.get(registration=registered)
    assert (registered.status, registered.number, registered.language) == ("CONFIRMED", 1, "en")
    assert (ticket.number, ticket.holder_name) == ("CAFE 001 0001 · 4", "Phạm Thu Hà")
    assert Seats.objects.get(event=event).taken == 1
    letter = OutgoingMail.objects.get()
    assert (letter.recipient, outbox.opened(letter)["Subject"]) == (
        person.email,
        "Your ticket: Selling to factories: from pilot to contract",
    )


def test_numbers_are_never_given_twice_even_after_a_cancellation() -> None:
    event = open_event()
    first = _register(event)
    registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    assert _register(event).number == 2


@pytest.mark.parametrize(
    ("changes", "at", "refusal"),
    [
        ({"capacity": 0}, NOW, EventFull),
        ({"registration_opens_at": NOW + timedelta(days=1)}, NOW, RegistrationNotYetOpen),
        ({"registration_closes_at": NOW}, NOW, RegistrationClosed),
        ({}, NOW + timedelta(days=30), RegistrationClosed),
    ],
)
def test_a_refused_registration_writes_nothing(changes: Any, at: datetime, refusal: type[Refusal]) -> None:
    event = open_event(**changes)
    with pytest.raises(refusal):
        _register(event, at=at)
    assert not Registration.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk)


def test_a_draft_does_not_exist_for_those_who_register() -> None:
    draft = planning.plan_event(facts=facts(), actor=planner())
    with pytest.raises(EventNotFound):
        _register(draft)


def test_a_cancelled_event_takes_no_registration() -> None:
    event = open_event()
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    with pytest.raises(RegistrationClosed):
        _register(event)


@pytest.mark.parametrize("capacity", [5, 1])
def test_a_second_registration_is_refused_also_when_the_event_is_full(capacity: int) -> None:
    event = open_event(capacity=capacity)
    first = _register(event)
    with pytest.raises(AlreadyRegistered) as refused:
        _register(event, first.person)
    assert refused.value.facts == {"registration_id": first.pk}
    assert Seats.objects.get(event=event).taken == 1


def test_cancelling_frees_the_seat_kills_the_ticket_and_withdraws_the_invitation() -> None:
    event = open_event(capacity=1)
    registered = _register(event)
    cancelled = registration.cancel(registration_id=registered.pk, actor=registered.person, at=NOW)
    assert (cancelled.status, cancelled.cancelled_at) == ("CANCELLED", NOW)
    assert Ticket.objects.get(registration=registered).revoked_at == NOW
    assert _register(event).status == "CONFIRMED"
    letter = OutgoingMail.objects.filter(recipient=registered.person.email).latest("id")
    calendar = list(outbox.opened(letter).walk())[-1]
    assert calendar.get_param("method") == "CANCEL"


def test_a_cancelled_registration_cannot_be_cancelled_again() -> None:
    registered = _register(open_event())
    registration.cancel(registration_id=registered.pk, actor=registered.person, at=NOW)
    with pytest.raises(RegistrationNotActive):
        registration.cancel(registration_id=registered.pk, actor=registered.person, at=NOW)
    assert Seats.objects.get(event=registered.event).taken == 0


def _let_in(registered: Registration) -> datetime:
    event = registered.event
    scan = checkin.Scan(code=registered.tickets.get().number, nonce=uuid4())
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=on_duty(event), at=NOW)
    return NOW


def _event_cancelled(registered: Registration) -> datetime:
    schedule.cancel_event(event_id=registered.event_id, actor=planner(), at=NOW)
    return NOW


def _over(registered: Registration) -> datetime:
    return registered.event.ends_at


@pytest.mark.parametrize("what", [_let_in, _event_cancelled, _over])
def test_a_place_that_was_used_or_is_over_cannot_be_given_back(what: Callable[[Registration], datetime]) -> None:
    registered = _register(open_event())
    at = what(registered)
    letters = OutgoingMail.objects.count()
    with pytest.raises(TooLateToCancel):
        registration.cancel(registration_id=registered.pk, actor=registered.person, at=at)
    assert (Seats.objects.get(event=registered.event).taken, OutgoingMail.objects.count()) == (1, letters)


def test_registration_ends_with_the_event_whatever_its_window_says() -> None:
    event = open_event(registration_closes_at=NOW + timedelta(days=60))
    with pytest.raises(RegistrationClosed):
        _register(event, at=event.ends_at)


def test_nobody_cancels_for_another() -> None:
    registered = _register(open_event())
    with pytest.raises(RegistrationNotFound):
        registration.cancel(registration_id=registered.pk, actor=PersonFactory.create(), at=NOW)
    registered.refresh_from_db()
    assert registered.status == "CONFIRMED"


def test_capacity_is_changed_by_planners_and_not_below_what_is_taken() -> None:
    event = open_event(capacity=2)
    _register(event)
    with pytest.raises(CapacityBelowTaken) as refused:
        capacity.change(event_id=event.pk, capacity=0, actor=planner(), at=NOW)
    assert refused.value.facts == {"taken": 1}
    with pytest.raises(NotPermitted):
        capacity.change(event_id=event.pk, capacity=10, actor=PersonFactory.create(), at=NOW)
    assert Seats.objects.get(event=event).capacity == 2
    assert capacity.change(event_id=event.pk, capacity=None, actor=planner(), at=NOW).left is None


def test_the_desk_registers_people_outside_the_window_and_into_hidden_types() -> None:
    event = open_event(registration_closes_at=NOW - timedelta(hours=1))
    organiser = on_duty(event, EventStaff.Role.ORGANISER)
    hidden = ticket_types.add(event_id=event.pk, facts=TypeFacts(name_vi="Khách mời", is_hidden=True), actor=planner())
    act: dict[str, Any] = {"event_id": event.pk, "ticket_type_id": hidden.pk, "at": NOW}
    with pytest.raises(RegistrationClosed):
        registration.register(person=PersonFactory.create(), channel=Registration.Channel.SITE, **act)
    person = {"email": "khach@example.org", "full_name": "Khách Mời", "agreed": True}
    made = desk.register_for(actor=organiser, **person, **act)
    assert (made.status, made.ticket_type, made.channel) == ("CONFIRMED", hidden, "ADMIN")
    with pytest.raises(RegistrationClosed):
        desk.register_for(actor=organiser, **{**act, "at": event.ends_at}, **{**person, "email": "muon@example.org"})
