"""An event with tickets and somebody at its door, who lets people in by the rule at a steady rate."""

import time
from collections.abc import Iterator
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.utils import timezone

from events import checkin, tickets
from events.models import EventStaff
from network.global_ids import global_id
from network.models import Person
from tests.bench.people import sessions
from tests.events.scan_log import write_tickets
from tests.factories import open_event


class Doors:
    """Whom to let in, where, by whom."""

    def __init__(self, *, tickets: int) -> None:
        self.event = open_event(starts_at=timezone.now(), capacity=None)
        self.id = global_id(self.event)
        write_tickets(self.event, tickets)
        known = Session.objects.first()
        self.session = known.session_key if known else sessions(1)[0]
        self.volunteer = Person.objects.get(email="b0@example.org")
        EventStaff.objects.create(event=self.event, person=self.volunteer, role=EventStaff.Role.DOOR)
        self.list_id = self.event.checkin_lists.get(is_main=True).pk

    def admitting(self, rate: float, seconds: float) -> Iterator[UUID]:
        """Let somebody in so many times a second; yields after each commit."""
        started = time.monotonic()
        for number, ticket in enumerate(self.event.tickets.order_by("number")[: int(rate * seconds)]):
            time.sleep(max(0.0, started + number / rate - time.monotonic()))
            scan = checkin.Scan(code=tickets.code(ticket), nonce=uuid4(), device="Lan 2")
            checkin.redeem(list_id=self.list_id, scan=scan, actor=self.volunteer, at=timezone.now())
            yield scan.nonce
