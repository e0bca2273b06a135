"""The numbers on top of the list, each of which leads to those whom it counts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.desk_counts import Counts, TypeCount
from events.letters.matter import money
from events.models import Event, Registration

Status, Payment = Registration.Status, Registration.Payment
ENDED = (Status.DECLINED, Status.CANCELLED, Status.EXPIRED, Status.REJECTED)


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A number, what it counts, and the query that lists them."""

    label: str
    value: int
    query: str
    note: str = ""
    tone: str = ""
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How full something is: a ticket type, a pool, the event."""

    label: str
    taken: int
    capacity: int | None
    query: str = ""
    note: str = ""

    @property
    def is_full(self) -> bool:
        """Whether nothing is left."""
        return self.capacity is not None and self.taken >= self.capacity


def tiles(counts: Counts, event: Event, shown: QueryDict) -> list[Tile]:
    """Return the tiles of an event's desk; what counts nobody and asks for nothing is left out."""
    states = counts.by_status
    rows: list[tuple[str, int, dict[str, Any], str, str]] = [
        (_("Confirmed"), states.get(Status.CONFIRMED, 0), {"status": [Status.CONFIRMED]}, "", "good"),
        (_("To decide"), states.get(Status.PENDING, 0), {"status": [Status.PENDING]}, "", "todo"),
        (
            _("On the waiting list"),
            states.get(Status.WAITLISTED, 0),
            {"status": [Status.WAITLISTED], "ordering": "queue"},
            _people(counts.people_waiting) if counts.people_waiting else "",
            "",
        ),
        (
            _("Offered a place"),
            states.get(Status.OFFERED, 0),
            {"status": [Status.OFFERED], "ordering": "offer_expires_at"},
            _running_out(counts.offers_running_out),
            "late" if counts.offers_running_out else "",
        ),
        (_("Came in"), event.tally.admitted, {"came": "yes"}, "", "good"),
        *_money(counts),
        (_("No longer coming"), sum(states.get(each, 0) for each in ENDED), {"status": list(ENDED)}, "", "over"),
    ]
    always = {_("Confirmed"), _("Came in")}
    return [
        Tile(
            label=label,
            value=value,
            query=urlencode(query, doseq=True),
            note=note,
            tone=tone,
            is_current=_is_shown(query, shown),
        )
        for label, value, query, note, tone in rows
        if value or label in always
    ]


def _money(counts: Counts) -> Iterator[tuple[str, int, dict[str, Any], str, str]]:
    due, received, back = counts.due, counts.received, counts.to_return
    owing = {"status": [Status.CONFIRMED], "payment": [Payment.DUE]}
    yield _("Fees due"), due.registrations, owing, money(due.amount), "todo"
    yield _("Fees received"), received.registrations, {"payment": [Payment.RECEIVED]}, money(received.amount), "good"
    ended = {"status": list(ENDED), "payment": [Payment.RECEIVED]}
    yield _("Fees to return"), back.registrations, ended, money(back.amount), "late"


def bars(counts: Counts, event: Event) -> list[Bar]:
    """Return how full the event is, each of its types, and the pools that several types share."""
    whole = Bar(label=_("Places of the event"), taken=event.seats.taken, capacity=event.seats.capacity)
    users = Counter(pool.pk for each in counts.by_type for pool in each.pools)
    types = [_of_type(each, users) for each in counts.by_type]
    shared = {pool.pk: pool for each in counts.by_type for pool in each.pools if users[pool.pk] > 1}
    return [
        whole,
        *(types if len(types) > 1 or users else []),
        *(Bar(label=pool.name, taken=pool.taken, capacity=pool.capacity, note=_("shared")) for pool in shared.values()),
    ]


def _of_type(count: TypeCount, users: "Counter[int]") -> Bar:
    """A type is as large as the smallest pool that it has to itself; shared pools have bars of their own."""
    holding = {"ticket_type": [count.ticket_type.pk], "status": [Status.CONFIRMED, Status.OFFERED]}
    capacity = min((pool.capacity for pool in count.pools if users[pool.pk] == 1), default=None)
    fee = count.ticket_type.fee
    return Bar(
        label=str(count.ticket_type),
        taken=count.places,
        capacity=capacity,
        query=urlencode(holding, doseq=True),
        note=money(fee) if fee else _("Free"),
    )


def _is_shown(query: dict[str, Any], shown: QueryDict) -> bool:
    """Whether the list is narrowed to just this."""
    names = {"status", "payment", "came", "ticket_type", "answer", "channel", "language", "q"}
    stated = {name: sorted(filter(None, shown.getlist(name))) for name in names}
    wanted = {
        name: sorted(str(each) for each in (value if isinstance(value, list) else [value]))
        for name, value in query.items()
        if name in names
    }
    return {name: values for name, values in stated.items() if values} == wanted


def _people(number: int) -> str:
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": number}


def _running_out(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)s ends within 6 hours", "%(number)s end within 6 hours", number) % {"number": number}
