"""What a socket still has to send. A slow reader costs a bounded number of frames, never a process's memory."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable


class Slot:
    """One place in an outbox whose frame may be renewed while it waits: only the newest words count."""

    frame: str | None = None


class Outbox:
    """Frames in order."""

    def __init__(self, send: Callable[[str], Awaitable[None]], capacity: int) -> None:
        self._send, self._capacity = send, capacity
        self._waiting: deque[str | Slot] = deque()
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
        self._waiting.append(frame)
        self._filled.set()

    def renew(self, slot: Slot, frame: str) -> None:
        """Let `frame` be what the slot sends, in the place of one that still waits."""
        waits = slot.frame is not None
        slot.frame = frame
        if not waits:
            self.put_now(slot)

    async def run(self, *, stalled_after: float) -> None:
        """Send until cancelled. Raises TimeoutError when the reader takes nothing for too long."""
        while True:
            await self._filled.wait()
            while self._waiting:
                frame = self._taken()
                self._emptied.set()
                if frame:
                    async with asyncio.timeout(stalled_after):
                        await self._send(frame)
            self._filled.clear()

    def _taken(self) -> str | None:
        item = self._waiting.popleft()
        if isinstance(item, str):
            return item
        frame, item.frame = item.frame, None
        return frame
