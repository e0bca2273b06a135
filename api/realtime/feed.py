"""A log that many follow: read once for everybody in this process, kept for a while, and told in order.

Whoever stands behind what is kept reads on its own until it has caught up. Nothing here is told twice or left out:
the numbers of the log say what comes next.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any, Protocol

from channels.db import database_sync_to_async

from .hub import hub

KEPT = 1000
"""How many entries are kept for those who are a little behind."""


class Told(Protocol):
    """One entry of a log."""

    @property
    def sequence(self) -> int:
        """Its number: one more than that of the entry before."""


class Entry:
    """One entry, and its answers as they were encoded for the first who asked in these words (see `streams`)."""

    __slots__ = ("answers", "told")

    def __init__(self, told: Any) -> None:
        self.told = told
        self.answers: dict[Any, str] = {}


Read = Callable[..., list[Any]]
"""Called with `sequence=`: the next entries behind it; none means up to date."""


class Feed:
    """The newest entries of one log."""

    def __init__(self, topic: str, read: Read, start: int) -> None:
        self.entries: deque[Entry] = deque()
        self.floor = self.last = start
        self.followers = 0
        self._topic, self._read = topic, read
        self._news = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self._run(), name="feed")
        self.task.add_done_callback(lambda _task: self._news.set())

    async def _run(self) -> None:
        with hub.listening(self._topic) as listener:
            async for _change in listener.changes(at_once=True):
                while found := await database_sync_to_async(self._read)(sequence=self.last):
                    self._keep(found)

    def _keep(self, found: list[Told]) -> None:
        self.entries.extend(Entry(told) for told in found)
        self.last = found[-1].sequence
        while len(self.entries) > KEPT:
            self.floor = self.entries.popleft().told.sequence
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def more(self, sequence: int) -> list[Entry]:
        """Return the next entries behind `sequence`; waits until there is one. Raises what ended the reading."""
        while self.last <= sequence:
            await self._news.wait()
            if self.task.done():
                self.task.result()
        if sequence < self.floor:
            return [Entry(told) for told in await database_sync_to_async(self._read)(sequence=sequence)]
        behind = takewhile(lambda entry: entry.told.sequence > sequence, reversed(self.entries))
        return list(behind)[::-1]


_feeds: dict[str, Feed] = {}


@contextmanager
def _joined(topic: str, read: Read, start: int) -> Iterator[Feed]:
    feed = _feeds.get(topic)
    if feed is None or feed.task.done() or feed.task.get_loop() is not asyncio.get_running_loop():
        feed = _feeds[topic] = Feed(topic, read, start)
    feed.followers += 1
    try:
        yield feed
    finally:
        feed.followers -= 1
        if not feed.followers:
            feed.task.cancel()
            if _feeds.get(topic) is feed:
                del _feeds[topic]


async def following(topic: str, read: Read, after: int) -> AsyncIterator[Entry]:
    """Yield each entry of a log behind `after`, in order; `read` is any follower's, and the same for all of a topic."""
    with _joined(topic, read, after) as feed:
        while True:
            for entry in await feed.more(after):
                yield entry
                after = entry.told.sequence
