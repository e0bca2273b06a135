"""Places: taken and given back under one lock, so that they cannot be oversold.

`Seats` is one row per event. Taking a place is a single conditional UPDATE, which is atomic on every database; the
constraint `seats_not_oversold` stands behind it. Called only inside another rule's transaction, except
`change_capacity`, which owns its own.
"""

from django.db import transaction
from django.db.models import F, Q

from events import permissions
from events.models import Seats
from events.notices import SeatsChanged, announce
from events.refusals import CapacityBelowTaken, EventFull, EventNotFound
from network.models import Person
from network.refusals import NotPermitted


def take(*, event_id: int) -> Seats:
    """Take one place, return the row as it is now with its event and venue; `last_number` is the registration's.

    Raises EventFull.
    """
    free = Q(capacity=None) | Q(taken__lt=F("capacity"))
    updated = Seats.objects.filter(free, event_id=event_id).update(
        taken=F("taken") + 1, last_number=F("last_number") + 1
    )
    if not updated:
        raise EventFull(event_id=event_id)
    return _announced(event_id)


def hold(*, event_id: int) -> Seats:
    """Keep everybody from taking or giving back a place of the event until the transaction ends."""
    return Seats.objects.select_for_update().get(event_id=event_id)


def give_back(*, event_id: int) -> Seats:
    """Give one place back, return the row as it is now."""
    Seats.objects.filter(event_id=event_id, taken__gt=0).update(taken=F("taken") - 1)
    return _announced(event_id)


def change_capacity(*, event_id: int, capacity: int | None, actor: Person) -> Seats:
    """Set the number of places (None: without limit).

    Raises NotPermitted, EventNotFound, and CapacityBelowTaken if more places are taken than that.
    """
    if not permissions.may_plan_events(actor):
        raise NotPermitted()
    with transaction.atomic():
        seats = Seats.objects.select_for_update().filter(event_id=event_id).first()
        if seats is None:
            raise EventNotFound()
        if capacity is not None and capacity < seats.taken:
            raise CapacityBelowTaken(taken=seats.taken)
        seats.capacity = capacity
        seats.save(update_fields=["capacity"])
        return _announced(event_id)


def _announced(event_id: int) -> Seats:
    seats = Seats.objects.select_related("event__venue", "event__series").get(event_id=event_id)
    announce(SeatsChanged(event_id=event_id, taken=seats.taken, capacity=seats.capacity))
    return seats
