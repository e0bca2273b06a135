"""Every page of the demo, told in one shape: news, campaigns, stories of events, and about us."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page

from cms.models import (
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    StandardPage,
)
from config.demo import pictures
from config.demo.dates import Calendar, at_hour
from config.demo.sources import read
from config.demo.stories import Teller
from events.models import Event
from network.vietnamese import slug

LANGUAGES = ("vi", "en")
MORNING = "08:00"
AUTHOR = {"vi": "Ban truyền thông", "en": "Newsroom"}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A page as the content tells it: what it is, where it stands, since when, and its fields in a language."""

    model: type[Page]
    below: type[Page]
    addresses: dict[str, str]
    published: datetime
    fields: Callable[[str], dict[str, Any]]


def told(calendar: Calendar) -> Iterator[Told]:
    """All pages of the demo."""
    for row in read("news"):
        yield _article(row, calendar)
    for row in read("campaigns"):
        yield _campaign(row, calendar)
    for row in read("stories"):
        yield _story(row, calendar)
    yield _about(read("site")["about"], calendar)


def _article(row: dict[str, Any], calendar: Calendar) -> Told:
    day = calendar.day(row)

    def fields(language: str) -> dict[str, Any]:
        return {
            "title": row[language],
            "topic": row[f"topic_{language}"],
            "lead": row[f"lead_{language}"],
            "author_line": AUTHOR[language],
            "published_on": day,
            "image": _picture(row),
            "body": _body(row["code"], row, language, calendar),
        }

    addresses = {"vi": row["code"], "en": slug(row["en"])}
    return Told(
        model=NewsPage, below=NewsIndexPage, addresses=addresses, published=at_hour(day, MORNING), fields=fields
    )


def _campaign(row: dict[str, Any], calendar: Calendar) -> Told:
    starts_on, ends_on = calendar.day(row["from"]), calendar.day(row["to"])

    def fields(language: str) -> dict[str, Any]:
        return {
            "title": row[language],
            "lead": row[f"lead_{language}"],
            "movement_code": row["number"],
            "accent": row["accent"],
            "starts_on": starts_on,
            "ends_on": ends_on,
            "image": _picture(row),
            "body": _body(row["code"], row, language, calendar),
        }

    return Told(
        model=CampaignPage,
        below=CampaignIndexPage,
        addresses={"vi": row["code"], "en": slug(row["en"])},
        published=at_hour(starts_on, MORNING),
        fields=fields,
    )


def _story(row: dict[str, Any], calendar: Calendar) -> Told:
    event = Event.objects.get(code=row["event"])

    def fields(language: str) -> dict[str, Any]:
        title = {"vi": event.title_vi, "en": event.title_en}[language]
        return {"title": title, "event": event, "body": _body(event.code, row, language, calendar)}

    return Told(
        model=EventPage,
        below=EventIndexPage,
        addresses=dict.fromkeys(LANGUAGES, event.slug),
        published=calendar.moment({"week": -4, "day": 0, "at": MORNING}),
        fields=fields,
    )


def _about(row: dict[str, Any], calendar: Calendar) -> Told:
    def fields(language: str) -> dict[str, Any]:
        return {
            "title": row[f"title_{language}"],
            "lead": row[f"lead_{language}"],
            "body": _body("about", row, language, calendar),
        }

    return Told(
        model=StandardPage,
        below=HomePage,
        addresses={"vi": row["slug_vi"], "en": row["slug_en"]},
        published=calendar.moment({"week": -40, "day": 0, "at": MORNING}),
        fields=fields,
    )


def _picture(row: dict[str, Any]) -> Any:
    return pictures.drawn(row["code"], row["scene"], row["palette"], alt_vi=row["alt_vi"], alt_en=row["alt_en"])


def _body(code: str, row: dict[str, Any], language: str, calendar: Calendar) -> str:
    return Teller(code=code, language=language, calendar=calendar).body(row[f"body_{language}"])
