"""Template tags and parts: pictures, dates, addresses, contrast."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from frontend.templatetags.look import AVATAR_PAINTS, initials, paint

TEMPLATES = Path(__file__).parents[2] / "frontend" / "templates"
MOMENT = datetime(2026, 12, 5, 7, 0, tzinfo=UTC)


def drawn(source: str, **context: object) -> str:
    return Template("{% load look dates site %}" + source).render(Context(context))


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_cover_is_an_image_with_its_size_and_empty_alternative() -> None:
    assert drawn('{% cover seed="Đổi mới" palette="dawn" ratio="3x1" %}') == (
        '<img src="/covers/doi-moi.svg?palette=dawn&amp;ratio=3x1" width="1200" height="400" alt="" '
        'decoding="async" loading="lazy">'
    )


def test_first_cover_of_a_page_is_not_lazy() -> None:
    assert 'fetchpriority="high"' in drawn('{% cover seed="a" eager=True %}')
    assert "lazy" not in drawn('{% cover seed="a" eager=True %}')


@pytest.mark.parametrize(("name", "letters"), [("Phạm Thu Hà", "PH"), ("Vũ Thị Ngọc Ẩn", "VẨ"), ("Đức", "Đ"), ("", "")])
def test_initials_are_family_and_given_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_avatar_keeps_its_colours() -> None:
    assert drawn('{% avatar "Phạm Thu Hà" %}') == drawn('{% avatar "Phạm Thu Hà" %}')


@pytest.mark.parametrize(("ground", "ink"), AVATAR_PAINTS)
def test_initials_stand_out(ground: str, ink: str) -> None:
    assert contrast(ground, ink) >= 4.5


def test_kinds_that_do_alike_are_painted_alike() -> None:
    assert paint("STARTUP") == paint("ENTERPRISE") == 2
    assert paint("VENTURE_FUND") == 3
    assert paint("SOMETHING_NEW") == 5


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Thứ Bảy, tháng\u00a012, 14:00\u00a0– 16:30"), ("en", "Saturday, December, 14:00\u00a0– 16:30")],
)
def test_dates_are_said_in_local_time_and_language(language: str, words: str) -> None:
    end = datetime(2026, 12, 5, 9, 30, tzinfo=UTC)
    with override(language):
        assert drawn("{{ at|weekday }}, {{ at|month }}, {{ at|until:end }}", at=MOMENT, end=end) == words


@pytest.mark.parametrize(("language", "path"), [("vi", "/su-kien/"), ("en", "/en/su-kien/")])
def test_paths_follow_the_language(language: str, path: str) -> None:
    with override(language):
        assert drawn('{% at "/su-kien/" %}') == path


def test_navigation_knows_where_it_is() -> None:
    request = RequestFactory().get("/su-kien/cafe-047/")
    places = drawn(
        "{% navigation as places %}{% for p in places %}{% if p.current %}{{ p.url }}{% endif %}{% endfor %}",
        request=request,
    )
    assert places == "/su-kien/"


@pytest.mark.parametrize(
    ("taken", "class_", "words"),
    [(10, "seats", "còn"), (94, "seats seats-few", "còn"), (120, "seats seats-full", "đã hết chỗ")],
)
def test_seats_bar_says_how_many_are_left(taken: int, class_: str, words: str) -> None:
    seats = SimpleNamespace(taken=taken, capacity=120, left=120 - taken)
    with override("vi"):
        bar = render_to_string("components/seats_bar.html", {"seats": seats})
    assert f'<div class="{class_}">' in bar
    assert f'max="120" value="{taken}"' in bar
    assert words in bar


def test_unlimited_event_shows_no_bar() -> None:
    seats = SimpleNamespace(taken=3, capacity=None, left=None)
    assert "<progress" not in render_to_string("components/seats_bar.html", {"seats": seats})


def test_templates_obey_the_content_policy() -> None:
    """No inline style, no inline script, no handler attribute, no other host."""
    forbidden = re.compile(r"""\sstyle=|\son\w+=["']|<script(?![^>]*\ssrc=)|(?:src|href)=["']https?://""")
    offenders = [str(path) for path in TEMPLATES.rglob("*.html") if forbidden.search(path.read_text())]
    assert offenders == []
