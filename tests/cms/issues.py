"""Issues of the newsletter with every kind of block."""

from __future__ import annotations

import json
from typing import Any

from cms.models import Newsletter
from cms.tree import ensure_tree
from events.models import Event
from tests.api.newsroom import article, mentor, photo


def mail_story(event: Event, page: int) -> str:
    """One block of each kind."""
    home = ensure_tree()
    blocks: list[tuple[str, Any]] = [
        ("text", f'<p>Xem <a linktype="page" id="{home.pk}">trang chủ</a> &amp; <b>đi</b></p>'),
        ("heading", "Đổi mới"),
        ("quote", {"text": "Cứ đi", "name": "An", "role": "Nhà sáng lập"}),
        ("figure", {"image": photo().pk, "caption": "Bến"}),
        ("numbers", {"title": "Số", "items": [{"value": "46", "unit": "", "label": "kỳ"}] * 2}),
        ("articles", {"title": "Nên đọc", "articles": [page]}),
        ("news", {"title": "Mới nhất", "topic": "", "most": 2}),
        ("event", {"event": event.pk}),
        ("events", {"title": "Sắp tới", "kind": event.kind, "series": "", "most": 3}),
        ("mentors", {"title": "Cố vấn", "sector": "", "most": 2}),
        ("call_to_action", {"title": "Đến đi", "text": "", "button": "Đăng ký", "link": {"page": None, "url": "/ve/"}}),
    ]
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def issue(event: Event, **changed: Any) -> Newsletter:
    """An issue in Vietnamese."""
    mentor()
    stated = {
        "subject_vi": "Bến mới <2027>",
        "preheader_vi": "Ba việc",
        "body_vi": mail_story(event, article(event).pk),
    }
    return Newsletter.objects.create(**(stated | changed))
