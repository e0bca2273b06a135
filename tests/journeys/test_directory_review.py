"""A mentor edits their entry on a phone, a reviewer approves it in the newsroom, and only then everybody sees it."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from config.demo import logins
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import Arrive
from tests.journeys.test_whole_path import ask, log_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.slow
HEADLINE = "Bán hàng cho nhà máy, kể từ đơn đầu tiên"
STORY = "Tôi ngồi cùng đội bán hàng ở xưởng, không ngồi ở văn phòng."
ASKED = "query { mentors(first: 50) { nodes { name headline(language: VI) bio(language: VI) } } }"


def told_by_api(visitor: Visitor, name: str) -> dict[str, str]:
    nodes = ask(visitor, ASKED)["mentors"]["nodes"]
    (mentor,) = [row for row in nodes if row["name"] == name]
    return dict(mentor)


def photo(folder: Path) -> Path:
    path = folder / "toi.jpg"
    Image.new("RGB", (900, 1200), (20, 120, 130)).save(path)
    return path


def write(visitor: Visitor, folder: Path) -> str:
    """Edit on a phone, mend what is refused, look at the preview, send. Return the address of the public page."""
    desk = log_in(visitor, logins.MENTOR, "/ho-so/")
    assert barriers(desk) == []
    public = desk.get_by_role("link", name="Trang hiện tại").get_attribute("href")
    assert public is not None
    desk.locator("[data-crop-file]").set_input_files(photo(folder))
    expect(desk.locator("[data-crop-canvas]")).to_be_visible()
    desk.locator("[data-crop-canvas]").press("ArrowDown")
    desk.get_by_label("Một dòng về bạn").fill("")
    desk.get_by_label("Giới thiệu", exact=True).fill(STORY)
    desk.get_by_role("button", name="Gửi duyệt").click()
    # What is to be mended is told at its field; the words and the photo are still there.
    expect(desk.get_by_role("alert")).to_contain_text("Mời bạn điền vào đây.")
    expect(desk.get_by_label("Giới thiệu", exact=True)).to_have_value(STORY)
    expect(desk.locator("[data-crop-now]")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_label("Một dòng về bạn").fill(HEADLINE)
    desk.get_by_role("button", name="Xem trước").click()
    expect(desk.get_by_role("heading", name=logins.MENTOR.full_name)).to_be_visible()
    expect(desk.locator(".own-sheet")).to_contain_text(HEADLINE)
    assert barriers(desk) == []
    desk.get_by_role("button", name="Gửi duyệt").click()
    expect(desk.get_by_text("Thay đổi của bạn đang chờ duyệt")).to_be_visible()
    assert barriers(desk) == []
    return public


def approve(visitor: Visitor, name: str) -> None:
    """From the count in the newsroom's menu to the decision."""
    newsroom = log_in(visitor, logins.EDITOR, "/quan-tri/")
    newsroom.get_by_role("link", name=re.compile(r"Duyệt hồ sơ \(\d+\)")).click()
    newsroom.get_by_role("link", name=name).click()
    expect(newsroom.locator(".review-new").filter(has_text=STORY)).to_be_visible()
    expect(newsroom.get_by_alt_text("Ảnh muốn dùng")).to_be_visible()
    assert barriers(newsroom, ".review") == []
    newsroom.get_by_role("button", name="Duyệt tất cả").click()
    expect(newsroom.get_by_text("Người viết sẽ nhận được thư.")).to_be_visible()


def test_a_mentor_edits_and_a_reviewer_approves(arrive: Arrive, tmp_path: Path) -> None:
    mentor, reader = arrive("phone"), arrive("phone")
    name = logins.MENTOR.full_name
    public = write(mentor, tmp_path)
    # Until it is approved, everybody sees what stood there.
    reader.page.goto(public)
    expect(reader.page.get_by_text(HEADLINE)).to_have_count(0)
    before = told_by_api(reader, name)
    assert HEADLINE not in before["headline"]
    assert STORY not in before["bio"]
    approve(arrive("desktop"), name)
    reader.page.goto(public)
    expect(reader.page.get_by_text(HEADLINE).first).to_be_visible()
    expect(reader.page.get_by_text(STORY).first).to_be_visible()
    assert told_by_api(reader, name) == {"name": name, "headline": HEADLINE, "bio": STORY}
    mentor.page.goto("/ho-so/")
    expect(mentor.page.get_by_text("Thay đổi của bạn đang chờ duyệt")).to_have_count(0)
    mentor.page.goto("/ho-so/lich-su/")
    expect(mentor.page.get_by_text("Đã duyệt")).to_be_visible()
    assert barriers(mentor.page) == []
