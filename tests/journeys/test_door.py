"""At the doors: two gates with cameras, one without a network for a while; nothing is lost, doubles are shown."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from config.demo import logins
from network.vietnamese import fold
from tests.frontend.phones import kept
from tests.journeys.accessibility import barriers
from tests.journeys.camera import film
from tests.journeys.site import tell
from tests.journeys.test_whole_path import ask, log_in
from tests.journeys.visitor import Visitor

CODE = "MO 001"
GUESTS = f"""
from django.db.models import F, Max
from django.utils import timezone
from events import tickets
from events.models import Event, Registration, Seats, Ticket
from network.models import Person
event, at = Event.objects.get(code={CODE!r}), timezone.now()
number = Registration.objects.filter(event=event).aggregate(last=Max("number"))["last"]
serial = Seats.objects.get(event=event).last_number + 100
people = Person.objects.exclude(registrations__event=event).filter(is_staff=False).order_by("pk")
told = []
for person, size in zip(people, %s):
    number += 1
    made = Registration.objects.create(
        event=event, person=person, ticket_type=event.ticket_types.first(), number=number, channel="ADMIN",
        language="vi", created_at=at, quantity=size,
    )
    for place in range(size):
        serial += 1
        name = f"{{person.full_name}} {{place + 1}}" if place else person.full_name
        ticket = tickets.issue(registration=made, serial=serial, name=name, holder=None, at=at)
        if not place:
            told.append(dict(name=name, number=ticket.number, code=tickets.code(ticket)))
Seats.objects.filter(event=event).update(last_number=serial, taken=F("taken") + sum(%s))
print(json.dumps(told))
"""
"""Registers guests who have not come yet, each with so many tickets."""
PLACE = f"""
from django.urls import reverse
from events.models import Event
print(json.dumps(reverse("event:setup_phone_new", args=[Event.objects.get(code={CODE!r}).pk])))
"""
REVOKE = """
from django.utils import timezone
from events import gate_devices
from events.models import GateDevice
phone = GateDevice.objects.get(name="Lan 2")
gate_devices.revoke(device_id=phone.pk, actor=phone.invited_by, at=timezone.now())
print("null")
"""
CONFLICTS = """query ($event: ID!) { checkInConflicts(event: $event) {
    reason name forced { gate wasOffline } first { gate wasOffline }
} }"""
WORKER_RULES = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
READER_KEPT = """async () => {
    for (const name of await caches.keys()) {
        const kept = (await (await caches.open(name)).keys()).map(({ url }) => url);
        if (kept.some(url => url.endsWith('.wasm')) && kept.some(url => url.includes('decoder.worker'))) return true;
    }
    return false;
}"""
LOST = "net::ERR_INTERNET_DISCONNECTED"


@dataclass
class Guest:
    """Somebody with a ticket, as the organiser's list and their own phone have it."""

    name: str
    number: str
    code: str

    def picture(self, folder: Path) -> Path:
        """Their code as a picture."""
        path = folder / f"{self.number[-6:-4]}{abs(hash(self.code))}.png"
        segno.make(self.code, error="m").save(str(path), scale=8, border=4)
        return path


Expect = Callable[..., list[Guest]]


@pytest.fixture
def guests(site: str, site_folder: Path) -> Expect:
    """`guests(1, 4)` → two who have not come yet: one alone, and one of a group of four."""

    def expected(*sizes: int) -> list[Guest]:
        return [Guest(**each) for each in tell(GUESTS % (list(sizes), list(sizes)), folder=site_folder, address=site)]

    return expected


@pytest.fixture
def without_complaints_of_lost_networks() -> Iterator[Callable[[Visitor], None]]:
    """Call it with visitors whose network is cut: what their browsers say of that is no complaint of ours."""
    cut: list[Visitor] = []
    yield cut.append
    for visitor in cut:
        visitor.complaints[:] = [said for said in visitor.complaints if LOST not in said]


def stand(visitor: Visitor, gate: str) -> Page:
    """Log in as the volunteer, and stand at a gate of the open doors."""
    page = log_in(visitor, logins.DOOR, "/soat-ve/")
    begin(page, gate)
    return page


def begin(page: Page, gate: str) -> None:
    """Choose the open doors and the gate."""
    expect(page.get_by_role("heading", name="Hôm nay bạn trực ở đâu?")).to_be_visible()
    if not page.locator("[aria-current=true]").get_by_text(CODE).is_visible():
        page.get_by_text("Sự kiện khác").click()
        page.get_by_role("button", name=re.compile(CODE)).click()
    page.get_by_text(f"Cửa {gate}", exact=True).click()
    page.get_by_role("button", name="Bắt đầu soát vé").click()


def answer(page: Page) -> Locator:
    return page.get_by_role("region", name="Kết quả")


def enter(page: Page, code: str) -> None:
    """Type a code."""
    page.get_by_role("button", name="Nhập số vé").click()
    page.get_by_label("Số in dưới mã QR").fill(code)
    page.keyboard.press("Enter")
    expect(answer(page)).to_be_visible()


def conflicts(organiser: Visitor) -> list[dict[str, Any]]:
    events = ask(organiser, "{ myDoorEvents { id code } }")["myDoorEvents"]
    [event] = [each["id"] for each in events if each["code"] == CODE]
    return list(ask(organiser, CONFLICTS, event=event)["checkInConflicts"])


@pytest.mark.slow
def test_one_ticket_at_two_gates_while_one_has_no_network(
    arrive: Any, guests: Expect, tmp_path: Path, without_complaints_of_lost_networks: Callable[[Visitor], None]
) -> None:
    [guest] = guests(1)
    held, poster = guest.picture(tmp_path), tmp_path / "poster.png"
    segno.make("https://example.vn/", error="m").save(str(poster), scale=8, border=4)
    # The poster is refused, and a refusal waits to be read: so the second gate loses its network before the ticket.
    south = arrive("phone", film=film([(poster, 2), (held, 20)], to=tmp_path / "south.mjpeg"), permissions=["camera"])
    without_complaints_of_lost_networks(south)
    south_page = stand(south, "B")
    expect(answer(south_page)).to_be_visible(timeout=20_000)
    while not kept(south_page)["tickets"]:
        south_page.wait_for_timeout(200)
    if "Mời vào" in (answer(south_page).text_content() or ""):
        pytest.fail("the film began with the ticket")
    south.context.set_offline(True)

    north = arrive("phone", film=film([(None, 1), (held, 60)], to=tmp_path / "north.mjpeg"), permissions=["camera"])
    north_page = stand(north, "A")
    expect(answer(north_page).get_by_role("heading")).to_have_text("Mời vào", timeout=20_000)
    expect(answer(north_page).locator(".name")).to_have_text(guest.name)

    seen_at_south = south_page.get_by_text(guest.name, exact=True)
    for _look in range(8):
        if seen_at_south.is_visible():
            break
        south_page.get_by_role("button", name="Quét tiếp").click()
        south_page.wait_for_timeout(1500)
    expect(answer(south_page).get_by_role("heading")).to_have_text("Mời vào")
    expect(answer(south_page)).to_contain_text("Soát ngoại tuyến · chưa gửi")
    expect(answer(south_page)).to_contain_text("Ngoại tuyến")
    assert barriers(south_page) == []
    organiser = arrive()
    log_in(organiser, logins.ORGANISER, "/")
    assert [each for each in conflicts(organiser) if each["name"] == guest.name] == []

    south.context.set_offline(False)
    expect(answer(south_page)).not_to_contain_text("Chờ gửi", timeout=20_000)
    assert [row for row in kept(south_page)["queue"] if not row["isSent"]] == []
    [double] = [each for each in conflicts(organiser) if each["name"] == guest.name]
    assert (double["reason"], double["forced"], double["first"]) == (
        "ALREADY_REDEEMED",
        {"gate": "B", "wasOffline": True},
        {"gate": "A", "wasOffline": False},
    )


@pytest.mark.slow
def test_a_phone_without_a_network_opens_scans_and_forgets_nothing(
    arrive: Any, guests: Expect, tmp_path: Path, without_complaints_of_lost_networks: Callable[[Visitor], None]
) -> None:
    """Reloaded without a network it still has its shell, its list, its queue and its own reader for codes."""
    filmed, typed, late = guests(1, 1, 1)
    seen = film([(None, 1), (filmed.picture(tmp_path), 3)], to=tmp_path / "camera.mjpeg")
    door = arrive("phone", film=seen, permissions=["camera"])
    without_complaints_of_lost_networks(door)
    page = stand(door, "A")
    expect(answer(page).locator(".name")).to_have_text(filmed.name, timeout=20_000)
    page.wait_for_function(WORKER_RULES)
    page.wait_for_function(READER_KEPT)
    while not kept(page)["tickets"]:
        page.wait_for_timeout(200)

    door.context.set_offline(True)
    page.get_by_role("button", name="Quét tiếp").click()
    page.reload()
    begin(page, "A")
    expect(answer(page).get_by_role("heading")).to_have_text("Đã vào rồi", timeout=20_000)
    expect(answer(page)).to_contain_text("chính máy này")
    page.get_by_role("button", name="Quét tiếp").click()
    for guest in (typed, late):
        # Loaded anew each time: what was scanned before lies in the phone's store, not in its memory.
        page.reload()
        door.context.clear_permissions()
        begin(page, "A")
        enter(page, guest.code)
        expect(answer(page).locator(".name")).to_have_text(guest.name)
        expect(answer(page)).to_contain_text("Soát ngoại tuyến · chưa gửi")
    assert [row["letIn"] for row in kept(page)["queue"] if not row["isSent"]][-2:] == [True, True]
    door.context.set_offline(False)
    expect(answer(page)).to_contain_text("Đã gửi lên máy chủ", timeout=20_000)
    organiser = arrive()
    log_in(organiser, logins.ORGANISER, "/")
    assert [each for each in conflicts(organiser) if each["name"] in (typed.name, late.name)] == []


@pytest.mark.slow
def test_a_family_comes_in_together(arrive: Any, guests: Expect) -> None:
    """One scan, then as many as came; the rest later, with their own code."""
    [first] = guests(4)
    door = arrive("phone", permissions=["camera"])
    page = stand(door, "A")
    enter(page, first.code)
    expect(answer(page)).to_contain_text("Cùng nhóm, 3 người chưa vào")
    page.get_by_role("button", name="Bớt một người").click()
    page.get_by_role("button", name="Cho 2 người vào").click()
    expect(answer(page)).to_contain_text("Cùng nhóm, 1 người chưa vào")
    page.get_by_role("button", name="Cho cả nhóm vào (1)").click()
    expect(answer(page)).to_contain_text("Cả nhóm 4 người đã vào")


@pytest.mark.slow
def test_a_guest_without_a_code_and_one_without_a_ticket(arrive: Any, guests: Expect) -> None:
    """One is found by name without accents, the other registered on the spot; both are in."""
    [guest] = guests(1)
    door = arrive("phone", permissions=["camera"])
    page = stand(door, "A")
    page.get_by_role("button", name="Tìm khách").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("searchbox").fill(fold(guest.name))
    row = sheet.get_by_role("listitem").filter(has_text=guest.number)
    expect(row).to_contain_text("Được vào")
    assert barriers(page) == []
    row.get_by_role("button", name="Cho vào").click()
    expect(answer(page).get_by_role("heading")).to_have_text("Mời vào")
    expect(answer(page).locator(".name")).to_have_text(guest.name)
    page.get_by_role("button", name="Quét tiếp").click()

    page.get_by_role("button", name="Tìm khách").click()
    page.get_by_role("button", name="Khách chưa đăng ký?").click()
    sheet.get_by_label("Họ và tên").fill("Bùi Văn Tám")
    sheet.get_by_label("E-mail nhận vé").fill("bui.van.tam@khach.example")
    sheet.get_by_label("Khách đã nghe và đồng ý").check()
    sheet.get_by_role("button", name="Đăng ký và mời vào").click()
    expect(answer(page).get_by_role("heading")).to_have_text("Mời vào")
    expect(answer(page).locator(".name")).to_have_text("Bùi Văn Tám")


@pytest.mark.slow
def test_a_phone_joins_by_a_scanned_code_and_is_wiped_when_revoked(
    arrive: Any, guests: Expect, site: str, site_folder: Path
) -> None:
    """From the organiser's QR to the first guest without a login; revoked, it knows nobody any more."""
    [guest] = guests(1)
    organiser = arrive()
    address = tell(PLACE, folder=site_folder, address=site)
    desk = log_in(organiser, logins.ORGANISER, address)
    desk.locator("[name=name]").fill("Lan 2")
    desk.get_by_role("button", name="Hiện mã QR").click()
    expect(desk.get_by_text("Dùng được một lần, trong 15 phút")).to_be_visible()
    shown = Image.open(io.BytesIO(desk.screenshot(full_page=True)))
    [code] = [found.text for found in zxingcpp.read_barcodes(shown)]

    phone = arrive("phone", permissions=["camera"])
    page = phone.page
    page.goto(code)
    expect(page.get_by_text("Máy của cửa đã sẵn sàng")).to_be_visible()
    assert urlsplit(page.url).fragment == ""
    assert barriers(page) == []
    begin(page, "A")
    enter(page, guest.code)
    expect(answer(page).get_by_role("heading")).to_have_text("Mời vào")
    expect(answer(page).locator(".name")).to_have_text(guest.name)
    while not kept(page)["tickets"]:
        page.wait_for_timeout(200)

    tell(REVOKE, folder=site_folder, address=site)
    expect(page.get_by_role("heading", name="Máy này đã được thu hồi")).to_be_visible(timeout=20_000)
    assert kept(page) == {"keys": [], "tickets": [], "queue": []}
    assert guest.name not in page.content()
    phone.complaints[:] = [said for said in phone.complaints if "status of 401" not in said]
