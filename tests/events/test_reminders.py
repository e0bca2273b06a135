"""Reminders: once, a day before, to those who have a place."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import mails, registration, reminders, schedule
from events.models import Event, Registration, TicketType
from network.models import OutgoingMail
from tests.factories import NOW, PersonFactory, open_event, planner

KIND = "events.reminder"


def _tomorrow(**changes: Any) -> Event:
    return open_event(starts_at=NOW + timedelta(hours=30), **changes)


def _register(event: Event, **facts: Any) -> Registration:
    return registration.register(
        event_id=event.pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.SITE, **facts
    )


def _reminded() -> list[str]:
    return list(OutgoingMail.objects.filter(kind=KIND).order_by("pk").values_list("recipient", flat=True))


@pytest.mark.django_db
def test_holders_are_reminded_once_a_day_before() -> None:
    event = _tomorrow()
    held = _register(event)
    day_before = event.starts_at - timedelta(days=1)
    told = [reminders.send_due(at=day_before + timedelta(minutes=minutes)) for minutes in (-1, 0, 5, 600)]
    assert told == [0, 1, 0, 0]
    assert _reminded() == [held.person.email]
    event.refresh_from_db()
    assert event.reminder_sent_at == day_before


@pytest.mark.django_db
def test_who_has_no_place_is_not_reminded() -> None:
    event = _tomorrow(capacity=1)
    held = _register(event)
    _register(event, waits=True)
    gone = _register(_tomorrow())
    registration.cancel(registration_id=gone.pk, actor=gone.person, at=NOW)
    TicketType.objects.filter(event=event).update(needs_approval=True)
    _register(event)
    reminders.send_due(at=NOW + timedelta(hours=10))
    assert _reminded() == [held.person.email]


@pytest.mark.parametrize("status", ["DRAFT", "POSTPONED", "CANCELLED"])
@pytest.mark.django_db
def test_an_event_that_does_not_take_place_is_not_reminded_of(status: str) -> None:
    event = _tomorrow()
    _register(event)
    Event.objects.filter(pk=event.pk).update(status=status)
    assert reminders.send_due(at=NOW + timedelta(hours=10)) == 0
    assert _reminded() == []


@pytest.mark.django_db
def test_a_worker_that_comes_too_late_reminds_nobody() -> None:
    event = _tomorrow()
    _register(event)
    assert reminders.send_due(at=event.starts_at) == 0


@pytest.mark.django_db
def test_an_event_moved_to_a_later_day_is_reminded_of_again() -> None:
    event = _tomorrow()
    held = _register(event)
    reminders.send_due(at=NOW + timedelta(hours=10))
    week = timedelta(days=7)
    schedule.reschedule(
        event_id=event.pk,
        starts_at=event.starts_at + week,
        ends_at=event.ends_at + week,
        venue_id=event.venue_id,
        actor=planner(),
        at=NOW + timedelta(hours=11),
    )
    assert reminders.send_due(at=NOW + timedelta(hours=12)) == 0
    assert reminders.send_due(at=NOW + timedelta(hours=10) + week) == 1
    assert _reminded() == [held.person.email] * 2


@pytest.mark.django_db
def test_reminding_30_takes_as_many_statements_as_3() -> None:
    counts = []
    for people in (3, 27):
        event = _tomorrow()
        for _ in range(people):
            _register(event)
        with CaptureQueriesContext(connection) as asked:
            assert reminders.send_due(at=NOW + timedelta(hours=10)) == 1
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(_reminded()) == 30


def _remind_at_once() -> None:
    start = threading.Barrier(6)

    def worker() -> None:
        start.wait()
        try:
            reminders.send_due(at=NOW + timedelta(hours=10))
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _ in range(6)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_remind_once() -> None:
    held = _register(_tomorrow())
    _remind_at_once()
    assert _reminded() == [held.person.email]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_control_without_the_lock_reminds_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    _register(_tomorrow())
    everybody_asked = threading.Barrier(6)

    def unguarded(event_id: int, at: Any) -> bool:
        event = Event.objects.get(pk=event_id)
        everybody_asked.wait(10)
        mails.reminder(event=event, at=at)
        Event.objects.filter(pk=event_id).update(reminder_sent_at=at)
        return True

    monkeypatch.setattr(reminders, "_remind", unguarded)
    _remind_at_once()
    assert len(_reminded()) > 1
