"""Events laid out in time: by month in lists that look ahead, by year in lists that look back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.timezone import localtime

from events.models import Event


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A month or a year with the events that begin in it."""

    begins: datetime
    events: list[Event]


def by_month(events: Iterable[Event]) -> list[Stretch]:
    """Return events, given in order of time, month by month as the city counts them."""
    return _by(events, lambda event: localtime(event.starts_at).strftime("%Y-%m"))


def by_year(events: Iterable[Event]) -> list[Stretch]:
    """The same, year by year."""
    return _by(events, lambda event: localtime(event.starts_at).strftime("%Y"))


def _by(events: Iterable[Event], key: Callable[[Event], str]) -> list[Stretch]:
    groups = (list(group) for _, group in groupby(events, key))
    return [Stretch(begins=group[0].starts_at, events=group) for group in groups]
