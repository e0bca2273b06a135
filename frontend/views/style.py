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
    sector_filter = forms.ChoiceField(label="Lĩnh vực", choices=[("", "Tất cả"), ("ai", "AI")], required=False)


def style(request: HttpRequest) -> HttpResponse:
    """Show the style page."""
    return render(request, "style.html", sample(request))


def sample(request: HttpRequest) -> dict[str, Any]:
    """Return content for each component."""
    at = localtime(now()).replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=12)
    filled = {"full_name": "Phạm Thu Hà", "email": "ha@", "sector": "bien"}
    return {
        "slogan": "Ý tưởng cập bến,\ndoanh nghiệp ra khơi",
        "events": [_event(at, *facts) for facts in EVENTS],
        "organisations": [_organisation(*facts) for facts in ORGANISATIONS],
        "people": PEOPLE,
        "form": SampleForm(),
        "wrong_form": SampleForm(filled, auto_id="wrong_%s"),
        "filter_form": SampleFilter(request.GET or None),
        "chips": CHIPS,
        "page_obj": Paginator(range(80), 12).page(2),
        "numbers": NUMBERS,
        "steps": STEPS,
        "qr": mark_safe(segno.make("HP1:DEMO", error="m").svg_inline(border=0, dark="#0b2b3a", omitsize=True)),  # noqa: S308
        **_programme(at),
        "palettes": list(PALETTES),
        "scenes": list(SCENES),
        "colours": COLOURS,
    }


def _event(at: Any, code: str, title: str, days: int, taken: int, capacity: int | None, attendance: str, status: str) -> SimpleNamespace:
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
    tracks = [SimpleNamespace(name=name) for name in ("Cảng và logistics", "Nhà máy thông minh", "Gọi vốn")]

    def slot(start: float, end: float, *sessions: SimpleNamespace) -> dict[str, Any]:
        return {"starts_at": at + timedelta(hours=start), "ends_at": at + timedelta(hours=end), "sessions": sessions}

    def session(title: str, number: int = 0, names: str = "", **more: Any) -> SimpleNamespace:
        track = tracks[number - 1] if number else None
        return SimpleNamespace(title=title, number=number, names=names, track=track, room=more.get("room"), **{"is_pause": False, "is_now": False} | {k: v for k, v in more.items() if k != "room"})

    slots = [
        slot(-6, -5.5, session("Đón khách, cà phê sáng trên cầu cảng", is_pause=True)),
        slot(-5.5, -4.5, session("Phiên khai mạc: Thành phố nhìn ra biển", names="Nguyễn Văn Đức, Vũ Thị Ngọc Ẩn", room="Hội trường lớn")),
        slot(-4.5, -3.5,
             session("Cảng không giấy tờ: từ vận đơn đến dữ liệu mở", 1, "Đỗ Quỳnh Chi", room="Phòng A"),
             session("Bảo trì dự báo cho dây chuyền cũ", 2, "Lê Hữu Phước", room="Phòng B", is_now=True),
             session("Mười phút trước nhà đầu tư thiên thần", 3, "Hoàng Mỹ Linh", room="Phòng C")),
        slot(-3.5, -2.5,
             session("Kho lạnh chạy bằng năng lượng mặt trời", 1, "Bùi Đức Thắng", room="Phòng A"),
             session("Hỏi đáp về điều khoản đầu tư", 3, "Trần Khánh Vy", room="Phòng C")),
    ]  # fmt: skip
    return {"tracks": tracks, "slots": slots}


EVENTS = (
    ("CAFE 047", "Cà phê khởi nghiệp #47: Bán hàng cho nhà máy, từ bản thử đến hợp đồng", 0, 94, 120, "MIXED", "SCHEDULED"),
    ("NGAYHOI 26", "Ngày hội Khởi nghiệp sáng tạo Hải Phòng", 14, 480, 480, "ONSITE", "SCHEDULED"),
    ("DAOTAO 101", "Viết hồ sơ sở hữu trí tuệ trong một buổi chiều", 21, 12, 60, "ONLINE", "SCHEDULED"),
    ("VON 009", "Gặp nhà đầu tư: công nghệ biển và cảng xanh", 30, 8, 40, "ONSITE", "CANCELLED"),
)
ORGANISATIONS = (
    ("CORE_CENTRE", "Trung tâm hạt nhân", "Trung tâm Hỗ trợ khởi nghiệp đổi mới sáng tạo Hải Phòng", "Cửa ngõ của mạng lưới: ươm tạo, cố vấn, không gian làm việc.", "phường Gia Viên"),
    ("UNIVERSITY_CLUB", "Câu lạc bộ KNST", "CLB Khởi nghiệp Đại học Hàng hải", "Sinh viên năm hai trở lên, mỗi tháng một buổi thử ý tưởng.", "phường Lê Chân"),
    ("VENTURE_FUND", "Quỹ đầu tư mạo hiểm", "Quỹ Sóng Bạch Đằng", "Vòng hạt giống cho logistics, công nghệ biển, sản xuất.", "phường Hồng Bàng"),
)
PEOPLE = (
    {"name": "Phạm Thu Hà", "headline": "Giúp đội kỹ thuật bán được đơn hàng đầu tiên", "sectors": ["Logistics", "Công nghệ biển"]},
    {"name": "Nguyễn Văn Đức", "headline": "Hai mươi năm trong nhà máy, ba năm cùng startup", "sectors": ["Tự động hóa"]},
    {"name": "Vũ Thị Ngọc Ẩn", "headline": "Sở hữu trí tuệ, hợp đồng, gọi vốn vòng đầu", "sectors": ["Pháp lý", "Đầu tư"]},
)
CHIPS = (
    {"label": "Tất cả", "url": "#", "current": True, "count": 53},
    {"label": "Cà phê khởi nghiệp", "url": "#", "current": False, "count": 47},
    {"label": "Đào tạo", "url": "#", "current": False, "count": 4},
    {"label": "Cuộc thi", "url": "#", "current": False, "count": 2},
)
NUMBERS = (
    {"value": "46", "label": "số Cà phê khởi nghiệp đã tổ chức"},
    {"value": "206", "label": "dự án, doanh nghiệp được hỗ trợ"},
    {"value": "76", "label": "doanh nghiệp khoa học và công nghệ"},
    {"value": "30–40", "unit": "%", "label": "doanh nghiệp đổi mới sáng tạo vào năm 2030"},
)
STEPS = (
    {"when": "Quý I/2026", "title": "Mở cổng nhận hồ sơ", "text": "Gửi ý tưởng trong một trang, tiếng Việt hoặc tiếng Anh.", "state": "done"},
    {"when": "Quý II/2026", "title": "Vòng sơ loại", "text": "Mỗi đội có mười phút với ba giám khảo.", "state": "now"},
    {"when": "Quý IV/2026", "title": "Chung kết tại Ngày hội", "state": "next"},
)
COLOURS = ("ground", "card", "text", "quiet", "link", "tide", "primary", "phuong", "lamp", "go", "deep", "line")
