"""What a reviewer sees marked."""

import pytest

from network.entries import difference
from network.entries.difference import marked


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("bán hàng nhanh", "bán hàng chậm", [("bán hàng ", False), ("nhanh", True)],
         [("bán hàng ", False), ("chậm", True)]),
        ("", "mới", [], [("mới", True)]),
        ("cũ", "", [("cũ", True)], []),
        ("như nhau", "như nhau", [("như nhau", False)], [("như nhau", False)]),
    ],
)  # fmt: skip
def test_words_that_stand_only_on_one_side_are_marked(old: str, new: str, left: object, right: object) -> None:
    assert marked(old, new) == (left, right)


def test_very_long_texts_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference, "LONGEST", 3)
    assert marked("a b c d", "a b c e") == ([("a b c d", True)], [("a b c e", True)])
