"""What happens when a registration is confirmed, by whatever way it came there: fee, tickets, letters."""

from collections.abc import Iterable
from datetime import datetime

from events import history, mails, party, payments, seats, tickets
from events.models import Registration, Seats, Ticket
from events.party import Companion
from network import people
from network.models import Person
from network.statements import insert


def confirm(registration: Registration, *, held: Seats, actor: Person | None, at: datetime) -> list[Ticket]:
    """Confirm a registration whose places are taken: mark its fee, issue its tickets, write to everybody.

    Returns the tickets, the registrant's first. Called inside the transaction of its rule; `held` is the event's row
    of Seats, and `registration` has its person and ticket type; it is saved here.
    """
    companions = party.restored(registration.companions)
    registration.status = Registration.Status.CONFIRMED
    registration.offer_expires_at = None
    registration.companions = []
    payments.charge(registration, fee=registration.ticket_type.fee * registration.quantity)
    if registration.pk is None:
        insert(registration)
    else:
        registration.save()
    own = tickets.issue(
        registration=registration, serial=registration.number, name=registration.person.full_name, holder=None, at=at
    )
    brought = bring(registration, companions, held=held, at=at)
    history.note(registration, "confirmed", actor=actor, at=at, places=registration.quantity)
    issued = [own, *brought]
    mails.confirmed(registration=registration, at=at, issued=issued)
    return issued


def bring(registration: Registration, companions: Iterable[Companion], *, held: Seats, at: datetime) -> list[Ticket]:
    """Issue a ticket to each companion, with a number of its own; return them. Whoever has an address holds theirs."""
    issued = []
    for companion in companions:
        holder = None
        if companion.email:
            holder = people.known_or_new(
                email=companion.email, full_name=companion.name, language=registration.language
            )
        serial = seats.numbers(seats=held, how_many=1)
        name = companion.name
        issued.append(tickets.issue(registration=registration, serial=serial, name=name, holder=holder, at=at))
    return issued
