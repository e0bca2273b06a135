"""Request bodies are read in the event loop, before a thread is given to them.

A2WSGI's worker threads block while they wait for a body: eight clients that announce one and never send it would take
all of them, without a login.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

PATIENCE = 20.0
"""Seconds for the whole body."""

LARGEST = 25 * 1024 * 1024
"""Bytes: an editor's photograph; GraphQL has a bound of its own, far below."""


class _Refused(Exception):
    """The body is too slow (408) or too large (413)."""


def read_first(application: Application, *, patience: float = PATIENCE, largest: int = LARGEST) -> Application:
    """Return `application` behind a reader that hands whole bodies on and answers 408 or 413 to the others."""

    async def reading(scope: Message, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(patience):
                body = await _body(receive, largest)
        except TimeoutError:
            return await _refuse(send, 408)
        except _Refused:
            return await _refuse(send, 413)
        if body is not None:
            await application(scope, _replayed(body, receive), send)
        return None

    return reading


async def _body(receive: Receive, largest: int) -> bytes | None:
    """The whole body; None if the client went away."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > largest:
            raise _Refused
        if not message.get("more_body", False):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def replay() -> Message:
        return next(messages, None) or await receive()

    return replay


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"connection", b"close")]})
    await send({"type": "http.response.body", "body": b""})
