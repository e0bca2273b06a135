"""How many places there are: of the event as a whole, and of its pools. More room promotes whoever waits, at once."""

from datetime import datetime

from django.db import transaction

from events import permissions, seats, waiting_list
from events.labels import label
from events.models import Quota, Seats
from events.refusals import CapacityBelowTaken
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted

MOST_PLACES = 100_000


def change(*, event_id: int, capacity: int | None, actor: Person, at: datetime) -> Seats:
    """Set the number of places (None: without limit); whoever waits is offered what is free now.

    Raises NotPermitted, EventNotFound, Invalid at `capacity` (out_of_range), and CapacityBelowTaken if more places are
    taken than that.
    """
    _permitted(actor)
    if capacity is not None:
        _refuse_unthinkable(capacity)
    with transaction.atomic():
        held = seats.hold(event_id=event_id)
        if capacity is not None and capacity < held.taken:
            raise CapacityBelowTaken(taken=held.taken)
        held.capacity = capacity
        held.save(update_fields=["capacity"])
        seats.announce_change(held)
        waiting_list.promote(held=held, at=at)
    return held


def set_quota(
    *, event_id: int, name: str, capacity: int, actor: Person, at: datetime, quota_id: int | None = None
) -> Quota:
    """Make a pool of places (or change the one named); whoever waits is offered what is free now.

    Raises NotPermitted, EventNotFound, NotFound, Invalid at `name` (required, too_long, repeated) and `capacity`
    (out_of_range), CapacityBelowTaken.
    """
    _permitted(actor)
    name = label(name, field="name")
    _refuse_unthinkable(capacity)
    with transaction.atomic():
        held = seats.hold(event_id=event_id)
        quota = (
            Quota(event_id=event_id) if quota_id is None else Quota.objects.filter(event=event_id, pk=quota_id).first()
        )
        if quota is None:
            raise NotFound()
        if Quota.objects.filter(event=event_id, name=name).exclude(pk=quota.pk).exists():
            raise Invalid(field="name", reason="repeated")
        if capacity < quota.taken:
            raise CapacityBelowTaken(taken=quota.taken)
        quota.name, quota.capacity = name, capacity
        quota.save()
        waiting_list.promote(held=held, at=at)
    return quota


def remove_quota(*, quota_id: int, actor: Person, at: datetime) -> None:
    """Remove a pool; its types are then limited by their other pools and the event alone. Raises as `set_quota`."""
    _permitted(actor)
    with transaction.atomic():
        quota = Quota.objects.filter(pk=quota_id).first()
        if quota is None:
            raise NotFound()
        held = seats.hold(event_id=quota.event_id)
        quota.delete()
        waiting_list.promote(held=held, at=at)


def _refuse_unthinkable(capacity: int) -> None:
    if not 0 <= capacity <= MOST_PLACES:
        raise Invalid(field="capacity", reason="out_of_range", least=0, most=MOST_PLACES)


def _permitted(actor: Person) -> None:
    if not permissions.may_plan_events(actor):
        raise NotPermitted()
