"""The hub of a process: who waits for which topic, and waking them from any thread."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from threading import Lock

PACE = 0.1
"""Seconds between two wakes of one listener: ten frames a second are live to the eye."""

PATIENCE = 8.0
"""Seconds after which a listener looks for itself, in case a message was lost between two processes: with Redis down,
what happened stands on every screen within ten."""


class Listener:
    """Tells one stream of one event loop that its topic has changed; many changes at once are one."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._last = float("-inf")

    def wake(self) -> None:
        """Say that the topic has changed. May be called from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)

    async def changes(
        self, *, at_once: bool = False, pace: float | None = None, patience: float | None = None
    ) -> AsyncIterator[None]:
        """Give a moment to look for each change, at most one in PACE (or `pace`) seconds, and one after PATIENCE (or
        `patience`); `at_once`: and one to begin with."""
        pace, patience = PACE if pace is None else pace, PATIENCE if patience is None else patience
        if at_once:
            self._changed.set()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), patience)
            await asyncio.sleep(self._last + pace - self._loop.time())
            self._last = self._loop.time()
            # Cleared before the reader looks: a change during its look wakes it once more.
            self._changed.clear()
            yield


class Hub:
    """The listeners of this process by topic."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._lock = Lock()

    @contextmanager
    def listening(self, topic: str) -> Iterator[Listener]:
        """Wait for a topic while the block lasts; listen first, then read the state, and nothing is missed."""
        listener = Listener()
        with self._lock:
            self._listeners[topic].add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners[topic].discard(listener)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def wake(self, topic: str) -> None:
        """Wake everybody in this process who waits for the topic. May be called from any thread."""
        with self._lock:
            waiting = tuple(self._listeners.get(topic, ()))
        for listener in waiting:
            listener.wake()

    def wake_all(self) -> None:
        """Wake everybody: after an interruption nobody knows what was missed."""
        with self._lock:
            topics = tuple(self._listeners)
        for topic in topics:
            self.wake(topic)


hub = Hub()
