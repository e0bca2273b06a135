"""Django's PostgreSQL backend, with two things less per request.

A kept connection is asked whether it still stands every few seconds, not every time: with CONN_HEALTH_CHECKS each
request begins with a statement that only finds out whether the next ones will work, at the doors a third of all. One
that answered a moment ago is taken for good, unless something can be read from it that nobody asked for: a server that
ends a connection closes its socket.

Statements that are kept (`network.statements`) are prepared: PostgreSQL plans them once for each connection. A pooler
between the two must know prepared statements (PgBouncer does from 1.21 on).
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import register_tzloader
from psycopg.pq import Format

FRESH = 5.0
"""Seconds for which an answer counts."""

PREPARED = "prepared"
PREPARED_AFTER = 2
"""Times that a connection is asked the same before it has the statement prepared."""

PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
"""Kept statements look rows up by keys: whatever the values, the plan is the same. Left to itself PostgreSQL plans some
of them anew each time, which takes it longer than to carry them out. Those that are not prepared are not concerned."""

_TIMESTAMPTZ = 1184


class DatabaseOperations(base.DatabaseOperations):
    """Django's, which does not know what a prepared statement said."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return the statement for logs, with its values where Django can tell them."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Remembers when its connection last proved to be usable; has cursors whose statements are prepared."""

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answered_at = float("-inf")

    def is_usable(self) -> bool:
        """Whether the connection works, as far as that was asked within the last seconds."""
        fresh = not self.errors_occurred and time.monotonic() - self._answered_at < FRESH
        if fresh and not self.connection.closed and not _has_news(self.connection.fileno()):
            return True
        usable = super().is_usable()
        self._answered_at = time.monotonic() if usable else float("-inf")
        return usable

    def connect(self) -> None:
        """Open a connection; a new one has answered."""
        super().connect()
        self._answered_at = time.monotonic()

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, but with statements that may be prepared; its usual cursors never are."""
        given = super().get_connection_params()
        options = f"{given.get('options', '')} {PLANNED_ONCE}".strip()
        return {**given, "prepare_threshold": PREPARED_AFTER, "options": options}

    def prepared_cursor(self) -> Any:
        """Return a cursor that hands values over beside the statement, and has it prepared when it comes again."""
        return self._cursor(PREPARED)

    def create_cursor(self, name: str | None = None) -> Any:
        """Make a cursor, as Django does it, for `PREPARED` one with its values beside the statement."""
        if name != PREPARED:
            return super().create_cursor(name)
        cursor = base.ServerBindingCursor(self.connection)
        loader = self.connection.adapters.get_loader(_TIMESTAMPTZ, Format.TEXT)
        if self.timezone != loader.timezone:
            register_tzloader(self.timezone, cursor)
        return cursor


def _has_news(socket: int) -> bool:
    """Whether something can be read: an answer that nobody waits for, or the end."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
