"""What this process knows of the directory, brought up to date before each search by one question."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from network.directory.shelf import Shelf
from network.models import DirectoryEntry, DirectoryStamp

Kind = DirectoryEntry.Kind
EMPTY = UUID(int=0)


class Memory:
    """The shelves of a process, and which version of the index they hold."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._epoch, self._version = EMPTY, 0
        self._shelves = {str(kind): Shelf() for kind in Kind}

    @contextmanager
    def current(self) -> Iterator[dict[str, Shelf]]:
        """Hold the shelves as the index is now. Searching is arithmetic, which threads cannot share anyhow."""
        stamp = DirectoryStamp.objects.values_list("epoch", "version").filter(pk=1).first() or (EMPTY, 0)
        with self._lock:
            self._follow(*stamp)
            yield self._shelves

    def _follow(self, epoch: UUID, version: int) -> None:
        if epoch == self._epoch and version == self._version:
            return
        worn = any(shelf.is_worn for shelf in self._shelves.values())
        if epoch != self._epoch or worn:
            self._fill(epoch)
        elif version > self._version:
            self._read(self._version)
        # Whoever refreshed what was true already left no row of that version.
        self._version = max(self._version, version)

    def _fill(self, epoch: UUID) -> None:
        self._shelves = {str(kind): Shelf() for kind in Kind}
        self._epoch, self._version = epoch, 0
        self._read(0)

    def _read(self, behind: int) -> None:
        rows = DirectoryEntry.objects.filter(version__gt=behind).order_by("version", "pk")
        news: dict[str, list[tuple[int, str, str]]] = {kind: [] for kind in self._shelves}
        for kind, entry_id, key, card, version in rows.values_list("kind", "entry_id", "sort_key", "facts", "version"):
            news[kind].append((entry_id, key, card))
            self._version = max(self._version, version)
        for kind, told in news.items():
            if told:
                self._shelves[kind].put(told)


memory = Memory()
