"""The board's numbers after random scans by the rules themselves, on line and kept by phones, settled and taken back.

BOARD_SCANS sets how many (a full run of the suite: 500; for the record: 10,000).
"""

import os
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
import time_machine

from events import annulment, checkin, conflicts, scan_upload, statistics, tickets
from events.models import CheckIn, CheckInList, EventStaff
from events.scan_rows import Scan
from events.scan_upload import OfflineScan
from network.refusals import Refusal
from tests.events.scan_log import crowded_event, naive_counts
from tests.events.test_board_numbers import agrees
from tests.factories import NOW, on_duty

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCANS = int(os.environ.get("BOARD_SCANS", "500"))


class Hall:
    """A morning at the doors, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance, self.now = Random(seed), NOW
        self.event = crowded_event(tickets=max(20, SCANS // 20))
        self.organiser = on_duty(self.event, EventStaff.Role.ORGANISER)
        self.main, self.zone, other = self.event.checkin_lists.order_by("order", "pk")
        # Who enters one zone has left the other; the event's own list lets in again who went out.
        self.zone.leaves.add(other)
        self.lists, self.gates = [self.main, self.main, self.zone, other], list(self.event.gates.all())
        self.codes = [tickets.code(ticket) for ticket in self.event.tickets.all()]
        self.sent: list[UUID] = []

    def scan(self) -> Scan:
        """Somebody's ticket at some gate."""
        self.sent.append(UUID(int=self.chance.getrandbits(128)))
        return Scan(
            code=self.chance.choice(self.codes),
            nonce=self.sent[-1],
            device="Lan 2",
            gate_id=self.chance.choice(self.gates).pk,
            direction=self.chance.choice([CheckIn.Direction.ENTRY, CheckIn.Direction.ENTRY, CheckIn.Direction.EXIT]),
            scanned_at=self.now - timedelta(minutes=self.chance.choice([0, 0, 3, 40])),
        )

    def live(self) -> None:
        """A gate with a network."""
        chosen: CheckInList = self.chance.choice(self.lists)
        checkin.redeem(list_id=chosen.pk, scan=self.scan(), actor=self.organiser, at=self.now)

    def late(self) -> None:
        """A phone that comes back with what it kept, in any order."""
        kept = [
            OfflineScan(
                scan=self.scan(), list_id=self.chance.choice(self.lists).pk, was_let_in=self.chance.random() < 0.9
            )
            for _ in range(self.chance.randrange(1, 6))
        ]
        scan_upload.upload(scans=kept, device="Lan 2", sent_at=self.now, actor=self.organiser, at=self.now)

    def take_back(self) -> None:
        """The last one was a mistake."""
        with suppress(Refusal):
            annulment.annul(nonce=self.chance.choice(self.sent[-5:]), device="Lan 2", actor=self.organiser, at=self.now)

    def settle(self) -> None:
        """An organiser decides."""
        row = conflicts.unsettled(event_id=self.event.pk).first()
        if row is not None:
            with suppress(Refusal):
                choice = self.chance.choice(list(CheckIn.Settlement))
                conflicts.settle(checkin_id=row.pk, settlement=choice, actor=self.organiser, at=self.now)

    def run(self) -> None:
        """As many scans as were asked for, and everything else in between."""
        while len(self.sent) < SCANS:
            self.now += timedelta(seconds=7)
            acts = [self.live] * 12 + [self.late] * 3 + [self.take_back] * 2 + [self.settle]
            self.chance.choice(acts)()


@pytest.mark.parametrize("seed", [1, 2])
def test_after_random_scans_by_the_rules_every_number_equals_a_recount(seed):
    with time_machine.travel(NOW, tick=False):
        hall = Hall(seed)
        hall.run()
    counted = naive_counts(hall.event)
    agrees(hall.event, counted)
    assert statistics.counter(event_id=hall.event.pk) == statistics.recount(event_id=hall.event.pk)
    # There was something to be wrong about.
    assert 0 < counted["inside"] < counted["arrived"]
    kinds = CheckIn.objects.filter(event=hall.event)
    for asked in ({"was_offline": True}, {"forced": True}, {"annulled_at__isnull": False}, {"status": "error"}):
        assert kinds.filter(**asked).exists(), asked
