"""What the Vietnamese language asks of software: folding, slugs, sorting by given name, phone numbers.

`fold()` is the one function by which accents become optional: search, autocomplete, slugs and the name filter at
the door all compare folded text, so that they agree on every database.
"""

import re
import unicodedata
from functools import cache

from django.utils.text import slugify

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining marks of the five tones in dictionary order: huyền, hỏi, ngã, sắc, nặng; no mark comes first."""

ALPHABET = tuple("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
"""The 29 letters of the Vietnamese alphabet with f, j, w, z in their Latin places."""

SEARCH_WORDS = 10
"""How many words of a search count."""


def fold(text: str) -> str:
    """Return `text` without accents, in lower case, white space collapsed: "Đổi  mới" gives "doi moi".

    >>> fold("Cà phê Khởi nghiệp")
    'ca phe khoi nghiep'
    """
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())


def search_words(text: str) -> list[str]:
    """Return what a search asks for: the first ten folded words, each of which is a scan of the texts.

    >>> search_words("Cà phê  KHỞI nghiệp")
    ['ca', 'phe', 'khoi', 'nghiep']
    """
    # PostgreSQL takes no NUL, and no text holds one.
    return fold(text.replace("\0", " ")).split()[:SEARCH_WORDS]


def slug(text: str, *, max_length: int = 80) -> str:
    """Return a URL slug, cut at a word: `slug("Đổi mới")` gives "doi-moi" where slugify alone gives "oi-moi"."""
    whole = slugify(fold(text))
    if len(whole) <= max_length:
        return whole
    return whole[: max_length + 1].rsplit("-", 1)[0][:max_length]


@cache
def _letter_weights() -> dict[str, int]:
    return {unicodedata.normalize("NFC", letter): weight for weight, letter in enumerate(ALPHABET, start=1)}


def _word_key(word: str) -> str:
    """Letters first, tones after: the order of Vietnamese dictionaries."""
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", word.lower()):
        marks = unicodedata.normalize("NFD", character)
        tone = next((TONES[mark] for mark in marks if mark in TONES), 0)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        letters.append(f"{_letter_weights().get(base, 0):02d}" if base.isalpha() else base)
        tones.append(str(tone))
    return "".join(letters) + "." + "".join(tones)


def sort_key(text: str) -> str:
    """Return an ASCII key that sorts as a Vietnamese dictionary does, the same on every database."""
    return " ".join(_word_key(word) for word in text.split())


def given_name(full_name: str) -> str:
    """Return the name to greet by: the last word of a Vietnamese full name ("Phạm Thu Hà" gives "Hà")."""
    return full_name.split()[-1] if full_name.split() else ""


def name_sort_key(full_name: str) -> str:
    """Return a key that sorts people by given name, then family and middle names, as class registers do."""
    words = full_name.split()
    return sort_key(" ".join(words[-1:] + words[:-1]))


def phone_as_read(e164: str) -> str:
    """Return a phone number as people here read it: "+84912345678" gives "0912 345 678"."""
    national = re.sub(r"^\+84", "0", e164)
    if re.fullmatch(r"0\d{9}", national):
        return f"{national[:4]} {national[4:7]} {national[7:]}"
    return national
