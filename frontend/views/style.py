"""The living style page: every component with invented content, for those who build and judge pages."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import segno
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime, now

from frontend.covers import PALETTES
from frontend.covers.scenes import SCENES

from .style_content import CHIPS, COLOURS, EVENTS, NUMBERS, ORGANISATIONS, PEOPLE, SESSIONS, STEPS, TRACKS


class SampleForm(forms.Form):
    """One field of each sort; bound with nothing, it shows its errors."""

    full_name = forms.CharField(label="Họ và tên", help_text="Viết như trên giấy tờ, họ trước tên sau.")
    email = forms.EmailField(label="E-mail")
    company = forms.CharField(label="Đơn vị", required=False)
    sector = forms.ChoiceField(label="Lĩnh vực", choices=[("bien", "Công nghệ biển"), ("ai", "Dữ liệu và AI")])
    question = forms.CharField(label="Câu hỏi cho diễn giả", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="Tôi đồng ý để ban tổ chức dùng thông tin này cho việc đón tiếp.")


class SampleFilter(forms.Form):
    """The filter above a directory."""

    search = forms.CharField(label="Tìm theo tên", required=False)
    kind = forms.ChoiceField(label="Loại hình", choices=[("", "Tất cả"), ("club", "Câu lạc bộ")], required=False)
    sector = forms.ChoiceField(label="Lĩnh vực", choices=[("", "Tất cả"), ("ai", "AI")], required=False)


def style(request: HttpRequest) -> HttpResponse:
    """Show the style page."""
    return render(request, "style.html", sample())


def sample() -> dict[str, Any]:
    """Return content for each component."""
    at = localtime(now()).replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=12)
    return {
        "slogan": "Ý tưởng cập bến,\ndoanh nghiệp ra khơi",
        "events": [_event(at, *facts) for facts in EVENTS],
        "organisations": [_organisation(*facts) for facts in ORGANISATIONS],
        "people": PEOPLE,
        "themes": _themes(),
        "chips": CHIPS,
        "page_obj": Paginator(range(80), 12).page(2),
        "numbers": NUMBERS,
        "steps": STEPS,
        "qr": mark_safe(segno.make("HP1:DEMO", error="m").svg_inline(border=0, dark="#0b2b3a", omitsize=True)),
        **_programme(at),
        "palettes": list(PALETTES),
        "scenes": list(SCENES),
        "colours": COLOURS,
    }


def _themes() -> tuple[dict[str, Any], ...]:
    """Return the two themes; by night the form shows its errors."""
    wrong = {"full_name": "Phạm Thu Hà", "email": "ha@", "sector": "bien"}
    return (
        {"name": "light", "label": "ban ngày", "form": SampleForm(), "filter": SampleFilter(auto_id="filter_%s")},
        {
            "name": "dark",
            "label": "ban đêm",
            "form": SampleForm(wrong, auto_id="night_%s"),
            "filter": SampleFilter(auto_id="night_filter_%s"),
        },
    )


def _event(
    at: Any, code: str, title: str, days: int, taken: int, capacity: int | None, attendance: str, status: str
) -> SimpleNamespace:
    starts = at + timedelta(days=days)
    seats = SimpleNamespace(taken=taken, capacity=capacity, left=None if capacity is None else capacity - taken)
    venue = SimpleNamespace(name="Trung tâm Hỗ trợ khởi nghiệp", address="1 Phạm Ngũ Lão, phường Gia Viên, Hải Phòng")
    return SimpleNamespace(
        code=code, title=title, starts_at=starts, ends_at=starts + timedelta(hours=2.5), seats=seats, venue=venue,
        attendance=attendance, get_attendance_display="Tại chỗ và trực tuyến", status=status,
        organiser=SimpleNamespace(name="Sở Khoa học và Công nghệ Hải Phòng"), series=SimpleNamespace(palette="blossom"),
    )  # fmt: skip


def _organisation(kind: str, label: str, name: str, summary: str, ward: str) -> SimpleNamespace:
    return SimpleNamespace(kind=kind, get_kind_display=label, name=name, summary=summary, ward=ward)


def _programme(at: Any) -> dict[str, Any]:
    """Return tracks and slots; each slot of SESSIONS starts so many hours from `at`."""
    tracks = [SimpleNamespace(name=name) for name in TRACKS]
    slots = [
        {
            "starts_at": at + timedelta(hours=start),
            "ends_at": at + timedelta(hours=end),
            "sessions": [
                {"track": tracks[session["number"] - 1] if "number" in session else None, **session}
                for session in sessions
            ],
        }
        for start, end, sessions in SESSIONS
    ]
    return {"tracks": tracks, "slots": slots}
