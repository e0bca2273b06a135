"""People who are logged in, made in bulk for benchmarks."""

import secrets
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from network.accounts.identity import SessionStore
from network.models import Person
from tests.factories import agree

BACKEND = "network.accounts.identity.PersonBackend"


def sessions(number: int) -> list[str]:
    """Make so many people, each agreed to what registering needs and logged in; return their session keys."""
    made = Person.objects.bulk_create(
        Person(email=f"b{n}@example.org", full_name=f"Người {n}", search_text="", sort_key="", password=f"!{n}")
        for n in range(number)
    )
    agree(made)
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
        for person in made
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]
