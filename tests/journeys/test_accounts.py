"""Getting in: by passkey, by a code, from another browser than the one where it began; and getting out everywhere."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, Page, expect

from config.demo import logins, people
from tests.journeys.conftest import Arrive
from tests.journeys.test_pages import LOOKS, assert_open_to_everybody
from tests.journeys.test_whole_path import log_in
from tests.journeys.visitor import Visitor

PASSWORD = "cau-tau-so-bay"
OWN_PAGES = [
    "/tai-khoan/", "/tai-khoan/email/", "/tai-khoan/password/change/", "/tai-khoan/2fa/webauthn/",
    "/tai-khoan/sessions/", "/tai-khoan/3rdparty/",
]  # fmt: skip
STRANGERS_PAGES = [
    "/tai-khoan/login/code/", "/tai-khoan/password/reset/", "/tai-khoan/password/reset/done/",
    "/tai-khoan/confirm-email/", "/tai-khoan/3rdparty/login/cancelled/", "/tai-khoan/inactive/",
]  # fmt: skip


class Device:
    """A phone's keychain, played by Chromium's virtual authenticator."""

    def __init__(self, visitor: Visitor) -> None:
        self.session: CDPSession = visitor.context.new_cdp_session(visitor.page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def recognises(self, finger: bool) -> None:
        """Whether the finger laid on it is the right one."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": finger})

    def kept(self) -> list[Any]:
        """What it keeps."""
        credentials = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]
        return list(credentials)


def add_passkey(page: Page, name: str) -> None:
    """From the account page to the new key in the list; the password is asked for once more on the way."""
    page.goto("/tai-khoan/")
    page.get_by_role("link", name="Thêm khoá truy cập").click()
    page.get_by_label("Mật khẩu", exact=True).fill(logins.PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên khoá truy cập").fill(name)
    page.get_by_role("button", name="Tạo khoá truy cập").click()
    page.wait_for_url("**/tai-khoan/2fa/webauthn/")


def arrived_at(page: Page, path: str) -> None:
    """Wait for the page itself; the login's address ends in where it leads to."""
    page.wait_for_url(lambda address: urlsplit(address).path == path)


def log_out(page: Page) -> None:
    page.goto("/tai-khoan/")
    page.locator(".locker-leave").get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(re.compile(r"/$"))


def registration_page(page: Page) -> str:
    """Follow the button of the first event that takes registrations; return where it leads, logged in or not."""
    page.goto("/su-kien/")
    for address in page.locator("a[href^='/su-kien/']").evaluate_all("links => links.map(a => a.pathname)"):
        if re.fullmatch(r"/su-kien/[\w-]+/", address):
            page.goto(address)
            if page.get_by_role("link", name="Đăng ký trong một phút").count():
                return f"{address}dang-ky/"
    raise AssertionError("no event of the demo takes registrations")


def letter(visitor: Visitor, to: str, subject: str) -> Any:
    """The body of the newest letter with this subject."""
    visitor.page.goto(f"/hop-thu/?to={to}")
    visitor.page.get_by_role("link", name=subject).first.click()
    return visitor.page.frame_locator("iframe")


@pytest.mark.slow
def test_a_passkey_opens_the_account(arrive: Arrive) -> None:
    visitor = arrive("phone")
    device = Device(visitor)
    page = log_in(visitor, logins.ATTENDEE, "/ve/")
    add_passkey(page, "Điện thoại của Nam")
    expect(page.get_by_role("heading", name="Điện thoại của Nam")).to_be_visible()
    assert [key["rpId"] for key in device.kept()] == ["localhost"]
    assert_open_to_everybody(page)

    log_out(page)
    page.goto("/tai-khoan/login/?next=/ho-so/")
    device.recognises(finger=False)
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa dùng được khoá truy cập")
    device.recognises(finger=True)
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    arrived_at(page, "/ho-so/")
    visitor.complaints.clear()  # who is no mentor is told so with 403

    # The key also shows that it is you; nobody is asked for a second lock.
    page.goto("/tai-khoan/2fa/webauthn/")
    page.get_by_role("link", name="Xoá Điện thoại của Nam").click()
    page.get_by_role("link", name="Dùng khoá bảo mật").click()
    assert_open_to_everybody(page)
    page.get_by_role("button", name="Dùng khoá truy cập").click()
    page.get_by_role("button", name="Xoá").click()
    expect(page.get_by_role("heading", name="Chưa có khoá truy cập")).to_be_visible()

    log_out(page)
    page.goto("/tai-khoan/login/")
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    expect(page.get_by_text("Mã chưa đúng.")).to_be_visible()


def test_a_password_still_opens_an_account_with_a_passkey(arrive: Arrive) -> None:
    visitor = arrive()
    Device(visitor)
    add_passkey(log_in(visitor, logins.MENTOR, "/ve/"), "Máy tính")
    elsewhere = log_in(arrive("phone"), logins.MENTOR, "/ve/")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Vé của tôi")


def test_the_event_is_not_lost_in_another_browser(arrive: Arrive) -> None:
    email = "hai-trinh-duyet@khach.example"
    begun = arrive("phone")
    page = begun.page
    register = registration_page(page)
    page.get_by_role("link", name="Đăng ký trong một phút").click()
    page.get_by_label("Họ và tên").fill("Phạm Quang Huy")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Mở tài khoản").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hộp thư")

    other = arrive("desktop")
    link = letter(other, email, "Xác nhận địa chỉ e-mail").get_by_role("link").first.get_attribute("href")
    page = other.page
    page.goto(str(link))
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url("**/tai-khoan/login/?next=*")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    arrived_at(page, register)
    expect(page.locator("main")).to_contain_text("Phạm Quang Huy")


def test_a_forgotten_password_leads_on_from_another_browser(arrive: Arrive) -> None:
    email = next(address for address, _name in people.crowd())
    begun = arrive("phone")
    page = begun.page
    register = registration_page(page)
    title = page.get_by_role("heading", level=1).inner_text()
    page.goto(f"/tai-khoan/login/?next={register}")
    page.get_by_role("link", name="Quên mật khẩu?").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Gửi đường dẫn cho tôi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hộp thư")

    other = arrive("desktop")
    link = letter(other, email, "Đặt lại mật khẩu").get_by_role("link").first.get_attribute("href")
    page = other.page
    page.goto(str(link))
    assert_open_to_everybody(page)
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Mật khẩu mới (nhập lại)").fill(PASSWORD)
    page.get_by_role("button", name="Lưu mật khẩu mới").click()
    page.wait_for_url(lambda address: "/tai-khoan/" not in address)
    # Who holds a ticket already is led on to it from there.
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_a_code_from_the_letter_opens_the_account(arrive: Arrive) -> None:
    visitor, mailbox = arrive("phone"), arrive("desktop")
    page = visitor.page
    page.goto("/tai-khoan/login/?next=/ve/")
    page.get_by_role("link", name="Gửi mã qua e-mail cho tôi").click()
    page.get_by_label("E-mail").fill(logins.ATTENDEE.email)
    page.get_by_role("button", name="Gửi mã").click()
    text = letter(mailbox, logins.ATTENDEE.email, "Mã đăng nhập").locator("body").inner_text()
    found = re.search(r"[B-Z]{4}-[B-Z]{4}", text)
    assert found is not None
    assert_open_to_everybody(page)
    page.get_by_label("Mã", exact=True).fill(found[0].lower().replace("-", " "))
    page.get_by_role("button", name="Xác nhận").click()
    arrived_at(page, "/ve/")


def test_logging_out_everywhere_is_everywhere(arrive: Arrive) -> None:
    phone = log_in(arrive("phone"), logins.ORGANISER, "/ve/")
    desk = log_in(arrive("desktop"), logins.ORGANISER, "/ve/")
    desk.goto("/tai-khoan/")
    desk.get_by_role("link", name="Xem Nơi đang đăng nhập").click()
    expect(desk.get_by_text("Thiết bị này")).to_have_count(1)
    desk.get_by_role("button", name="Đăng xuất khắp nơi").click()
    desk.wait_for_url("**/tai-khoan/login/")
    expect(desk.get_by_role("status")).to_contain_text("Bạn đã đăng xuất trên mọi thiết bị")
    phone.goto("/ve/")
    phone.wait_for_url("**/tai-khoan/login/?next=/ve/")


@LOOKS
def test_pages_of_an_account_have_no_barriers(arrive: Arrive, device: str, color_scheme: str) -> None:
    visitor = arrive(device, color_scheme=color_scheme, reduced_motion="reduce")
    for address in STRANGERS_PAGES:
        visitor.page.goto(address)
        assert_open_to_everybody(visitor.page)
    page = log_in(visitor, logins.ATTENDEE, "/tai-khoan/")
    for address in OWN_PAGES:
        page.goto(address)
        assert_open_to_everybody(page)


@LOOKS
def test_the_closed_gate_has_no_barriers(arrive: Arrive, device: str, color_scheme: str) -> None:
    visitor = arrive(device, color_scheme=color_scheme, reduced_motion="reduce")
    page = visitor.page
    for _try in range(6):
        page.goto("/tai-khoan/login/")
        page.get_by_label("E-mail").fill(f"ke-do-mat-khau-{device}@khach.example")
        page.get_by_label("Mật khẩu", exact=True).fill("khong-phai")
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", name="Thử quá nhiều lần")).to_be_visible()
    assert_open_to_everybody(page)
    visitor.complaints.clear()  # Chromium calls a page with status 429 an error
