"""The whole path: an editor publishes, an attendee registers, the door lets them in, the board shows it."""

import io
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from config.demo import logins
from tests.journeys.camera import film
from tests.journeys.visitor import Visitor

TITLE = "Đêm thử nghiệm trên cầu cảng"
GUEST = "Ngô Thị Mỹ Duyên"
ADDRESS = "duyen@khach.example"


def log_in(visitor: Visitor, login: logins.Login, to: str) -> Page:
    """Log a visitor in and bring them to a page."""
    page = visitor.page
    page.goto(f"/tai-khoan/login/?next={to}")
    page.get_by_label("E-mail").fill(login.email)
    page.get_by_label("Mật khẩu", exact=True).fill(logins.PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    # The path alone: the login's address ends in where it leads to.
    page.wait_for_url(lambda address: urlsplit(address).path == urlsplit(to).path)
    return page


def ask(visitor: Visitor, query: str, **variables: Any) -> dict[str, Any]:
    """Ask GraphQL as the visitor's browser would."""
    answer = visitor.context.request.post(
        "/graphql",
        data={"query": query, "variables": variables},
        headers={"Origin": visitor.address, "Accept-Language": "vi"},
    )
    body: dict[str, Any] = answer.json()
    assert "errors" not in body, body
    return dict(body["data"])


def publish_event(editor: Visitor) -> str:
    """Create, preview and publish an event in the admin; return its slug."""
    page = log_in(editor, logins.EDITOR, "/quan-tri/su-kien/")
    page.locator("a[href*='/pages/add/cms/eventpage/']").first.click()
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary_vi]").fill("Một buổi tối mở cửa để thử trọn con đường, từ tấm vé tới cánh cửa.")
    page.locator("[name=starts_at]").fill(f"{now - timedelta(minutes=30):%d/%m/%Y %H:%M}")
    page.locator("[name=ends_at]").fill(f"{now + timedelta(hours=3):%d/%m/%Y %H:%M}")
    page.keyboard.press("Escape")
    page.locator("select[name=venue]").select_option(index=1)
    page.locator("select[name=kind]").select_option("OTHER")
    page.locator("[name=capacity]").fill("40")
    assert_previewed(page)
    page.locator("[name=action-publish]").evaluate("button => button.click()")
    expect(page.get_by_role("status").or_(page.locator(".messages"))).to_contain_text(TITLE)
    found = ask(
        editor, "query ($search: String) { events(search: $search) { nodes { slug } } }", search="dem thu nghiem"
    )
    return str(found["events"]["nodes"][0]["slug"])


def assert_previewed(page: Page) -> None:
    """The preview beside the form shows the title before anything is saved."""
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("[data-preview-panel] iframe, #w-preview-iframe").first
    expect(preview.get_by_role("heading", name=TITLE)).to_be_visible()


def sign_up_and_register(guest: Visitor, slug: str) -> None:
    """From the event's page through sign-up and the confirmation letter to the ticket."""
    page = guest.page
    page.goto("/su-kien/")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="Đăng ký trong một phút").click()
    page.get_by_label("Họ và tên").fill(GUEST)
    page.get_by_label("E-mail").fill(ADDRESS)
    page.get_by_label("Mật khẩu", exact=True).fill("cau-tau-so-bay")
    page.get_by_role("button", name="Mở tài khoản").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hộp thư")
    letter = open_letter(page, "Xác nhận địa chỉ e-mail")
    letter.get_by_role("link").first.click()
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(f"**/su-kien/{slug}/dang-ky/")
    page.get_by_label("Dùng dữ liệu của tôi để đăng ký").check()
    page.get_by_role("button", name="Nhận chỗ của tôi").click()
    page.wait_for_url(re.compile(r"/ve/[0-9a-f-]{36}/"))
    expect(page.get_by_text(GUEST).first).to_be_visible()


def open_letter(page: Page, subject: str) -> Any:
    """Open the newest letter to the guest with this subject in the demo's mailbox; return its body."""
    page.goto(f"/hop-thu/?to={ADDRESS}")
    page.get_by_role("link", name=subject).first.click()
    return page.frame_locator("iframe")


def code_in_letter(page: Page, to: Path) -> tuple[Path, str]:
    """Read the letter: keep the picture of its code, check the invitation; return picture and code."""
    body = open_letter(page, "Vé của bạn")
    picture = body.get_by_role("img", name=re.compile("Mã của vé"))
    expect(picture).to_be_visible()
    source = str(picture.get_attribute("src"))
    raw = page.context.request.get(source).body()
    (to / "ticket.png").write_bytes(raw)
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(raw)))
    assert found is not None
    expect(page.get_by_text("REQUEST")).to_be_visible()
    expect(page.get_by_text("SEQUENCE 0")).to_be_visible()
    return to / "ticket.png", found.text


@pytest.mark.slow
def test_from_the_editor_s_desk_to_the_live_board(arrive: Any, tmp_path: Path) -> None:
    slug = publish_event(arrive())
    passer_by = arrive("phone")
    assert TITLE in passer_by.context.request.get("/lich/site.ics").text().replace("\r\n ", "")

    guest = arrive("phone")
    sign_up_and_register(guest, slug)
    picture, code = code_in_letter(guest.page, tmp_path)
    assert code.startswith("HP1:")
    guest.page.goto("/ve/")
    expect(guest.page.get_by_role("link", name=TITLE).first).to_be_visible()

    board = log_in(arrive(), logins.ORGANISER, f"/bang/{slug}/")
    expect(board.locator("[data-board-admitted]")).to_have_text("0")
    counter = passer_by.page
    counter.goto(f"/su-kien/{slug}/")
    expect(counter.locator("[data-live=inside]").first).to_have_text("0")
    expect(counter.locator("[data-live-state=open]").first).to_be_attached()

    door = arrive("phone", film=film([(None, 1), (picture, 60)], to=tmp_path / "camera.mjpeg"), permissions=["camera"])
    scanner = log_in(door, logins.DOOR, "/soat-ve/")
    choose_post(scanner)
    expect(scanner.get_by_role("heading", name="Mời vào")).to_be_visible(timeout=20_000)
    expect(board.get_by_text(GUEST).first).to_be_visible(timeout=1_000)
    expect(board.locator("[data-board-admitted]")).to_have_text("1", timeout=1_000)
    expect(counter.locator("[data-live=inside]").first).to_have_text("1", timeout=1_000)
    assert GUEST not in counter.content()
    expect(scanner.locator(".answer .name")).to_have_text(GUEST)

    scanner.get_by_role("button", name="Quét tiếp").click()
    scanner.get_by_role("button", name="Nhập số vé").click()
    scanner.get_by_label("Số in dưới mã QR").fill(code)
    scanner.get_by_role("button", name="Kiểm tra").click()
    expect(scanner.get_by_role("heading", name="Đã vào rồi")).to_be_visible()
    expect(scanner.locator(".answer")).to_contain_text(re.compile(r"Cửa A lúc \d\d:\d\d"))


def choose_post(scanner: Page) -> None:
    """Stand at gate A of our event."""
    # Both the card and the fold come with the list of events: nothing is looked for before it is there.
    scanner.get_by_role("button", name=re.compile(TITLE)).or_(scanner.get_by_text("Sự kiện khác")).first.wait_for()
    if not scanner.get_by_role("heading", name=TITLE).is_visible():
        scanner.get_by_text("Sự kiện khác").click()
        scanner.get_by_role("button", name=re.compile(TITLE)).click()
    scanner.get_by_text("Cửa A", exact=True).click()
    scanner.get_by_role("button", name="Bắt đầu soát vé").click()
