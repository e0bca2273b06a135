"""Random sequences of everything that can happen to an event's registrations, compared with a model after each step.

    REGISTRATION_SEQUENCES=10000 .venv/bin/pytest -n 2 tests/events/test_registration_machine.py

runs ten times as many as every test run does.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from events import (
    approval,
    capacity,
    desk,
    groups,
    payments,
    registration,
    statistics,
    ticket_types,
    transfer,
    waiting_list,
)
from events.models import Event, HistoryEntry, Quota, Registration, Seats, Ticket
from events.party import Companion
from events.ticket_types import TypeFacts
from network.models import OutgoingMail
from network.refusals import Refusal
from tests.events.model import ACTIVE, HOLDING, Entry, Kind, Model
from tests.factories import NOW, PersonFactory, agree, open_event, planner

SEQUENCES = int(os.environ.get("REGISTRATION_SEQUENCES", "1000"))
SHARDS = 4
PEOPLE = 9
STARTS_IN = 60
"""Hours until the event starts: long enough that most sequences end before, short enough that some do not."""

KINDS = {
    "open": Kind(pools=set(), most=3),
    "hall": Kind(pools={"hall"}, most=4),
    "dinner": Kind(pools={"hall", "table"}, most=2, fee=50_000),
    "invited": Kind(pools={"table"}, most=1, approves=True),
}
kinds = st.sampled_from(sorted(KINDS))
places = st.integers(1, 4)
sure = st.booleans()


class World:
    """Made once for many sequences: an event with four ticket types that share two pools, and people."""

    def __init__(self) -> None:
        self.organiser = planner(email="organiser@example.org")
        self.organiser.is_superuser = True
        self.organiser.save()
        self.event = open_event(capacity=1, starts_at=NOW + timedelta(hours=STARTS_IN))
        self.people = [PersonFactory.create(email=f"p{n}@example.org", agrees=False) for n in range(PEOPLE)]
        agree(self.people)
        act: dict[str, Any] = {"event_id": self.event.pk, "actor": self.organiser}
        self.pools = {name: capacity.set_quota(name=name, capacity=1, at=NOW, **act).pk for name in ("hall", "table")}
        self.kinds = {name: self._kind(name, kind, act) for name, kind in KINDS.items()}

    def _kind(self, name: str, kind: Kind, act: dict[str, Any]) -> int:
        facts = TypeFacts(
            name_vi=name,
            fee=kind.fee,
            needs_approval=kind.approves,
            most_per_person=kind.most,
            quota_ids=tuple(self.pools[pool] for pool in kind.pools),
        )
        return ticket_types.add(facts=facts, **act).pk


class Registrations(RuleBasedStateMachine):
    """Every rule is called with the same input here and in the model; both must answer the same."""

    entries = Bundle("entries")
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.event, self.organiser, self.people = self.world.event, self.world.organiser, self.world.people
        self.pools, self.kinds = self.world.pools, self.world.kinds
        self.rows: list[int] = []

    def teardown(self) -> None:
        """The counters equal a recount; then leave nothing behind."""
        assert statistics.counter(event_id=self.event.pk) == statistics.recount(event_id=self.event.pk)
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(size=st.integers(2, 8), hall=st.integers(1, 6), table=st.integers(1, 4), hours=st.integers(1, 48))
    def an_event(self, size: int, hall: int, table: int, hours: int) -> None:
        """So many places, and so long to accept an offer."""
        Seats.objects.filter(event=self.event).update(capacity=size)
        Quota.objects.filter(pk=self.pools["hall"]).update(capacity=hall)
        Quota.objects.filter(pk=self.pools["table"]).update(capacity=table)
        Event.objects.filter(pk=self.event.pk).update(offer_hours=hours)
        pools = {"hall": hall, "table": table}
        self.model = Model(capacity=size, pools=pools, kinds=KINDS, offer_hours=hours, starts=STARTS_IN)

    @property
    def at(self) -> Any:
        """Now, by the model's clock."""
        return NOW + timedelta(hours=self.model.hour)

    def _both(self, told: str, act: Callable[[], object]) -> object:
        """Do `act`; it must be told what the model was."""
        made, refused = None, "OK"
        try:
            made = act()
        except Refusal as refusal:
            refused = refusal.code
        assert refused == told
        return made

    def _row(self, entry: int) -> tuple[Entry, int]:
        return self.model.entries[entry], self.rows[entry]

    @rule(target=entries, person=st.integers(0, PEOPLE - 1), kind=kinds, places=places, waits=sure)
    def register(self, person: int, kind: str, places: int, waits: bool) -> Any:
        """Somebody registers, alone or with others."""
        guests = [Companion(name=f"Bạn {n}", email="" if n % 2 else f"c{n}@example.org") for n in range(places - 1)]
        made = self._both(
            self.model.register(str(person), kind, places, waits),
            lambda: registration.register(
                event_id=self.event.pk,
                person=self.people[person],
                at=self.at,
                channel=Registration.Channel.SITE,
                ticket_type_id=self.kinds[kind],
                companions=guests,
                waits=waits,
            ),
        )
        if not isinstance(made, Registration):
            return multiple()
        self.rows.append(made.pk)
        return len(self.rows) - 1

    @rule(entry=entries)
    def cancel(self, entry: int) -> None:
        """Somebody gives everything back."""
        known, row = self._row(entry)
        # What was handed on is another person's: only the desk cancels it with the rest.
        handed_on = Ticket.objects.filter(registration=row, revoked_at=None, transferred_at__isnull=False).exists()
        person = self.organiser if handed_on else self.people[int(known.person)]
        self._both(self.model.cancel(known), lambda: registration.cancel(registration_id=row, actor=person, at=self.at))

    @rule(entry=entries)
    def accept(self, entry: int) -> None:
        """Somebody takes an offer."""
        known, row = self._row(entry)
        person = self.people[int(known.person)]
        self._both(self.model.accept(known), lambda: waiting_list.accept(registration_id=row, actor=person, at=self.at))

    @rule(entry=entries)
    def decline(self, entry: int) -> None:
        """Somebody leaves an offer to the next."""
        known, row = self._row(entry)
        person = self.people[int(known.person)]
        self._both(
            self.model.decline(known), lambda: waiting_list.decline(registration_id=row, actor=person, at=self.at)
        )

    @rule(hours=st.integers(1, 30), sweeps=sure)
    def time_passes(self, hours: int, sweeps: bool) -> None:
        """The clock goes on; the worker may come by. Nothing of this machine happens after the event starts."""
        self.model.hour = min(self.model.hour + hours, STARTS_IN - 1)
        if sweeps:
            self._both(self.model.expire(), lambda: waiting_list.expire_due(at=self.at))

    @rule(entry=entries, waits=sure)
    def approve(self, entry: int, waits: bool) -> None:
        """An organiser lets an applicant in."""
        known, row = self._row(entry)
        act = {"registration_id": row, "actor": self.organiser, "at": self.at}
        self._both(self.model.approve(known, waits), lambda: approval.approve(waits=waits, **act))

    @rule(entry=entries)
    def reject(self, entry: int) -> None:
        """An organiser turns somebody down."""
        known, row = self._row(entry)
        act = {"registration_id": row, "actor": self.organiser, "at": self.at}
        self._both(self.model.reject(known), lambda: approval.reject(**act))

    @rule(entry=entries, places=st.integers(1, 2))
    def add_people(self, entry: int, places: int) -> None:
        """A group grows."""
        known, row = self._row(entry)
        guests = [Companion(name=f"Thêm {n}") for n in range(places)]
        act = {"registration_id": row, "actor": self.people[int(known.person)], "at": self.at}
        self._both(self.model.add(known, places), lambda: groups.add(companions=guests, **act))

    @rule(entry=entries)
    def leave(self, entry: int) -> None:
        """A group shrinks."""
        known, row = self._row(entry)
        ticket = Ticket.objects.filter(registration=row, revoked_at=None).order_by("-number").first()
        if ticket is not None:
            act = {"ticket_id": ticket.pk, "actor": self.people[int(known.person)], "at": self.at}
            self._both(self.model.leave(known), lambda: groups.leave(**act))

    @rule(entry=entries, kind=kinds)
    def move(self, entry: int, kind: str) -> None:
        """An organiser moves somebody to another ticket type."""
        known, row = self._row(entry)
        act = {"registration_id": row, "actor": self.organiser, "at": self.at}
        self._both(self.model.move(known, kind), lambda: desk.move(ticket_type_id=self.kinds[kind], **act))

    @rule(entry=entries)
    def receive(self, entry: int) -> None:
        """A fee is paid on the spot."""
        known, row = self._row(entry)
        act = {"registration_id": row, "actor": self.organiser, "at": self.at}
        self._both(self.model.receive(known), lambda: payments.receive(**act))

    @rule(entry=entries, priority=st.integers(-2, 2))
    def prioritise(self, entry: int, priority: int) -> None:
        """An organiser changes the queue."""
        known, row = self._row(entry)
        act = {"registration_id": row, "actor": self.organiser, "at": self.at}
        self._both(self.model.prioritise(known, priority), lambda: desk.prioritise(priority=priority, **act))

    @rule(entry=entries)
    def hand_on(self, entry: int) -> None:
        """A ticket changes hands: nothing that is counted changes."""
        known, row = self._row(entry)
        person = self.people[int(known.person)]
        ticket = Ticket.objects.filter(registration=row, revoked_at=None, holder=None).first()
        if ticket is not None:
            to = {"name": "Người nhận", "email": "receiver@example.org"}
            again = transfer.hand_on(ticket_id=ticket.pk, actor=person, at=self.at, **to)
            assert again.version == ticket.version + 1

    @rule(size=st.one_of(st.none(), st.integers(0, 12)))
    def resize(self, size: int | None) -> None:
        """More places, or fewer."""
        act = {"event_id": self.event.pk, "actor": self.organiser, "at": self.at}
        self._both(self.model.resize(size), lambda: capacity.change(capacity=size, **act))

    @rule(pool=st.sampled_from(["hall", "table"]), size=st.integers(0, 8))
    def resize_pool(self, pool: str, size: int) -> None:
        """A bigger or smaller pool."""
        act = {"event_id": self.event.pk, "actor": self.organiser, "at": self.at}
        facts = {"name": pool, "capacity": size, "quota_id": self.pools[pool]}
        self._both(self.model.resize_pool(pool, size), lambda: capacity.set_quota(**facts, **act))

    @invariant()
    def both_say_the_same(self) -> None:
        """States, places, living tickets, fees; counters equal a recount; each ticket number is given once."""
        if not self.rows:
            return
        rows = Registration.objects.in_bulk(self.rows)
        for number, known in zip(self.rows, self.model.entries, strict=True):
            row = rows[number]
            assert (row.status, row.quantity, row.payment, row.fee) == (
                known.status,
                known.places,
                known.payment,
                known.fee,
            )
        living = list(Ticket.objects.filter(event=self.event, revoked_at=None).values_list("registration", flat=True))
        for number, known in zip(self.rows, self.model.entries, strict=True):
            assert living.count(number) == known.tickets
        assert Seats.objects.get(event=self.event).taken == self.model.taken()
        pools = dict(Quota.objects.filter(event=self.event).values_list("name", "taken"))
        assert pools == {pool: self.model.taken(pool) for pool in ("hall", "table")}

    @invariant()
    def nobody_is_left_without_a_word(self) -> None:
        """Every registration has a history and a letter; everybody is active once."""
        if not self.rows:
            return
        assert set(HistoryEntry.objects.values_list("registration", flat=True)) == set(self.rows)
        assert OutgoingMail.objects.count() >= len(self.rows)
        active = [entry.person for entry in self.model.entries if entry.status in ACTIVE]
        assert len(active) == len(set(active))
        assert all(entry.tickets == 0 for entry in self.model.entries if entry.status not in HOLDING)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_sequences_agree_with_the_model(shard: int) -> None:
    Registrations.world = World()
    run_state_machine_as_test(
        Registrations,
        settings=settings(
            max_examples=SEQUENCES // SHARDS,
            stateful_step_count=14,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
