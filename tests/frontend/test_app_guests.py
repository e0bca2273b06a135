"""Groups, questions, guests without their code, and newcomers, at a door with a network."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.frontend.door import RULES, FakeGraphQL, admitted, guest, refused, shell_served
from tests.frontend.phones import Meet, chromium, phones
from tests.journeys.accessibility import barriers

pytestmark = pytest.mark.browser

NUMBER = "HPCF 047 0931 6"
OTHERS = [{"number": f"HPCF 047 000{n} · 0", "name": name} for n, name in enumerate(("Vũ Anh", "Vũ Ngọc", "Vũ Huy"))]
ASKED = {
    "id": "q-1", "kind": "CHOICE", "label": "Anh/chị ăn trưa món gì?", "helpText": "", "isRequired": True,
    "choices": [{"value": "ga", "label": "Cơm gà"}, {"value": "chay", "label": "Cơm chay"}],
    "least": None, "most": None, "showIf": None,
}  # fmt: skip


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


def found(**more: Any) -> dict[str, Any]:
    return {
        "number": NUMBER, "name": "Phạm Thu Hà", "ticketType": "Khách mời", "status": "Được vào", "state": "GOOD",
        "registrationNumber": 12, "party": 1, **more,
    }  # fmt: skip


def test_a_group_goes_in_as_many_as_came(meet: Meet) -> None:
    answer = admitted("Vũ Long")
    answer["admission"]["party"] = {"size": 4, "inside": 1, "waiting": OTHERS}
    door = meet(FakeGraphQL(guests=[], answers={NUMBER: answer}), native=True)
    door.start()
    door.type(NUMBER)
    expect(door.answer).to_contain_text("Cùng nhóm, 3 người chưa vào")
    assert barriers(door.page) == []
    door.press("Bớt một người")
    door.page.get_by_role("button", name="Cho 2 người vào").click()
    expect(door.answer).to_contain_text("Cùng nhóm, 1 người chưa vào")
    door.press("Cho cả nhóm vào (1)")
    expect(door.answer).to_contain_text("Cả nhóm 4 người đã vào")
    [sent] = door.api.redeemed
    assert [(each["nonce"], each["count"]) for each in door.api.parties] == [(sent["nonce"], 2), (sent["nonce"], 3)]


def test_a_question_is_asked_and_the_answer_sent(meet: Meet) -> None:
    api = FakeGraphQL(guests=[])
    api.answers[NUMBER] = {**admitted(), "status": "INCOMPLETE", "questions": [ASKED]}
    door = meet(api, native=True)
    door.start()
    door.type(NUMBER)
    expect(door.answer.get_by_role("heading")).to_have_text("Cần hỏi\u00a0thêm")
    door.press("Hỏi khách")
    sheet = door.page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Lưu và mời vào")).to_be_disabled()
    assert barriers(door.page) == []
    sheet.get_by_text("Cơm chay").click()
    api.answers[NUMBER] = admitted()
    sheet.get_by_role("button", name="Lưu và mời vào").click()
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")
    first, second = api.redeemed
    assert first["nonce"] != second["nonce"]
    assert second["answers"] == [{"questionId": "q-1", "choices": ["chay"]}]


def test_a_guest_is_found_and_let_in(meet: Meet) -> None:
    others = [found(name="Đỗ Thị Lan", state="INSIDE", status="Đã ở trong"), found(number=None, state="UNAPPROVED")]
    api = FakeGraphQL(guests=[], answers={NUMBER: admitted()}, found=[found(), *others])
    door = meet(api, native=True)
    door.start()
    door.press("Tìm khách")
    sheet = door.page.get_by_role("dialog")
    sheet.get_by_role("searchbox").fill("pham")
    expect(sheet.get_by_role("listitem")).to_have_count(3)
    assert barriers(door.page) == []
    expect(sheet.get_by_role("button", name="Cho vào")).to_have_count(1)
    sheet.get_by_role("button", name="Cho vào").click()
    expect(door.answer.get_by_text("Phạm Thu Hà")).to_be_visible()
    assert [sent["code"] for sent in api.redeemed] == [NUMBER]


def test_a_newcomer_is_asked_aloud_and_let_in(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[]), native=True)
    door.start()
    door.press("Tìm khách")
    door.press("Khách chưa đăng ký?")
    sheet = door.page.get_by_role("dialog")
    assert barriers(door.page) == []
    box = sheet.get_by_label("Khách đã nghe và đồng ý")
    expect(box).not_to_be_checked()
    sheet.get_by_label("Họ và tên").fill("Bùi Văn Tám")
    sheet.get_by_label("E-mail nhận vé").fill("tam@khach.example")
    expect(sheet.get_by_role("button", name="Đăng ký và mời vào")).to_be_disabled()
    box.check()
    refusal = {"code": "EMAIL_TAKEN", "field": "email", "message": "Địa chỉ này đã có vé."}
    door.api.newcomer = {**admitted(), "number": None, "status": None, "admission": None, "errors": [refusal]}
    sheet.get_by_role("button", name="Đăng ký và mời vào").click()
    expect(sheet.get_by_role("alert")).to_have_text("Địa chỉ này đã có vé.")
    door.api.newcomer = {**admitted("Bùi Văn Tám"), "number": NUMBER}
    sheet.get_by_label("E-mail nhận vé").fill("bui.tam@khach.example")
    sheet.get_by_role("button", name="Đăng ký và mời vào").click()
    expect(door.answer.get_by_text("Bùi Văn Tám")).to_be_visible()
    first, second = door.api.newcomers
    assert (first["agrees"], first["phone"]) == (True, None)
    assert first["nonce"] != second["nonce"]
    assert door.page.get_by_role("button", name="Hoàn tác").is_visible()


def test_out_is_another_direction(meet: Meet) -> None:
    api = FakeGraphQL(guests=[], rules={**RULES, "allowsReentry": True}, answers={NUMBER: admitted()})
    door = meet(api, native=True)
    door.start()
    door.press("Ra")
    door.type(NUMBER)
    expect(door.answer.get_by_role("heading")).to_have_text("Hẹn gặp lại")
    door.press("Quét tiếp")
    door.press("Vào")
    door.type(NUMBER)
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")
    assert [sent["direction"] for sent in api.redeemed] == ["EXIT", "ENTRY"]


def test_no_way_out_where_nobody_comes_back(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[]), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    expect(door.page.get_by_role("button", name="Ra", exact=True)).to_have_count(0)


def test_answers_are_spoken_when_asked_for(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[], answers={NUMBER: admitted(), "X": refused("INVALID")}), native=True)
    door.page.add_init_script(
        "window.said = []; speechSynthesis.speak = saying => said.push([saying.lang, saying.text])"
    )
    door.start()
    door.type(NUMBER)
    door.press("Quét tiếp")
    assert door.page.evaluate("said") == []
    door.press("Cài đặt")
    door.page.get_by_role("group", name="Đọc to kết quả").get_by_text("Bật").click()
    door.page.keyboard.press("Escape")
    door.type(NUMBER)
    expect(door.answer).to_be_visible()
    assert door.page.evaluate("said.at(-1)") == ["vi-VN", "mời vào. phạm thu hà"]


def test_a_thousand_guests_come_in_pages(meet: Meet) -> None:
    door = meet(FakeGraphQL(guests=[guest(number, f"Khách {number}") for number in range(1, 1201)]), native=True)
    door.start()
    expect(door.page.get_by_text("Đã gửi hết")).to_be_visible()
    assert door.api.asked.count("DoorSnapshot") == 3
    door.page.get_by_role("button", name="Đã gửi hết").click()
    expect(door.page.get_by_role("dialog")).to_contain_text("1.200 vé")


def test_a_fee_is_taken_at_the_door(meet: Meet) -> None:
    owing = {**admitted()["admission"], "registrationId": "registration-1", "due": 50_000}
    api = FakeGraphQL(guests=[], answers={NUMBER: refused("UNPAID", admission=owing)})
    door = meet(api, native=True)
    door.start()
    door.type(NUMBER)
    expect(door.answer.get_by_role("heading")).to_have_text("Chưa thanh\u00a0toán")
    assert barriers(door.page) == []
    api.answers[NUMBER] = admitted()
    door.press("Đã thu 50.000 ₫")
    expect(door.answer.get_by_role("heading")).to_have_text("Mời vào")
    first, second = api.redeemed
    assert [fee["registrationId"] for fee in api.fees] == ["registration-1"]
    assert first["nonce"] != second["nonce"]
