"""The door app without a network: it decides alone, keeps what it did through everything, and sends it later."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.frontend.door import CITY, RULES, Door, FakeGraphQL, admitted, code_of, event, guest, shell_served, today
from tests.frontend.phones import HANDHELD, Meet, chromium, kept, phones
from tests.journeys.accessibility import barriers

pytestmark = pytest.mark.browser

HA, DUC, BAO = guest(931, "Phạm Thu Hà"), guest(932, "Nguyễn Văn Đức"), guest(933, "Trần Quốc Bảo")
MORNING = today().replace(hour=8, minute=31).isoformat()
IN_THE_MORNING = {"direction": "ENTRY", "at": MORNING, "gate": "B", "device": "Lan 2", "nonce": "n-1"}
ONLY_HERE = "Soát ngoại tuyến · chưa gửi"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with shell_served() as served:
        yield served


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def meet(address: str, started: Browser) -> Iterator[Meet]:
    with phones(address, started) as meet:
        yield meet


def at_the_door(meet: Meet, *guests: dict[str, Any], **more: Any) -> Door:
    """A phone with these guests on its list, which then loses its network."""
    door = meet(FakeGraphQL(guests=list(guests), **more), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    door.api.down = True
    return door


def back_online(door: Door) -> None:
    door.api.down = False
    door.page.evaluate("dispatchEvent(new Event('online'))")


def test_a_true_code_is_let_in_kept_and_sent_later(meet: Meet) -> None:
    door = at_the_door(meet, HA)
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")
    expect(door.answer.get_by_text("Phạm Thu Hà")).to_be_visible()
    expect(door.answer).to_contain_text(ONLY_HERE)
    expect(door.answer).to_contain_text("Chờ gửi 1")
    [row] = kept(door.page)["queue"]
    assert (row["letIn"], row["ticketId"], row["wasAsked"], row["isSent"]) == (True, HA["id"], True, False)
    assert "Phạm" not in str(row)
    back_online(door)
    expect(door.answer).to_contain_text("Đã gửi lên máy chủ")
    [sent] = door.api.uploaded
    [asked] = door.api.redeemed
    assert sent["nonce"] == asked["nonce"], "what had no answer is the same scan"
    assert sent == {
        "nonce": asked["nonce"], "listId": "list-1", "code": code_of(HA), "gateId": "gate-A", "direction": "ENTRY",
        "scannedAt": asked["scannedAt"], "letIn": True, "reason": None, "leadNonce": None,
    }  # fmt: skip
    door.press("Quét tiếp")
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()


@pytest.mark.parametrize(
    ("ticket", "version", "word", "reason"),
    [
        (HA, 2, "Mời vào", None),
        ({**HA, "version": 2}, 1, "Vé đã được thay", "REVOKED"),
        ({**HA, "state": "CANCELED"}, 1, "Vé đã huỷ", "CANCELED"),
        ({**HA, "state": "UNPAID"}, 1, "Chưa thanh\u00a0toán", "UNPAID"),
        ({**HA, "state": "BLOCKED"}, 1, "Vé bị khoá", "BLOCKED"),
        ({**HA, "state": "PRODUCT"}, 1, "Sai danh\u00a0sách", "PRODUCT"),
        ({**HA, "scans": [IN_THE_MORNING]}, 1, "Đã vào rồi", "ALREADY_REDEEMED"),
    ],
)
def test_the_list_on_the_phone_decides(
    meet: Meet, ticket: dict[str, Any], version: int, word: str, reason: str | None
) -> None:
    door = at_the_door(meet, ticket)
    door.type(code_of(ticket, version))
    expect(door.answer.get_by_role("heading")).to_be_visible()
    assert door.answer.get_by_role("heading").text_content() == word
    assert barriers(door.page) == []
    back_online(door)
    expect(door.answer).to_contain_text("Đã gửi lên máy chủ")
    assert [(sent["letIn"], sent["reason"]) for sent in door.api.uploaded] == [(reason is None, reason)]


def test_the_first_entry_is_told_without_a_network(meet: Meet) -> None:
    door = at_the_door(meet, {**DUC, "scans": [IN_THE_MORNING]})
    door.type(code_of(DUC))
    expect(door.answer.locator(".facts span")).to_have_text(["Cửa B lúc 08:31", "máy “Lan 2”"])


def test_a_true_code_that_is_not_on_the_list_is_let_in_and_marked(meet: Meet) -> None:
    door = at_the_door(meet, HA)
    door.type(code_of(BAO))
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")
    expect(door.answer).to_contain_text("Vé thật, nhưng chưa có trong danh sách của máy")
    door.press("Quét tiếp")
    door.type(code_of(BAO))
    expect(door.answer.get_by_role("heading")).to_have_text("Đã vào rồi")


@pytest.mark.parametrize("change", ["forged", "cut", "foreign", "number"])
def test_what_is_not_ours_is_refused_without_a_network(meet: Meet, change: str) -> None:
    door = at_the_door(meet, HA)
    true = code_of(HA)
    other = {"forged": true[:60] + ("B" if true[60] == "A" else "A") + true[61:], "cut": true[:-3]}
    door.type({**other, "foreign": "https://example.vn/ve/1", "number": "HPCF 047 0001 1"}[change])
    expect(door.answer.get_by_role("heading")).to_have_text("Vé không hợp\u00a0lệ")


def test_a_typed_number_is_found_on_the_phone(meet: Meet) -> None:
    door = at_the_door(meet, HA)
    door.type(HA["number"].lower().replace(" · ", "-"))
    expect(door.answer.get_by_text("Phạm Thu Hà")).to_be_visible()


def test_nothing_is_lost_by_a_reload_without_a_network(meet: Meet) -> None:
    door = at_the_door(meet, HA, DUC)
    door.type(code_of(HA))
    expect(door.answer).to_contain_text(ONLY_HERE)
    door.start()
    expect(door.page.get_by_text("Chờ gửi 1", exact=True)).to_be_visible()
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Đã vào rồi")
    expect(door.answer).to_contain_text("chính máy này")
    door.press("Quét tiếp")
    door.type(code_of(DUC))
    expect(door.answer.get_by_text("Nguyễn Văn Đức")).to_be_visible()
    back_online(door)
    expect(door.answer).to_contain_text("Đã gửi lên máy chủ")
    assert [(sent["code"], sent["letIn"]) for sent in door.api.uploaded] == [
        (code_of(HA), True), (code_of(HA), False), (code_of(DUC), True),
    ]  # fmt: skip


def test_a_silent_server_holds_nobody_up(meet: Meet) -> None:
    """It takes longer than a line waits; then the phone decides, and after two silences it does not even ask."""
    door = at_the_door(meet, HA, DUC, BAO)
    for number, ticket in enumerate((HA, DUC, BAO)):
        door.type(code_of(ticket))
        expect(door.answer).to_contain_text(f"Chờ gửi {number + 1}")
        door.press("Quét tiếp")
    assert len(door.api.redeemed) < 3
    assert [row["wasAsked"] for row in kept(door.page)["queue"]][-1] is False


def test_many_are_sent_in_batches_and_what_is_not_taken_stays(meet: Meet) -> None:
    guests = [guest(number, f"Khách {number}") for number in range(1, 61)]
    door = at_the_door(meet, *guests)
    door.api.not_taken = {code_of(guests[3])}
    for ticket in guests:
        door.page.evaluate(HANDHELD, code_of(ticket))
        expect(door.answer.get_by_text(ticket["name"], exact=True)).to_be_visible()
    expect(door.answer).to_contain_text("Chờ gửi 60")
    door.api.asked.clear()
    back_online(door)
    expect(door.answer.get_by_text("Chờ gửi 1", exact=True)).to_be_visible(timeout=15_000)
    assert door.api.asked.count("UploadScans") >= 2
    assert [sent["code"] for sent in door.api.uploaded[:60]] == [code_of(ticket) for ticket in guests]
    door.api.not_taken = set()
    back_online(door)
    expect(door.answer).to_contain_text("312 / 480")
    assert len({sent["nonce"] for sent in door.api.uploaded}) == 60


def test_what_waits_is_shown(meet: Meet) -> None:
    door = at_the_door(meet, HA)
    for ticket in (HA, BAO):
        door.type(code_of(ticket))
        door.press("Quét tiếp")
    door.page.get_by_role("button", name="Ngoại tuyến, vẫn soát được").click()
    sheet = door.page.get_by_role("dialog")
    expect(sheet.get_by_role("listitem")).to_have_count(2)
    expect(sheet).to_contain_text("Phạm Thu Hà")
    expect(sheet).to_contain_text("Vé chưa rõ tên")
    expect(sheet).to_contain_text("1 vé, lấy lúc")
    assert barriers(door.page) == []
    door.api.down = False
    sheet.get_by_role("button", name="Gửi ngay").click()
    expect(sheet).to_contain_text("Máy chủ đã nhận đủ mọi lượt quét của máy này.")


def test_what_other_gates_did_is_known_here(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[HA, DUC]), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    door.api.news = [{"ticketId": HA["id"], **IN_THE_MORNING, "annulled": False, "sequence": 1}]
    expect(door.page.get_by_text("313 / 480")).to_be_visible()
    door.api.down = True
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Đã vào rồi")
    door.press("Quét tiếp")
    door.api.down = False
    door.api.news += [{"ticketId": HA["id"], **IN_THE_MORNING, "annulled": True, "sequence": 2}]
    back_online(door)
    expect(door.page.get_by_text("314 / 480")).to_be_visible()
    door.api.down = True
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")


def test_what_this_phone_did_online_is_known_offline(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[HA], answers={code_of(HA): admitted()}), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    door.type(code_of(HA))
    expect(door.answer).to_contain_text("người thứ 313")
    door.press("Quét tiếp")
    door.api.down = True
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Đã vào rồi")


def test_what_only_waits_is_taken_back_here(meet: Meet) -> None:
    door = at_the_door(meet, HA, DUC, BAO)
    for ticket in (HA, DUC):
        door.type(code_of(ticket))
        expect(door.answer).to_contain_text(ONLY_HERE)
        door.press("Quét tiếp")
    expect(door.page.get_by_text("Chờ gửi 2", exact=True)).to_be_visible()
    door.type(code_of(BAO))
    door.press("Hoàn tác")
    expect(door.answer.get_by_role("heading")).to_have_text("Đã hoàn\u00a0tác")
    assert [row["ticketId"] for row in kept(door.page)["queue"]] == [HA["id"], DUC["id"]]
    door.press("Quét tiếp")
    door.type(code_of(BAO))
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")


def test_a_group_goes_in_without_a_network(meet: Meet) -> None:
    family = [guest(number, name, group="nhà-Vũ") for number, name in ((1, "Vũ Long"), (2, "Vũ Anh"), (3, "Vũ Ngọc"))]
    door = at_the_door(meet, *family)
    door.type(code_of(family[1]))
    expect(door.answer).to_contain_text("Cùng nhóm, 2 người chưa vào")
    assert barriers(door.page) == []
    door.press("Bớt một người")
    door.page.get_by_role("button", name="Cho 1 người vào").click()
    expect(door.answer).to_contain_text("Cùng nhóm, 1 người chưa vào")
    door.press("Cho cả nhóm vào (1)")
    expect(door.answer).to_contain_text("Cả nhóm 3 người đã vào")
    door.press("Quét tiếp")
    door.type(code_of(family[0]))
    expect(door.answer.get_by_role("heading")).to_have_text("Đã vào rồi")
    back_online(door)
    expect(door.answer).to_contain_text("Đã gửi lên máy chủ")
    lead, one, another, refused = door.api.uploaded
    assert (one["leadNonce"], another["leadNonce"]) == (lead["nonce"], lead["nonce"])
    assert [one["code"], another["code"]] == [family[0]["number"], family[2]["number"]]
    assert (lead["leadNonce"], refused["letIn"]) == (None, False)


def test_the_group_is_not_offered_to_who_is_not_let_in(meet: Meet) -> None:
    family = [guest(1, "Vũ Long", group="nhà-Vũ", state="CANCELED"), guest(2, "Vũ Anh", group="nhà-Vũ")]
    door = at_the_door(meet, *family)
    door.type(code_of(family[0]))
    expect(door.answer.get_by_role("heading")).to_have_text("Vé đã huỷ")
    expect(door.answer.get_by_text("Cùng nhóm")).to_have_count(0)


def test_out_and_in_again_without_a_network(meet: Meet) -> None:
    earlier = {**IN_THE_MORNING, "at": (datetime.now(CITY) - timedelta(minutes=30)).isoformat()}
    door = at_the_door(meet, {**HA, "scans": [earlier]}, rules={**RULES, "allowsReentry": True})
    door.press("Ra")
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Hẹn gặp lại")
    assert barriers(door.page) == []
    door.press("Quét tiếp")
    door.press("Vào")
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")
    door.press("Quét tiếp")
    door.type(code_of(HA))
    expect(door.answer.get_by_role("heading")).to_have_text("Đã vào rồi")
    back_online(door)
    expect(door.answer).to_contain_text("Đã gửi lên máy chủ")
    assert [sent["direction"] for sent in door.api.uploaded] == ["EXIT", "ENTRY", "ENTRY"]


def test_a_name_is_found_without_a_network(meet: Meet) -> None:
    door = at_the_door(meet, HA, {**DUC, "scans": [IN_THE_MORNING]})
    door.press("Tìm khách")
    door.page.get_by_role("searchbox").fill("van duc")
    row = door.page.get_by_role("listitem")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Đã ở trong")
    expect(row.get_by_role("button")).to_have_count(0)
    door.page.get_by_role("searchbox").fill("THU ha")
    expect(row).to_contain_text("Phạm Thu Hà")
    expect(door.page.get_by_text("Mất mạng: chỉ tìm theo tên")).to_be_visible()
    row.get_by_role("button", name="Cho vào").click()
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")


def test_another_event_leaves_no_name_of_the_first(meet: Meet) -> None:
    events = [event(47, starts_at=today(), gates="A"), event(48, starts_at=today(), gates="A")]
    events[1]["checkInLists"] = [{**events[1]["checkInLists"][0], "id": "list-48"}]
    door = meet(FakeGraphQL(guests=[HA], events=events), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    door.api.guests = [DUC]
    door.open()
    door.page.get_by_text("Sự kiện khác (1)").click()
    door.page.get_by_role("button", name="CAFE 048").click()
    door.press("Bắt đầu soát vé")
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    assert [ticket["name"] for ticket in kept(door.page)["tickets"]] == ["Nguyễn Văn Đức"]
