"""One subscription on one socket."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from ..errors import present
from . import protocol
from .keys import Key
from .outbox import Slot
from .streams import Follower, StreamRefused, shared_streams, stream

if TYPE_CHECKING:
    from ..documents import Document
    from ..request import Params
    from .session import SocketCaller
    from .socket import GraphQLSocket


class Operation(Follower):
    """Runs, delivers, ends; tells its socket when it is over."""

    def __init__(self, socket: "GraphQLSocket", identifier: str, caller: "SocketCaller") -> None:
        self.socket, self.identifier, self.caller = socket, identifier, caller
        self.before, self.after = protocol.next_frame(identifier)
        self.slot = Slot()
        self.key: Key | None = None
        self.task: asyncio.Task[None] | None = None

    def start(self, document: "Document", params: "Params", *, key: Key, is_shared: bool, reads: bool) -> None:
        """Begin: alone, or as one of the followers of a shared stream. `key` names the words of the question."""
        answers = stream(self.socket.documents, document, params, self.caller, reads=reads, key=key)
        if not is_shared:
            self.task = asyncio.get_running_loop().create_task(self._run(answers))
        else:
            self.key = key
            shared_streams.follow(key, self, answers)

    def stop(self) -> None:
        """End without a word: the client asked for it, or is gone."""
        if self.key is not None:
            shared_streams.leave(self.key, self)
            self.slot.frame = self.slot.frame and ""
        if self.task is not None and self.task is not asyncio.current_task():
            self.task.cancel()

    def newest(self, answer: str) -> None:
        """Take the newest answer of a shared stream."""
        self.socket.outbox.renew(self.slot, f"{self.before}{answer}{self.after}")

    def ended(self, errors: list[dict[str, Any]] | None) -> None:
        """Tell the client that this is over, by errors or by a plain end."""
        if self.socket.operations.pop(self.identifier, None) is self:
            kind, parts = ("error", {"payload": errors}) if errors else ("complete", {})
            self.socket.outbox.put_now(protocol.encode(kind, id=self.identifier, **parts))

    async def _run(self, answers: Any) -> None:
        errors = None
        permitted_at = time.monotonic()
        try:
            async for answer in answers:
                if self.caller.questions and time.monotonic() - permitted_at >= self.socket.bounds.fresh:
                    if not await self.socket.is_still_permitted(self.caller.questions):
                        return
                    permitted_at = time.monotonic()
                await self.socket.outbox.put(f"{self.before}{answer}{self.after}")
        except StreamRefused as refused:
            errors = refused.errors
        except Exception as error:
            errors = [present(GraphQLError("", original_error=error))]
        self.ended(errors)
