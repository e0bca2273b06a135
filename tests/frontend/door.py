"""The door app in Chromium before a GraphQL that answers as a test wants it to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from zoneinfo import ZoneInfo

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Locator, Page, Route

CITY = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE = "Bán hàng cho nhà máy, từ bản thử đến hợp đồng"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Requests are no news in a test."""


@contextmanager
def shell_served() -> Iterator[str]:
    """Serve Django with its static files, without a database; yield the address."""
    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def event(number: int, *, starts_at: datetime, lists: int = 1, gates: str = "") -> dict[str, Any]:
    """An event as `myDoorEvents` gives it: its lists have 312 of 480 inside, each gate is one letter."""
    return {
        "id": f"event-{number}",
        "code": f"CAFE {number:03}",
        "title": TITLE,
        "startsAt": starts_at.isoformat(),
        "endsAt": (starts_at + timedelta(hours=2)).isoformat(),
        "venue": {"name": "Khu làm việc chung"},
        "checkInLists": [
            {"id": f"list-{n}", "name": f"Danh sách {n}", "isDefault": n == 1, "admitted": 312, "expected": 480}
            for n in range(1, lists + 1)
        ],
        "gates": [{"id": f"gate-{letter}", "name": letter} for letter in gates],
    }


def today() -> datetime:
    """Noon of this day in the city: early enough for the event to end today."""
    return datetime.now(CITY).replace(hour=12, minute=0, second=0, microsecond=0)


def admitted(name: str = "Phạm Thu Hà") -> dict[str, Any]:
    """The answer that lets somebody in."""
    return {
        "status": "OK",
        "reason": None,
        "admission": {"name": name, "ticketType": "Khách tham dự", "number": "HPCF 047 0931 · 6"},
        "first": None,
        "admitted": 313,
        "errors": [],
    }


def refused(reason: str, **more: Any) -> dict[str, Any]:
    """The answer that does not, by its reason."""
    return {**admitted(), "status": "ERROR", "reason": reason, "admission": None, "admitted": 312, **more}


@dataclass
class FakeGraphQL:
    """Answers the app's operations and keeps what was asked. Set `down` and nothing is answered."""

    me: dict[str, str] | None = field(default_factory=lambda: {"givenName": "Lan", "email": "lan@cua.example"})
    events: list[dict[str, Any]] = field(default_factory=lambda: [event(47, starts_at=today(), gates="A")])
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    down: bool = False
    redeemed: list[dict[str, Any]] = field(default_factory=list)
    annulled: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        given = asked["variables"].get("input", {})
        if "mutation Redeem" in asked["query"]:
            self.redeemed.append(given)
            data: dict[str, Any] = {"redeem": self.answers.get(given["code"], refused("INVALID"))}
        elif "mutation Annul" in asked["query"]:
            self.annulled.append(given)
            data = {"annul": {"errors": []}}
        else:
            data = {"me": self.me, "myDoorEvents": self.events}
        if self.down:
            route.abort()
        else:
            route.fulfill(json={"data": data})


@dataclass
class Door:
    """What a volunteer does with the app, in their own words for it."""

    page: Page
    api: FakeGraphQL

    def open(self) -> None:
        self.page.goto("/soat-ve/")

    def start(self) -> None:
        """Open the app and begin at the suggested post."""
        self.open()
        self.page.get_by_role("button", name="Bắt đầu soát vé").click()

    def type(self, code: str) -> None:
        self.page.get_by_role("button", name="Nhập số vé").click()
        self.page.get_by_label("Số in dưới mã QR").fill(code)
        self.page.keyboard.press("Enter")

    @property
    def answer(self) -> Locator:
        return self.page.get_by_role("region", name="Kết quả")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
