"""The entries of one kind in memory: each word and each value of a facet as the set of entries that have it.

Entries have numbers in the order in which they were put here. Sets of them are bits of whole numbers, so that the
entries with a value are counted by an intersection. An entry that changed is put here anew and its old number is dead:
nothing is ever taken out, and what a reader holds stays true. When half is dead, the shelf is filled anew.

What is held are texts, bytes and whole numbers: the garbage collector passes them by. Lists for every word made it stop
the process for a quarter of a second now and then.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from network.directory.spelling import Speller
from network.directory.words import MADE

Row = tuple[int, str, str]
"""An entry's id, its sort key and its card; an empty card takes it off the shelf."""


def bits_of(numbers: Iterable[int], size: int) -> int:
    """Return a set of numbers below `size` as bits."""
    held = bytearray(size // 8 + 1)
    for number in numbers:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def numbers_of(bits: int, among: Sequence[int], size: int) -> list[int]:
    """Return those of `among` that are in a set, in their order."""
    held = bits.to_bytes(size // 8 + 1, "little")
    return [number for number in among if held[number >> 3] >> (number & 7) & 1]


class News:
    """The numbers that are to be noted, by weight and word, and by facet and value."""

    def __init__(self) -> None:
        self.postings: dict[tuple[int, str], array[int]] = {}
        self.values: dict[tuple[str, str], list[int]] = {}


class Shelf:
    """Entries of one kind. Not to be read while it is filled: `network.directory.memory` holds the lock."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.keys: list[str] = []
        self.names: list[tuple[str, ...]] = []
        self.alive = 0
        self.values: dict[str, dict[str, int]] = {}
        self.wards: dict[str, str] = {}
        self._numbers: dict[int, int] = {}
        self._postings: dict[int, dict[str, bytes]] = {}
        self._written: dict[str, None] = {}
        self._known: dict[str, None] = {}
        self._sorted: dict[bool, list[str]] = {}
        self._speller = Speller()
        self._order: list[int] | None = []

    @property
    def size(self) -> int:
        """How many numbers were given, dead ones too."""
        return len(self.ids)

    @property
    def is_worn(self) -> bool:
        """Whether more than half of it is dead."""
        return self.size > 1000 and self.alive.bit_count() * 2 < self.size

    def put(self, rows: Iterable[Row]) -> None:
        """Put entries here, in place of what was known of them."""
        dead: set[int] = set()
        news = News()
        first = self.size
        for entry_id, key, card in rows:
            before = self._numbers.pop(entry_id, None)
            if before is not None:
                dead.add(before)
            if card:
                self._add(entry_id, key, json.loads(card), news)
        self._note(news)
        new = bits_of(range(first, self.size), self.size)
        self.alive = (self.alive | new) & ~bits_of(dead, self.size)
        self._order = None
        self._sorted = {}

    def _add(self, entry_id: int, key: str, card: dict, news: News) -> None:  # type: ignore[type-arg]  # as JSON has it
        number = self.size
        self._numbers[entry_id] = number
        self.ids.append(entry_id)
        self.keys.append(key)
        self.names.append(tuple(f" {name} " for name in card["n"]))
        for weight, words in card["w"].items():
            for word in words.split():
                news.postings.setdefault((int(weight), word), array("I")).append(number)
        for facet, values in card["f"].items():
            for value in values:
                news.values.setdefault((facet, value), []).append(number)
        for value in card["f"].get("ward", ()):
            self.wards[value] = card["a"]

    def _note(self, news: News) -> None:
        for (facet, value), numbers in news.values.items():
            held = self.values.setdefault(facet, {})
            held[value] = held.get(value, 0) | bits_of(numbers, self.size)
        for (weight, word), posted in news.postings.items():
            by_word = self._postings.setdefault(weight, {})
            by_word[word] = by_word.get(word, b"") + posted.tobytes()
            self._known[word] = None
            if weight not in MADE:
                self._written[word] = None

    def order(self) -> list[int]:
        """Return the living numbers in the order of their names."""
        if self._order is None:
            living = numbers_of(self.alive, range(self.size), self.size)
            self._order = sorted(living, key=lambda number: (self.keys[number], self.ids[number]))
        return self._order

    def postings(self, word: str) -> dict[int, memoryview]:
        """Return the entries that have the word, by what it weighs in them."""
        return {
            weight: memoryview(by_word[word]).cast("I") for weight, by_word in self._postings.items() if word in by_word
        }

    def beginning(self, start: str) -> Iterator[str]:
        """Return the longer words that begin so.

        Of a word that somebody wrote only words that somebody wrote: who has "quybuom" made of two has "quy" as well.
        """
        words = self._in_order(written=start in self._written)
        place = bisect_right(words, start)
        while place < len(words) and words[place].startswith(start):
            yield words[place]
            place += 1

    def _in_order(self, *, written: bool) -> list[str]:
        if written not in self._sorted:
            self._sorted[written] = sorted(self._written if written else self._known)
        return self._sorted[written]

    def near(self, word: str) -> dict[str, int]:
        """Return the words that may have been meant, each with its number of mistakes."""
        self._speller.learn(list(self._written))
        return self._speller.near(word)
