"""Every state of the door app on a small and on a larger phone: open to everybody, nothing cut off, pictures kept.

The pictures lie in var/door/, one for each state, for somebody to look at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, expect

from config.bootstrap.places import ROOT
from tests.frontend.door import RULES, Door, FakeGraphQL, admitted, code_of, event, guest, refused, shell_served, today
from tests.frontend.phones import Meet, chromium, phones
from tests.journeys.accessibility import barriers

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURES = ROOT / "var" / "door"
PHONES = [(360, 640, "light"), (430, 932, "dark")]
MORNING = {"at": today().replace(hour=8, minute=31).isoformat(), "gate": "A", "device": "Lan 2"}
HA, DUC = guest(931, "Phạm Thu Hà"), guest(932, "Nguyễn Văn Đức")
IN = {**DUC, "scans": [{"direction": "ENTRY", "nonce": "n-1", **MORNING}]}
FAMILY = [
    guest(number, name, group="nhà-Vũ")
    for number, name in ((935, "Vũ Hoàng Long"), (936, "Vũ Minh Anh"), (937, "Vũ Thị Ngọc"), (938, "Vũ Gia Huy"))
]
QUESTION = {
    "id": "q-1", "kind": "CHOICE", "label": "Anh/chị ăn trưa món gì?", "helpText": "", "isRequired": True,
    "choices": [{"value": "ga", "label": "Cơm gà"}, {"value": "chay", "label": "Cơm chay"}],
    "least": None, "most": None, "showIf": None,
}  # fmt: skip
ANSWERS = ("INVALID", "CANCELED", "REVOKED", "BLOCKED", "UNPAID", "INVALID_TIME", "PRODUCT", "RULES", "AMBIGUOUS")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with shell_served() as served:
        yield served


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def meet(address: str, started: Browser) -> Iterator[Meet]:
    with phones(address, started) as meet:
        yield meet


def answers() -> dict[str, dict[str, Any]]:
    """What the server says to each code, which is its own name."""
    known = admitted()["admission"]
    group = admitted("Vũ Hoàng Long")
    waiting = [{"number": each["number"], "name": each["name"]} for each in FAMILY[1:]]
    group["admission"]["party"] = {"size": 4, "inside": 1, "waiting": waiting}
    strangers = {"INVALID", "AMBIGUOUS"}
    return {
        "OK": admitted(),
        "GROUP": group,
        "INCOMPLETE": {**refused("", admission=known), "status": "INCOMPLETE", "reason": None, "questions": [QUESTION]},
        "ALREADY_REDEEMED": refused("ALREADY_REDEEMED", first=MORNING, admission=known),
        **{reason: refused(reason, admission=None if reason in strangers else known) for reason in ANSWERS},
    }


@dataclass
class Walk:
    """Goes from state to state, looks at each, and keeps its picture."""

    door: Door
    name: str
    seen: int = 0

    def look(self, state: str) -> None:
        """Nobody is shut out, nothing sticks out, and the headline is whole."""
        self.seen += 1
        page = self.door.page
        page.wait_for_timeout(100)
        page.screenshot(path=PICTURES / f"{self.name}-{self.seen:02}-{state}.png")
        assert barriers(page) == [], state
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, state
        cut = "[...document.querySelectorAll('.answer h2')].some(h => h.scrollWidth > h.clientWidth)"
        assert page.evaluate(cut) is False, state

    def scan(self, code: str, state: str) -> None:
        """Scan, look, go on."""
        self.door.type(code)
        expect(self.door.answer).to_be_visible()
        self.look(state)

    def sheet(self, button: str, state: str) -> None:
        """Open a sheet, look, close it."""
        self.door.press(button)
        self.look(state)
        self.door.page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "height", "theme"), PHONES)
def test_every_state(meet: Meet, width: int, height: int, theme: Literal["light", "dark"]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    later = event(48, starts_at=today() + timedelta(days=3), gates="A")
    api = FakeGraphQL(
        guests=[HA, IN, *FAMILY],
        rules={**RULES, "allowsReentry": True},
        events=[event(47, starts_at=today(), lists=2, gates="AB"), later],
        answers=answers(),
    )
    size = {"width": width, "height": height}
    door = meet(api, native=True, viewport=size, color_scheme=theme, reduced_motion="reduce")
    walk = Walk(door=door, name=f"{width}-{theme}")
    _begin(walk)
    _online(walk)
    _sheets(walk)
    _offline(walk)
    _phone(walk)


def _begin(walk: Walk) -> None:
    walk.door.open()
    expect(walk.door.page.get_by_role("heading", name="Hôm nay bạn trực ở đâu?")).to_be_visible()
    walk.look("choose")
    walk.door.page.get_by_text("Cửa A", exact=True).click()
    walk.door.press("Bắt đầu soát vé")
    expect(walk.door.page.get_by_text("Đã gửi hết")).to_be_visible()
    walk.look("scan")


def _online(walk: Walk) -> None:
    walk.door.press("Ra")
    walk.look("scan-out")
    walk.scan("OK", "out")
    walk.door.press("Quét tiếp")
    walk.door.press("Vào")
    for code in walk.door.api.answers:
        walk.scan(code, code.lower().replace("_", "-"))
        if code == "INCOMPLETE":
            walk.sheet("Hỏi khách", "questions")
        walk.door.press("Quét tiếp")


def _sheets(walk: Walk) -> None:
    walk.door.press("Tìm khách")
    walk.door.api.found = [
        {"number": HA["number"], "name": HA["name"], "ticketType": "Khách mời", "status": "Được vào", "state": "GOOD",
         "registrationNumber": 12, "party": 1},
        {"number": None, "name": "Phạm Thị Lan", "ticketType": "Khách mời", "status": "Chờ duyệt",
         "state": "UNAPPROVED", "registrationNumber": 14, "party": 1},
    ]  # fmt: skip
    walk.door.page.get_by_role("searchbox").fill("pham")
    expect(walk.door.page.get_by_text("Phạm Thị Lan")).to_be_visible()
    walk.look("search")
    walk.sheet("Khách chưa đăng ký?", "walk-in")
    walk.sheet("Nhập số vé", "type")
    walk.sheet("Vừa quét", "recent")
    walk.sheet("Cài đặt", "settings")


def _offline(walk: Walk) -> None:
    walk.door.api.down = True
    walk.door.page.context.set_offline(True)
    expect(walk.door.page.get_by_text("Ngoại tuyến, vẫn soát được")).to_be_visible()
    walk.look("offline")
    for code, state in (
        (code_of(FAMILY[0]), "ok-offline-group"),
        (code_of(guest(999, "")), "ok-offline-unknown"),
        (code_of(DUC), "already-offline"),
        ("HP1:AAAA", "invalid-offline"),
    ):
        walk.scan(code, state)
        walk.door.press("Quét tiếp")
    walk.look("offline-waiting")
    walk.door.page.get_by_role("button", name="Ngoại tuyến, vẫn soát được").click()
    walk.look("queue")
    walk.door.page.keyboard.press("Escape")
    walk.door.press("Cài đặt")
    walk.sheet("Đăng xuất", "leave")
    walk.door.api.down = False
    walk.door.page.context.set_offline(False)
    expect(walk.door.page.get_by_text("Đã gửi hết")).to_be_visible(timeout=20_000)
    walk.look("sent")


def _phone(walk: Walk) -> None:
    page = walk.door.page
    page.goto("/soat-ve/#ghep=CU-ROI")
    expect(page.get_by_role("heading", name="Chưa ghép được máy")).to_be_visible()
    walk.look("not-enrolled")
    page.goto("about:blank")
    page.goto("/soat-ve/#ghep=MA-GHEP")
    expect(page.get_by_text("Máy của cửa đã sẵn sàng")).to_be_visible()
    walk.look("enrolled")
    walk.door.press("Bắt đầu soát vé")
    expect(page.get_by_text("Đã gửi hết")).to_be_visible()
    walk.door.api.revoked = True
    expect(page.get_by_role("heading", name="Máy này đã được thu hồi")).to_be_visible(timeout=20_000)
    walk.look("revoked")
