"""People who are logged in, and guests with tickets, made in bulk for benchmarks."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from events import tickets
from events.models import CheckIn, Event, Registration, Seats, Ticket
from network.accounts.identity import SessionStore
from network.models import Person
from tests.factories import agree, main_list, open_event

BACKEND = "network.accounts.identity.PersonBackend"


def sessions(number: int) -> list[str]:
    """Make so many people, each agreed to what registering needs and logged in; return their session keys."""
    made = Person.objects.bulk_create(
        Person(email=f"b{n}@example.org", full_name=f"Người {n}", search_text="", sort_key="", password=f"!{n}")
        for n in range(number)
    )
    agree(made)
    return sessions_of(made)


def sessions_of(people: Iterable[Person]) -> list[str]:
    """Log people in; return their session keys."""
    store, expires = SessionStore(), timezone.now() + timedelta(days=1)
    rows = [
        Session(
            session_key=secrets.token_hex(16),
            expire_date=expires,
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
        )
        for person in people
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def past(number: int) -> None:
    """Make an event of last year with so many admissions, and let PostgreSQL look at its tables, as it does by itself
    in a database that has lived for a while: in an empty one it plans as if every table stayed so."""
    event, now = open_event(edition=1, capacity=None), timezone.now() - timedelta(days=365)
    facts = {"list": main_list(event), "event": event, "scanned_at": now, "received_at": now, "status": "ok", "turn": 1}
    CheckIn.objects.bulk_create(
        CheckIn(ticket=ticket, nonce=uuid4(), sequence=n, **facts) for n, ticket in enumerate(guests(event, number), 1)
    )
    analyse()


def analyse() -> None:
    """Let PostgreSQL count what its tables hold."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def guests(event: Event, number: int) -> list[Ticket]:
    """Make so many guests of an event, each with a ticket."""
    kind, now = event.ticket_types.get(), timezone.now()
    people = Person.objects.bulk_create(
        Person(
            email=f"g{event.pk}.{n}@example.org", full_name=f"Nguyễn Văn {n}", search_text="", sort_key="", password="!"
        )
        for n in range(number)
    )
    rows = Registration.objects.bulk_create(
        Registration(event=event, person=person, ticket_type=kind, number=n, channel="SITE", created_at=now)
        for n, person in enumerate(people, 1)
    )
    Seats.objects.filter(event=event).update(taken=number, last_number=number)
    return Ticket.objects.bulk_create(
        Ticket(
            registration=row,
            event=event,
            number=(readable := tickets.number(event.code, row.number)),
            spoken_number=tickets.spoken(readable),
            holder_name=row.person.full_name,
            issued_at=now,
        )
        for row in rows
    )
