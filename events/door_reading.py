"""Reading what is shown at a gate: one statement for the ticket, what it did at this list, and the count."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from events import tickets, visits
from events.models import Registration, Ticket
from events.visits import Visit
from network.statements import compiled

MOST_DIGITS = 5
"""A typed number of at most so many digits is that of a registration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A ticket as the door may see it, with what it did at the list so far."""

    list_id: int
    ticket_id: UUID
    event_id: int
    version: int
    number: str
    name: str
    is_blocked: bool
    is_revoked: bool
    registration_id: int
    status: str
    payment: str
    due: int
    places: int
    ticket_type_id: int
    ticket_type_vi: str
    ticket_type_en: str
    visits: list[Visit] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a code stands for. `reason`: why there is no guest (invalid, ambiguous, unapproved).

    `changes`, `admitted` and `inside` are the tally's; None where no ticket was found.
    """

    guest: Guest | None = None
    is_outdated: bool = False
    reason: str = ""
    changes: int | None = None
    admitted: int | None = None
    inside: int | None = None


_AWAITED = (Registration.Status.PENDING, Registration.Status.WAITLISTED, Registration.Status.OFFERED)
"""Not given up, and without a place so far."""

_TICKET = (
    "pk", "event_id", "version", "number", "holder_name", "blocked_at", "revoked_at", "registration_id",
    "registration__status", "registration__payment", "registration__fee", "registration__received",
    "registration__quantity", "registration__ticket_type_id", "registration__ticket_type__name_vi",
    "registration__ticket_type__name_en", "event__tally__changes", "event__tally__admitted", "event__tally__inside",
)  # fmt: skip


def read(code: str, *, list_id: int, event_id: int) -> Reading:
    """Return what a signed code, a ticket's number or a registration's number at the event stands for."""
    signed = tickets.read(code)
    if signed is not None:
        found = by_id(signed.ticket_id, list_id=list_id)
        return found if found.guest is None else _aged(found, signed.version)
    typed = tickets.spoken(code)
    if not typed:
        return Reading(reason="invalid")
    if typed.isdecimal() and len(typed) <= MOST_DIGITS:
        return _by_registration(int(typed), list_id, event_id)
    return _reading(_by_number(number=typed, list_id=list_id), list_id)


def by_id(ticket_id: UUID, *, list_id: int) -> Reading:
    """Return the reading of a ticket by its id."""
    return _reading(_by_id(ticket_id=ticket_id, list_id=list_id), list_id)


def of_registration(registration_id: int, *, list_id: int) -> list[Reading]:
    """Return the readings of a registration's tickets that were not given back, in the order of their numbers."""
    return of_many(Q(registration=registration_id, revoked_at=None), list_id=list_id)


def of_many(wanted: Q, *, list_id: int) -> list[Reading]:
    """Return the readings of all tickets that are `wanted`, in the order of their numbers. One statement."""
    by_ticket: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in _joined(wanted, list_id):
        by_ticket.setdefault(row[0], []).append(row)
    readings = [_reading(rows, list_id) for rows in by_ticket.values()]
    return sorted(readings, key=lambda reading: reading.guest.number if reading.guest else "")


def _aged(found: Reading, version: int) -> Reading:
    assert found.guest is not None
    is_outdated = found.guest.version != version
    return Reading(
        guest=found.guest, is_outdated=is_outdated, changes=found.changes, admitted=found.admitted, inside=found.inside
    )


def _by_registration(number: int, list_id: int, event_id: int) -> Reading:
    """A registration is found by its number at the event, if it has one ticket: else which one is meant?"""
    row = Registration.objects.filter(event=event_id, number=number).values_list("pk", "status").first()
    if row is None:
        return Reading(reason="invalid")
    ids = list(Ticket.objects.filter(registration=row[0], revoked_at=None).values_list("pk", flat=True)[:2])
    if len(ids) == 1:
        return by_id(ids[0], list_id=list_id)
    if ids:
        return Reading(reason="ambiguous")
    return Reading(reason="unapproved" if row[1] in _AWAITED else "canceled")


def _joined(wanted: Q, list_id: Any) -> "QuerySet[Ticket, tuple[Any, ...]]":
    standing = Q(checkins__list=list_id, checkins__status="ok", checkins__annulled_at=None)
    rows = Ticket.objects.filter(wanted).annotate(visit=FilteredRelation("checkins", condition=standing)).order_by()
    return rows.values_list(*_TICKET, *(f"visit__{name}" for name in visits.FIELDS))


@compiled
def _by_id(ticket_id: Any, list_id: Any) -> "QuerySet[Ticket, tuple[Any, ...]]":
    return _joined(Q(pk=ticket_id), list_id)


@compiled
def _by_number(number: Any, list_id: Any) -> "QuerySet[Ticket, tuple[Any, ...]]":
    return _joined(Q(spoken_number=number), list_id)


def _reading(rows: list[tuple[Any, ...]], list_id: int) -> Reading:
    if not rows:
        return Reading(reason="invalid")
    cut = len(_TICKET)
    made = visits.in_order(Visit(*row[cut:]) for row in rows if row[cut] is not None)
    *_facts, changes, admitted, inside = rows[0][:cut]
    return Reading(guest=_guest(rows[0][:cut], made, list_id), changes=changes, admitted=admitted, inside=inside)


def _guest(row: tuple[Any, ...], made: list[Visit], list_id: int) -> Guest:
    (pk, event_id, version, number, name, blocked_at, revoked_at, registration_id, status, payment, fee, received,
     quantity, type_id, type_vi, type_en, *_tally) = row  # fmt: skip
    return Guest(
        list_id=list_id,
        ticket_id=pk,
        event_id=event_id,
        version=version,
        number=number,
        name=name,
        is_blocked=blocked_at is not None,
        is_revoked=revoked_at is not None,
        registration_id=registration_id,
        status=status,
        payment=payment,
        due=max(fee - received, 0),
        places=quantity,
        ticket_type_id=type_id,
        ticket_type_vi=type_vi or "",
        ticket_type_en=type_en or "",
        visits=made,
    )
