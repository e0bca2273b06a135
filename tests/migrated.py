"""A migrated database to copy from: migrating an empty one takes longer than most test runs.

On SQLite the copy is kept between runs; on PostgreSQL it serves the workers of one run.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from config.bootstrap import stamps
from config.bootstrap.environment import TEST_LOCK
from config.bootstrap.places import ROOT, var_directory


@contextmanager
def database(name: str) -> Iterator[None]:
    """Within, the test database `name` is a migrated copy, if there is one; else what gets migrated is kept.

    One worker migrates, the others wait for its copy.
    """
    original = _OnSQLite() if connection.vendor == "sqlite" else _OnPostgreSQL()
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if there := original.exists():
            original.copy_to(name)
            fcntl.flock(lock, fcntl.LOCK_UN)
        else:
            original.clear(name)
        yield
        if not there:
            original.keep(name)


def copy_kept(to: Path) -> None:
    """Start a SQLite file of one's own from the kept copy, where there is one."""
    original = _OnSQLite()
    if original.exists():
        original.copy_to(str(to))


def _folder() -> Path:
    folder = var_directory() / "migrated"
    folder.mkdir(exist_ok=True)
    return folder


def _fingerprint() -> str:
    """Of all that decides how a migrated database looks: our migrations, what runs after them, the packages."""
    after = [*ROOT.glob("*/apps.py"), ROOT / "cms" / "groups.py", ROOT / "cms" / "tree.py"]
    return stamps.digest([TEST_LOCK, *ROOT.glob("*/migrations/*.py"), *after], root=ROOT)


class _OnSQLite:
    def __init__(self) -> None:
        self.path = _folder() / f"{_fingerprint()}.sqlite3"

    def exists(self) -> bool:
        return self.path.exists()

    def copy_to(self, name: str) -> None:
        shutil.copy(self.path, name)

    def clear(self, name: str) -> None:
        """What earlier migrations left."""
        for outdated in self.path.parent.glob("*.sqlite3"):
            outdated.unlink()

    def keep(self, name: str) -> None:
        draft = self.path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
        draft.replace(self.path)


class _OnPostgreSQL:
    def __init__(self) -> None:
        self.name = f"migrated_{_fingerprint()[:40]}"

    def exists(self) -> bool:
        return self.name in self._databases("migrated_")

    def copy_to(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')

    def clear(self, name: str) -> None:
        """What an earlier run left on a server that outlives it."""
        self._run(*(f'DROP DATABASE IF EXISTS "{old}"' for old in (name, *self._databases("migrated_"))))

    def keep(self, name: str) -> None:
        connection.close()
        self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{name}"')

    def _databases(self, prefix: str) -> set[str]:
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # as Django's own test setup does
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
            return {name for (name,) in cursor.fetchall()}

    def _run(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # as above
            for statement in statements:
                cursor.execute(statement)
