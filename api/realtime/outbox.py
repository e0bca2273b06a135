"""What a socket still has to send. A slow reader costs a bounded number of frames, never a process's memory."""

import asyncio
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

Sending = Coroutine[Any, Any, None]


class Slot:
    """One place in an outbox whose frame may be renewed while it waits: only the newest words count."""

    frame: str | None = None


class Outbox:
    """Frames in order. A frame that the line takes at once is sent at once, without a task being woken for it."""

    def __init__(self, send: Callable[[str], Sending], capacity: int) -> None:
        self._send, self._capacity = send, capacity
        self._waiting: deque[str | Slot | Awaitable[None]] = deque()
        self._is_sending = False
        self._filled, self._emptied = asyncio.Event(), asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    async def put(self, frame: str) -> None:
        """Add a frame; waits while the outbox is full."""
        while len(self._waiting) >= self._capacity:
            self._emptied.clear()
            await self._emptied.wait()
        self.put_now(frame)

    def put_now(self, frame: str | Slot) -> None:
        """Add a frame without waiting: answers of the protocol, as many as the reader's own messages."""
        if isinstance(frame, str) and self._is_free:
            self._begin(frame)
        else:
            self._add(frame)

    def renew(self, slot: Slot, frame: str) -> None:
        """Let `frame` be what the slot sends, in the place of one that still waits."""
        if slot.frame is not None:
            slot.frame = frame
        elif self._is_free:
            self._begin(frame)
        else:
            slot.frame = frame
            self._add(slot)

    @property
    def _is_free(self) -> bool:
        return not self._waiting and not self._is_sending

    def _add(self, item: str | Slot | Awaitable[None]) -> None:
        self._waiting.append(item)
        self._filled.set()

    def _begin(self, frame: str) -> None:
        """Take the first step of sending here and now: it is the only one, unless the line is busy. Of many followers
        each would else cost a wake of its task, a timer and a turn of the loop, for every frame."""
        sending = self._send(frame)
        try:
            busy_with = sending.send(None)
        except StopIteration:
            return
        except Exception as error:
            self._add(_Failing(error))  # whoever sent the frame may be a stream of many: it is this socket's to fail
        else:
            self._add(_carried_on(sending, busy_with))

    async def run(self, *, stalled_after: float) -> None:
        """Send what had to wait, until cancelled. Raises TimeoutError when the reader takes nothing for too long."""
        while True:
            await self._filled.wait()
            while self._waiting:
                sending = self._taken()
                self._emptied.set()
                if sending is not None:
                    self._is_sending = True
                    try:
                        async with asyncio.timeout(stalled_after):
                            await sending
                    finally:
                        self._is_sending = False
            self._filled.clear()

    def _taken(self) -> Awaitable[None] | None:
        item = self._waiting.popleft()
        if isinstance(item, Slot):
            frame, item.frame = item.frame, None
            return self._send(frame) if frame else None
        return self._send(item) if isinstance(item, str) else item


@types.coroutine
def _carried_on(begun: Sending, busy_with: Any) -> Generator[Any, Any, None]:
    """Go on, within a task, with a coroutine whose first step was taken outside; `busy_with` is what it waits for."""
    try:
        while True:
            try:
                told = yield busy_with
            except BaseException as thrown:
                busy_with = begun.throw(thrown)
            else:
                busy_with = begun.send(told)
    except StopIteration:
        return


class _Failing:
    """What failed at its first step, to be raised where it is waited for."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __await__(self) -> Generator[Any, Any, None]:
        raise self.error
        yield
