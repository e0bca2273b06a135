"""The organisers' board: every number of an event's doors, counted from the log in a fixed number of statements.

"Arrived", "inside" and what is counted by ticket type, by gate and by time are of the event's own list; what says
whether a gate or a phone is still at work looks at every scan.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Max, Q
from django.db.models.functions import Least

from events import conflicts, statistics
from events.models import CheckIn, CheckInList, Gate, GateDevice, Registration, Ticket, TicketType

INTERVAL = timedelta(minutes=5)

GATE_SILENT = timedelta(minutes=10)
"""A gate without a scan for this long is marked, as long as somebody else scans."""

PHONE_SILENT = timedelta(minutes=3)
"""A phone reports once a minute: three missed reports are no accident."""


@dataclass(frozen=True, kw_only=True)
class TypeNumbers:
    """Of one ticket type: who is expected, who came, who is there."""

    name: str
    expected: int
    arrived: int
    inside: int


@dataclass(frozen=True, kw_only=True)
class GateNumbers:
    """Of one gate: whose first way in it was (all gates together: who arrived), and when it last scanned anything."""

    name: str
    arrived: int
    last_at: datetime | None
    silent: bool


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Five minutes in which somebody went in or out."""

    at: datetime
    entries: int
    exits: int


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A phone at the gates."""

    name: str
    gate: str | None
    last_seen_at: datetime | None
    waiting: int
    silent: bool


@dataclass(frozen=True, kw_only=True)
class BoardNumbers:
    """All of it, as it was when it was read."""

    event_id: int
    sequence: int
    arrived: int
    inside: int
    expected: int
    taken: int
    capacity: int | None
    by_ticket_type: list[TypeNumbers]
    by_gate: list[GateNumbers]
    per_five_minutes: list[Interval]
    conflicts: int
    devices: list[Phone]


def board_numbers(*, event_id: int, at: datetime) -> BoardNumbers | None:
    """Return an event's numbers; None if there is no such event."""
    counted = statistics.counter(event_id=event_id)
    if counted is None:
        return None
    entries = statistics.first_entries(event_id=event_id)
    arrived = list(entries.values_list("ticket__registration__ticket_type", "gate").annotate(Count("pk")))
    types = _by_ticket_type(event_id, [(kind, number) for kind, _gate, number in arrived])
    return BoardNumbers(
        event_id=event_id,
        sequence=counted.sequence,
        arrived=counted.admitted,
        inside=counted.inside,
        expected=sum(row.expected for row in types),
        taken=counted.taken,
        capacity=counted.capacity,
        by_ticket_type=types,
        by_gate=_by_gate(event_id, [(gate, number) for _kind, gate, number in arrived], at),
        per_five_minutes=_per_five_minutes(event_id),
        conflicts=conflicts.count(event_id=event_id),
        devices=_devices(event_id, at),
    )


def _summed(pairs: list[tuple[int | None, int]]) -> dict[int | None, int]:
    sums: dict[int | None, int] = {}
    for key, number in pairs:
        sums[key] = sums.get(key, 0) + number
    return sums


def _by_ticket_type(event_id: int, arrived: list[tuple[int | None, int]]) -> list[TypeNumbers]:
    came = _summed(arrived)
    last = statistics.last_entries(event_id=event_id)
    inside = dict(last.values_list("ticket__registration__ticket_type").annotate(Count("pk")))
    expected = _expected(event_id)
    return [
        TypeNumbers(
            name=row.name, expected=expected.get(row.pk, 0), arrived=came.get(row.pk, 0), inside=inside.get(row.pk, 0)
        )
        for row in TicketType.objects.filter(event=event_id)
        if row.pk in expected or row.pk in came
    ]


def _expected(event_id: int) -> dict[int, int]:
    """Living tickets that the event's own list lets in, by ticket type."""
    main = CheckInList.objects.filter(event=event_id, is_main=True)
    only = list(main.values_list("ticket_types", "includes_pending"))
    types = [kind for kind, _pending in only if kind is not None]
    living = Ticket.objects.filter(
        event=event_id, revoked_at=None, blocked_at=None, registration__status=Registration.Status.CONFIRMED
    )
    if types:
        living = living.filter(registration__ticket_type__in=types)
    return dict(living.order_by().values_list("registration__ticket_type").annotate(Count("pk")))


def _by_gate(event_id: int, arrived: list[tuple[int | None, int]], at: datetime) -> list[GateNumbers]:
    came = _summed(arrived)
    scans = CheckIn.objects.filter(event_id=event_id, gate__isnull=False).order_by()
    last = dict(scans.values_list("gate").annotate(last=Max(_moment())))
    somebody_scans = any(at - moment < GATE_SILENT for moment in last.values())
    return [
        GateNumbers(
            name=row.name,
            arrived=came.get(row.pk, 0),
            last_at=last.get(row.pk),
            silent=somebody_scans and (row.pk not in last or at - last[row.pk] >= GATE_SILENT),
        )
        for row in Gate.objects.filter(event=event_id)
    ]


def _moment() -> Least:
    """When somebody stood at the door: as the phone says, since a batch that is uploaded later must not look like a
    rush at that time. But nothing was scanned after it was received, whatever a phone's clock thinks."""
    return Least("scanned_at", "received_at")


class _FiveMinutes(Func):
    """The number of the five minutes since 1970 in which a moment lies."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # The format is %s: doubled for the template, and once more for the statement's own placeholders.
        return self.as_sql(compiler, connection, template="(STRFTIME('%%%%s', %(expressions)s) / 300)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 300)::integer"
        return self.as_sql(compiler, connection, template=template, **context)


def _per_five_minutes(event_id: int) -> list[Interval]:
    scans = statistics.main_scans(event_id=event_id).order_by()
    counted = scans.annotate(interval=_FiveMinutes(_moment())).values_list("interval")
    rows = counted.annotate(
        entries=Count("pk", filter=Q(direction=CheckIn.Direction.ENTRY)),
        exits=Count("pk", filter=Q(direction=CheckIn.Direction.EXIT)),
    )
    begun = datetime.fromtimestamp(0, UTC)
    return [
        Interval(at=begun + number * INTERVAL, entries=entries, exits=exits)
        for number, entries, exits in rows.order_by(F("interval"))
    ]


def _devices(event_id: int, at: datetime) -> list[Phone]:
    phones = GateDevice.objects.filter(event=event_id, enrolled_at__isnull=False, revoked_at=None)
    return [
        Phone(
            name=row.name,
            gate=row.gate.name if row.gate else None,
            last_seen_at=row.last_seen_at,
            waiting=row.waiting,
            silent=row.last_seen_at is None or at - row.last_seen_at >= PHONE_SILENT,
        )
        for row in phones.select_related("gate").order_by("name", "pk")
    ]
