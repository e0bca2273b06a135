"""Gate phones as callers: known by `X-Device-Token`, and for a few seconds without asking the database."""

import time
from datetime import datetime

from events import gate_devices
from events.models import GateDevice

from .errors import unauthenticated

HEADER = "X-Device-Token"

KEPT_FOR = 4.0
"""Seconds. Every scan would ask who the phone is; a revoked one has to be out within 5."""

MOST_KEPT = 2_000

_kept: dict[str, tuple[float, GateDevice]] = {}


def phone_by_token(token: str, *, at: datetime) -> GateDevice:
    """Return the phone of a token, at most 4 seconds old and for reading alone: other requests hold the same.

    Raises Refused UNAUTHENTICATED once it is revoked or its event is over.
    """
    key, now = gate_devices.hashed(token), time.monotonic()
    read_at, phone = _kept.get(key, (0.0, None))
    if phone is not None and now - read_at < KEPT_FOR:
        return phone
    return _read(token, key, now, at)


def forget(token: str) -> None:
    """Ask the database for this phone again: it has just changed. Other processes find out by themselves."""
    _kept.pop(gate_devices.hashed(token), None)


def _read(token: str, key: str, now: float, at: datetime) -> GateDevice:
    phone = gate_devices.of_token(token=token, at=at)
    if phone is None:
        _kept.pop(key, None)
        raise unauthenticated()
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = (now, phone)
    return phone
