"""The attendee desk at a glance: how many in which state, of which ticket type, what is owed, in two statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from events.models import Event, Quota, Registration, TicketType

Status, Payment = Registration.Status, Registration.Payment
TypePools = tuple[TicketType, Sequence[Quota]]
SOON = timedelta(hours=6)
"""An offer that ends within this is running out."""


@dataclass(frozen=True, kw_only=True)
class TypeCount:
    """A ticket type: how many places of it are held, and the pools that they come from."""

    ticket_type: TicketType
    places: int
    pools: Sequence[Quota]


@dataclass(frozen=True, kw_only=True)
class Fees:
    """So many registrations, so many đồng."""

    registrations: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What stands on top of the desk. `to_return` are fees of people who are no longer coming; `matching` says how many
    are among those who were asked for."""

    by_status: dict[str, int]
    by_type: Sequence[TypeCount]
    people_waiting: int
    offers_running_out: int
    due: Fees
    received: Fees
    to_return: Fees
    matching: int

    @property
    def registrations(self) -> int:
        """All of them, whatever became of them."""
        return sum(self.by_status.values())


def counts(
    *,
    event: Event,
    at: datetime,
    types: Sequence[TypePools] | None = None,
    among: QuerySet[Registration] | None = None,
) -> Counts:
    """Return the counts of an event at `at`, in one statement if its `types` are known (see `types_of`).

    `among` are registrations to be counted as `matching`. The caller asks `may_run_desk`.
    """
    chosen = Q() if among is None else Q(pk__in=among.order_by().values("pk"))
    rows: list[Any] = list(
        Registration.objects.filter(event=event)
        .order_by()
        .values("status", "ticket_type", "payment")
        .annotate(
            registrations=Count("pk"),
            places=Sum("quantity"),
            owed=Sum(F("fee") - F("received")),
            received=Sum("received"),
            matching=Count("pk", filter=chosen),
            ending=Count("pk", filter=Q(offer_expires_at__lte=at + SOON)),
        )
    )

    states: Counter[str] = Counter()
    held: Counter[int] = Counter()
    for row in rows:
        states[row["status"]] += row["registrations"]
        if row["status"] in Registration.HOLDING:
            held[row["ticket_type"]] += row["places"]
    due = [row for row in rows if (row["payment"], row["status"]) == (Payment.DUE, Status.CONFIRMED)]
    received = [row for row in rows if row["payment"] == Payment.RECEIVED]
    over = [row for row in received if row["status"] not in Registration.ACTIVE]
    return Counts(
        by_status=dict(states),
        by_type=_by_type(types_of(event) if types is None else types, held),
        people_waiting=sum(row["places"] for row in rows if row["status"] == Status.WAITLISTED),
        offers_running_out=sum(row["ending"] for row in rows if row["status"] == Status.OFFERED),
        due=_fees(due, "owed"),
        received=_fees(received, "received"),
        to_return=_fees(over, "received"),
        matching=sum(row["matching"] for row in rows),
    )


def types_of(event: Event) -> list[TypePools]:
    """Return the ticket types of an event in their order, each with its pools: one statement for all."""
    pools: dict[TicketType, list[Quota]] = {}
    rows = TicketType.objects.filter(event=event).annotate(
        pool=F("quotas"), pool_name=F("quotas__name"), room=F("quotas__capacity"), gone=F("quotas__taken")
    )
    for row in rows:
        known = pools.setdefault(row, [])
        if row.pool is not None:
            known.append(Quota(pk=row.pool, event=event, name=row.pool_name, capacity=row.room, taken=row.gone))
    return list(pools.items())


def _by_type(types: Sequence[TypePools], held: "Counter[int]") -> list[TypeCount]:
    return [
        TypeCount(ticket_type=each, places=held[each.pk], pools=pools)
        for each, pools in types
        if each.is_active or held[each.pk]
    ]


def _fees(rows: list[Any], amount: str) -> Fees:
    return Fees(registrations=sum(row["registrations"] for row in rows), amount=sum(row[amount] for row in rows))
