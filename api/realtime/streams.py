"""Subscriptions as streams of encoded answers.

A stream that only tells the newest public numbers is the same for everybody: it runs once in a process, however many
sockets follow it, and each of its answers is encoded once.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
from channels.db import database_sync_to_async
from django.utils.translation import activate, override
from graphql import ExecutionResult, GraphQLError, create_source_event_stream, execute_sync

from ..documents import Document, Documents
from ..errors import present
from ..request import Params
from .feed import Entry
from .keys import Key
from .session import SocketCaller


class StreamRefused(Exception):
    """The subscription did not start; `errors` is what the client is told."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("refused")
        self.errors = [present(error) for error in errors]


async def stream(
    documents: Documents, document: Document, params: Params, caller: SocketCaller, *, reads: bool, key: Key
) -> AsyncIterator[str]:
    """Yield each answer of a subscription as JSON. Raises StreamRefused.

    `reads`: answering asks the database, so it is done in a thread, and what was just told is not told again. `key`
    names the words of the question: an entry of a log is answered once for all who ask in the same.
    """
    activate(caller.language)
    assert document.ast is not None
    given = {"context_value": caller, "variable_values": params.variables, "operation_name": params.operation_name}
    given |= {"max_coercion_errors": 5, "hide_suggestions": True}
    found = await create_source_event_stream(documents.schema, document.ast, **given)
    if isinstance(found, ExecutionResult):
        raise StreamRefused(found.errors or [])

    def answered(told: Any) -> str:
        with override(caller.language):
            return encoded(execute_sync(documents.schema, document.ast, told, **given))

    last = None
    try:
        async for told in found:
            if isinstance(told, Entry):
                yield told.answers.get(key) or told.answers.setdefault(key, answered(told))
                continue
            answer = await database_sync_to_async(answered)(told) if reads else answered(told)
            if not reads or answer != last:
                yield answer
            last = answer
    except GraphQLError as error:
        raise StreamRefused([error]) from error
    finally:
        await found.aclose()  # type: ignore[attr-defined]  # always an async generator of ours


def encoded(result: ExecutionResult) -> str:
    """Return an answer as JSON."""
    content: dict[str, Any] = {"data": result.data}
    if result.errors:
        content["errors"] = [present(error) for error in result.errors]
    return orjson.dumps(content).decode()


class Follower:
    """Where a shared stream delivers: a socket's operation."""

    def newest(self, answer: str) -> None:
        """Take the newest answer in place of any before it."""
        raise NotImplementedError

    def ended(self, errors: list[dict[str, Any]] | None) -> None:
        """The stream is over, by refusal if there are errors."""
        raise NotImplementedError


class SharedStream:
    """One running stream and those who follow it."""

    def __init__(self, answers: AsyncIterator[str]) -> None:
        self.followers: set[Follower] = set()
        self.latest: str | None = None
        self.task = asyncio.get_running_loop().create_task(self._run(answers))

    async def _run(self, answers: AsyncIterator[str]) -> None:
        errors = None
        try:
            async for answer in answers:
                if answer == self.latest:
                    continue  # a stream looks when it is woken, and not every wake is about what was asked for
                self.latest = answer
                for follower in tuple(self.followers):
                    follower.newest(answer)
        except StreamRefused as refused:
            errors = refused.errors
        except Exception as error:
            errors = [present(GraphQLError("", original_error=error))]
        for follower in tuple(self.followers):
            follower.ended(errors)


class SharedStreams:
    """The shared streams of a process; one lives as long as somebody follows it."""

    def __init__(self) -> None:
        self._running: dict[Key, SharedStream] = {}

    def follow(self, key: Key, follower: Follower, answers: AsyncIterator[str]) -> None:
        """Follow the stream of this key from its newest answer on; `answers` runs if nobody does yet."""
        running = self._running.get(key)
        if running is None or running.task.done() or running.task.get_loop() is not asyncio.get_running_loop():
            running = self._running[key] = SharedStream(answers)
            running.task.add_done_callback(lambda _task, ended=running: self._forget(key, ended))
        running.followers.add(follower)
        if running.latest is not None:
            follower.newest(running.latest)

    def _forget(self, key: Key, ended: SharedStream) -> None:
        if self._running.get(key) is ended:
            del self._running[key]

    def leave(self, key: Key, follower: Follower) -> None:
        """Follow no longer; the last one ends the stream."""
        running = self._running.get(key)
        if running is not None:
            running.followers.discard(follower)
            if not running.followers:
                running.task.cancel()
                del self._running[key]


shared_streams = SharedStreams()
