"""The attendee's side on a phone: register, keep the ticket where there is no network, hand it on; wait for a place."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from config.demo import logins
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import Arrive
from tests.journeys.test_whole_path import ask, log_in
from tests.journeys.visitor import Visitor

WEEKEND = "cuoi-tuan-lam-thu-cang-thong-minh"
LESSON = "tap-huan-bao-gia-cho-nha-may"
LOOKS = pytest.mark.parametrize(("device", "color_scheme"), [("phone", "light"), ("desktop", "dark")])
IS_KEPT = """async address => {
  const names = (await caches.keys()).filter(name => name.startsWith('tickets-'));
  const inside = async name => (await caches.open(name)).match(address, {ignoreVary: true});
  const found = await Promise.all(names.map(inside));
  return found.some(Boolean);
}"""
NOTHING_KEPT = "caches.keys().then(names => names.every(name => !name.startsWith('tickets-')))"
REDEEM = """mutation ($list: ID!, $code: String!, $nonce: UUID!) {
  redeem(input: {listId: $list, code: $code, nonce: $nonce, device: "hành trình"}) { status reason } }"""


def apply(page: Page) -> None:
    """Apply as a team of two: every part of the form, on a phone."""
    page.goto(f"/su-kien/{WEEKEND}/")
    page.get_by_role("link", name="Đăng ký", exact=True).click()
    page.get_by_text("Khán giả buổi trình bày").click()
    expect(page.get_by_role("group", name="Bạn góp gì cho đội?")).to_be_hidden()
    expect(page.get_by_role("button", name="Thêm người đi cùng")).to_be_hidden()
    page.get_by_text("Đội làm thử").click()
    page.get_by_role("button", name="Thêm người đi cùng").click()
    page.get_by_label("Họ và tên").fill("Vũ Thị Hải Yến")
    page.get_by_label("Trường hoặc công ty").fill("Đại học Hàng hải")
    page.get_by_role("button", name="Nhận chỗ của tôi").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Bạn góp gì cho đội?")
    expect(page.get_by_label("Họ và tên")).to_have_value("Vũ Thị Hải Yến")
    page.get_by_label("Hiểu việc ở cảng").check()
    agree(page)
    page.get_by_label("Đăng ảnh có tôi tại sự kiện").check()
    assert barriers(page) == []
    page.get_by_role("button", name="Nhận chỗ của tôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chúng tôi đã nhận đăng ký của bạn")


def approve(organiser: Visitor, guest: Visitor) -> None:
    """The organiser says yes and notes that the fee has come, from a phone."""
    log_in(organiser, logins.ORGANISER, "/ve/")
    found = ask(guest, "{ myRegistrations { nodes { id event { slug } } } }")
    [own] = [each["id"] for each in found["myRegistrations"]["nodes"] if each["event"]["slug"] == WEEKEND]
    for act in ("approveRegistration", "markFeeReceived"):
        query = f"mutation ($id: ID!) {{ {act}(input: {{registrationId: $id}}) {{ errors {{ code }} }} }}"
        assert ask(organiser, query, id=own) == {act: {"errors": []}}
        guest.page.reload()
        expect(guest.page.get_by_text("Cần nộp")).to_have_count(1 if act == "approveRegistration" else 0)
        assert barriers(guest.page) == []


def code_of(visitor: Visitor, ticket: str, tmp_path: Path) -> str:
    """What the ticket's picture says."""
    picture = tmp_path / "code.png"
    picture.write_bytes(visitor.context.request.get(f"{ticket}qr.png").body())
    found = zxingcpp.read_barcode(Image.open(picture))
    assert found is not None
    return found.text


def redeemed(door: Visitor, code: str) -> dict[str, Any]:
    """What the door says to a code."""
    posts = ask(door, "{ myDoorEvents { slug checkInLists { id } } }")["myDoorEvents"]
    [place] = [each["checkInLists"][0]["id"] for each in posts if each["slug"] == WEEKEND]
    return dict(ask(door, REDEEM, list=place, code=code, nonce=str(uuid4()))["redeem"])


def with_network(visitor: Visitor) -> None:
    """The Wi-Fi is back; what the browser said of its absence is no news."""
    visitor.context.set_offline(False)
    visitor.complaints[:] = [each for each in visitor.complaints if "ERR_INTERNET_DISCONNECTED" not in each]


@pytest.mark.slow
def test_a_ticket_from_the_form_to_somebody_else_s_phone(arrive: Arrive, tmp_path: Path) -> None:
    guest = arrive("phone")
    page = log_in(guest, logins.MENTOR, "/ve/")
    apply(page)
    approve(arrive("phone"), guest)

    page.goto("/ve/")
    page.get_by_role("link", name="Bùi Thị Lan Hương").click()
    page.wait_for_url(re.compile(r"/ve/[0-9a-f-]{36}/"))
    ticket = urlsplit(page.url).path
    old = code_of(guest, ticket, tmp_path)
    page.goto("/ve/")
    page.wait_for_function(IS_KEPT, arg=ticket)
    guest.context.set_offline(True)
    page.goto(ticket)
    expect(page.get_by_text("Đang ngoại tuyến – vé vẫn dùng được")).to_be_visible()
    expect(page.locator(".ticket-qr svg")).to_be_visible()
    assert barriers(page) == []
    page.locator(".ticket-qr").screenshot(path=tmp_path / "offline.png")
    shown = zxingcpp.read_barcode(Image.open(tmp_path / "offline.png"))
    assert shown is not None
    assert shown.text == old
    with_network(guest)

    page.goto(ticket)
    expect(page.get_by_text("Đang ngoại tuyến")).to_be_hidden()
    page.get_by_role("link", name="Chuyển vé").click()
    assert barriers(page) == []
    page.get_by_label("Họ và tên").fill("Đỗ Hải Nam")
    page.get_by_label("E-mail").fill(logins.ATTENDEE.email)
    page.get_by_role("button", name="Chuyển vé").click()
    expect(page.get_by_role("status").last).to_contain_text("Vé giờ thuộc về Đỗ Hải Nam")

    friend = arrive("phone")
    theirs = log_in(friend, logins.ATTENDEE, "/ve/")
    expect(theirs.get_by_text("Được chuyển cho bạn")).to_be_visible()
    new = code_of(friend, ticket, tmp_path)
    door = arrive("phone")
    log_in(door, logins.DOOR, "/ve/")
    assert redeemed(door, old) == {"status": "ERROR", "reason": "REVOKED"}
    assert redeemed(door, new) == {"status": "OK", "reason": None}

    page.goto(ticket)
    guest.complaints[:] = [each for each in guest.complaints if "404" not in each]
    expect(page.get_by_role("heading", level=1)).to_contain_text("Không có bến nào")
    assert page.evaluate(IS_KEPT, ticket) is False
    assert page.evaluate(IS_KEPT, "/ve/") is True
    page.goto("/tai-khoan/logout/")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    page.wait_for_function(NOTHING_KEPT)


@pytest.mark.slow
def test_a_place_comes_free_for_whoever_waits(arrive: Arrive) -> None:
    first = log_in(arrive("phone"), logins.ATTENDEE, "/ve/")
    take_place(first)
    expect(first.locator(".ticket-qr svg")).to_be_visible()

    waiting = arrive("phone")
    page = log_in(waiting, logins.MENTOR, f"/su-kien/{LESSON}/dang-ky/")
    expect(page.get_by_text("Hết chỗ, còn nhận chờ")).to_be_visible()
    agree(page)
    assert barriers(page) == []
    page.get_by_role("button", name="Vào danh sách chờ").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đang trong hàng chờ")
    expect(page.get_by_text("trong 1 lượt chờ")).to_be_visible()
    assert barriers(page) == []

    first.get_by_role("link", name="Nhường chỗ cho người khác").click()
    first.get_by_role("button", name="Trả chỗ").click()
    expect(first.get_by_role("status").last).to_contain_text("Chỗ của bạn đã nhường cho người khác")

    page.goto("/ve/")
    expect(page.get_by_role("heading", name="Chờ bạn trả lời")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Nhận chỗ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã có 1 chỗ")
    assert barriers(page) == []


def take_place(page: Page) -> None:
    """Take the last place of the lesson."""
    page.goto(f"/su-kien/{LESSON}/dang-ky/")
    agree(page)
    page.get_by_role("button", name="Nhận chỗ của tôi").click()
    page.wait_for_url(re.compile(r"/ve/[0-9a-f-]{36}/"))


def agree(page: Page) -> None:
    """Agree to what registering needs, if that was not agreed to before."""
    consent = page.get_by_label("Dùng dữ liệu của tôi để đăng ký")
    if consent.count():
        consent.check()


@LOOKS
def test_the_attendee_s_pages_have_no_barriers(arrive: Arrive, device: str, color_scheme: str) -> None:
    visitor = arrive(device, color_scheme=color_scheme, reduced_motion="reduce")
    page = log_in(visitor, logins.ORGANISER, "/ve/")
    for address in ("/ve/", f"/su-kien/{WEEKEND}/dang-ky/", f"/su-kien/{WEEKEND}/"):
        page.goto(address)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
