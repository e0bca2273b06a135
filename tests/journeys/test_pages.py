"""Every kind of page: no barrier for anybody, in both themes, on a phone and on a desk; nothing from another host."""

import re

import pytest
from playwright.sync_api import Page

from config.demo import logins
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import Arrive
from tests.journeys.test_whole_path import log_in

PAGES = [
    "/", "/en/", "/tin-tuc/", "/su-kien/", "/mang-luoi/", "/co-van/", "/chien-dich/", "/tai-khoan/login/",
    "/mang-luoi/?view=list&q=quy&sector=hightech", "/nguoi/?q=nguyn&language=vi",
    "/mang-luoi/neo-cam-bien/", "/mang-luoi/so-sanh/", "/mang-luoi/so-lieu/", "/mang-luoi/ban-do/", "/tham-gia/",
    "/ban-tin/",
    "/tai-khoan/signup/", "/hop-thu/", "/style/", "/soat-ve/",
]  # fmt: skip
DETAILS = ["/tin-tuc/", "/su-kien/", "/chuoi/", "/mang-luoi/", "/co-van/", "/chien-dich/"]
OWN = [
    (logins.ATTENDEE, "/ve/"),
    (logins.ATTENDEE, "/tai-khoan/du-lieu/"),
    (logins.ATTENDEE, "/tai-khoan/du-lieu/dong-y/"),
    (logins.ATTENDEE, "/tai-khoan/du-lieu/xoa/"),
    (logins.ATTENDEE, "/danh-sach/"),
    (logins.ATTENDEE, "/danh-sach/luu/?to-chuc=quy-buom-nau"),
    (logins.ATTENDEE, "/ho-so/"),
    (logins.ATTENDEE, "/goi-y/"),
    (logins.MENTOR, "/ho-so/"),
    (logins.MENTOR, "/nhan-tin/"),
    (logins.ORGANISER, "/bang/hai-muoi-bon-gio-mo-cua/"),
    (logins.DOOR, "/soat-ve/"),
]
LOOKS = pytest.mark.parametrize(("device", "color_scheme"), [("phone", "light"), ("desktop", "dark")])


def assert_open_to_everybody(page: Page) -> None:
    """Neither axe nor a narrow screen finds fault."""
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("address", PAGES)
@LOOKS
def test_page_has_no_barriers(arrive: Arrive, address: str, device: str, color_scheme: str) -> None:
    visitor = arrive(device, color_scheme=color_scheme, reduced_motion="reduce")
    response = visitor.page.goto(address)
    assert response is not None
    assert response.status == 200
    assert_open_to_everybody(visitor.page)


@pytest.mark.parametrize("section", DETAILS)
@LOOKS
def test_a_page_of_each_section_has_no_barriers(arrive: Arrive, section: str, device: str, color_scheme: str) -> None:
    visitor = arrive(device, color_scheme=color_scheme, reduced_motion="reduce")
    places = visitor.context.request.get("/sitemap.xml").text()
    found = re.search(rf"<loc>https?://[^/]+({section}[^/<]+/)</loc>", places)
    assert found is not None
    visitor.page.goto(found[1])
    assert_open_to_everybody(visitor.page)


@pytest.mark.parametrize(("login", "address"), OWN)
@LOOKS
def test_own_page_has_no_barriers(
    arrive: Arrive, login: logins.Login, address: str, device: str, color_scheme: str
) -> None:
    page = log_in(arrive(device, color_scheme=color_scheme, reduced_motion="reduce"), login, address)
    assert_open_to_everybody(page)
    if address == "/ve/":
        page.get_by_role("link", name="Mở").first.click()
        page.wait_for_url(re.compile(r"/ve/[0-9a-f-]{36}/"))
        assert_open_to_everybody(page)
