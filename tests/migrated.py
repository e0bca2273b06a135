"""A migrated SQLite database, kept between runs: migrating an empty one takes longer than most test runs."""

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
def database(at: Path) -> Iterator[None]:
    """Within, `at` is a migrated copy where one is kept; where none is, what was migrated at `at` is kept.

    One worker migrates, the others wait for its copy.
    """
    kept = _kept()
    with kept.with_name("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            shutil.copy(kept, at)
            fcntl.flock(lock, fcntl.LOCK_UN)
        yield
        if not kept.exists():
            _keep(kept)


def _kept() -> Path:
    """Named after all that decides how a migrated database looks: our migrations and the packages' versions."""
    folder = var_directory() / "migrated"
    folder.mkdir(exist_ok=True)
    return folder / f"{stamps.digest([TEST_LOCK, *ROOT.glob('*/migrations/*.py')], root=ROOT)}.sqlite3"


def _keep(kept: Path) -> None:
    for outdated in kept.parent.glob("*.sqlite3"):
        outdated.unlink()
    draft = kept.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.replace(kept)
