"""Certificates from the organiser's desk to whoever checks one: issued by the worker, followed, verified."""

import re

from playwright.sync_api import expect

from config.demo import logins
from tests.journeys.conftest import Arrive
from tests.journeys.test_pages import assert_open_to_everybody
from tests.journeys.test_whole_path import log_in

# The worker of the demonstration shares the machine with the browsers.
PATIENCE = 60_000


def test_from_the_desk_to_whoever_checks_one(arrive: Arrive) -> None:
    page = log_in(arrive(), logins.ORGANISER, "/quan-tri/su-kien/")
    page.goto("/quan-tri/su-kien/?q=HOI+001")
    page.locator("tr", has_text="HOI 001").locator("td.title a").first.click()
    page.get_by_role("link", name="Giấy chứng nhận", exact=True).click()
    listed = page.url
    page.get_by_role("link", name="Cấp cho mọi người đã đến").click()
    page.get_by_role("button", name="Cấp", exact=True).click()
    page.wait_for_url(re.compile(r"/jobs/[0-9a-f-]{36}/"))
    # Nobody reloads: the page follows the work by itself.
    expect(page.get_by_text("Đã xong.")).to_be_visible(timeout=PATIENCE)
    page.goto(listed)
    page.locator("td.title button").first.click()
    address = page.get_by_role("link", name="Xem trang công khai").first.get_attribute("href")
    assert address is not None
    for device, color_scheme in (("phone", "light"), ("desktop", "dark")):
        stranger = arrive(device, color_scheme=color_scheme, reduced_motion="reduce").page
        stranger.goto(address)
        expect(stranger.get_by_role("heading", name="Giấy chứng nhận này là thật")).to_be_visible()
        assert_open_to_everybody(stranger)
