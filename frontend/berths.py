"""What lies in somebody's harbour: registrations and tickets, by what they ask of their person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from events import queries, waiting_list
from events.models import Event, Registration, Ticket
from events.waiting_list import Place
from network.models import Person

Status = Registration.Status


@dataclass(frozen=True, kw_only=True)
class Berth:
    """One event of somebody's: their registration (none, if the ticket was handed to them) and the living tickets."""

    event: Event
    registration: Registration | None = None
    shown: list[Ticket] = field(default_factory=list)
    elsewhere: list[Ticket] = field(default_factory=list)
    queue: Place | None = None

    @property
    def is_group(self) -> bool:
        """Whether there is more than one ticket."""
        return len(self.shown) + len(self.elsewhere) > 1

    @property
    def owes(self) -> bool:
        """Whether a fee is due."""
        return self.registration is not None and self.registration.payment == Registration.Payment.DUE


@dataclass(frozen=True, kw_only=True)
class Berths:
    """All of them, in the order in which they ask for attention."""

    offers: list[Berth]
    ahead: list[Berth]
    waiting: list[Berth]
    behind: list[Berth]

    @property
    def owing(self) -> list[Berth]:
        """Those ahead with a fee that is due."""
        return [berth for berth in self.ahead if berth.owes]


def berths(person: Person, *, at: datetime) -> Berths:
    """Return what `person` holds and held; the number of statements does not grow with it."""
    rows = list(queries.registrations_of(person))
    places = waiting_list.places(rows)
    own = [_of_registration(row, person, places.get(row.pk)) for row in rows]
    coming = [berth for berth in own if berth.event.ends_at > at]
    handed = list(_handed_to(person))
    handed_ahead = [berth for berth in handed if berth.shown and berth.event.ends_at > at]
    confirmed = [berth for berth in coming if berth.registration and berth.registration.status == Status.CONFIRMED]
    offers, waiting = _in(coming, Status.OFFERED), _in(coming, Status.PENDING, Status.WAITLISTED)
    ahead = [*confirmed, *handed_ahead]
    seen = {id(berth) for berth in (*offers, *ahead, *waiting)}
    return Berths(
        offers=_soonest_first(offers),
        ahead=_soonest_first(ahead),
        waiting=_soonest_first(waiting),
        behind=list(reversed(_soonest_first(berth for berth in (*own, *handed) if id(berth) not in seen))),
    )


def _of_registration(row: Registration, person: Person, place: Place | None) -> Berth:
    living = [ticket for ticket in row.tickets.all() if ticket.revoked_at is None]
    shown = [ticket for ticket in living if ticket.holder_id in (None, person.pk)]
    elsewhere = [ticket for ticket in living if ticket not in shown]
    return Berth(event=row.event, registration=row, shown=shown, elsewhere=elsewhere, queue=place)


def _handed_to(person: Person) -> Iterable[Berth]:
    """Tickets of other people's registrations, those of one event together."""
    for event, tickets in groupby(queries.tickets_handed_to(person), key=lambda ticket: ticket.event):
        yield Berth(event=event, shown=[ticket for ticket in tickets if ticket.revoked_at is None])


def _in(rows: Iterable[Berth], *states: str) -> list[Berth]:
    return [berth for berth in rows if berth.registration and berth.registration.status in states]


def _soonest_first(rows: Iterable[Berth]) -> list[Berth]:
    return sorted(rows, key=lambda berth: (berth.event.starts_at, berth.event.pk))
