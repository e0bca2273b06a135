"""Numbers and the arrivals log of an event's doors."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from events.models import CheckIn, CheckInTally, Registration, Seats


@dataclass(frozen=True, kw_only=True)
class Counter:
    """The public numbers of an event; capacity None means without limit."""

    event_id: int
    taken: int
    capacity: int | None
    admitted: int
    sequence: int


def counter(*, event_id: int) -> Counter | None:
    """Return an event's numbers as they are now; None if there is no such event."""
    seats = Seats.objects.filter(event_id=event_id).values_list("taken", "capacity").first()
    tally = CheckInTally.objects.filter(event_id=event_id).values_list("admitted", "last_sequence").first()
    if seats is None or tally is None:
        return None
    return Counter(event_id=event_id, taken=seats[0], capacity=seats[1], admitted=tally[0], sequence=tally[1])


def recount(*, event_id: int) -> Counter:
    """Return the same numbers counted from the rows themselves: what the counters must equal at any time."""
    holding = Registration.objects.filter(event_id=event_id, status__in=Registration.HOLDING)
    admissions = Q(status=CheckIn.Status.OK, annulled_at=None)
    scans = CheckIn.objects.filter(event_id=event_id).aggregate(
        admitted=Count("pk", filter=admissions),
        sequenced=Count("sequence"),
        annulled=Count("annulled_sequence"),
    )
    return Counter(
        event_id=event_id,
        taken=holding.aggregate(places=Sum("quantity"))["places"] or 0,
        capacity=Seats.objects.values_list("capacity", flat=True).get(event_id=event_id),
        admitted=scans["admitted"],
        sequence=scans["sequenced"] + scans["annulled"],
    )


def arrivals_after(*, event_id: int, sequence: int) -> QuerySet[CheckIn]:
    """What was admitted or taken back after `sequence`, in commit order of the admission, with ticket and gate."""
    rows = CheckIn.objects.filter(Q(sequence__gt=sequence) | Q(annulled_sequence__gt=sequence), event_id=event_id)
    return rows.select_related("ticket__registration__ticket_type", "gate").order_by("sequence")


def last_arrivals(*, event_id: int, most: int = 20) -> QuerySet[CheckIn]:
    """The newest admissions that stand, newest first, with ticket and gate."""
    rows = CheckIn.objects.filter(event_id=event_id, status=CheckIn.Status.OK, annulled_at=None)
    return rows.select_related("ticket__registration__ticket_type", "gate").order_by("-sequence")[:most]
