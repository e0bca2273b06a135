"""Which slots a week, its exceptions and what is taken leave free: reckoned from given facts alone.

Hours are kept by the clock on the mentor's wall. Where that clock is set forward, a time that it skips is the moment of
the leap; where it is set back, a time that it shows twice is the first of the two. Inside, slots follow each other by
real minutes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)


@dataclass(frozen=True, order=True)
class Span:
    """From a moment (inclusive) to a later one (exclusive)."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have a moment in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def widened(self, before: timedelta, after: timedelta) -> "Span":
        """The span with time before and after it."""
        return Span(self.starts_at - before, self.ends_at + after)


@dataclass(frozen=True)
class Hours:
    """From when until when by the wall clock; an end at midnight is the end of the day."""

    starts: time
    ends: time


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is booked already: the hour, and the hour with the free minutes around it."""

    span: Span
    held: Span
    counts: bool = True
    """Whether it counts towards the mentor's day."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Everything that a mentor's slots follow from."""

    zone: ZoneInfo
    length: timedelta
    before: timedelta
    after: timedelta
    notice: timedelta
    horizon: timedelta
    daily_limit: int
    weekly: Sequence[tuple[int, Hours]] = ()
    closed: frozenset[date] = frozenset()
    extra: Sequence[tuple[date, Hours]] = ()
    taken: Sequence[Taken] = ()
    busy: Sequence[Span] = ()


def free(offer: Offer, *, since: datetime, until: datetime, at: datetime) -> list[Span]:
    """Return the free slots that start from `since` on and before `until`, in order.

    `at` is now: nothing starts before the notice is over, or beyond the horizon.
    """
    first, last = max(since, at + offer.notice), min(until, at + offer.horizon)
    if first >= last:
        return []
    spent = Counter(_day(taken.span.starts_at, offer.zone) for taken in offer.taken if taken.counts)
    return [
        slot
        for slot in _slots(offer, first, last)
        if first <= slot.starts_at < last
        and spent[_day(slot.starts_at, offer.zone)] < offer.daily_limit
        and _is_free(slot, offer)
    ]


def _is_free(slot: Span, offer: Offer) -> bool:
    held = slot.widened(offer.before, offer.after)
    if any(held.overlaps(taken.span) or slot.overlaps(taken.held) for taken in offer.taken):
        return False
    return not any(slot.overlaps(busy) for busy in offer.busy)


def _slots(offer: Offer, first: datetime, last: datetime) -> Iterator[Span]:
    """Every slot of the days in question, free or not, in order."""
    # A day more at each end: hours by the wall clock of another zone may begin the day before.
    day, end = _day(first, offer.zone) - timedelta(days=1), _day(last, offer.zone)
    windows: list[Span] = []
    while day <= end:
        windows += (_window(day, hours, offer.zone) for hours in _hours_of(offer, day))
        day += timedelta(days=1)
    for window in _joined(windows):
        start = window.starts_at
        while start + offer.length <= window.ends_at:
            yield Span(start, start + offer.length)
            start += offer.length


def _hours_of(offer: Offer, day: date) -> Iterator[Hours]:
    if day not in offer.closed:
        yield from (hours for weekday, hours in offer.weekly if weekday == day.weekday())
    yield from (hours for extra, hours in offer.extra if extra == day)


def _window(day: date, hours: Hours, zone: ZoneInfo) -> Span:
    ends = datetime.combine(day + timedelta(days=hours.ends == MIDNIGHT), hours.ends)
    return Span(moment(datetime.combine(day, hours.starts), zone), moment(ends, zone))


def _joined(windows: Iterable[Span]) -> Iterator[Span]:
    """Windows that overlap as one, in order; those that a clock set forward leaves nothing of are dropped."""
    current: Span | None = None
    for window in sorted(window for window in windows if window.starts_at < window.ends_at):
        if current is None:
            current = window
        elif window.starts_at < current.ends_at:
            current = Span(current.starts_at, max(current.ends_at, window.ends_at))
        else:
            yield current
            current = window
    if current is not None:
        yield current


def moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment, in UTC, at which clocks in `zone` show `wall` (without a zone) or a later time."""
    found = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _wall(found, zone) == wall:
        return found
    # A skipped time: read with the offset after the leap it lies before it, and the leap is at a whole minute.
    found = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while _wall(found, zone) < wall:
        found += timedelta(minutes=1)
    return found.replace(second=0)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
