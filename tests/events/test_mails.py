"""Letters: what each says in both languages, and what its calendar part tells."""

import re
from typing import Any

import pytest
import zxingcpp
from django.utils.translation import override
from PIL import Image

from events.letters import samples, writing
from events.letters.kinds import KINDS
from network.outbox import compose
from tests.factories import NOW

VI, EN = "Bán hàng cho nhà máy, từ bản thử đến hợp đồng", "Selling to factories: from pilot to contract"
HOST = "Nguyễn Văn Đức"
SUBJECTS = {
    "received": ("Đã nhận đăng ký", "We have your registration"),
    "waitlisted": ("Bạn đang trong danh sách chờ", "You are on the waiting list"),
    "offered": ("Có chỗ cho bạn rồi", "A place for you"),
    "offer_expired": ("Chỗ đã chuyển cho người kế tiếp", "The offered place went on"),
    "declined": ("Bạn đã từ chối nhận chỗ", "You declined the place"),
    "rejected": ("Về đăng ký của bạn", "About your registration"),
    "confirmed": ("Vé của bạn", "Your ticket"),
    "companion": (f"{HOST} đã đăng ký cho bạn", f"{HOST} registered you"),
    "people_added": ("Thêm vé", "More tickets"),
    "resent": ("Gửi lại vé của bạn", "Your ticket once more"),
    "paid": ("Đã nhận phí tham dự", "Your fee arrived"),
    "transferred_to": (f"{HOST} đã chuyển vé cho bạn", f"{HOST} gave you a ticket"),
    "transferred_away": ("Bạn đã chuyển vé", "You handed your ticket on"),
    "place_withdrawn": ("Chỗ của bạn đã được trả lại", "Your place was given back"),
    "cancelled": ("Đăng ký của bạn đã huỷ", "Your registration is cancelled"),
    "moved": ("Đổi giờ hoặc địa điểm", "New time or place"),
    "event_cancelled": ("Đã huỷ", "Cancelled"),
    "reminder": ("Sắp đến giờ gặp nhau", "See you soon"),
}


def _letter(name: str, language: str) -> Any:
    return writing.letter(samples.matter(KINDS[name], language=language, at=NOW), own_words={})


def test_the_table_holds_every_kind() -> None:
    assert set(SUBJECTS) == set(KINDS)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", SUBJECTS)
def test_every_letter_speaks_the_readers_language(name: str, language: str) -> None:
    letter = _letter(name, language)
    vi, en = SUBJECTS[name]
    assert letter.subject == (f"{vi}: {VI}" if language == "vi" else f"{en}: {EN}")
    greeting = "Chào Hà," if language == "vi" else "Dear Hà,"
    day = "Thứ Bảy, 05/12/2026" if language == "vi" else "Saturday, 5 December 2026"
    assert greeting in letter.text
    assert f"{day}, 14:00\u00a0– 16:30" in letter.text
    assert greeting in letter.html
    with override(language):
        assert str(KINDS[name].act) in letter.html
    assert re.search(r"[{}]|%\(|None|Thứ [2-7]", letter.text) is None
    assert re.search(r"[{}]|%\(|None|Thứ [2-7]", letter.html) is None


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_letter_has_its_parts(name: str) -> None:
    message = compose(_letter(name, "vi"), message_id="<1@example.org>", at=NOW)
    kinds = [part.get_content_type() for part in message.walk()]
    codes = ["multipart/related", "text/html", "image/png"] if KINDS[name].shows_tickets else ["text/html"]
    assert kinds == ["multipart/alternative", "text/plain", *codes]
    assert (message["Content-Language"], message["To"]) == ("vi", "Phạm Thu Hà <ha@example.org>")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("offered", "/ve/"),
        ("received", "/ve/"),
        ("confirmed", "/ve/00000000-0000-0000-0000-00000000002f/"),
        ("moved", "/su-kien/ca-phe-047/"),
        ("rejected", "/su-kien/"),
    ],
)
def test_each_letter_leads_to_its_one_act(name: str, address: str) -> None:
    letter = _letter(name, "vi")
    [button] = re.findall(r'<a href="([^"]+)" style="display:inline-block', letter.html)
    assert button == f"http://localhost:8000{address}"
    assert f": {button}\n" in letter.text
    english = _letter(name, "en")
    assert f'href="http://localhost:8000/en{address}" style="display:inline-block' in english.html


def test_the_offer_says_until_when() -> None:
    assert "đến 09:00, Thứ Ba, 24/11/2026." in _letter("offered", "vi").text
    assert "until 09:00, Tuesday, 24 November 2026." in _letter("offered", "en").text


def test_who_waits_reads_where_they_stand() -> None:
    letter = _letter("waitlisted", "vi")
    assert "Thứ tự của bạn trong danh sách: 3 / 12" in letter.text


def test_a_received_fee_is_named() -> None:
    assert "Chúng tôi đã nhận 150.000 đồng." in _letter("paid", "vi").text
    assert "We received 150,000 VND." in _letter("paid", "en").text


def test_the_code_in_the_letter_can_be_scanned(tmp_path: Any) -> None:
    [picture] = _letter("confirmed", "vi").pictures
    (tmp_path / "code.png").write_bytes(picture.png)
    [read] = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
    assert read.text.startswith("HP1:")
