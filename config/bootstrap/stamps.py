"""A stamp says that a step of the setup was finished, and for which inputs.

It is written last and in one move: a step that was interrupted has none, and runs again.
"""

import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def digest(paths: Iterable[Path], *, root: Path) -> str:
    """A fingerprint of these files' names and contents."""
    running = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        running.update(f"{path.relative_to(root)}\0{len(content)}\0".encode())
        running.update(content)
    return running.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Whether the step behind this stamp was finished for exactly this value."""
    return stamp.is_file() and stamp.read_text() == value


def write(stamp: Path, value: str) -> None:
    """Record that the step was finished for this value."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    draft = stamp.with_suffix(".draft")
    draft.write_text(value)
    draft.replace(stamp)


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold a lock file: two terminals may start the setup at once, one does the work, the other waits."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
