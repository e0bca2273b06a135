"""graphql-transport-ws: its messages and close codes (npm graphql-ws, PROTOCOL.md)."""

from enum import IntEnum
from typing import Any

import orjson

from ..texts import TooDeep, cleaned

SUBPROTOCOL = "graphql-transport-ws"


class Close(IntEnum):
    """Why the server shuts a socket."""

    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INIT_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_REQUESTS = 4429
    INTERNAL = 4500
    GOING_AWAY = 1001
    TRY_AGAIN_LATER = 1013


class Hangup(Exception):
    """The socket is to be shut with this code."""

    def __init__(self, code: Close, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def decode(text: str | None, *, most: int) -> dict[str, Any]:
    """Return a message. Raises Hangup BAD_REQUEST for anything that is none."""
    if text is None:
        raise Hangup(Close.BAD_REQUEST, "Messages are text")
    if len(text.encode()) > most:
        raise Hangup(Close.BAD_REQUEST, "Message too large")
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Hangup(Close.BAD_REQUEST, "Invalid message received") from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise Hangup(Close.BAD_REQUEST, "Invalid message received")
    if not isinstance(message.get("payload"), dict | None):
        raise Hangup(Close.BAD_REQUEST, "Invalid payload")
    return message


def encode(kind: str, **parts: Any) -> str:
    """Return a message as JSON."""
    return orjson.dumps({"type": kind, **parts}).decode()


def payload_of(message: dict[str, Any]) -> dict[str, Any]:
    """Return the payload of a message other than `subscribe`, cleaned. Raises Hangup BAD_REQUEST if it is too deep."""
    try:
        payload: dict[str, Any] = cleaned(message.get("payload") or {})
    except TooDeep:
        raise Hangup(Close.BAD_REQUEST, "Invalid payload") from None
    return payload


def id_of(message: dict[str, Any]) -> str:
    """Return the operation's id. Raises Hangup BAD_REQUEST."""
    identifier = message.get("id")
    if not isinstance(identifier, str) or not identifier or len(identifier) > 100:
        raise Hangup(Close.BAD_REQUEST, "Invalid id")
    return identifier


def next_frame(identifier: str) -> tuple[str, str]:
    """Return what stands before and after an already encoded answer in a `next` message."""
    return f'{{"id":{orjson.dumps(identifier).decode()},"type":"next","payload":', "}"
