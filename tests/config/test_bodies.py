"""No thread waits for a body: slow and large ones are refused in the loop."""

import asyncio
from typing import Any

from config.bodies import read_first


async def _answer(messages: list[dict[str, Any]], **bounds: Any) -> tuple[list[dict[str, Any]], list[bytes]]:
    """What the client is told, and what the application was given."""
    told: list[dict[str, Any]] = []
    given: list[bytes] = []
    waiting = iter(messages)

    async def receive() -> Any:
        message = next(waiting, None)
        return message if message is not None else await asyncio.sleep(60)

    async def send(message: Any) -> None:
        told.append(message)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        given.append((await receive())["body"])

    await read_first(application, **bounds)({"type": "http"}, receive, send)
    return told, given


def _part(body: bytes, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_a_body_is_handed_on_whole() -> None:
    assert await _answer([_part(b"mo", True), _part(b"t", False)]) == ([], [b"mot"])


async def test_a_body_that_never_ends_is_refused_and_reaches_no_thread() -> None:
    told, given = await _answer([_part(b"m", True)], patience=0.05)
    assert (told[0]["status"], given) == (408, [])


async def test_a_body_too_large_is_refused_and_reaches_no_thread() -> None:
    told, given = await _answer([_part(b"x" * 11, True)], largest=10)
    assert (told[0]["status"], given) == (413, [])


async def test_a_client_that_leaves_is_told_nothing() -> None:
    assert await _answer([_part(b"m", True), {"type": "http.disconnect"}]) == ([], [])
