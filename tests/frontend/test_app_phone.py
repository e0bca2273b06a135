"""A gate phone: enrolled by a scanned code, seen by the organiser, and wiped when it is over, given back or revoked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.frontend.door import CITY, Door, FakeGraphQL, admitted, code_of, guest, shell_served
from tests.frontend.phones import Meet, chromium, kept, phones
from tests.journeys.accessibility import barriers

pytestmark = pytest.mark.browser

HA = guest(931, "Phạm Thu Hà")
NOTHING: dict[str, Any] = {"keys": [], "tickets": [], "queue": []}


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


def enrolled(meet: Meet) -> Door:
    """A phone that scanned the organiser's code with its own camera and stands at the door."""
    door = meet(FakeGraphQL(me=None, guests=[HA], answers={code_of(HA): admitted()}), native=True)
    door.page.goto("/soat-ve/#ghep=MA-GHEP")
    door.press("Bắt đầu soát vé")
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    return door


def test_the_organisers_code_makes_a_gate_phone(meet: Meet) -> None:
    door = meet(FakeGraphQL(me=None, guests=[HA]), native=True)
    door.page.goto("/soat-ve/#ghep=MA-GHEP")
    expect(door.page.get_by_text("Máy của cửa đã sẵn sàng")).to_be_visible()
    assert door.page.url.endswith("/soat-ve/"), "the code is good once, and does not stay in the address"
    expect(door.page.get_by_label("Tên máy này")).to_have_value("Máy cửa A")
    assert "token-1" in kept(door.page)["keys"]
    assert barriers(door.page) == []
    door.press("Bắt đầu soát vé")
    expect(door.page.get_by_text("Cửa A · Danh sách 1")).to_be_visible()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    assert set(door.api.tokens) == {None, "token-1"}
    assert door.api.tokens[0] is None


def test_a_code_that_is_spent_says_so(meet: Meet) -> None:
    door = meet(FakeGraphQL(me=None), native=True)
    door.page.goto("/soat-ve/#ghep=CU-ROI")
    expect(door.page.get_by_role("heading", level=1)).to_have_text("Chưa ghép được máy")
    expect(door.page.get_by_text("Mã ghép này không còn dùng được.")).to_be_visible()
    assert barriers(door.page) == []
    door.press("Thử lại")
    expect(door.page.get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_a_code_read_without_a_network_is_tried_again(meet: Meet) -> None:
    door = meet(FakeGraphQL(me=None, guests=[HA], down=True), native=True)
    door.page.goto("/soat-ve/#ghep=MA-GHEP")
    expect(door.page.get_by_text("Mạng chập chờn.")).to_be_visible()
    door.api.down = False
    door.press("Thử lại")
    expect(door.page.get_by_text("Máy của cửa đã sẵn sàng")).to_be_visible()


def test_the_scanner_itself_reads_the_organisers_code(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[HA]), native=True)
    door.start()
    door.page.evaluate("held = 'https://cua.example/soat-ve/#ghep=MA-GHEP'")
    expect(door.page.get_by_text("Máy của cửa đã sẵn sàng")).to_be_visible()
    assert door.api.redeemed == []


def test_the_organiser_sees_the_phone(meet: Meet) -> None:
    door = enrolled(meet)
    door.page.wait_for_timeout(300)
    first = door.api.reports[0]
    assert (first["waiting"], first["gateId"], "name" in first) == (0, "gate-A", False)
    assert first["appVersion"]
    door.api.down = True
    door.type(code_of(HA))
    expect(door.answer).to_contain_text("Chờ gửi 1")
    door.api.down = False
    door.page.evaluate("dispatchEvent(new Event('online'))")
    expect(door.answer).to_contain_text("Đã gửi lên máy chủ")
    assert door.api.reports[-1]["waiting"] == 0


def test_a_renamed_phone_tells_its_name(meet: Meet) -> None:
    door = meet(FakeGraphQL(me=None, guests=[HA]), native=True)
    door.page.goto("/soat-ve/#ghep=MA-GHEP")
    door.page.get_by_label("Tên máy này").fill("Lan 2")
    door.press("Bắt đầu soát vé")
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    door.page.wait_for_timeout(300)
    assert "Lan 2" in [report.get("name") for report in door.api.reports]


def test_a_revoked_phone_keeps_nothing(meet: Meet) -> None:
    door = enrolled(meet)
    door.api.down = True
    door.type(code_of(HA))
    expect(door.answer).to_contain_text("Chờ gửi 1")
    assert len(kept(door.page)["tickets"]) == 1
    door.api.down, door.api.revoked = False, True
    door.page.evaluate("dispatchEvent(new Event('online'))")
    expect(door.page.get_by_role("heading", level=1)).to_have_text("Máy này đã được thu hồi")
    assert kept(door.page) == NOTHING
    assert "Phạm Thu Hà" not in door.page.content()
    assert barriers(door.page) == []
    door.press("Mở lại từ đầu")
    door.api.revoked = False
    door.open()
    expect(door.page.get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_what_is_not_our_servers_word_wipes_nothing(meet: Meet) -> None:
    """A hotel's network answers 401 and a page of its own: the phone is offline, not revoked."""
    door = enrolled(meet)
    door.page.route("**/graphql", lambda route: route.fulfill(status=401, body="<h1>Wi-Fi</h1>"))
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")
    expect(door.answer).to_contain_text("Soát ngoại tuyến · chưa gửi")
    assert len(kept(door.page)["tickets"]) == 1


def test_a_phone_given_back_keeps_nothing(meet: Meet) -> None:
    door = enrolled(meet)
    door.press("Cài đặt")
    door.press("Trả máy")
    assert barriers(door.page) == []
    door.press("Xoá và rời cửa")
    expect(door.page.get_by_role("heading", level=1)).to_have_text("Đã trả máy")
    assert kept(door.page) == NOTHING
    assert "LeaveDevice" in door.api.asked


def test_leaving_says_what_would_be_lost(meet: Meet) -> None:
    door = enrolled(meet)
    door.api.down = True
    door.type(code_of(HA))
    door.press("Quét tiếp")
    door.press("Cài đặt")
    door.press("Trả máy")
    expect(door.page.get_by_role("alert")).to_contain_text("Còn 1 lượt quét chưa gửi")
    door.press("Ở lại")
    assert len(kept(door.page)["queue"]) == 1


def test_the_names_go_a_day_after_the_event(meet: Meet) -> None:
    ended = datetime.now(CITY) - timedelta(hours=24, minutes=1)
    door = meet(FakeGraphQL(me=None, guests=[HA]), native=True)
    door.page.goto("/soat-ve/#ghep=MA-GHEP")
    door.press("Bắt đầu soát vé")
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    assert len(kept(door.page)["tickets"]) == 1
    door.page.evaluate(AGED, ended.isoformat())
    door.open()
    expect(door.page.get_by_role("heading", level=1)).to_have_text("Sự kiện đã khép lại")
    assert kept(door.page) == NOTHING
    assert barriers(door.page) == []


AGED = """ended => new Promise(resolve => {
    const request = indexedDB.open('door');
    request.onsuccess = () => {
        const writing = request.result.transaction('keys', 'readwrite');
        const keys = writing.objectStore('keys');
        keys.get('list').onsuccess = ({ target }) => keys.put({ ...target.result, endsAt: ended }, 'list');
        writing.oncomplete = () => { request.result.close(); resolve(); };
    };
})"""
"""Makes the list on the phone one of an event that ended then."""


def test_who_logs_out_leaves_no_name(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[HA]), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    door.press("Cài đặt")
    door.press("Đăng xuất")
    door.page.route("**/tai-khoan/logout/", lambda route: route.fulfill(body="<title>Đã ra</title>"))
    door.press("Xoá và rời cửa")
    door.page.wait_for_url("**/tai-khoan/logout/")
    assert kept(door.page) == NOTHING


def test_a_session_that_ended_wipes_names_but_not_what_waits(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[HA]), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    door.api.down = True
    door.type(code_of(HA))
    expect(door.answer).to_contain_text("Chờ gửi 1")
    door.api.down, door.api.revoked = False, True
    door.page.evaluate("dispatchEvent(new Event('online'))")
    expect(door.page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    found = kept(door.page)
    assert found["tickets"] == []
    assert len(found["queue"]) == 1
    assert "Phạm" not in str(found)
