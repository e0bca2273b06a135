"""A hundred places, two ticket types that share them, 64 clients, 1,000 requests; some give places back, some change
the number of places meanwhile. Nobody is sold a place that is not there.

    OVERSELL_SEEDS=20 python3 manage.py test --on postgresql -- tests/events/test_oversell.py

runs twenty seeds; every test run does two.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from events import capacity, confirmation, registration, seats, statistics, ticket_types
from events.models import Event, HistoryEntry, Quota, Registration, Seats, Ticket
from events.refusals import EventFull
from events.ticket_types import TypeFacts
from network.models import OutgoingMail, Person
from network.refusals import Refusal
from tests.events.crowd import at_once, people
from tests.factories import NOW, open_event, planner

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SEEDS = int(os.environ.get("OVERSELL_SEEDS", "2"))
CLIENTS, REQUESTS, PLACES = 64, 1000, 100
Request = tuple[str, Any]


class Sale:
    """An event whose pool of a hundred places two ticket types share."""

    def __init__(self) -> None:
        self.organiser = planner()
        self.event: Event = open_event(capacity=None, starts_at=NOW + timedelta(days=12))
        act: dict[str, Any] = {"event_id": self.event.pk, "actor": self.organiser}
        self.pool = capacity.set_quota(name="Hội trường", capacity=PLACES, at=NOW, **act)
        self.types = [
            ticket_types.add(facts=TypeFacts(name_vi=name, quota_ids=(self.pool.pk,)), **act).pk
            for name in ("Khách", "Đối tác")
        ]
        self.lock = threading.Lock()
        self.confirmed: list[Registration] = []

    def requests(self, seed: int) -> list[Request]:
        """1,000 requests: most register, some cancel, some change the number of places, in this seed's order."""
        chance = random.Random(seed)
        crowd = iter(people(REQUESTS))
        made: list[Request] = []
        for _ in range(REQUESTS):
            what = chance.choices(["register", "cancel", "resize"], [88, 10, 2])[0]
            given = {"register": lambda: (next(crowd), chance.choice(self.types)), "cancel": chance.random}
            made.append((what, given.get(what, lambda: chance.randint(PLACES - 15, PLACES))()))
        return made

    def act(self, request: Request) -> str:
        """Do one request; return what it was told."""
        what, given = request
        try:
            return getattr(self, what)(given)
        except Refusal as refusal:
            return refusal.code

    def register(self, given: tuple[Person, int]) -> str:
        """Take a place of one of the types."""
        person, type_id = given
        taken = registration.register(
            event_id=self.event.pk, person=person, at=NOW, channel=Registration.Channel.API, ticket_type_id=type_id
        )
        with self.lock:
            self.confirmed.append(taken)
        return "confirmed"

    def cancel(self, share: float) -> str:
        """Give a place back that somebody took before."""
        with self.lock:
            if not self.confirmed:
                return "nobody yet"
            held = self.confirmed.pop(int(share * len(self.confirmed)))
        registration.cancel(registration_id=held.pk, actor=held.person, at=NOW)
        return "cancelled"

    def resize(self, places: int) -> str:
        """Change the number of places, never above a hundred."""
        act = {"event_id": self.event.pk, "actor": self.organiser, "at": NOW}
        capacity.set_quota(name="Hội trường", capacity=places, quota_id=self.pool.pk, **act)
        return "resized"

    def standing(self) -> int:
        """How many places are confirmed, counted from the rows."""
        return Registration.objects.filter(event=self.event, status="CONFIRMED").count()


def _watched(sale: Sale, work: Callable[[], Counter[str]]) -> tuple[Counter[str], int]:
    """Do the work; return what was told, and the most places that anybody looking saw confirmed at one moment."""
    most, over = [0], threading.Event()

    def look() -> None:
        from django.db import connection  # inline: a connection of this thread

        while not over.is_set():
            most[0] = max(most[0], sale.standing())
            time.sleep(0.05)
        connection.close()

    watcher = threading.Thread(target=look)
    watcher.start()
    told = work()
    over.set()
    watcher.join()
    return told, max(most[0], sale.standing())


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nobody_is_sold_a_place_that_is_not_there(seed: int) -> None:
    sale = Sale()
    told, most = _watched(sale, lambda: at_once(sale.act, sale.requests(seed), CLIENTS))
    pool = Quota.objects.get(pk=sale.pool.pk)
    assert set(told) <= {"confirmed", "EVENT_FULL", "cancelled", "resized", "nobody yet", "CAPACITY_BELOW_TAKEN"}
    assert sum(told.values()) == REQUESTS
    assert most <= PLACES
    assert sale.standing() == pool.taken == told["confirmed"] - told["cancelled"] <= pool.capacity
    assert statistics.counter(event_id=sale.event.pk) == statistics.recount(event_id=sale.event.pk)
    assert Ticket.objects.filter(revoked_at=None).count() == pool.taken
    assert OutgoingMail.objects.filter(kind="events.confirmed").count() == told["confirmed"]
    assert HistoryEntry.objects.filter(act="confirmed").count() == told["confirmed"]


def test_the_control_without_the_guard_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look whether a place is free, then write, with nothing in between to hold the others."""
    sale = Sale()
    numbers = iter(range(1, 100_000))

    def held_by_nobody(*, event_id: int) -> Seats:
        return Seats.objects.select_related("event").get(event_id=event_id)

    def taken(**_: object) -> int:
        is_free = sale.standing() < PLACES
        time.sleep(0.01)  # what happens between a check and a write on a busy day
        if not is_free:
            raise EventFull(event_id=sale.event.pk)
        return next(numbers)

    # On SQLite a transaction alone holds everybody else: the control does without one.
    monkeypatch.setattr(registration.transaction, "atomic", _nothing)
    monkeypatch.setattr(seats, "hold", held_by_nobody)
    monkeypatch.setattr(seats, "take", taken)
    monkeypatch.setattr(confirmation.mails, "confirmed", lambda **_: None)
    registering = [request for request in sale.requests(0) if request[0] == "register"][:300]
    told = at_once(sale.act, registering, CLIENTS)
    assert told["confirmed"] > PLACES


class _nothing:  # stands for `transaction.atomic`
    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
