"""What the blocks that fill themselves show: many questions at once, each kind of row in one statement.

A page of news holds the blocks of a hundred stories, so the blocks of one kind are asked for together: the events to
come once, the articles and the rows of the directory ranked within each topic or field.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from events import queries as event_queries
from events.models import Event
from network import queries as network_queries

FAR = 200
"""How many of the events to come are looked through."""
MOST = 12


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a block asks for. `group` is a series, a topic or a field; empty ones ask for all."""

    what: str
    most: int
    kind: str = ""
    group: str = ""


def found(wanted: Sequence[Wanted], *, at: datetime, locale: str) -> list[list[Any]]:
    """Return the rows for each of `wanted`, in its order, loaded for cards and limited to what anybody may see."""
    answers: list[list[Any]] = [[] for _each in wanted]
    for what, find in FINDERS.items():
        places = [place for place, each in enumerate(wanted) if each.what == what]
        if places:
            asked = [wanted[place] for place in places]
            for place, rows in zip(places, find(asked, at, locale), strict=True):
                answers[place] = rows
    return answers


def _events(asked: list[Wanted], at: datetime, locale: str) -> Iterable[list[Any]]:
    rows = event_queries.public_events(at=at, when=event_queries.When.UPCOMING).exclude(status=Event.Status.CANCELLED)
    coming = list(rows[:FAR])
    for each in asked:
        fitting = (
            event
            for event in coming
            if each.kind in ("", event.kind) and each.group in ("", event.series.slug if event.series else None)
        )
        yield [event for event, _place in zip(fitting, range(each.most), strict=False)]


def _news(asked: list[Wanted], at: datetime, locale: str) -> Iterable[list[Any]]:
    from cms import queries  # inline: queries ask about pages, whose stories hold the blocks that ask here

    return _ranked(asked, queries.news(locale=locale), "topic", by=["-published_on", "-pk"])


def _mentors(asked: list[Wanted], at: datetime, locale: str) -> Iterable[list[Any]]:
    rows = network_queries.listed_mentors()
    return _ranked(asked, rows, "sectors__code", by=["person__sort_key", "pk"])


def _organisations(asked: list[Wanted], at: datetime, locale: str) -> Iterable[list[Any]]:
    """One statement a kind of organisation at most, and there are sixteen."""
    answers: dict[int, list[Any]] = {}
    for kind in {each.kind for each in asked}:
        places = [place for place, each in enumerate(asked) if each.kind == kind]
        rows = network_queries.listed_organisations(kind=kind)
        found_here = _ranked([asked[place] for place in places], rows, "sectors__code", by=["sort_key", "pk"])
        answers |= dict(zip(places, found_here, strict=True))
    return [answers[place] for place in range(len(asked))]


def _ranked(asked: list[Wanted], rows: "QuerySet[Any]", group: str, *, by: list[str]) -> list[list[Any]]:
    """The first rows of each group that is asked for, and the first of all where none is named."""
    groups = {each.group for each in asked if each.group}
    first: dict[str, list[Any]] = defaultdict(list)
    if groups:
        order = [F(name.removeprefix("-")).desc() if name.startswith("-") else F(name).asc() for name in by]
        ranked = rows.filter(**{f"{group}__in": groups}).annotate(
            group_of=F(group), place=Window(RowNumber(), partition_by=[F(group)], order_by=order)
        )
        for row in ranked.filter(place__lte=MOST).order_by("place"):
            first[row.group_of].append(row)
    if any(not each.group for each in asked):
        first[""] = list(rows.order_by(*by)[:MOST])
    return [first[each.group][: each.most] for each in asked]


FINDERS: dict[str, Callable[[list[Wanted], datetime, str], Iterable[list[Any]]]] = {
    "events": _events,
    "news": _news,
    "mentors": _mentors,
    "organisations": _organisations,
}
