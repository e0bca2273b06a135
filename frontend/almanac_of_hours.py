"""Free slots as a page shows them: by day, in the reader's zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from network.mentoring.offers import HERE, zone_of_person
from network.mentoring.slots import Span

DAYS = 8
"""So many days with free slots stand on one page."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day on which something is free."""

    at: datetime
    slots: list[Span]


def zone_of_reader(user: Any) -> ZoneInfo:
    """The zone in which somebody reads times; Hai Phong's for who is not logged in."""
    return zone_of_person(user.pk) if user.is_authenticated else ZoneInfo(HERE)


def zone_name(zone: ZoneInfo) -> str:
    """What to say beside the times: nothing in Hai Phong."""
    return "" if zone.key == HERE else zone.key.replace("_", " ")


def by_day(slots: Iterable[Span], zone: ZoneInfo) -> list[Day]:
    """Group slots by the reader's day."""

    def day_of(slot: Span) -> date:
        return timezone.localtime(slot.starts_at, zone).date()

    groups = (list(found) for _day, found in groupby(slots, key=day_of))
    return [Day(at=found[0].starts_at, slots=found) for found in groups]


def leaf(slots: Iterable[Span], zone: ZoneInfo, since: str) -> tuple[list[Day], str]:
    """Return the days of one page from a date on (ISO, empty: the first), and the date of the next page."""
    days = by_day(slots, zone)
    try:
        first = date.fromisoformat(since)
    except ValueError:
        first = date.min
    left = [day for day in days if timezone.localtime(day.at, zone).date() >= first]
    following = timezone.localtime(left[DAYS].at, zone).date().isoformat() if len(left) > DAYS else ""
    return left[:DAYS], following


def moment_given(text: str) -> datetime | None:
    """Return the moment that an address or a form names, None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
