"""Notices: what rules say to the world after commit. Who carries them, and where to, is none of their business.

A notice is small, frozen and without personal data: it says that something changed. Every room has kinds of its own.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something changed."""


@dataclass(frozen=True, kw_only=True)
class BookingChanged(Notice):
    """A mentor's hour was booked, moved, cancelled, or something came of it; told to its two people alone."""

    booking_id: int
    person_ids: tuple[int, int]


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
