"""Every event of the demo, told in one shape: 47 cafés, two Startup Days, and what `content/gatherings` holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from config.demo.dates import Calendar, cafe_week
from config.demo.sources import read

COMING_CAFE = 47


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """An event as the content tells it. `taken` and `came`: how many are registered, how many were let in."""

    code: str
    kind: str
    vi: str
    en: str
    about_vi: str
    about_en: str
    when: dict[str, Any]
    seats: int
    taken: int
    came: int = 0
    slug: str = ""
    series: str = ""
    edition: int | None = None
    mode: str = "ONSITE"
    venue: str = ""
    organiser: str = "startup-haiphong"
    status: str = "SCHEDULED"
    opens: dict[str, Any] | None = None
    closes: dict[str, Any] | None = None
    gates: list[str] = field(default_factory=lambda: ["A"])
    speakers: list[str] = field(default_factory=list)
    talk_vi: str = ""
    talk_en: str = ""
    tracks: list[dict[str, Any]] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def follows_the_day(self) -> bool:
        """Whether it takes place today, whenever that is."""
        return "today" in self.when

    def starts(self, calendar: Calendar) -> datetime:
        """When it begins."""
        return calendar.moment(self.when)

    def ends(self, calendar: Calendar) -> datetime:
        """When it is over."""
        return self.starts(calendar) + timedelta(hours=self.when["hours"])


@cache
def told() -> dict[str, Gathering]:
    """All events of the demo by their code."""
    return {each.code: each for each in [*_cafes(), *_startup_days(), *_others()]}


def series() -> Iterator[dict[str, Any]]:
    """All series of the demo."""
    yield read("cafe")["series"]
    yield read("startup_day")["series"]
    yield from read("gatherings")["series"]


def _cafes() -> Iterator[Gathering]:
    for row in read("cafe")["editions"]:
        number = row["n"]
        chance = Random(f"CAFE {number}")
        taken = 94 if number == COMING_CAFE else 20 + number // 2 + chance.randint(0, 10)
        yield Gathering(
            code=f"CAFE {number:03d}",
            kind="CAFE",
            series="CAFE",
            edition=number,
            when={"week": cafe_week(number), "day": 5, "at": "14:00", "hours": 2.5},
            seats=120 if number == COMING_CAFE else 60 if number < 30 else 90,
            taken=taken,
            came=0 if number == COMING_CAFE else round(taken * chance.uniform(0.72, 0.93)),
            venue=row.get("venue", "khu-lam-viec-chung"),
            **{name: row[name] for name in ("vi", "en", "about_vi", "about_en", "speakers")},
            **({"mode": row["mode"]} if "mode" in row else {}),
        )


def _startup_days() -> Iterator[Gathering]:
    content = read("startup_day")
    for row in (content["held"], content["coming"]):
        place = {"venue": "nha-trien-lam-ben-nuoc", "gates": ["A", "B", "C"], "organiser": "dost"}
        yield Gathering(kind="STARTUP_DAY", series="HOI", **place, **row)


def _others() -> Iterator[Gathering]:
    for row in read("gatherings")["events"]:
        yield Gathering(**row)
