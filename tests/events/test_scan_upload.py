"""Scans made without a network: whatever the order in which phones send them, the outcome is the same.

    CHECKIN_SEQUENCES=5000 .venv/bin/pytest tests/events/test_scan_upload.py

tries a hundred times as many as every test run does.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import (
    auto_exit,
    conflicts,
    door_facts,
    doors,
    hindsight,
    registration,
    visits,
)
from events.models import CheckIn, GateDevice, Ticket
from network.refusals import Refusal
from tests.events.door_scenes import (
    MINUTE,
    Door,
    counts_agree,
    everything,
    list_of,
    ruled,
    tally,
    ticket_of,
    way,
)
from tests.factories import NOW, ZONE, on_duty

SEQUENCES = int(os.environ.get("CHECKIN_SEQUENCES", "50"))
EVE = datetime(2026, 11, 23, 23, 0, tzinfo=ZONE)
"""An hour before the city's midnight."""
LISTS, DEVICES, TICKETS = 3, 5, 3
MAIN, HALL, GARDEN = range(LISTS)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kept:
    """A scan in a phone's queue: `minute` is the true one, behind EVE; `place` makes its nonce."""

    device: int
    ticket: int
    at: int
    minute: int
    goes_out: bool = False
    let_in: bool = True
    late: bool = False
    place: int = 0

    @property
    def nonce(self) -> UUID:
        """The same in every order."""
        return UUID(int=(self.minute * 7919 % 997) << 64 | self.place + 1)


@dataclass(frozen=True)
class Evening:
    """What happened: by which rules, what was scanned online meanwhile, what waits in the phones."""

    reentry: bool = True
    multiple: bool = False
    daily: bool = False
    needs: bool = False
    leaves: bool = False
    empties: bool = False
    skews: tuple[int, ...] = (0,) * DEVICES
    online: tuple[Kept, ...] = ()
    kept: tuple[Kept, ...] = ()
    cancelled_before: bool = False
    cancelled_between: bool = False


kept_scans = st.builds(
    Kept,
    device=st.integers(0, DEVICES - 1),
    ticket=st.sampled_from([0, 0, 0, 0, 1, 2]),
    at=st.sampled_from([MAIN, MAIN, HALL, GARDEN]),
    minute=st.integers(0, 180),
    goes_out=st.sampled_from([False, False, False, True]),
    let_in=st.sampled_from([True] * 7 + [False]),
    late=st.sampled_from([False, False, True]),
)
sure = st.booleans()


@st.composite
def evenings(draw: st.DrawFn) -> Evening:
    """Mostly one ticket, that is scanned much; no two scans in the same minute: only their nonces would order them."""
    scans = draw(st.lists(kept_scans, min_size=4, max_size=8, unique_by=lambda kept: kept.minute))
    scans = [Kept(**{**vars(kept), "place": place}) for place, kept in enumerate(scans)]
    online = draw(st.integers(0, 2))
    return Evening(
        reentry=draw(sure),
        multiple=draw(st.sampled_from([False, False, True])),
        daily=draw(sure),
        needs=draw(sure),
        leaves=draw(sure),
        empties=draw(sure),
        skews=tuple(draw(st.integers(-720, 720)) for _ in range(DEVICES)),
        online=tuple(sorted(scans[:online], key=lambda kept: kept.minute)),
        kept=tuple(scans[online:]),
        cancelled_before=draw(sure),
        cancelled_between=draw(sure),
    )


@st.composite
def orders(draw: st.DrawFn, evening: Evening) -> list[list[list[Kept]]]:
    """In which batches the phones send: first what is not late, then the rest; some of it more than once."""
    phases: list[list[list[Kept]]] = []
    for late in (False, True):
        sent: list[list[Kept]] = []
        for device in range(DEVICES):
            queue = [kept for kept in evening.kept if kept.late == late and kept.device == device]
            queue = draw(st.permutations(queue + queue[: draw(st.integers(0, 2))]))
            while queue:
                size = draw(st.integers(1, 3))
                sent.append(queue[:size])
                queue = queue[size:]
        phases.append(draw(st.permutations(sent)))
    return phases


@dataclass
class World:
    """Made once for many evenings: an event with three lists, five senders and three tickets."""

    door: Door = field(default_factory=Door)

    def __post_init__(self) -> None:
        self.event = self.door.event
        self.lists = [self.door.at, list_of(self.event, "Hội thảo"), list_of(self.event, "Vườn")]
        self.senders = [on_duty(self.event), on_duty(self.event), *(self._phone(n) for n in range(3))]
        self.tickets = [ticket_of(self.event) for _ in range(TICKETS)]

    def _phone(self, number: int) -> GateDevice:
        known = {"invited_at": NOW, "enrolment_until": NOW, "enrolled_at": NOW, "token_hash": f"token {number}"}
        return GateDevice.objects.create(event=self.event, name=f"Máy {number}", **known)

    def at(self, kept: Kept) -> Door:
        """The sender at its list."""
        sender = self.senders[kept.device]
        return Door(self.event, sender, self.lists[kept.at], f"Máy {kept.device}")

    def outcome(self, evening: Evening, phases: list[list[list[Kept]]]) -> dict[str, Any]:
        """What is left of an evening if its scans are sent in these batches. Nothing of it is kept."""
        with transaction.atomic():
            self._begin(evening)
            for kept in evening.online:
                self._online(kept)
            for number, batches in enumerate(phases):
                moment = EVE + (200 + 20 * number) * MINUTE
                for batch in batches:
                    self._send(evening, batch, moment)
                if number == 0:
                    self._between(evening, moment + MINUTE)
            auto_exit.due(at=EVE + 230 * MINUTE)
            found = self._left()
            for kept in evening.kept:
                made = CheckIn.objects.get(event=self.event, nonce=kept.nonce).scanned_at
                assert made == EVE + kept.minute * MINUTE, "a clock was not put right"
            before = everything(self.event)
            for batch in [batch for batches in phases for batch in batches]:
                self._send(evening, batch, EVE + 240 * MINUTE)
            assert everything(self.event) == before, "sent again, it changed something"
            assert counts_agree(self.event)
            transaction.set_rollback(True)
        door_facts.forget()
        return found

    def _begin(self, evening: Evening) -> None:
        main, hall, garden = self.lists
        ruled(
            main,
            allows_reentry=evening.reentry,
            allows_multiple=evening.multiple,
            once_a_day=evening.daily,
            auto_exit_at=EVE + 150 * MINUTE if evening.empties else None,
        )
        ruled(hall, needs=main if evening.needs else None)
        garden.leaves.set([main] if evening.leaves else [])
        doors.changed(event_id=self.event.pk)
        if evening.cancelled_before:
            self._cancel(self.tickets[2], EVE)

    def _cancel(self, ticket: Ticket, moment: datetime) -> None:
        with suppress(Refusal):  # who came in has no place to give back
            registration.cancel(registration_id=ticket.registration_id, actor=ticket.registration.person, at=moment)

    def _between(self, evening: Evening, moment: datetime) -> None:
        if evening.cancelled_between:
            self._cancel(self.tickets[1], moment)
        if evening.empties:
            auto_exit.due(at=moment)
        self._online(Kept(device=0, ticket=0, at=MAIN, minute=205, place=99))

    def _online(self, kept: Kept) -> None:
        shown, moment = self.tickets[kept.ticket], EVE + kept.minute * MINUTE
        self.at(kept).scan(shown, moment, nonce=kept.nonce, direction="EXIT" if kept.goes_out else "ENTRY")

    def _send(self, evening: Evening, batch: list[Kept], moment: datetime) -> None:
        """By the phone's clock, which is wrong: it says so itself when it sends."""
        skew = timedelta(minutes=evening.skews[batch[0].device])
        scans = [
            self.at(kept).kept(
                self.tickets[kept.ticket],
                EVE + kept.minute * MINUTE + skew,
                nonce=kept.nonce,
                let_in=kept.let_in,
                reason="" if kept.let_in else "rules",
                direction="EXIT" if kept.goes_out else "ENTRY",
            )
            for kept in batch
        ]
        told = self.at(batch[0]).upload(*scans, when=moment, sent=moment + skew)
        assert [taken.nonce for taken in told] == [kept.nonce for kept in batch]
        assert all(taken.row is not None for taken in told)

    def _left(self) -> dict[str, Any]:
        """Every scan with what was said of it, and the numbers. Exits that nobody scanned follow from the rest."""
        scans = CheckIn.objects.filter(event=self.event, lead=None).exclude(scanned_by=None, gate_device=None)
        facts = ("nonce", "status", "reason", "forced", "first__nonce", "annulled_at", "scanned_at", "was_offline")
        return {
            "scans": sorted(scans.values_list(*facts)),
            "arrived, inside": tally(self.event),
            "inside by list": [
                {str(ticket.pk): (way(ticket, row) + " ").split()[-1:] for ticket in self.tickets} for row in self.lists
            ],
            "conflicts": conflicts.count(event_id=self.event.pk),
        }


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def door() -> Door:
    return Door()


A, B = Kept(0, 0, MAIN, 10, place=0), Kept(1, 0, MAIN, 20, place=1)
TWO_PHONES = Evening(reentry=False, kept=(A, B))
ONE_WAY, OTHER_WAY = [[[A], [B]], []], [[[B], [A]], []]


def scans(*said: str, device: int = 0) -> tuple[Kept, ...]:
    """Scans of the first ticket: "main 10", "hall 20 out"."""
    made = []
    for place, (name, minute, *out) in enumerate(each.split() for each in said):
        at = ("main", "hall", "garden").index(name)
        made.append(Kept(device + place, 0, at, int(minute), goes_out=bool(out), place=place))
    return tuple(made)


EVENINGS = {
    "two entries and an exit": Evening(kept=scans("main 10", "main 20 out", "main 30")),
    "three entries": Evening(reentry=False, kept=scans("main 10", "main 20", "main 30")),
    "midnight": Evening(reentry=False, daily=True, kept=scans("main 50", "main 70", "main 80")),
    "a hall that needs the main list": Evening(needs=True, kept=scans("main 10", "hall 20", "hall 30")),
    "the hall first": Evening(needs=True, kept=scans("hall 10", "main 20", "hall 30")),
    "a garden that leaves it": Evening(leaves=True, kept=scans("main 10", "garden 20", "main 30")),
    "in, garden, in, garden": Evening(leaves=True, kept=scans("main 10", "garden 20", "main 30", "garden 40")),
    "the evening's end": Evening(empties=True, kept=scans("main 10", "main 160", "main 170")),
    "the end, and the garden": Evening(empties=True, leaves=True, kept=scans("main 10", "garden 160", "main 170")),
    "clocks": Evening(skews=(720, -720, 7, -300, 0), kept=scans("main 10", "main 20 out", "main 30")),
}


class TestEveryOrder:
    """The final state is the same for every order of upload, and sending again changes nothing."""

    @settings(
        max_examples=SEQUENCES,
        deadline=None,
        derandomize="CHECKIN_SEQUENCES" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data(), evening=evenings())
    def test_gives_the_same(self, world: World, data: st.DataObject, evening: Evening) -> None:
        one, other = data.draw(orders(evening), "one order"), data.draw(orders(evening), "another order")
        assert world.outcome(evening, one) == world.outcome(evening, other)

    @pytest.mark.parametrize("evening", EVENINGS.values(), ids=EVENINGS.keys())
    def test_every_order_of_these(self, world: World, evening: Evening) -> None:
        found = [world.outcome(evening, [[[kept] for kept in order], []]) for order in permutations(evening.kept)]
        assert all(outcome == found[0] for outcome in found)

    def test_two_phones_let_one_ticket_in(self, world: World) -> None:
        found = world.outcome(TWO_PHONES, ONE_WAY)
        assert [(scan[0], scan[3], scan[4]) for scan in found["scans"] if scan[0] in {A.nonce, B.nonce}] == sorted(
            [(A.nonce, False, None), (B.nonce, True, A.nonce)]
        )
        assert world.outcome(TWO_PHONES, OTHER_WAY) == found

    def test_the_control_in_the_order_of_arrival_differs(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(visits, "in_order", lambda made: sorted(made, key=lambda visit: visit.turn))
        assert world.outcome(TWO_PHONES, ONE_WAY) != world.outcome(TWO_PHONES, OTHER_WAY)

    def test_the_control_without_hindsight_differs(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hindsight, "judge_anew", lambda **_: None)
        assert world.outcome(TWO_PHONES, ONE_WAY) == world.outcome(TWO_PHONES, ONE_WAY)
        first_in = Kept(0, 0, MAIN, 10, place=0)
        hall = Kept(1, 0, HALL, 20, place=1)
        evening = Evening(needs=True, kept=(first_in, hall))
        one, other = [[[first_in], [hall]], []], [[[hall], [first_in]], []]
        assert world.outcome(evening, one) != world.outcome(evening, other)
        monkeypatch.undo()
        assert world.outcome(evening, one) == world.outcome(evening, other)
