"""Notices: what rules say to the world after commit. Who carries them, and where to, is none of their business.

A notice is small, frozen and without personal data: it says that something changed and what the numbers are now.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something happened at an event."""

    event_id: int


@dataclass(frozen=True, kw_only=True)
class SeatsChanged(Notice):
    """The number of taken places, or the capacity (None: without limit), is another now."""

    taken: int
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class CheckedIn(Notice):
    """Somebody went in or out, or that was taken back: `sequence` says up to where the log has grown."""

    sequence: int
    admitted: int
    inside: int


@dataclass(frozen=True, kw_only=True)
class EventChanged(Notice):
    """Time, place or status of an event changed."""


@dataclass(frozen=True, kw_only=True)
class RegistrationChanged(Notice):
    """A registration or one of its tickets is another now."""

    registration_id: int


Carrier = Callable[[Notice], None]
_carriers: list[Carrier] = []


def carry_by(carrier: Carrier) -> None:
    """Let `carrier` receive every notice from now on; given twice, it is kept once."""
    if carrier not in _carriers:
        _carriers.append(carrier)


def announce(notice: Notice) -> None:
    """Hand `notice` to the carriers once the transaction is committed; a failing carrier harms nobody."""
    transaction.on_commit(partial(_carry, notice), robust=True)


def _carry(notice: Notice) -> None:
    for carrier in _carriers:
        try:
            carrier(notice)
        except Exception:
            log.exception("a notice was not carried: %r", notice)
