"""The line that is cut: without a WebSocket, and without Redis, everybody is let in and every screen follows."""

import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from config.demo import logins
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import DEVICES, PATIENCE
from tests.journeys.site import served
from tests.journeys.test_whole_path import ask, log_in
from tests.journeys.visitor import Visitor
from tests.mortal_redis import MortalRedis

SOCKET = re.compile(r"/graphql/ws")
WITHIN = 10_000
"""Milliseconds in which the questions have to take over."""

GUEST = """mutation ($event: ID!, $email: String!, $name: String!) {
  registerOnBehalf(input: {eventId: $event, email: $email, fullName: $name, agreed: true}) {
    registration { tickets { number } } errors { code } } }"""
REDEEM = """mutation ($list: ID!, $code: String!, $nonce: UUID!) { redeem(input: {listId: $list, code: $code,
  nonce: $nonce, device: "Lan 2"}) { status reason admitted } }"""
POSTS = "{ myDoorEvents { id slug checkInLists { id isDefault } } }"


class Door:
    """An organiser who brings guests along and lets them in."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        log_in(visitor, logins.ORGANISER, "/ve/")
        self.event = ask(visitor, POSTS)["myDoorEvents"][0]
        self.slug = str(self.event["slug"])
        [self.list_id] = [each["id"] for each in self.event["checkInLists"] if each["isDefault"]]

    def let_in(self, name: str) -> int:
        """Somebody registers and comes in; return how many have come."""
        facts = {"event": self.event["id"], "email": f"{uuid4().hex}@khach.example", "name": name}
        made = ask(self.visitor, GUEST, **facts)["registerOnBehalf"]
        assert made["errors"] == []
        code = made["registration"]["tickets"][0]["number"]
        told = ask(self.visitor, REDEEM, list=self.list_id, code=code, nonce=str(uuid4()))["redeem"]
        assert told["status"] == "OK", told
        return int(told["admitted"])


def shows(page: Page, name: str, admitted: int, *, within: float) -> None:
    """The board has both within so many milliseconds."""
    expect(page.locator("[data-board-arrivals]").get_by_text(name)).to_be_visible(timeout=within)
    expect(page.locator("[data-board-admitted]")).to_have_text(str(admitted))


@pytest.mark.slow
@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_nobody_is_kept_out(arrive: Any, device: str) -> None:
    """Neither axe nor a narrow screen finds fault with the board, the screen, the conflicts and the counter."""
    door = Door(arrive(device))
    door.let_in("Đặng Thị Mở Hàng")
    page = door.visitor.page
    for address in (f"/bang/{door.slug}/", f"/bang/{door.slug}/?man-hinh", f"/bang/{door.slug}/xung-dot/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.slow
@pytest.mark.parametrize("how", ["refused", "silent"])
def test_a_blocked_socket_is_polled(arrive: Any, how: str) -> None:
    """A firewall that refuses the socket, and one that opens it and lets nothing through."""
    door = Door(arrive())
    watching = arrive()
    watching.context.route_web_socket(SOCKET, lambda socket: socket.close() if how == "refused" else None)
    board = log_in(watching, logins.ORGANISER, f"/bang/{door.slug}/")
    admitted = door.let_in(f"Trần Ngọc {how}")
    shows(board, f"Trần Ngọc {how}", admitted, within=WITHIN)
    expect(board.get_by_role("status").filter(has_text="Hỏi lại mỗi năm giây")).to_be_visible(timeout=WITHIN)
    screen = watching.context.new_page()
    screen.goto(f"/bang/{door.slug}/?man-hinh")
    admitted = door.let_in("Lê Kín Tiếng")
    expect(screen.locator("[data-screen-admitted]")).to_have_text(str(admitted), timeout=WITHIN)
    assert "Kín Tiếng" not in screen.content()


@pytest.mark.slow
def test_an_open_socket_is_not_polled(arrive: Any) -> None:
    """Control: it is the socket that brings the news of the tests below, and no question in between."""
    door = Door(arrive())
    board = log_in(arrive(), logins.ORGANISER, f"/bang/{door.slug}/")
    expect(board.locator("[data-live-state=open]")).to_be_visible()
    asked: list[str] = []
    board.on("request", lambda request: asked.append(request.url) if request.url.endswith("/graphql") else None)
    admitted = door.let_in("Vũ Có Dây")
    shows(board, "Vũ Có Dây", admitted, within=1_500)
    board.wait_for_timeout(6_000)
    assert asked == []


@pytest.fixture
def redis(tmp_path: Any) -> Iterator[MortalRedis]:
    server = MortalRedis(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.mark.slow
def test_redis_dies_and_comes_back(launch: Any, redis: MortalRedis, tmp_path: Any) -> None:
    """Two processes that only Redis joins: scans in one, the board on the other."""
    data = tmp_path / "site"
    data.mkdir()
    with served(data, REDIS_URL=redis.url) as gate, served(data, REDIS_URL=redis.url) as hall:
        contexts = [
            launch(None).new_context(base_url=address, locale="vi-VN", **DEVICES["desktop"]) for address in (gate, hall)
        ]
        for context in contexts:
            context.set_default_timeout(PATIENCE)
        door = Door(Visitor(context=contexts[0], address=gate))
        board = log_in(Visitor(context=contexts[1], address=hall), logins.ORGANISER, f"/bang/{door.slug}/")
        expect(board.locator("[data-live-state=open]")).to_be_visible()
        shows(board, "Ngô Trước Bão", door.let_in("Ngô Trước Bão"), within=2_000)
        redis.kill()
        shows(board, "Ngô Trong Bão", door.let_in("Ngô Trong Bão"), within=WITHIN)
        redis.start()
        time.sleep(6)  # both sides try again at most every five seconds
        shows(board, "Ngô Sau Bão", door.let_in("Ngô Sau Bão"), within=2_000)
        for context in contexts:
            context.close()
