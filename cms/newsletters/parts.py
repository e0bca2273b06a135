"""The parts of an issue, found and kept as plain values: what fills itself is as it was when the issue went out.

Everybody reads the same in the letter, in the archive and by the API; addresses are whole, because mail is read
elsewhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from wagtail.rich_text import expand_db_html

from cms.models import CityImage, Newsletter, NewsPage
from events import addresses, calendar
from events.models import Event
from network.models import Profile
from network.newsletter.links import address
from network.templatetags.dates import dated, until

Part = dict[str, Any]
WIDE = 1008
"""Twice the width of a letter's column: sharp on a phone."""
OWN_PATH = re.compile(r'(href|src)="/')


def contents(issue: Newsletter) -> dict[str, Any]:
    """Return by language what the issue says now, in each that it is written in."""
    return {language: _in(issue, language) for language in issue.languages}


def _in(issue: Newsletter, language: str) -> dict[str, Any]:
    with override(language):
        return {
            "subject": getattr(issue, f"subject_{language}"),
            "preheader": getattr(issue, f"preheader_{language}"),
            "number": issue.number,
            "parts": list(_parts(getattr(issue, f"body_{language}"))),
        }


def _parts(body: Iterable[Any]) -> Iterator[Part]:
    for block in body:
        part = FOUND[block.block_type](block.value)
        if part is not None:
            yield {"kind": KINDS.get(block.block_type, block.block_type), **part}


def whole(path: str) -> str:
    """Return an address that can be opened from anywhere."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def _text(value: Any) -> Part:
    html = OWN_PATH.sub(rf'\1="{settings.SITE_URL}/', expand_db_html(value.source))
    return {"html": html}


def _heading(value: str) -> Part:
    return {"text": value}


def _quote(value: Any) -> Part:
    return {name: value[name] or "" for name in ("text", "name", "role")}


def _picture(image: CityImage | None, spec: str = f"width-{WIDE}|format-jpeg") -> Part | None:
    if image is None:
        return None
    made = image.get_rendition(spec)
    return {
        "url": whole(made.url),
        "width": made.width,
        "height": made.height,
        "alt": image.default_alt_text,
        "credit": image.credit,
    }


def _figure(value: Any) -> Part | None:
    picture = _picture(value["image"])
    return {"image": picture, "caption": value["caption"] or ""} if picture else None


def _numbers(value: Any) -> Part:
    items = [{name: item[name] or "" for name in ("value", "unit", "label")} for item in value["items"]]
    return {"title": value["title"] or "", "rows": items}


def _call(value: Any) -> Part | None:
    url = whole(value["link"].href)
    if not url:
        return None
    return {"title": value["title"], "text": value["text"] or "", "button": value["button"], "url": url}


def _article(page: NewsPage) -> Part:
    return {
        "title": page.title,
        "lead": page.lead,
        "topic": page.topic,
        "date": f"{page.published_on:%d/%m/%Y}",
        "url": whole(page.url or ""),
        "image": _picture(page.image, "fill-1008x567|format-jpeg"),
    }


def _articles(value: Any) -> Part | None:
    found = [page.specific.localized for page in value["articles"] if page is not None]
    items = [_article(page) for page in found if page.live and isinstance(page, NewsPage)]
    return {"title": value["title"] or "", "rows": items} if items else None


def _news(value: Any) -> Part | None:
    items = [_article(page) for page in value.rows]
    return {"title": value["title"] or "", "rows": items} if items else None


def _event(event: Event) -> Part:
    language = get_language() or "vi"
    starts = localtime(event.starts_at)
    return {
        "code": event.code,
        "title": event.title,
        "day": f"{starts:%d}",
        "month": f"{starts:%m}",
        "when": _when(event),
        "place": calendar.place(event),
        "url": addresses.event_address(event, language),
    }


def _when(event: Event) -> str:
    """The day and from when to when; over several days the hours say the days."""
    hours = until(event.starts_at, event.ends_at)
    is_one_day = localtime(event.starts_at).date() == localtime(event.ends_at).date()
    return f"{dated(event.starts_at)}, {hours}" if is_one_day else hours


def _one_event(value: Any) -> Part | None:
    event = value["event"]
    if event is None or not event.is_public or event.ends_at <= timezone.now():
        return None
    return {"title": "", "rows": [_event(event)]}


def _events(value: Any) -> Part | None:
    items = [_event(event) for event in value.rows]
    return {"title": value["title"] or "", "rows": items} if items else None


def _mentor(profile: Profile) -> Part:
    return {
        "name": profile.person.full_name,
        "headline": profile.headline,
        "url": address(f"/co-van/{profile.slug}/", get_language() or "vi"),
    }


def _mentors(value: Any) -> Part | None:
    items = [_mentor(profile) for profile in value.rows]
    return {"title": value["title"] or "", "rows": items} if items else None


KINDS = {"news": "articles", "event": "events", "call_to_action": "call"}
"""Blocks that read alike once they are found."""
FOUND: dict[str, Callable[[Any], Part | None]] = {
    "text": _text,
    "heading": _heading,
    "quote": _quote,
    "figure": _figure,
    "numbers": _numbers,
    "articles": _articles,
    "news": _news,
    "event": _one_event,
    "events": _events,
    "mentors": _mentors,
    "call_to_action": _call,
}


def as_of(moment: datetime) -> str:
    """Return the day of an issue as its head says it."""
    return f"{localtime(moment):%d/%m/%Y}"
