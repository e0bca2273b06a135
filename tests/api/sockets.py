"""A graphql-transport-ws client for the tests."""

from __future__ import annotations

import asyncio
from typing import Any, Self

import orjson
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware

from api.routing import websocket_urlpatterns

HOST = (b"host", b"testserver")
ORIGIN = (b"origin", b"http://testserver")


class Socket(ApplicationCommunicator):
    """One connection, opened with whatever headers a test wants (channels' own communicator needs daphne)."""

    def __init__(
        self, *headers: tuple[bytes, bytes], subprotocol: str = "graphql-transport-ws", address: str = ""
    ) -> None:
        scope = {
            "type": "websocket",
            "path": "/graphql/ws",
            "query_string": b"",
            "headers": [HOST, *headers],
            "subprotocols": [subprotocol],
            "client": (address, 50000) if address else None,
        }
        super().__init__(CookieMiddleware(URLRouter(websocket_urlpatterns)), scope)

    async def __aenter__(self) -> Self:
        await self.send_input({"type": "websocket.connect"})
        accepted = await self.receive_output(2)
        assert accepted["type"] == "websocket.accept"
        self.subprotocol = accepted["subprotocol"]
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(2)

    async def send_text(self, text: str) -> None:
        """Send a frame of text as it is."""
        await self.send_input({"type": "websocket.receive", "text": text})

    async def say(self, kind: str, **parts: Any) -> None:
        """Send a message."""
        await self.send_text(orjson.dumps({"type": kind, **parts}).decode())

    async def hear(self, timeout: float = 15) -> Any:
        """Receive a message, or the close code."""
        output = await self.receive_output(timeout)
        if output["type"] == "websocket.close":
            return output.get("code")
        return orjson.loads(output["text"])

    async def init(self, **payload: Any) -> None:
        """Shake hands."""
        await self.say("connection_init", payload=payload)
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, query: str, identifier: str = "1", **variables: Any) -> None:
        """Start an operation."""
        await self.say("subscribe", id=identifier, payload={"query": query, "variables": variables})

    async def next(self, identifier: str = "1", timeout: float = 15) -> Any:
        """Receive an answer of an operation and return its data."""
        message = await self.hear(timeout)
        assert message["type"] == "next", message
        assert message["id"] == identifier
        return message["payload"]["data"]

    async def is_silent(self, seconds: float = 0.3) -> bool:
        """Whether nothing comes for a while."""
        await asyncio.sleep(seconds)
        return self.output_queue.empty()
