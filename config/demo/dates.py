"""Dates that follow today: content says week, day and hour; this says which date that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

HAI_PHONG = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS_PER_MONTH = 365.25 / 12
WEEK = timedelta(weeks=1)


def monday_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The demo's calendar as seen at `now`."""

    now: datetime

    @property
    def today(self) -> date:
        """Today in Hai Phong."""
        return self.now.astimezone(HAI_PHONG).date()

    @property
    def monday(self) -> date:
        """What weeks are counted from."""
        return monday_of(self.today)

    def day(self, when: Mapping[str, Any]) -> date:
        """The date of `{week, day}` (day 0 is Monday), or of `{today: …}`."""
        if "today" in when:
            return self.today
        return self.monday + when["week"] * WEEK + timedelta(days=when["day"])

    def moment(self, when: Mapping[str, Any]) -> datetime:
        """The moment of `{week, day, at}` or `{today: "06:00"}`."""
        return at_hour(self.day(when), when.get("today") or when["at"])


def at_hour(day: date, hour: str) -> datetime:
    """The moment of "14:00" on a day in Hai Phong."""
    return datetime.combine(day, time.fromisoformat(hour), HAI_PHONG)


def cafe_week(edition: int, *, coming: int = 47) -> int:
    """The week of a café: the coming one next week, each before it a month earlier, in whole weeks."""
    return 1 - round((coming - edition) * DAYS_PER_MONTH / 7)
