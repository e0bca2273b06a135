"""Who a request comes from: its session and its person, each asked by a statement that is kept compiled."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from network.models import Person
from network.statements import compiled


@compiled
def _sessions(key: Any, at: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


@compiled
def _people(key: Any) -> QuerySet[Person]:
    return Person.objects.filter(pk=key)


class SessionStore(DatabaseStore):
    """Django's sessions in the database, read by the kept statement."""

    def _get_session_from_db(self) -> Session | None:
        # PostgreSQL takes no text with a NUL, and nobody's key has one.
        known = "\0" not in (self.session_key or "")
        session = _sessions.first(key=self.session_key, at=timezone.now()) if known else None
        if session is None:
            self._session_key = None
        return session


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """allauth's logins; the person of a session is read by the kept statement."""

    def get_user(self, user_id: int) -> Person | None:
        """Return the person of a session, unless the account is closed."""
        person = _people.first(key=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
