"""The flow at the doors as a drawing: every five minutes a stack of containers, who came in; below it, who went out.

Drawn here and not in the browser: the page is whole without a script, and there is one drawing to keep right. A table
with the same numbers stands beside it for those who do not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import ceil

from events.board_numbers import INTERVAL, Interval

TALLEST, GAP, LEFT, BASE, DEEPEST = 8, 2.0, 34.0, 176.0, 3
"""Containers in the tallest stack, the seam between two, where the drawing begins, its quay, and stacks below it."""

AT_WORK = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Box:
    """One container."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A word at the edge of the drawing."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The drawing, and the rows of the table."""

    width: float
    height: float
    quay: float
    left: float
    boxes: Sequence[Box]
    hours: Sequence[Mark]
    counts: Sequence[Mark]
    rows: Sequence[Interval]
    unit: int


def flow(intervals: Sequence[Interval], *, bars: int, width: float, at: datetime, zone: tzinfo) -> Flow | None:
    """Draw the last `bars` intervals, those in which nothing happened included; None if nothing ever did.

    While the doors are at work the drawing goes up to now, so that a lull is seen; afterwards it stays where it was.
    """
    if not intervals:
        return None
    known = {row.at: row for row in intervals}
    last = intervals[-1].at
    if timedelta(0) <= at - last < AT_WORK:
        last += (at - last) // INTERVAL * INTERVAL
    moments = [last - INTERVAL * back for back in range(bars - 1, -1, -1)]
    rows = [known.get(moment, Interval(at=moment, entries=0, exits=0)) for moment in moments]
    unit = _unit(max(max(row.entries, row.exits) for row in rows))
    step = (width - LEFT) / bars
    high = (BASE - 16) / TALLEST
    boxes: list[Box] = []
    for place, row in enumerate(rows):
        kind = "now" if row.at <= at < row.at + INTERVAL else "in"
        boxes += _stack(row.entries / unit, x=LEFT + place * step, width=step - GAP, high=high, kind=kind)
        boxes += _stack(-min(row.exits / unit, DEEPEST), x=LEFT + place * step, width=step - GAP, high=high, kind="out")
    deep = ceil(min(max(row.exits for row in rows) / unit, DEEPEST)) * high
    return Flow(
        width=width,
        height=BASE + deep + 24,
        quay=BASE,
        left=LEFT,
        boxes=boxes,
        hours=_hours(rows, step=step, y=BASE + deep + 19, zone=zone),
        counts=[Mark(x=LEFT - 8, y=BASE - level * high + 4, text=str(level * unit)) for level in (0, 4, 8)],
        rows=[row for row in rows if row.entries or row.exits],
        unit=unit,
    )


def _unit(most: int) -> int:
    """How many people one container stands for: a round number by which the tallest stack fits."""
    for unit in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000):
        if most <= unit * TALLEST:
            return unit
    return ceil(most / TALLEST)


def _stack(containers: float, *, x: float, width: float, high: float, kind: str) -> list[Box]:
    """Whole containers and what is left over; a negative number stands below the quay."""
    boxes, up = [], containers > 0
    for level in range(ceil(abs(containers))):
        height = high * min(1.0, abs(containers) - level) - GAP
        y = BASE - level * high - height - GAP if up else BASE + level * high + GAP
        boxes.append(
            Box(x=round(x, 1), y=round(y, 1), width=round(width, 1), height=round(max(height, 1), 1), kind=kind)
        )
    return boxes


def _hours(rows: Sequence[Interval], *, step: float, y: float, zone: tzinfo) -> list[Mark]:
    """A word under every half hour, with room for each."""
    marks = []
    for place, row in enumerate(rows):
        local: datetime = row.at.astimezone(zone)
        if local.minute % 30 == 0:
            marks.append(Mark(x=round(LEFT + place * step, 1), y=y, text=local.strftime("%H:%M")))
    return [mark for mark in marks if mark.x > LEFT - 1]


def quiet_since(moment: datetime | None, at: datetime) -> int | None:
    """Whole minutes since a moment; None if there was none."""
    return None if moment is None else max(int((at - moment) / timedelta(minutes=1)), 0)
