"""Accents are optional when people type, and never when people read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.vietnamese import fold, given_name, name_sort_key, phone_as_read, search_words, slug, sort_key


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Đổi mới sáng tạo", "doi moi sang tao"),
        ("  Cà phê   khởi nghiệp ", "ca phe khoi nghiep"),
        ("Nguyễn Văn Đức", "nguyen van duc"),
        (unicodedata.normalize("NFD", "Ngày hội ĐMST"), "ngay hoi dmst"),
        ("Straße", "strasse"),
    ],
)
def test_fold(written: str, typed: str) -> None:
    assert fold(written) == typed


def test_a_search_is_its_first_ten_folded_words() -> None:
    assert search_words("  Cà phê\0 Đổi  mới ") == ["ca", "phe", "doi", "moi"]
    assert search_words(" ".join(f"Từ{number}" for number in range(1000))) == [f"tu{number}" for number in range(10)]
    assert search_words(" \0 ") == []


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_slug_keeps_the_letter_that_slugify_drops() -> None:
    assert slug("Đổi mới sáng tạo") == "doi-moi-sang-tao"


def test_slug_is_cut_at_a_word() -> None:
    assert slug("Bán hàng cho nhà máy", max_length=14) == "ban-hang-cho"


def test_tones_sort_as_in_a_dictionary() -> None:
    words = ["má", "mạ", "ma", "mã", "mà", "mả"]
    assert sorted(words, key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_letters_sort_before_tones() -> None:
    words = ["đa", "dạ", "ân", "ăn", "an", "ơn", "ôn", "on"]
    assert sorted(words, key=sort_key) == ["an", "ăn", "ân", "dạ", "đa", "on", "ôn", "ơn"]


def test_people_sort_by_given_name() -> None:
    people = ["Vũ Đức Anh", "Bùi Thị Hà", "Trần Văn An", "Lê Thị Ánh"]
    assert sorted(people, key=name_sort_key) == ["Trần Văn An", "Vũ Đức Anh", "Lê Thị Ánh", "Bùi Thị Hà"]


def test_the_name_to_greet_by_is_the_last_word() -> None:
    assert given_name("Phạm Thu Hà") == "Hà"
    assert given_name("") == ""


def test_phone_as_it_is_read_here() -> None:
    assert phone_as_read("+84912345678") == "0912 345 678"
