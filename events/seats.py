"""Places: taken and given back under one lock, so that they cannot be oversold.

`Seats` is one row per event, and the lock of everything that concerns its registrations: whoever registers, cancels,
approves, offers, accepts or moves holds it first (the order of locks is Event, Seats, CheckInTally). A place is taken
from `Seats` and from every quota of its ticket type at once, each by a conditional UPDATE, which is atomic on every
database; the constraints `seats_not_oversold` and `quota_not_oversold` stand behind them. Called only inside another
rule's transaction.
"""

from typing import Any

from django.db.models import F, Q, QuerySet

from events.models import Event, Quota, Seats
from events.notices import SeatsChanged, announce
from events.refusals import EventFull, EventNotFound
from network.statements import compiled, written


def hold(*, event_id: int) -> Seats:
    """Keep everybody from changing the event's registrations until the transaction ends; return its places.

    The row comes with its event as it is now. Raises EventNotFound.
    """
    seats = _held.first(event_id=event_id)
    if seats is None:
        raise EventNotFound()
    # In a statement of its own: PostgreSQL reads a row that is joined, but not locked, as it was before the wait.
    seats.event = _events(event_id=event_id)[0]
    return seats


@compiled
def _held(event_id: Any) -> QuerySet[Seats]:
    return Seats.objects.select_for_update().filter(pk=event_id)


@compiled
def _events(event_id: Any) -> QuerySet[Event]:
    return Event.objects.filter(pk=event_id)


@compiled
def _pools(ticket_type_id: Any) -> "QuerySet[Quota, tuple[int, int, int]]":
    return Quota.objects.filter(ticket_types=ticket_type_id).order_by().values_list("pk", "capacity", "taken")


@written
def _take(event_id: Any, quantity: Any, numbers: Any) -> tuple[QuerySet[Seats], dict[str, Any]]:
    # Held as it is, the row has room; the condition stands here for whoever comes without holding it.
    free = Q(capacity=None) | Q(taken__lte=F("capacity") - quantity)
    drawn = {"taken": F("taken") + quantity, "last_number": F("last_number") + numbers}
    return Seats.objects.filter(free, pk=event_id), drawn


def numbers(*, seats: Seats, how_many: int) -> int:
    """Draw `how_many` numbers of the event, in `seats`, which is held; return the first. No number comes twice."""
    Seats.objects.filter(pk=seats.pk).update(last_number=F("last_number") + how_many)
    first = seats.last_number + 1
    seats.last_number += how_many
    return first


def take(*, seats: Seats, ticket_type_id: int, quantity: int = 1, how_many_numbers: int = 0) -> int:
    """Take `quantity` places for a ticket type, all or none. `seats` is the row held.

    Draws numbers in the same statement, if asked to; returns the first. Raises EventFull, then nothing is written.
    """
    pools = _pools(ticket_type_id=ticket_type_id)
    wanted = [pool for pool, capacity, taken in pools if taken + quantity <= capacity]
    if len(wanted) < len(pools) or (seats.left is not None and seats.left < quantity):
        raise EventFull(event_id=seats.pk)
    updated = _take(event_id=seats.pk, quantity=quantity, numbers=how_many_numbers)
    if wanted:
        room = Quota.objects.filter(pk__in=wanted, taken__lte=F("capacity") - quantity)
        updated = updated and room.update(taken=F("taken") + quantity) == len(wanted)
    if not updated:
        raise EventFull(event_id=seats.pk)
    first = seats.last_number + 1
    seats.taken, seats.last_number = seats.taken + quantity, seats.last_number + how_many_numbers
    announce_change(seats)
    return first


def give_back(*, seats: Seats, ticket_type_id: int, quantity: int = 1) -> None:
    """Give `quantity` places of a ticket type back. `seats` is the row held."""
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") - quantity)
    pools = Quota.objects.filter(ticket_types=ticket_type_id).values_list("pk", flat=True)
    Quota.objects.filter(pk__in=list(pools)).update(taken=F("taken") - quantity)
    seats.taken -= quantity
    announce_change(seats)


def fit(*, seats: Seats, ticket_type_id: int, quantity: int) -> bool:
    """Whether `quantity` more places of the type are free now. A hint, unless `seats` is held."""
    if seats.left is not None and seats.left < quantity:
        return False
    return not Quota.objects.filter(ticket_types=ticket_type_id, taken__gt=F("capacity") - quantity).exists()


def announce_change(seats: Seats) -> None:
    """Tell the world, after commit, how many places are taken of how many."""
    announce(SeatsChanged(event_id=seats.pk, taken=seats.taken, capacity=seats.capacity))
