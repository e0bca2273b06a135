"""Django's SQLite backend behind one writer lock for the process.

SQLite lets one transaction write. Whoever comes second polls the file, sleeping longer and longer between its tries, so
that with eight threads the unlucky ones wait for seconds. A lock in the process wakes the next in line at once. Other
processes still meet at the file, as before.
"""

import threading
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the writer lock from BEGIN IMMEDIATE to COMMIT or ROLLBACK."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._writes = False

    def _start_transaction_under_autocommit(self) -> None:
        self._take()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_back()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            # After a failed COMMIT Django rolls back; the transaction is over when SQLite says so.
            self._give_back_when_over()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_back_when_over()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._give_back()

    def _take(self) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 20))
        if not _locks[str(self.settings_dict["NAME"])].acquire(timeout=patience):
            raise OperationalError("database is locked: another thread is writing")
        self._writes = True

    def _give_back(self) -> None:
        if self._writes:
            self._writes = False
            _locks[str(self.settings_dict["NAME"])].release()

    def _give_back_when_over(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self._give_back()
