"""A startup books an hour with a mentor, moves it, cancels it: both calendars follow, by the letters alone."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

import icalendar
import pytest
from playwright.sync_api import Page, expect

from config.demo import logins
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import Arrive
from tests.journeys.test_whole_path import log_in
from tests.journeys.visitor import Visitor

MENTOR = "bui-thi-lan-huong"
TOPIC = "Chúng tôi nên bán cảm biến theo chiếc hay theo tháng?"


def entry_of(visitor: Visitor, address: str, subject: str) -> tuple[str, Any]:
    """METHOD and entry of the newest letter to an address that is about this."""
    page = visitor.context.new_page()
    page.goto(f"/hop-thu/?to={address}")
    link = page.locator(".letter-subject", has_text=re.compile("|".join([subject, "Đang viết"]))).first
    number = re.search(r"/hop-thu/(\d+)/", link.get_attribute("href") or "")
    assert number is not None
    page.goto(f"/hop-thu/{number[1]}/")
    page.close()
    source = visitor.context.request.get(f"/hop-thu/{number[1]}/nguon/").body()
    (part,) = [part for part in message_from_bytes(source, policy=policy.default).walk()
               if part.get_content_type() == "text/calendar"]  # fmt: skip
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), event


def both(visitor: Visitor, subject: str) -> list[tuple[str, Any]]:
    """What the calendars of the mentor and of the startup are told."""
    told = [entry_of(visitor, login.email, subject) for login in (logins.MENTOR, logins.ATTENDEE)]
    for login, (_method, event) in zip((logins.MENTOR, logins.ATTENDEE), told, strict=True):
        assert str(event["ATTENDEE"]) == f"mailto:{login.email}"
    return told


def shown(page: Page) -> datetime:
    """When the hour is, as its page says."""
    text = page.locator(".hours-chosen .hours-leaf").get_attribute("datetime")
    assert text is not None
    return datetime.fromisoformat(text)


def facts(told: list[tuple[str, Any]]) -> set[tuple[str, str, int, datetime]]:
    """METHOD, UID, SEQUENCE and start: the same for both."""
    return {(method, str(event["UID"]), int(event["SEQUENCE"]), event["DTSTART"].dt) for method, event in told}


@pytest.mark.parametrize(("device", "color_scheme"), [("phone", "light"), ("desktop", "dark")])
def test_a_startup_books_moves_and_cancels_an_hour(arrive: Arrive, device: str, color_scheme: str) -> None:
    guest = arrive(device=device, color_scheme=color_scheme)
    page = log_in(guest, logins.ATTENDEE, "/hen/")

    page.goto(f"/co-van/{MENTOR}/")
    page.get_by_role("link", name="Đặt một giờ").click()
    assert barriers(page) == []
    page.get_by_role("link", name="Những ngày sau").click()
    page.locator("a.hours-slot").last.click()
    page.get_by_role("button", name="Đặt giờ này").click()
    expect(page.get_by_role("alert")).to_contain_text("Bạn muốn trao đổi chuyện gì?")
    page.get_by_label("Bạn muốn trao đổi chuyện gì?").fill(TOPIC)
    page.get_by_label("Cho ai?").select_option(label="Neo Cảm Biến")
    assert barriers(page) == []
    page.get_by_role("button", name="Đặt giờ này").click()
    expect(page.get_by_text("Đã đặt. Cả hai đều nhận thư")).to_be_visible()
    expect(page.get_by_text(TOPIC)).to_be_visible()
    assert barriers(page) == []
    first, own = shown(page), page.url
    ((method, uid, sequence, start),) = facts(both(guest, "Giờ cố vấn:"))
    assert (method, sequence, start) == ("REQUEST", 0, first)

    page.get_by_role("link", name="Đổi giờ khác").click()
    assert barriers(page) == []
    page.get_by_role("link", name="Những ngày sau").click()
    page.locator("button.hours-slot").last.click()
    expect(page.get_by_text("Đã đổi giờ.")).to_be_visible()
    second = shown(page)
    assert second != first
    assert facts(both(guest, "Giờ mới:")) == {("REQUEST", uid, 1, second)}

    mentor = arrive(device=device, color_scheme=color_scheme)
    desk = log_in(mentor, logins.MENTOR, "/ho-so/gio/")
    assert barriers(desk) == []
    desk.goto(own)
    desk.get_by_role("link", name="Huỷ buổi hẹn").click()
    desk.get_by_role("button", name="Huỷ buổi hẹn").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    desk.get_by_label("Vài lời").fill("Tôi phải đi công tác đột xuất.")
    desk.get_by_role("button", name="Huỷ buổi hẹn").click()
    expect(desk.get_by_text("Đã huỷ. Bên kia đã được báo")).to_be_visible()
    assert facts(both(guest, "Đã huỷ:")) == {("CANCEL", uid, 2, second)}
    page.reload()
    expect(page.get_by_text("Tôi phải đi công tác đột xuất.")).to_be_visible()
