"""Many clients at once, each in a thread with a connection of its own: no seat sold twice, no ticket let in twice.

Every race has a control in which the guard is off and which must go wrong: it proves that the race is real.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import icalendar
import pytest

from events import checkin, mails, planning, registration, schedule, seats, statistics, tickets
from events.checkin import Scan
from events.models import CheckIn, Registration, Seats
from events.refusals import EventFull
from network import outbox
from network.models import OutgoingMail, Person
from network.refusals import Refusal
from tests.events.crowd import at_once, people
from tests.factories import NOW, PersonFactory, facts, main_list, on_duty, open_event, planner

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CLIENTS = 64


def _registering(event_id: int) -> Callable[[Person], str]:
    def act(person: Person) -> str:
        try:
            registration.register(event_id=event_id, person=person, at=NOW, channel=Registration.Channel.API)
        except Refusal as refusal:
            return refusal.code
        return "confirmed"

    return act


def test_64_clients_for_100_places_get_exactly_100() -> None:
    event = open_event(capacity=100)
    told = at_once(_registering(event.pk), people(160), CLIENTS)
    assert told == {"confirmed": 100, "EVENT_FULL": 60}
    assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk)
    assert OutgoingMail.objects.count() == 100
    numbers = Registration.objects.filter(event=event).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 101))


def test_the_control_without_the_guard_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check first, write after, as one would without thinking: more than the capacity is confirmed."""
    event = open_event(capacity=100)
    numbers = iter(range(1, 10_000))
    unguarded = _registering(event.pk)

    def held_by_nobody(*, event_id: int) -> Seats:
        rows = Seats.objects.select_related("event")
        return rows.get(event_id=event_id)

    def checked_before_writing(person: Person) -> str:
        if Registration.objects.filter(event=event).count() >= 100:
            return EventFull.code
        time.sleep(0.01)  # what happens between a check and a write on a busy day
        return unguarded(person)

    monkeypatch.setattr(seats, "hold", held_by_nobody)
    monkeypatch.setattr(seats, "take", lambda **_: next(numbers))
    monkeypatch.setattr(mails, "confirmed", lambda **_: None)
    told = at_once(checked_before_writing, people(260), CLIENTS)
    assert told["confirmed"] > 100


def test_one_person_registering_at_once_on_many_devices_gets_one_ticket() -> None:
    event = open_event(capacity=100)
    person = PersonFactory.create()
    told = at_once(_registering(event.pk), [person] * 16, 16)
    assert told == {"confirmed": 1, "ALREADY_REGISTERED": 15}
    assert Seats.objects.get(event=event).taken == 1


def test_who_registers_while_the_event_is_moved_is_invited_to_the_new_time() -> None:
    event = open_event(capacity=100)
    actor = planner()
    register = _registering(event.pk)
    later = {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}

    def act(task: Person | str) -> str:
        if isinstance(task, Person):
            return register(task)
        schedule.reschedule(event_id=event.pk, venue_id=event.venue_id, actor=actor, at=NOW, **later)
        return "moved"

    crowd = people(24)
    assert at_once(act, [*crowd[:12], "move", *crowd[12:]], 8) == {"confirmed": 24, "moved": 1}
    for registered in Registration.objects.select_related("person"):
        letter = OutgoingMail.objects.filter(recipient=registered.person.email).latest("id")
        invitation = list(outbox.opened(letter).walk())[-1].get_payload(decode=True)
        (component,) = icalendar.Calendar.from_ical(invitation).events
        assert (component["DTSTART"].dt, component["SEQUENCE"]) == (later["starts_at"], 1)


def test_events_planned_at_once_each_get_a_code() -> None:
    actor = planner()
    stated = [facts(series_id=None, edition=None, kind="TRAINING", title_vi=f"Lớp {n}") for n in range(8)]

    def plan(one: planning.EventFacts) -> str:
        return planning.plan_event(facts=one, actor=actor).code

    codes = at_once(plan, stated, 4)
    assert sorted(codes) == [f"TRAIN 2612 {n:03d}" for n in range(1, 9)]


def _scanning(code: str, list_id: int, actor: Person) -> Callable[[Any], str]:
    def act(nonce: Any) -> str:
        scan = Scan(code=code, nonce=nonce, device=f"device {nonce}")
        answer = checkin.redeem(list_id=list_id, scan=scan, actor=actor, at=NOW)
        return f"{answer.checkin.status} {answer.checkin.reason} {answer.first.pk if answer.first else ''}".strip()

    return act


def _one_ticket() -> tuple[Any, Callable[[Any], str]]:
    event = open_event()
    held = registration.register(
        event_id=event.pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.API
    )
    return event, _scanning(tickets.code(held.tickets.get()), main_list(event).pk, on_duty(event))


def test_one_ticket_scanned_by_32_gates_at_once_is_let_in_once() -> None:
    event, scan = _one_ticket()
    told = at_once(scan, [uuid4() for _ in range(32)], 32)
    first = CheckIn.objects.get(event=event, status="ok")
    assert told == {"ok": 1, f"error already_redeemed {first.pk}": 31}
    assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk)


def test_the_same_nonce_sent_20_times_at_once_is_one_row_and_one_answer() -> None:
    event, scan = _one_ticket()
    assert at_once(scan, [uuid4()] * 20, 20) == {"ok": 20}
    assert CheckIn.objects.filter(event=event).count() == 1


def test_the_control_without_lock_and_constraint_lets_a_ticket_in_twice() -> None:
    """Asking "was it in before?" and writing it down, with nothing in between to hold the others."""
    let_in: list[Any] = []

    def unguarded(nonce: Any) -> str:
        known = bool(let_in)
        time.sleep(0.01)
        if not known:
            let_in.append(nonce)
        return "already_redeemed" if known else "ok"

    assert at_once(unguarded, [uuid4() for _ in range(32)], 32)["ok"] > 1
