"""Names that may stand on a ticket, and those that may not."""

import pytest

from network import names
from network.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Phạm   Thu Hà ", "Phạm Thu Hà"),
        ("Nguyễn\r\nVăn\tĐức", "Nguyễn Văn Đức"),
        ("Lê \u202eThị\u200b Cúc", "Lê Thị Cúc"),
        ("O'Brien-Nguyễn, Jr.", "O'Brien-Nguyễn, Jr."),
    ],
)
def test_a_name_is_kept_as_people_write_it(typed: str, kept: str) -> None:
    assert names.cleaned(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "required"),
        (" \u200b ", "required"),
        ("x" * 121, "too_long"),
        ("12345", "not_a_name"),
        ("=?utf-8?q?a=2C_evil=40x=2Evn=2C?=", "not_a_name"),
        ('Nguyễn, "B" <evil@x.vn>', "not_a_name"),
        ("Nhận quà tại https://evil.example", "not_a_name"),
    ],
)
def test_what_is_no_name_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        names.cleaned(typed)
    assert (refused.value.field, refused.value.facts["reason"]) == ("full_name", reason)
