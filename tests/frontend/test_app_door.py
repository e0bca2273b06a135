"""The door app as a volunteer meets it, against answers that the test gives."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
import segno
from playwright.sync_api import Browser, expect

from tests.frontend.door import REVOKED, FakeGraphQL, admitted, event, refused, shell_served, today
from tests.frontend.phones import HANDHELD, Meet, chromium, phones
from tests.journeys.accessibility import barriers
from tests.journeys.camera import film

pytestmark = pytest.mark.browser

CODE = "HP1:" + "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U" * 4
NUMBER = "HPCF 047 0931 6"
WORKER_STANDS = """() => Promise.race([
    navigator.serviceWorker.ready.then(() => true),
    new Promise((_, reject) => setTimeout(reject, 8000, new Error('no service worker'))),
])"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with shell_served() as served:
        yield served


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium whose camera sees the ticket with CODE, then an empty table, again and again."""
    folder = tmp_path_factory.mktemp("camera")
    segno.make(CODE, error="m").save(str(folder / "ticket.png"), scale=8, border=4)
    with chromium(film([(folder / "ticket.png", 3), (None, 1)], to=folder / "film.mjpeg")) as browser:
        yield browser


@pytest.fixture
def meet(address: str, started: Browser) -> Iterator[Meet]:
    with phones(address, started) as meet:
        yield meet


def test_a_stranger_is_asked_to_log_in(meet: Meet) -> None:
    door = meet(FakeGraphQL(me=None, events=[]))
    door.open()
    link = door.page.get_by_role("link", name="Đăng nhập")
    expect(link).to_have_attribute("href", "/tai-khoan/login/?next=%2Fsoat-ve%2F")


def test_somebody_without_a_post_learns_why(meet: Meet) -> None:
    door = meet(FakeGraphQL(events=[]))
    door.open()
    expect(door.page.get_by_role("heading")).to_have_text("Bạn chưa có ca trực cửa nào")
    expect(door.page.get_by_text("lan@cua.example")).to_be_visible()


def test_todays_event_comes_first_and_the_choice_is_remembered(meet: Meet) -> None:
    later = event(48, starts_at=today() + timedelta(days=14))
    door = meet(FakeGraphQL(events=[later, event(47, starts_at=today(), lists=2, gates="AB")]))
    door.open()
    expect(door.page.locator("[aria-current=true]")).to_contain_text("CAFE 047")
    expect(door.page.get_by_role("button", name="Chọn cửa để bắt đầu")).to_be_disabled()
    door.page.get_by_text("Danh sách 2").click()
    door.page.get_by_text("Cửa B").click()
    door.press("Bắt đầu soát vé")
    expect(door.page.get_by_text("Cửa B · Danh sách 2")).to_be_visible()
    door.start()
    expect(door.page.get_by_text("Cửa B · Danh sách 2")).to_be_visible()


def test_an_event_over_midnight_names_its_last_day(meet: Meet) -> None:
    long = {**event(47, starts_at=today(), gates="A"), "endsAt": (today() + timedelta(hours=18)).isoformat()}
    door = meet(FakeGraphQL(events=[long]), native=True)
    door.open()
    tomorrow = today() + timedelta(days=1)
    expect(door.page.locator("[aria-current=true]")).to_contain_text(f"12:00 – 06:00, {tomorrow:%d/%m}")


def test_a_post_of_another_day_gives_way_to_today(meet: Meet) -> None:
    api = FakeGraphQL(events=[event(48, starts_at=today() + timedelta(days=14), gates="A")])
    door = meet(api, native=True)
    door.start()
    api.events = [*api.events, event(47, starts_at=today(), gates="A")]
    door.open()
    expect(door.page.locator("[aria-current=true]")).to_contain_text("CAFE 047")


def test_another_event_is_chosen(meet: Meet) -> None:
    events = [event(47, starts_at=today(), gates="A"), event(48, starts_at=today() + timedelta(days=14), gates="AB")]
    door = meet(FakeGraphQL(events=events, answers={NUMBER: admitted()}), native=True)
    door.open()
    door.page.get_by_text("Sự kiện khác (1)").click()
    door.page.get_by_role("button", name=re.compile("CAFE 048")).click()
    door.page.get_by_text("Không ghi cửa").click()
    door.press("Bắt đầu soát vé")
    door.type(NUMBER)
    expect(door.answer).to_contain_text("313 / 480")
    assert [(sent["listId"], sent["gateId"]) for sent in door.api.redeemed] == [("list-1", None)]


def test_the_camera_redeems_a_code_once_while_it_is_held(meet: Meet) -> None:
    door = meet(FakeGraphQL(answers={CODE: admitted()}))
    door.start()
    expect(door.answer).to_contain_text("Mời vào")
    expect(door.answer.get_by_text("Phạm Thu Hà")).to_be_visible()
    expect(door.answer).to_contain_text("người thứ 313")
    door.press("Quét tiếp")
    door.page.wait_for_timeout(900)
    [sent] = door.api.redeemed
    assert {key: sent[key] for key in ("code", "listId", "gateId")} == {
        "code": CODE, "listId": "list-1", "gateId": "gate-A",
    }  # fmt: skip


def test_the_next_guest_follows_a_yes_but_a_no_waits_to_be_read(meet: Meet) -> None:
    api = FakeGraphQL(answers={"A": admitted("An"), "B": refused("CANCELED"), "C": admitted("Chi")})
    door = meet(api, native=True)
    door.start()
    door.page.evaluate("held = 'A'")
    expect(door.answer.get_by_text("An", exact=True)).to_be_visible()
    door.page.evaluate("held = 'B'")
    expect(door.answer).to_contain_text("Vé đã huỷ")
    door.page.evaluate("held = 'C'")
    door.page.wait_for_timeout(500)
    expect(door.answer).to_contain_text("Vé đã huỷ")
    door.press("Quét tiếp")
    expect(door.answer.get_by_text("Chi", exact=True)).to_be_visible()
    assert [sent["code"] for sent in api.redeemed] == ["A", "B", "C"]


def test_a_typed_number_is_redeemed(meet: Meet) -> None:
    door = meet(FakeGraphQL(answers={NUMBER: admitted()}), native=True)
    door.start()
    door.type(f" {NUMBER} ")
    expect(door.answer).to_contain_text("Mời vào")
    assert [sent["code"] for sent in door.api.redeemed] == [NUMBER]


def test_a_handheld_scanner_is_heard_anywhere(meet: Meet) -> None:
    door = meet(FakeGraphQL(answers={"HP1:ABCDEF": admitted("An"), "HP1:UVWXYZ": admitted("Uyên")}), native=True)
    door.start()
    expect(door.page.get_by_role("button", name="Nhập số vé")).to_be_visible()
    for code, name in (("HP1:ABCDEF", "An"), ("HP1:UVWXYZ", "Uyên")):
        assert door.page.evaluate(HANDHELD, code) is True
        expect(door.answer.get_by_text(name, exact=True)).to_be_visible()
    assert [sent["code"] for sent in door.api.redeemed] == ["HP1:ABCDEF", "HP1:UVWXYZ"]


def test_somebody_already_in_was_somewhere_at_some_time(meet: Meet) -> None:
    first = {"at": today().replace(hour=8, minute=31).isoformat(), "gate": "A", "device": "Lan 2"}
    again = refused("ALREADY_REDEEMED", first=first, admission=admitted("Nguyễn Văn Đức")["admission"])
    door = meet(FakeGraphQL(answers={NUMBER: again}), native=True)
    door.start()
    door.type(NUMBER)
    expect(door.answer.get_by_role("heading")).to_have_text("Đã vào rồi")
    expect(door.answer.locator(".name")).to_have_text("Nguyễn Văn Đức")
    expect(door.answer.locator(".facts span")).to_have_text(["Cửa A lúc 08:31", "máy “Lan 2”"])
    assert barriers(door.page) == []
    door.press("Chi tiết")
    expect(door.page.get_by_role("dialog")).to_contain_text("HPCF 047 0931 · 6")


@pytest.mark.parametrize(
    ("reason", "word", "colour"),
    [
        ("INVALID", "Vé không hợp lệ", "rgb(210, 54, 31)"),
        ("CANCELED", "Vé đã huỷ", "rgb(210, 54, 31)"),
        ("REVOKED", "Vé đã được thay", "rgb(210, 54, 31)"),
        ("PRODUCT", "Sai sự\u00a0kiện", "rgb(255, 197, 61)"),
        ("INVALID_TIME", "Chưa tới giờ", "rgb(255, 197, 61)"),
        ("NEWER_THAN_THE_APP", "Chưa soát\u00a0được", "rgb(255, 197, 61)"),
    ],
)
def test_each_refusal_has_its_word(meet: Meet, reason: str, word: str, colour: str) -> None:
    door = meet(FakeGraphQL(answers={NUMBER: refused(reason)}), native=True)
    door.start()
    door.type(NUMBER)
    assert door.answer.get_by_role("heading").text_content() == word
    expect(door.answer).to_have_css("background-color", colour)
    assert barriers(door.page) == []


def test_a_lost_answer_is_asked_for_again_under_the_same_nonce(meet: Meet) -> None:
    api = FakeGraphQL(answers={NUMBER: admitted()})
    door = meet(api, native=True)
    door.start()
    api.down = True
    door.type(NUMBER)
    expect(door.answer.get_by_role("heading")).to_have_text("Chưa gửi\u00a0được")
    assert barriers(door.page) == []
    api.down = False
    door.press("Thử lại")
    expect(door.answer).to_contain_text("Mời vào")
    first, again = ({**sent, "sentAt": ""} for sent in api.redeemed)
    assert first == again


def test_an_admission_is_taken_back(meet: Meet) -> None:
    api = FakeGraphQL(answers={NUMBER: admitted()})
    door = meet(api, native=True)
    door.start()
    door.type(NUMBER)
    door.press("Hoàn tác")
    expect(door.answer.get_by_role("heading")).to_have_text("Đã hoàn\u00a0tác")
    [sent] = api.redeemed
    assert api.annulled == [{"nonce": sent["nonce"], "device": sent["device"]}]
    door.press("Quét tiếp")
    door.press("Vừa quét")
    expect(door.page.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
    expect(door.page.get_by_role("dialog").get_by_role("button", name="Hoàn tác")).to_have_count(0)


def test_the_session_that_ended_leads_to_the_login(meet: Meet) -> None:
    door = meet(native=True)
    door.start()
    door.page.route("**/graphql", lambda route: route.fulfill(status=401, json=REVOKED))
    door.type(NUMBER)
    expect(door.page.get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_the_app_opens_without_a_network_and_says_so(meet: Meet) -> None:
    door = meet(workers="allow")
    door.page.route("**/graphql", lambda route: route.fulfill(json={"data": {"me": None, "myDoorEvents": []}}))
    door.open()
    door.page.evaluate(WORKER_STANDS)
    door.page.unroute("**/graphql")
    door.page.context.set_offline(True)
    door.page.reload()
    expect(door.page.get_by_role("heading")).to_have_text("Không có mạng")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_shut_out(meet: Meet, theme: Literal["light", "dark"]) -> None:
    door = meet(FakeGraphQL(answers={NUMBER: admitted()}), native=True)
    door.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    door.open()
    expect(door.page.get_by_role("heading", level=1)).to_be_visible()
    assert barriers(door.page) == []
    door.press("Bắt đầu soát vé")
    assert barriers(door.page) == []
    for sheet in ("Nhập số vé", "Vừa quét", "Cài đặt"):
        door.press(sheet)
        assert barriers(door.page) == []
        door.page.keyboard.press("Escape")
    door.type(NUMBER)
    expect(door.answer).to_be_visible()
    assert barriers(door.page) == []
    expect(door.page.get_by_role("status")).to_contain_text("Mời vào. Phạm Thu Hà. Khách tham dự")
    assert door.page.evaluate("document.activeElement.textContent.trim()") == "Quét tiếp"


@pytest.mark.parametrize("width", [320, 360, 430])
def test_nothing_overflows(meet: Meet, width: int) -> None:
    door = meet(FakeGraphQL(answers={NUMBER: admitted("Nguyễn Hoàng Phương Quỳnh Trang")}), native=True)
    door.page.set_viewport_size({"width": width, "height": 640})
    door.start()
    door.type(NUMBER)
    expect(door.answer).to_be_visible()
    assert door.page.evaluate("document.documentElement.scrollWidth") == width
    assert door.answer.locator("h2").evaluate("h => h.scrollWidth <= h.clientWidth")


def test_english_is_complete(meet: Meet, tmp_path: Path) -> None:
    door = meet(native=True)
    door.open()
    door.press("EN")
    expect(door.page.get_by_role("button", name="Start scanning")).to_be_visible()
    assert door.page.evaluate("[document.documentElement.lang, document.title]") == [
        "en",
        "Check-in · Startup Hải Phòng",
    ]
