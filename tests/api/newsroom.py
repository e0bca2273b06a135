"""Pages with every kind of block."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from cms.models import CityImage, EventIndexPage, EventPage, NewsIndexPage, NewsPage
from cms.tree import ensure_tree
from events.models import Event
from network.models import Profile
from tests.factories import ProfileFactory, SectorFactory

_numbers = count(1)


def photo() -> CityImage:
    """A photo of its own."""
    drawn = BytesIO()
    Image.new("RGB", (1600, 900), (11, 43, 58)).save(drawn, "PNG")
    number = next(_numbers)
    file = ContentFile(drawn.getvalue(), name=f"cang-{number}.png")
    return CityImage.objects.create(title=f"Cảng {number}", alt_vi="Bến cảng", alt_en="The port", file=file)


def mentor() -> Profile:
    """A listed mentor with a field."""
    made = ProfileFactory.create()
    made.sectors.add(SectorFactory.create())
    return made


def story(event: Event) -> str:
    """One block of each kind, with links, photos, rows of its own."""
    home = ensure_tree()
    link = {"page": home.pk, "url": ""}
    answer = f'<p><a linktype="page" id="{home.pk}">Đây</a></p>'
    blocks: list[tuple[str, Any]] = [
        ("text", f'<p>Xem <a linktype="page" id="{home.pk}">trang chủ</a> và <b>đi</b></p>'),
        ("heading", {"text": "Đổi mới", "level": "3"}),
        ("quote", {"text": "Cứ đi", "name": "An", "role": "Nhà sáng lập"}),
        (
            "questions",
            {"items": [{"question": "Ở đâu?", "answer": answer}]},
        ),
        ("figure", {"image": photo().pk, "caption": "Bến"}),
        ("numbers", {"title": "Số", "items": [{"value": "46", "unit": "", "label": "kỳ"}] * 2}),
        ("pledge", {"value": 312, "target": 1000, "unit": "sáng kiến", "label": "Đã gửi"}),
        ("timeline", {"title": "", "items": [{"when": "2027", "title": "Ra khơi", "text": "", "state": "next"}]}),
        ("steps", {"title": "", "items": [{"title": "Một", "text": ""}, {"title": "Hai", "text": ""}]}),
        ("event", {"event": event.pk}),
        ("people", {"title": "", "people": [mentor().pk, mentor().pk]}),
        ("cards", {"title": "", "items": [{"label": "", "title": "Thẻ", "text": "", "link": link}]}),
        ("call_to_action", {"title": "Đến đi", "text": "", "button": "Đăng ký", "link": {"page": None, "url": "/ve/"}}),
    ]
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def article(event: Event) -> NewsPage:
    """A published article that tells of the event."""
    number = next(_numbers)
    index = NewsIndexPage.objects.child_of(ensure_tree()).get()
    page = NewsPage(title=f"Tin {number}", slug=f"tin-{number}", lead="Lời dẫn", image=photo(), body=story(event))
    return index.add_child(instance=page)


def story_page(event: Event) -> EventPage:
    """The published story of an event."""
    index = EventIndexPage.objects.child_of(ensure_tree()).get()
    page = EventPage(
        title="Chuyện", slug=event.slug, event=event, image=photo(), body=story(event), locale=index.locale
    )
    return index.add_child(instance=page)
