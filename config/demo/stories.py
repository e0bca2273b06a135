"""Turns the parts of a told story into the blocks of a page's body."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from config.demo import people, pictures
from config.demo.dates import Calendar
from events.models import Event
from network.models import Profile

Part = dict[str, Any]
Made = tuple[str, Any]


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Tells stories in one language. `code` seeds pictures and the blocks' ids."""

    code: str
    language: str
    calendar: Calendar

    def body(self, parts: Iterable[Part]) -> str:
        """Return the JSON that a StreamField takes."""
        made = _joined(self._block(part) for part in parts)
        return json.dumps(
            [{"type": kind, "value": value, "id": self._id(place)} for place, (kind, value) in enumerate(made)]
        )

    def _id(self, place: int) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.code}/{self.language}/{place}"))

    def _block(self, part: Part) -> Made:
        kind, told = next(iter(part.items()))
        tell: Callable[..., Made] = getattr(self, f"_{kind}")
        return tell(told, part["by"]) if kind == "quote" else tell(told)

    def _p(self, told: str) -> Made:
        return "text", f"<p>{escape(told, quote=False)}</p>"

    def _list(self, told: list[str]) -> Made:
        return "text", "<ul>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in told) + "</ul>"

    def _heading(self, told: str) -> Made:
        return "heading", {"text": told, "level": "2"}

    def _quote(self, told: str, by: str) -> Made:
        name, _, role = by.partition(", ")
        return "quote", {"text": told, "name": name, "role": role}

    def _numbers(self, told: list[list[str]]) -> Made:
        return "numbers", {"items": [{"value": value, "unit": "", "label": label} for value, label in told]}

    def _pledge(self, told: Part) -> Made:
        goal = {"vi": "là đích của mùa này", "en": "is this season's goal"}[self.language]
        return self._numbers([[self._count(told["count"]), told["text"]], [self._count(told["goal"]), goal]])

    def _count(self, number: int) -> str:
        return f"{number:,}".replace(",", {"vi": ".", "en": ","}[self.language])

    def _steps(self, told: list[list[str]]) -> Made:
        return "steps", {"items": [{"title": title, "text": text} for title, text in told]}

    def _timeline(self, told: list[list[Any]]) -> Made:
        rows = [(self.calendar.day(when), title, text) for when, title, text in told]
        ahead = [day for day, _title, _text in rows if day >= self.calendar.today]
        states = dict.fromkeys(ahead, "next") | dict.fromkeys(ahead[:1], "now")
        return "timeline", {
            "items": [
                {"when": f"{day:%d/%m/%Y}", "title": title, "text": text, "state": states.get(day, "done")}
                for day, title, text in rows
            ]
        }

    def _event(self, told: str) -> Made:
        return "event", {"event": Event.objects.get(code=told).pk}

    def _people(self, told: list[str]) -> Made:
        emails = [people.email_of(code) for code in told]
        mentors = dict(Profile.objects.filter(person__email__in=emails).values_list("person__email", "pk"))
        return "people", {"people": [mentors[email] for email in emails]}

    def _questions(self, told: list[list[str]]) -> Made:
        return "questions", {
            "items": [{"question": ask, "answer": f"<p>{escape(answer, quote=False)}</p>"} for ask, answer in told]
        }

    def _cards(self, told: list[list[str]]) -> Made:
        return "cards", {
            "items": [
                {"label": label, "title": title, "text": text, "link": self._link(path)}
                for label, title, text, path in told
            ]
        }

    def _action(self, told: Part) -> Made:
        button = {"vi": "Đăng ký trong một phút", "en": "Register in a minute"}[self.language]
        slug = Event.objects.get(code=told["event"]).slug
        return "call_to_action", {
            "title": told["text"], "text": "", "button": button, "link": self._link(f"/su-kien/{slug}/")
        }  # fmt: skip

    def _link(self, path: str) -> Part:
        return {"page": None, "url": path if self.language == "vi" else f"/{self.language}{path}"}

    def _countdown(self, told: str) -> Made:
        return "countdown", {"title": "", "event": Event.objects.get(code=told).pk}

    def _events(self, told: Part) -> Made:
        return "events", {"title": "", "kind": "", "series": "", "most": 3, **told}

    def _news(self, told: Part) -> Made:
        return "news", {"title": "", "topic": "", "most": 3, **told}

    def _mentors(self, told: Part) -> Made:
        return "mentors", {"title": "", "sector": "", "most": 4, **told}

    def _organisations(self, told: Part) -> Made:
        return "organisations", {"title": "", "kind": "", "sector": "", "most": 6, **told}

    def _chart(self, told: Part) -> Made:
        values = [{"label": label, "value": str(value)} for label, value in told["values"]]
        return "chart", {"title": told["title"], "unit": told["unit"], "source": told["source"], "items": values}

    def _table(self, told: Part) -> Made:
        first, *others = told["columns"]
        columns = [{"type": "text", "heading": first}, *({"type": "number", "heading": name} for name in others)]
        rows = [{"values": [str(value) for value in row]} for row in told["rows"]]
        table = {"columns": columns, "rows": rows, "caption": ""}
        return "table", {"title": told["title"], "table": table, "source": told["source"]}

    def _gallery(self, told: list[Part]) -> Made:
        photos = [
            pictures.drawn(f"{self.code}-{place}", each["scene"], each["palette"]) for place, each in enumerate(told)
        ]
        items = [{"image": photo.pk, "caption": each["caption"]} for photo, each in zip(photos, told, strict=True)]
        return "gallery", {"title": "", "items": items}

    def _logos(self, told: list[list[str]]) -> Made:
        items = [{"name": name, "image": None, "link": self._link(path)} for name, path in told]
        return "logos", {"title": "", "items": items}

    def _picture(self, told: Part) -> Made:
        image = pictures.drawn(f"{self.code}-2", told["scene"], told["palette"])
        return "figure", {"image": image.pk, "caption": told["caption"]}


def _joined(blocks: Iterable[Made]) -> Iterator[Made]:
    """Texts that follow one another become one block, as an editor would have written them."""
    waiting = ""
    for kind, value in blocks:
        if kind == "text":
            waiting += value
            continue
        if waiting:
            yield "text", waiting
            waiting = ""
        yield kind, value
    if waiting:
        yield "text", waiting
