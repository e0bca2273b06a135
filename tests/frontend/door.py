"""The door app in Chromium before a GraphQL that answers as a test wants it to."""

import base64
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from zoneinfo import ZoneInfo

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Locator, Page, Route

from events import tickets
from events.models import Ticket
from network.vietnamese import fold

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
            {
                "id": f"list-{n}",
                "name": f"Danh sách {n}",
                "isDefault": n == 1,
                "admitted": 312,
                "expected": 480,
                "gates": [],
            }
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
        "admission": {
            "name": name,
            "ticketType": "Khách tham dự",
            "number": "HPCF 047 0931 · 6",
            "ticketId": str(UUID(int=931, version=4)),
            "registrationId": None,
            "due": None,
            "party": None,
        },
        "first": None,
        "admitted": 313,
        "questions": [],
        "errors": [],
    }


def refused(reason: str, **more: Any) -> dict[str, Any]:
    """The answer that does not, by its reason."""
    return {**admitted(), "status": "ERROR", "reason": reason, "admission": None, "admitted": 312, **more}


def guest(number: int, name: str, **more: Any) -> dict[str, Any]:
    """A ticket as `doorSnapshot` gives it, numbered "HPCF 047 0931 · 6"."""
    return {
        "id": str(UUID(int=number, version=4)),
        "version": 1,
        "number": tickets.number("HPCF 047", number),
        "name": name,
        "search": fold(name),
        "ticketType": "Khách tham dự",
        "group": None,
        "state": "GOOD",
        "scans": [],
        **more,
    }


def code_of(ticket: dict[str, Any], version: int = 1) -> str:
    """The signed code of a guest's ticket."""
    return tickets.code(Ticket(pk=UUID(ticket["id"]), version=version))


RULES = {
    "allowsReentry": False, "allowsMultiple": False, "onceADay": False, "opensAt": None, "closesAt": None,
    "needsListId": None, "asks": False,
}  # fmt: skip
REVOKED = {"errors": [{"message": "", "extensions": {"code": "UNAUTHENTICATED"}}]}


@dataclass
class FakeGraphQL:
    """Answers the app's operations and keeps what was asked. Set `down` and nothing is answered.

    `guests` are the list's tickets; with None the phone gets no list, and cannot decide alone.
    """

    me: dict[str, str] | None = field(default_factory=lambda: {"givenName": "Lan", "email": "lan@cua.example"})
    events: list[dict[str, Any]] = field(default_factory=lambda: [event(47, starts_at=today(), gates="A")])
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    guests: list[dict[str, Any]] | None = None
    rules: dict[str, Any] = field(default_factory=lambda: dict(RULES))
    ends_at: datetime = field(default_factory=lambda: datetime.now(CITY) + timedelta(hours=2))
    news: list[dict[str, Any]] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)
    newcomer: dict[str, Any] = field(default_factory=dict)
    not_taken: set[str] = field(default_factory=set)
    down: bool = False
    revoked: bool = False
    slow: float = 0
    asked: list[str] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    redeemed: list[dict[str, Any]] = field(default_factory=list)
    annulled: list[dict[str, Any]] = field(default_factory=list)
    uploaded: list[dict[str, Any]] = field(default_factory=list)
    parties: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    newcomers: list[dict[str, Any]] = field(default_factory=list)
    fees: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        operation = re.findall(r"(?:query|mutation) (\w+)", asked["query"])[-1]
        answer = getattr(self, f"_{operation}", lambda _given: None)
        self.asked.append(operation)
        self.tokens.append(route.request.headers.get("x-device-token"))
        body = answer(asked["variables"].get("input") or asked["variables"])
        if self.slow:
            time.sleep(self.slow)
        if self.down:
            route.abort()
        elif self.revoked:
            route.fulfill(status=401, json=REVOKED)
        elif body is None:
            route.fulfill(json={"errors": [{"message": "Chưa có", "extensions": {"code": "NOT_FOUND"}}]})
        else:
            route.fulfill(json={"data": body})

    def _Redeem(self, given: dict[str, Any]) -> dict[str, Any]:
        self.redeemed.append(given)
        answer = self.answers.get(given["code"], refused("INVALID"))
        if answer["status"] == "OK" and not self.down:
            self._tell(answer["admission"]["ticketId"], given)
        return {"redeem": {**answer, "direction": given["direction"]}}

    def _tell(self, ticket_id: str, given: dict[str, Any]) -> None:
        """Let the other gates know."""
        scan = {
            "direction": given["direction"],
            "at": given["scannedAt"],
            "gate": "A",
            "device": given["device"],
            "nonce": given["nonce"],
        }
        last = max((each["sequence"] for each in self.news), default=0)
        self.news.append({"ticketId": ticket_id, **scan, "annulled": False, "sequence": last + 1})

    def _Annul(self, given: dict[str, Any]) -> dict[str, Any]:
        self.annulled.append(given)
        return {"annul": {"errors": []}}

    def _AdmitParty(self, given: dict[str, Any]) -> dict[str, Any]:
        self.parties.append(given)
        admitted = [{"number": str(number), "name": ""} for number in range(given["count"])]
        return {"admitParty": {"admitted": admitted, "errors": []}}

    def _UploadScans(self, given: dict[str, Any]) -> dict[str, Any]:
        if not self.down:
            self.uploaded += given["scans"]
        results = [{"nonce": scan["nonce"], "taken": scan["code"] not in self.not_taken} for scan in given["scans"]]
        return {"uploadScans": {"results": results, "errors": []}}

    def _DoorSnapshot(self, given: dict[str, Any]) -> dict[str, Any] | None:
        if self.guests is None:
            return None
        key = tickets.signing_key().public_key().public_bytes_raw()
        start = int(given["after"] or 0)
        end = start + min(given["first"], 500)
        page = {
            "listId": given["listId"], "eventId": "event-47", "changes": 1, "sequence": 0, "total": len(self.guests),
            "endsAt": self.ends_at.isoformat(), "publicKey": base64.b64encode(key).decode(), "list": self.rules,
            "tickets": self.guests[start:end], "endCursor": str(end), "hasNextPage": end < len(self.guests),
        }  # fmt: skip
        return {"doorSnapshot": page}

    def _DoorChanges(self, given: dict[str, Any]) -> dict[str, Any]:
        news = [each for each in self.news if each["sequence"] > given["sequence"]]
        last = max((each["sequence"] for each in self.news), default=0)
        return {
            "doorChanges": {
                "changes": 1,
                "sequence": last,
                "stale": False,
                "hasMore": False,
                "admitted": 312 + last,
                "scans": news,
            }
        }

    def _DoorSearch(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"doorSearch": self.found}

    def _MarkFeeReceived(self, given: dict[str, Any]) -> dict[str, Any]:
        self.fees.append(given)
        return {"markFeeReceived": {"errors": []}}

    def _RegisterAtDoor(self, given: dict[str, Any]) -> dict[str, Any]:
        self.newcomers.append(given)
        return {"registerAtDoor": self.newcomer}

    def _device(self) -> dict[str, Any]:
        here = self.events[0]
        lists = here["checkInLists"]
        return {"id": "phone-1", "name": "Máy cửa A", "event": here, "gate": here["gates"][0], "lists": lists}

    def _EnrolDevice(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["code"] != "MA-GHEP":
            error = {"code": "ENROLMENT_CODE_INVALID", "field": "code", "message": "Mã ghép này không còn dùng được."}
            return {"enrolDevice": {"token": None, "device": None, "errors": [error]}}
        return {"enrolDevice": {"token": "token-1", "device": self._device(), "errors": []}}

    def _ThisDevice(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"thisDevice": self._device()}

    def _ReportDevice(self, given: dict[str, Any]) -> dict[str, Any]:
        self.reports.append(given)
        return {"reportDevice": {"errors": []}}

    def _LeaveDevice(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"leaveDevice": {"left": True, "errors": []}}

    def _Door(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"me": self.me, "myDoorEvents": self.events}


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
