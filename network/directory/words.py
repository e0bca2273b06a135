"""The words of a text as the search compares them: folded, cut at what is no letter, with the field's abbreviations."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from network.vietnamese import SEARCH_WORDS, fold

NAME, CODE, INITIALS, JOINED, HEAD, FIELD, PLACE, BODY = 12, 10, 9, 8, 4, 3, 2, 1
"""What a word weighs: in the name, in the code, as first letters of the name or two of its words written as one, in
the line below it, as a field of work or kind, in the address, in the long texts."""

MADE = frozenset({INITIALS, JOINED})
"""Words that nobody wrote: they are not what somebody meant who mistyped."""

LONGEST = 40
"""Letters of a word that count."""

QUIET: Final = frozenset({"va", "cua", "cho", "voi", "of", "the", "and", "for", "with"})
"""Words that tell no entry from another."""

SHORT: Final[dict[str, tuple[str, ...]]] = {
    "ai": ("tri tue nhan tao", "artificial intelligence"),
    "cd": ("cao dang",),
    "cds": ("chuyen doi so",),
    "clb": ("cau lac bo",),
    "cntt": ("cong nghe thong tin",),
    "dh": ("dai hoc",),
    "dmst": ("doi moi sang tao",),
    "dn": ("doanh nghiep",),
    "gddt": ("giao duc dao tao",),
    "hp": ("hai phong",),
    "iot": ("internet van vat", "internet of things"),
    "kcn": ("khu cong nghiep",),
    "khcn": ("khoa hoc cong nghe",),
    "khkt": ("khoa hoc ky thuat",),
    "kkt": ("khu kinh te",),
    "knst": ("khoi nghiep sang tao",),
    "rd": ("nghien cuu phat trien",),
    "shtt": ("so huu tri tue",),
    "st": ("science technology",),
    "tp": ("thanh pho",),
    "tt": ("trung tam",),
    "ubnd": ("uy ban nhan dan",),
    "vc": ("dau tu mao hiem", "von mao hiem", "venture capital"),
    "vhttdl": ("van hoa the thao du lich",),
}
"""The abbreviations of the field. Whoever writes one is found by the other's words, both ways."""

_AMPERSAND = re.compile(r"(?<=\w)&(?=\w)")
_WORD = re.compile(r"[^\W_]+")


def cut(text: str) -> list[str]:
    """Return the folded words of a text; "KH&CN" is one.

    >>> cut("Công viên Khoa học & ĐMST")
    ['cong', 'vien', 'khoa', 'hoc', 'dmst']
    """
    return [word[:LONGEST] for word in _WORD.findall(_AMPERSAND.sub("", fold(text.replace("\0", " "))))]


def asked(text: str) -> list[str]:
    """Return the words that a search asks for: ten at most, quiet ones only if there are no others."""
    words = cut(text)[: SEARCH_WORDS * 2]
    telling = [word for word in words if word not in QUIET] or words
    return list(dict.fromkeys(telling))[:SEARCH_WORDS]


def told(text: str) -> set[str]:
    """Return the words by which a text is found, its abbreviations written out and its long forms shortened."""
    words = cut(text)
    found = set(words)
    flat = f" {' '.join(word for word in words if word not in QUIET)} "
    for short, phrases in SHORT.items():
        if short in found:
            found.update(*(phrase.split() for phrase in phrases))
        elif any(f" {phrase} " in flat for phrase in phrases):
            found.add(short)
    return found


def initials(name: str) -> set[str]:
    """Return the first letters of a name's words from each of them on: "Đại học Hải Phòng" gives dhhp and hhp.

    Abbreviations inside a name are read as their long forms; whoever types the first letters of a part of the name
    types the beginning of one of these.
    """
    letters = ""
    for word in cut(name):
        if word not in QUIET:
            letters += "".join(part[0] for part in SHORT.get(word, (word,))[0].split())
    return {letters[start:][:LONGEST] for start in range(len(letters) - 2)}


def joined(name: str) -> set[str]:
    """Return neighbouring words of a name written as one: "Hải Phòng" is found by haiphong."""
    words = cut(name)
    return {first + second for first, second in pairwise(words) if len(first + second) <= LONGEST}


def by_weight(weighed: Iterable[tuple[int, set[str]]]) -> dict[int, set[str]]:
    """Return each word once, at the highest of its weights."""
    best: dict[str, int] = {}
    for weight, words in weighed:
        for word in words:
            best[word] = max(weight, best.get(word, 0))
    grouped: dict[int, set[str]] = {}
    for word, weight in best.items():
        grouped.setdefault(weight, set()).add(word)
    return grouped
