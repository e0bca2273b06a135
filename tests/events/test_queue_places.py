"""Where people stand in the queue: by priority, then by when they joined, then by who came first; one statement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import registration, waiting_list
from events.models import Event, Registration
from events.party import Companion
from events.waiting_list import Place
from tests.factories import NOW, PersonFactory, open_event

pytestmark = pytest.mark.django_db


def waiting(event: Event, *, minutes: int, priority: int = 0, guests: int = 0) -> Registration:
    event.ticket_types.update(most_per_person=9)
    taken = registration.register(
        event_id=event.pk,
        person=PersonFactory.create(),
        at=NOW + timedelta(minutes=minutes),
        channel=Registration.Channel.SITE,
        companions=[Companion(name=f"Người {chr(65 + n)}") for n in range(guests)],
        waits=True,
    )
    Registration.objects.filter(pk=taken.pk).update(priority=priority)
    taken.refresh_from_db()
    return taken


def test_places_follow_the_queue() -> None:
    event, other = open_event(capacity=0), open_event(capacity=0)
    late, first, group = (waiting(event, minutes=3), waiting(event, minutes=1), waiting(event, minutes=2, guests=2))
    twin, ahead = waiting(event, minutes=3), waiting(event, minutes=9, priority=-1)
    alone = waiting(other, minutes=5)
    rows = [late, first, group, twin, ahead, alone]
    with CaptureQueriesContext(connection) as captured:
        found = waiting_list.places(rows)
    assert len(captured) == 1
    assert [found[row.pk] for row in rows] == [
        Place(number=4, of=5, places=5),
        Place(number=2, of=5, places=1),
        Place(number=3, of=5, places=2),
        Place(number=5, of=5, places=6),
        Place(number=1, of=5, places=0),
        Place(number=1, of=1, places=0),
    ]
    order = [row.pk for row in waiting_list.queue(event_id=event.pk)]
    assert sorted(order, key=lambda key: found[key].number) == order
    assert [waiting_list.place(row) for row in rows] == [found[row.pk] for row in rows]


def test_who_does_not_wait_stands_nowhere() -> None:
    taken = registration.register(
        event_id=open_event().pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.SITE
    )
    assert waiting_list.place(taken) is None
    assert waiting_list.places([taken]) == {}
