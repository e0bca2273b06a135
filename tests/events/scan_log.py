"""A log of random scans, and what has to be counted from it: in plain Python, row by row."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from events import ticket_types
from events.models import CheckIn, CheckInList, CheckInTally, Event, Registration, Ticket, TicketType
from events.ticket_types import TypeFacts
from network.models import Person
from tests.factories import NOW, gate, open_event, planner

DAY = timedelta(hours=8)


def crowded_event(*, tickets: int, lists: int = 3, gates: int = 4, kinds: int = 3) -> Event:
    """An event with so many tickets, written in bulk; the first list is its own."""
    event = open_event(starts_at=NOW, ends_at=NOW + DAY, capacity=None)
    for number in range(1, lists):
        CheckInList.objects.create(event=event, name=f"Khu {number}", order=number, scope="ZONE")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:gates]:
        gate(event, letter)
    for number in range(1, kinds):
        ticket_types.add(event_id=event.pk, facts=TypeFacts(name_vi=f"Vé {number}"), actor=planner())
    write_tickets(event, tickets)
    return event


def write_tickets(event: Event, number: int) -> None:
    """So many people with a confirmed place and a ticket, the types in turn."""
    types = list(event.ticket_types.order_by("pk"))
    people = Person.objects.bulk_create(
        Person(email=f"t{event.pk}.{n}@example.org", full_name=f"Trần Thị {n}", search_text="", sort_key="")
        for n in range(number)
    )
    given = {"event": event, "channel": "SITE", "created_at": NOW}
    registrations = Registration.objects.bulk_create(
        Registration(person=person, ticket_type=types[n % len(types)], number=n + 1, **given)
        for n, person in enumerate(people)
    )
    Ticket.objects.bulk_create(
        Ticket(
            registration=row,
            event=event,
            number=f"{event.code} {n:05d}",
            spoken_number=f"{event.pk}X{n:05d}",
            holder_name=row.person.full_name,
            issued_at=NOW,
        )
        for n, row in enumerate(registrations)
    )
    event.seats.taken = number
    event.seats.save(update_fields=["taken"])


def write_scans(event: Event, number: int, chance: Random) -> None:
    """So many scans as the rules would have written them: at any list and gate, in and out, refused, forced, uploaded
    hours later, taken back; then the tally."""
    lists, gates = list(event.checkin_lists.all()), [*event.gates.all(), None]
    tickets = list(event.tickets.all())
    turns: Counter[tuple[Any, int]] = Counter()
    rows: list[CheckIn] = []
    sequence = 0
    for n in range(number):
        standing = [row for row in rows[-50:] if row.status == "ok" and row.annulled_at is None]
        received = NOW + DAY * n / number
        if standing and chance.random() < 0.05:
            sequence += 1
            taken_back = chance.choice(standing)
            taken_back.annulled_at, taken_back.annulled_sequence = received, sequence
        row = _scan(chance, event, received, chance.choice(tickets), chance.choice(lists), chance.choice(gates))
        if row.status == "ok":
            sequence += 1
            turns[row.ticket_id, row.list_id] += 1
            row.sequence, row.turn = sequence, turns[row.ticket_id, row.list_id]
        rows.append(row)
    CheckIn.objects.bulk_create(rows, batch_size=500)
    counted = naive_counts(event)
    CheckInTally.objects.filter(event=event).update(
        last_sequence=sequence, admitted=counted["arrived"], inside=counted["inside"]
    )


def _scan(chance: Random, event: Event, received: datetime, ticket: Ticket, at_list: Any, at_gate: Any) -> CheckIn:
    offline, refused = chance.random() < 0.3, chance.random() < 0.15
    # Whole minutes now and then, so that two scans of one ticket share a moment and the nonce decides.
    scanned = received - timedelta(minutes=chance.randrange(180)) if offline else received
    if chance.random() < 0.3:
        scanned = scanned.replace(minute=scanned.minute // 30 * 30, second=0, microsecond=0)
    elif offline and chance.random() < 0.1:
        scanned = received + timedelta(hours=chance.randrange(1, 13))
    forced = offline and chance.random() < 0.1
    return CheckIn(
        list=at_list,
        event=event,
        ticket=ticket if not refused or chance.random() < 0.5 else None,
        gate=at_gate,
        direction="EXIT" if chance.random() < 0.35 else "ENTRY",
        nonce=UUID(int=chance.getrandbits(128)),
        device="Lan 2",
        scanned_at=scanned,
        received_at=received,
        was_offline=offline,
        forced=forced,
        status="error" if refused else "ok",
        reason="invalid" if refused else "already_redeemed" if forced else "",
        settled_at=received if forced and chance.random() < 0.5 else None,
    )


def naive_counts(event: Event) -> dict[str, Any]:
    """What the log says, read row by row."""
    scans = list(CheckIn.objects.filter(event=event).select_related("list", "gate", "ticket__registration"))
    standing = [row for row in scans if row.status == "ok" and row.annulled_at is None and row.list.is_main]
    ordered = sorted(standing, key=lambda row: (row.scanned_at, row.nonce))
    first: dict[Any, CheckIn] = {}
    last: dict[Any, CheckIn] = {}
    for row in ordered:
        if row.direction == "ENTRY":
            first.setdefault(row.ticket_id, row)
        last[row.ticket_id] = row
    inside = [row for row in last.values() if row.direction == "ENTRY"]
    return {
        "arrived": len(first),
        "inside": len(inside),
        "arrived_by_type": Counter(_type_of(row) for row in first.values()),
        "inside_by_type": Counter(_type_of(row) for row in inside),
        "arrived_by_gate": Counter(row.gate.name for row in first.values() if row.gate),
        "last_by_gate": {row.gate.name: _moment(row) for row in sorted(scans, key=_moment) if row.gate},
        "entries": Counter(_interval(row) for row in standing if row.direction == "ENTRY"),
        "exits": Counter(_interval(row) for row in standing if row.direction == "EXIT"),
        "conflicts": sum(row.forced and row.settled_at is None and row.annulled_at is None for row in scans),
        "sequence": sum(row.sequence is not None for row in scans)
        + sum(row.annulled_sequence is not None for row in scans),
    }


def _type_of(row: CheckIn) -> int:
    assert row.ticket is not None
    return row.ticket.registration.ticket_type_id


def _moment(row: CheckIn) -> datetime:
    return min(row.scanned_at, row.received_at)


def _interval(row: CheckIn) -> datetime:
    seconds = int(_moment(row).timestamp())
    return datetime.fromtimestamp(seconds - seconds % 300, UTC)


def names_of(event: Event) -> dict[int, str]:
    """The names of the ticket types by number."""
    return dict(TicketType.objects.filter(event=event).values_list("pk", "name_vi"))
