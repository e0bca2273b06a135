"""From the organiser's page to a phone at the gate: the QR is scanned, the page says so, a lost phone is out."""

import re

from playwright.sync_api import Page, expect

from config.demo import logins
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import Arrive
from tests.journeys.test_whole_path import log_in

ENROL = "mutation ($code: String!) { enrolDevice(input: {code: $code}) { token errors { code } } }"
WHO = "{ thisDevice { name gate { name } } }"


def _ask(page: Page, query: str, token: str = "", **variables: str) -> dict:
    headers = {"Origin": re.sub(r"(://[^/]+).*", r"\1", page.url), "Accept": "application/json"}
    if token:
        headers["X-Device-Token"] = token
    return page.request.post("/graphql", data={"query": query, "variables": variables}, headers=headers).json()


def test_a_phone_is_added_watched_and_revoked(arrive: Arrive) -> None:
    page = log_in(arrive(), logins.ORGANISER, "/quan-tri/su-kien/")
    page.goto("/quan-tri/su-kien/?q=HOI+002")
    page.locator("tr", has_text="HOI 002").locator("td.title a").first.click()
    page.get_by_role("link", name="Soát vé", exact=True).first.click()
    expect(page.get_by_role("heading", name="Điện thoại ở cửa")).to_be_visible()
    assert barriers(page, ".setup") == []

    page.get_by_role("link", name="Thêm điện thoại").click()
    page.get_by_label("Tên").fill("Cửa C – máy 9")
    page.get_by_label("Đứng ở").select_option(label="C")
    page.get_by_role("button", name="Hiện mã QR").click()
    expect(page.get_by_role("img", name=re.compile("Mã QR cho điện thoại"))).to_be_visible()
    assert barriers(page, ".setup") == []
    code = page.get_by_label("Liên kết").input_value().partition("#ghep=")[2]
    enrolled = _ask(page, ENROL, code=code)["data"]["enrolDevice"]
    assert enrolled["errors"] == []
    # Nobody reloads: the page hears of it by itself, and its QR is gone.
    expect(page.get_by_text("Đã ghép: Cửa C – máy 9")).to_be_visible()
    assert _ask(page, WHO, enrolled["token"]) == {
        "data": {"thisDevice": {"name": "Cửa C – máy 9", "gate": {"name": "C"}}}
    }

    page.get_by_role("link", name="Đã xong").click()
    row = page.locator(".setup-row--phone", has_text="Cửa C – máy 9")
    expect(row.get_by_text("Đang dùng")).to_be_visible()
    row.locator("summary").click()
    row.get_by_role("button", name="Thu hồi").click()
    page.get_by_text("1 điện thoại đã thu hồi").click()
    expect(page.get_by_text("Cửa C – máy 9")).to_be_visible()
    page.wait_for_timeout(5_000)  # what a revoked phone may still be known for
    assert _ask(page, WHO, enrolled["token"])["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_a_list_is_written_on_a_phone(arrive: Arrive) -> None:
    page = log_in(arrive("phone", color_scheme="dark"), logins.ORGANISER, "/quan-tri/su-kien/")
    page.goto("/quan-tri/su-kien/?q=HOI+002")
    page.locator("tr", has_text="HOI 002").locator("td.title a").first.click()
    page.get_by_role("link", name="Soát vé", exact=True).first.click()
    page.get_by_role("link", name="Thêm danh sách").click()
    page.get_by_label("Tên tiếng Việt").fill("Bữa trưa")
    page.get_by_label("Mỗi ngày một lần").check()
    page.get_by_label("Vào bao nhiêu lần cũng được, không cần quét ra").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Không dùng cùng lúc với")).to_be_visible()
    assert barriers(page, ".setup") == []
    page.get_by_label("Vào bao nhiêu lần cũng được, không cần quét ra").uncheck()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".setup-row", has_text="Bữa trưa").get_by_text("mỗi ngày một lần")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
