"""Numbers and the arrivals log of an event's doors."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from events.models import STANDING, CheckIn, Registration, Seats


@dataclass(frozen=True, kw_only=True)
class Counter:
    """The public numbers of an event; capacity None means without limit."""

    event_id: int
    taken: int
    capacity: int | None
    admitted: int
    inside: int
    sequence: int

    @property
    def left(self) -> int | None:
        """How many places are free; None without a limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)


def counter(*, event_id: int) -> Counter | None:
    """Return an event's numbers as they are now; None if there is no such event."""
    numbers = ("taken", "capacity", "event__tally__admitted", "event__tally__inside", "event__tally__last_sequence")
    row = Seats.objects.filter(event_id=event_id, event__tally__isnull=False).values_list(*numbers).first()
    if row is None:
        return None
    return Counter(event_id=event_id, taken=row[0], capacity=row[1], admitted=row[2], inside=row[3], sequence=row[4])


def recount(*, event_id: int) -> Counter:
    """Return the same numbers counted from the rows themselves: what the counters must equal at any time."""
    holding = Registration.objects.filter(event_id=event_id, status__in=Registration.HOLDING)
    scans = CheckIn.objects.filter(event_id=event_id).aggregate(
        sequenced=Count("sequence"), annulled=Count("annulled_sequence")
    )
    return Counter(
        event_id=event_id,
        taken=holding.aggregate(places=Sum("quantity"))["places"] or 0,
        capacity=Seats.objects.values_list("capacity", flat=True).get(event_id=event_id),
        admitted=first_entries(event_id=event_id).count(),
        inside=last_entries(event_id=event_id).count(),
        sequence=scans["sequenced"] + scans["annulled"],
    )


def main_scans(*, event_id: int) -> QuerySet[CheckIn]:
    """What stands at the event's own list: of this "arrived" and "inside" are counted."""
    return CheckIn.objects.filter(STANDING, event_id=event_id, list__is_main=True, ticket__isnull=False)


def first_entries(*, event_id: int) -> QuerySet[CheckIn]:
    """Each arrived ticket's first way in, at the event's own list."""
    entries = main_scans(event_id=event_id).filter(direction=CheckIn.Direction.ENTRY)
    order = [F("scanned_at").asc(), F("nonce").asc()]
    placed = entries.annotate(place=Window(RowNumber(), partition_by=[F("ticket")], order_by=order))
    return CheckIn.objects.filter(pk__in=placed.filter(place=1).values("pk")).order_by()


def last_entries(*, event_id: int) -> QuerySet[CheckIn]:
    """The last way in of each ticket that is inside: the last thing that stands of it is no way out."""
    order = [F("scanned_at").desc(), F("nonce").desc()]
    scans = main_scans(event_id=event_id)
    placed = scans.annotate(place=Window(RowNumber(), partition_by=[F("ticket")], order_by=order))
    last = CheckIn.objects.filter(pk__in=placed.filter(place=1).values("pk"))
    return last.filter(direction=CheckIn.Direction.ENTRY).order_by()


def arrivals_after(*, event_id: int, sequence: int) -> QuerySet[CheckIn]:
    """What was admitted or taken back after `sequence`, in commit order of the admission, with ticket and gate."""
    rows = CheckIn.objects.filter(Q(sequence__gt=sequence) | Q(annulled_sequence__gt=sequence), event_id=event_id)
    return _told(rows).order_by("sequence")


def last_arrivals(*, event_id: int, most: int = 20) -> QuerySet[CheckIn]:
    """The newest admissions that stand, newest first, with ticket and gate."""
    rows = CheckIn.objects.filter(STANDING, event_id=event_id, direction=CheckIn.Direction.ENTRY)
    return _told(rows).order_by("-sequence")[:most]


def _told(rows: QuerySet[CheckIn]) -> QuerySet[CheckIn]:
    return rows.select_related(
        "ticket__registration__ticket_type", "ticket__registration__person", "ticket__holder", "gate", "list"
    )
