"""Pages with every kind of block."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents.models import Document

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


CHART = {
    "title": "Dự án",
    "unit": "dự án",
    "source": "Sở",
    "items": [{"label": "2025", "value": "206"}, {"label": "2026", "value": "412"}],
}
TABLE = {
    "columns": [{"type": "text", "heading": "Năm"}, {"type": "number", "heading": "Số"}],
    "rows": [{"values": ["2026", "12"]}],
    "caption": "",
}


def document(ending: str) -> Document:
    """A file of its own."""
    number = next(_numbers)
    file = ContentFile(b"tep", name=f"tep-{number}.{ending}")
    return Document.objects.create(title=f"Tệp {number}", file=file, file_size=3)


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
        ("questions", {"items": [{"question": "Ở đâu?", "answer": answer}]}),
        ("figure", {"image": photo().pk, "caption": "Bến"}),
        ("gallery", {"title": "", "items": [{"image": photo().pk, "caption": "Bến"}] * 2}),
        (
            "film",
            {
                "title": "Phim",
                "file": document("webm").pk,
                "captions": None,
                "url": "",
                "image": None,
                "transcript": "",
            },
        ),
        ("numbers", {"title": "Số", "items": [{"value": "46", "unit": "", "label": "kỳ"}] * 2}),
        ("chart", CHART),
        ("table", {"title": "Bảng", "source": "", "table": TABLE}),
        ("pledge", {"value": 312, "target": 1000, "unit": "sáng kiến", "label": "Đã gửi"}),
        ("timeline", {"title": "", "items": [{"when": "2027", "title": "Ra khơi", "text": "", "state": "next"}]}),
        ("steps", {"title": "", "items": [{"title": "Một", "text": ""}, {"title": "Hai", "text": ""}]}),
        ("event", {"event": event.pk}),
        ("events", {"title": "Sắp tới", "kind": event.kind, "series": "", "most": 3}),
        ("countdown", {"title": "", "event": event.pk}),
        ("news", {"title": "", "topic": "", "most": 2}),
        ("people", {"title": "", "people": [mentor().pk, mentor().pk]}),
        ("mentors", {"title": "", "sector": "", "most": 2}),
        ("organisations", {"title": "", "kind": "", "sector": "", "most": 2}),
        ("cards", {"title": "", "items": [{"label": "", "title": "Thẻ", "text": "", "link": link}]}),
        ("call_to_action", {"title": "Đến đi", "text": "", "button": "Đăng ký", "link": {"page": None, "url": "/ve/"}}),
        ("signup", {"title": "Nhận bản tin", "text": ""}),
        ("downloads", {"title": "", "items": [{"file": document("pdf").pk, "text": "Bản đầy đủ"}]}),
        ("logos", {"title": "", "items": [{"name": "KIST", "image": photo().pk, "link": link}]}),
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
