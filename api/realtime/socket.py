"""The WebSocket door of the API: subscriptions by graphql-transport-ws."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override
from graphql import GraphQLError

from .. import view
from ..caller import is_own_origin, is_somebody
from ..documents import is_subscription
from ..errors import Refused, present, report
from ..limits import limits
from ..permission import is_shared, reads
from ..phones import HEADER as PHONE_HEADER
from ..request import Params, params
from . import crowd, protocol, standing
from .bus import bus
from .keys import key_of
from .limits import Rate, socket_limits
from .operation import Operation
from .outbox import Outbox
from .protocol import Close, Hangup
from .session import Actor, Identity, Question, SocketCaller, language_of


class GraphQLSocket(AsyncWebsocketConsumer):
    """One connection. Every message is answered or shuts the socket with the protocol's code."""

    async def connect(self) -> None:
        """Accept, and begin to write, to watch and to wait for connection_init."""
        self.bounds, self.documents = socket_limits(), view.documents()
        self.operations: dict[str, Operation] = {}
        self.actor: Actor = AnonymousUser()
        self.identity, self.language = Identity(), settings.LANGUAGE_CODE
        self.is_initialised = self.is_ready = self.is_shut = False
        self.outbox = Outbox(self._send_text, self.bounds.outbox)
        self.rate = Rate(self.bounds, time.monotonic())
        self.heard_at = time.monotonic()
        self.tasks: list[asyncio.Task[None]] = []
        self.seat = crowd.Seat(self.scope.get("client"))
        if protocol.SUBPROTOCOL not in self.scope["subprotocols"]:
            await self.accept()
            await self.hang_up(Close.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        if not self.seat.take(self.bounds.per_address):
            await self.accept(protocol.SUBPROTOCOL)
            await self.hang_up(Close.TOO_MANY_REQUESTS, "Too many connections")
            return
        bus.attach()
        await self.accept(protocol.SUBPROTOCOL)
        self._begin(self._write(), self._expect_init(), self._ping())

    async def disconnect(self, code: int) -> None:
        """End everything that this socket began."""
        self.is_shut = True
        self.seat.leave()
        for operation in tuple(self.operations.values()):
            operation.stop()
        self.operations.clear()
        for task in self.tasks:
            if task is not asyncio.current_task():
                task.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take one message."""
        if self.is_shut:
            return
        self.heard_at = time.monotonic()
        try:
            if not self.rate.allows(self.heard_at):
                raise Hangup(Close.TOO_MANY_REQUESTS, "Too many messages")
            await self._take(protocol.decode(text_data, most=self.bounds.message_bytes))
        except Hangup as hangup:
            await self.hang_up(hangup.code, hangup.reason)

    async def hang_up(self, code: Close, reason: str) -> None:
        """Shut the socket from our side."""
        if not self.is_shut:
            await self.disconnect(code)
            await self.close(int(code), reason)

    async def is_still_permitted(self, questions: list[Question]) -> bool:
        """Whether the session and the permissions still hold; if not, the socket is shut."""
        if await standing.still(self.identity, self.actor, questions, fresh=self.bounds.fresh):
            return True
        await self.hang_up(Close.FORBIDDEN, "Forbidden")
        return False

    async def _take(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "connection_init":
            await self._init(protocol.payload_of(message))
        elif kind == "ping":
            payload = protocol.payload_of(message)
            self.outbox.put_now(protocol.encode("pong", **({"payload": payload} if payload else {})))
        elif kind == "subscribe":
            await self._subscribe(protocol.id_of(message), message.get("payload") or {})
        elif kind == "complete":
            operation = self.operations.pop(protocol.id_of(message), None)
            if operation is not None:
                operation.stop()
        elif kind != "pong":
            raise Hangup(Close.BAD_REQUEST, "Invalid message received")

    async def _init(self, payload: dict[str, Any]) -> None:
        if self.is_initialised:
            raise Hangup(Close.TOO_MANY_REQUESTS, "Too many initialisation requests")
        self.is_initialised = True
        self.language = language_of(self.scope, payload)
        self.identity = self._identity(payload)
        try:
            self.actor = await database_sync_to_async(self.identity.actor)()
        except Refused:
            raise Hangup(Close.FORBIDDEN, "Forbidden") from None
        if is_somebody(self.actor):
            self._begin(self._watch())
        self.is_ready = True
        self.outbox.put_now(protocol.encode("connection_ack"))

    def _identity(self, payload: dict[str, Any]) -> Identity:
        headers = {name.decode("latin-1").title(): value.decode("latin-1") for name, value in self.scope["headers"]}
        device_token = payload.get("deviceToken") or headers.get(PHONE_HEADER)
        if isinstance(device_token, str) and device_token:
            return Identity(device_token=device_token)
        token = payload.get("sessionToken") or headers.get("X-Session-Token")
        if isinstance(token, str) and token:
            return Identity(token=token)
        session_key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
        # Browsers send cookies along with any site's WebSocket: ours count only from our own pages.
        if session_key and not is_own_origin(headers, headers.get("Host", "")):
            raise Hangup(Close.FORBIDDEN, "Forbidden")
        return Identity(session_key=session_key)

    async def _subscribe(self, identifier: str, payload: dict[str, Any]) -> None:
        if not self.is_ready:
            raise Hangup(Close.UNAUTHORIZED, "Unauthorized")
        if identifier in self.operations:
            raise Hangup(Close.SUBSCRIBER_EXISTS, f"Subscriber for {identifier} already exists")
        with override(self.language):
            try:
                self._start(identifier, params(payload))
            except Refused as refused:
                self._refuse(identifier, [refused])

    def _start(self, identifier: str, sent: Params) -> None:
        if len(self.operations) >= self.bounds.subscriptions:
            raise Refused("TOO_MANY_SUBSCRIPTIONS", limit=self.bounds.subscriptions)
        bounds = limits()
        document = self.documents.get(sent.query, bounds)
        if document.refusals:
            self._refuse(identifier, list(document.refusals))
            return
        operation = self.documents.admit(
            document,
            name=sent.operation_name,
            variables=sent.variables,
            bounds=bounds,
            developer=settings.GRAPHQL_INTROSPECTION,
        )
        if not is_subscription(operation):
            raise Refused("SUBSCRIPTIONS_ONLY")
        shared = is_shared(self.documents.schema, document.ast, operation)
        caller = SocketCaller(AnonymousUser() if shared else self.actor, self.language)
        self.operations[identifier] = Operation(self, identifier, caller)
        self.operations[identifier].start(
            document,
            sent,
            key=key_of(document.ast, operation, sent.variables, self.language, of_answers=not shared),
            is_shared=shared,
            reads=reads(self.documents.schema, document.ast, operation),
        )

    def _refuse(self, identifier: str, errors: list[GraphQLError]) -> None:
        shown = [present(error) for error in errors]
        self.outbox.put_now(protocol.encode("error", id=identifier, payload=shown))

    def _begin(self, *duties: Coroutine[Any, Any, None]) -> None:
        loop = asyncio.get_running_loop()
        self.tasks += [loop.create_task(self._dutiful(duty)) for duty in duties]

    async def _dutiful(self, duty: Coroutine[Any, Any, None]) -> None:
        try:
            await duty
        except Hangup as hangup:
            await self.hang_up(hangup.code, hangup.reason)
        except Exception as error:
            report(error)
            await self.hang_up(Close.INTERNAL, "Internal error")

    def _send_text(self, frame: str) -> Coroutine[Any, Any, None]:
        # The server's own `send`: two coroutines less for each frame than by the consumer's.
        sending: Coroutine[Any, Any, None] = self.base_send({"type": "websocket.send", "text": frame})
        return sending

    async def _write(self) -> None:
        try:
            await self.outbox.run(stalled_after=self.bounds.stalled_after)
        except TimeoutError:
            raise Hangup(Close.TRY_AGAIN_LATER, "Reader too slow") from None
        except (OSError, RuntimeError):
            # The client is gone (ASGI: an OSError), or the server itself has shut the line (uvicorn: a RuntimeError).
            await self.disconnect(Close.GOING_AWAY)

    async def _expect_init(self) -> None:
        await asyncio.sleep(self.bounds.init_within)
        if not self.is_initialised:
            raise Hangup(Close.INIT_TIMEOUT, "Connection initialisation timeout")

    async def _ping(self) -> None:
        asked_at: float | None = None
        while True:
            await asyncio.sleep(self.bounds.ping_every)
            # By what was asked, not by the clock alone: a loop that wakes late must not shut who was never asked.
            if asked_at is not None and self.heard_at < asked_at:
                raise Hangup(Close.GOING_AWAY, "No pong")
            asked_at = None
            if time.monotonic() - self.heard_at >= self.bounds.ping_every / 2:
                asked_at = time.monotonic()
                self.outbox.put_now(protocol.encode("ping"))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self.bounds.watch_every)
            questions = [question for operation in self.operations.values() for question in operation.caller.questions]
            if not await self.is_still_permitted(questions):
                return
