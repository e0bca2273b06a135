"""What is different between two texts, word by word: for who reviews, and for the history."""

import re
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
LONGEST = 2000
"""Words; beyond, the texts stand side by side unmarked: comparing takes the square of their length."""

Piece = tuple[str, bool]


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces: (text, whether it stands only here)."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if max(len(before), len(after)) > LONGEST:
        return [(old, True)], [(new, True)]
    left: list[Piece] = []
    right: list[Piece] = []
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if b > a:
            left.append(("".join(before[a:b]), act != "equal"))
        if d > c:
            right.append(("".join(after[c:d]), act != "equal"))
    return left, right
