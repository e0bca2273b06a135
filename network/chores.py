"""Chores: what has to be looked after again and again, registered by the rooms, done beside the mail.

    chores.every(1, waiting_list.expire_due)     # in the room's AppConfig.ready

A chore takes the time (`at`) and finds out by itself what is due. One that fails is logged and tried again at its next
turn; it keeps no other from being done.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import IntegrityError

from network.models import Chore

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
"""How long a chore may take before another worker takes its worker for dead."""


class Act(Protocol):
    """A rule that finds out by itself what is due."""

    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Turn:
    """How often an act is done."""

    act: Act
    interval: timedelta


TURNS: dict[str, Turn] = {}


def every(minutes: int, act: Act, *, name: str = "") -> None:
    """Let `act` be done every so many minutes, by one worker of all. Its name is by default where it is defined."""
    named = name or f"{getattr(act, '__module__', '')}.{getattr(act, '__qualname__', '')}"
    TURNS[named] = Turn(act=act, interval=timedelta(minutes=minutes))


def do_due(*, at: datetime) -> list[str]:
    """Do what is due and nobody else is doing; return the names of what was done."""
    next_turns = dict(Chore.objects.filter(name__in=TURNS).values_list("name", "due_at"))
    due = [name for name in TURNS if name not in next_turns or next_turns[name] <= at]
    return [name for name in due if _claim(name, at) and _do(name, at)]


def _claim(name: str, at: datetime) -> bool:
    """Move the date on by the lease: of several workers one row is changed by one."""
    if Chore.objects.filter(name=name, due_at__lte=at).update(due_at=at + LEASE):
        return True
    if Chore.objects.filter(name=name).exists():
        return False
    try:
        Chore.objects.create(name=name, due_at=at + LEASE)
    except IntegrityError:  # another worker was first to hear of it
        return False
    return True


def _do(name: str, at: datetime) -> bool:
    turn = TURNS[name]
    try:
        turn.act(at=at)
    except Exception:  # a mistake in one room must not keep the others' chores from being done
        log.exception("the chore %s failed", name)
        return False
    finally:
        Chore.objects.filter(name=name).update(due_at=at + turn.interval)
    return True
