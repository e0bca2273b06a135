"""The entries of one kind in memory: each word and each value of a facet as the set of entries that have it.

Entries have numbers in the order in which they were put here. Sets of them are bits of whole numbers, so that the
entries with a value are counted by an intersection. An entry that changed is put here anew and its old number is dead:
nothing is ever taken out, and what a reader holds stays true. When half is dead, the shelf is filled anew.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
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


class Shelf:
    """Entries of one kind. Not to be read while it is filled: `network.directory.memory` holds the lock."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.keys: list[str] = []
        self.names: list[list[str]] = []
        self.alive = 0
        self.values: dict[str, dict[str, int]] = {}
        self.wards: dict[str, str] = {}
        self._numbers: dict[int, int] = {}
        self._postings: dict[str, dict[int, array[int]]] = {}
        self._words: list[str] = []
        self._written: dict[str, None] = {}
        self._sorted: list[str] = []
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
        with_value: dict[tuple[str, str], list[int]] = {}
        first = self.size
        for entry_id, key, card in rows:
            before = self._numbers.pop(entry_id, None)
            if before is not None:
                dead.add(before)
            if card:
                self._add(entry_id, key, json.loads(card), with_value)
        self._note(with_value)
        new = bits_of(range(first, self.size), self.size)
        self.alive = (self.alive | new) & ~bits_of(dead, self.size)
        self._order = None
        self._sorted = []

    def _add(self, entry_id: int, key: str, card: dict, with_value: dict[tuple[str, str], list[int]]) -> None:  # type: ignore[type-arg]  # as JSON has it
        number = self.size
        self._numbers[entry_id] = number
        self.ids.append(entry_id)
        self.keys.append(key)
        self.names.append(card["n"])
        for weight, words in card["w"].items():
            for word in words.split():
                by_weight = self._postings.get(word)
                if by_weight is None:
                    by_weight = self._postings[word] = {}
                    self._words.append(word)
                by_weight.setdefault(int(weight), array("I")).append(number)
            if int(weight) not in MADE:
                self._written.update(dict.fromkeys(words.split()))
        for facet, values in card["f"].items():
            for value in values:
                with_value.setdefault((facet, value), []).append(number)
        for value in card["f"].get("ward", ()):
            self.wards[value] = card["a"]

    def _note(self, with_value: dict[tuple[str, str], list[int]]) -> None:
        for (facet, value), numbers in with_value.items():
            held = self.values.setdefault(facet, {})
            held[value] = held.get(value, 0) | bits_of(numbers, self.size)

    def order(self) -> list[int]:
        """Return the living numbers in the order of their names."""
        if self._order is None:
            living = numbers_of(self.alive, range(self.size), self.size)
            self._order = sorted(living, key=lambda number: (self.keys[number], self.ids[number]))
        return self._order

    def postings(self, word: str) -> dict[int, array[int]]:
        """Return the entries that have the word, by what it weighs in them."""
        return self._postings.get(word, {})

    def beginning(self, start: str) -> Iterator[str]:
        """Return the longer words that begin so."""
        if len(self._sorted) != len(self._words):
            self._sorted = sorted(self._words)
        place = bisect_left(self._sorted, start)
        while place < len(self._sorted) and self._sorted[place].startswith(start):
            if self._sorted[place] != start:
                yield self._sorted[place]
            place += 1

    def near(self, word: str) -> dict[str, int]:
        """Return the words that may have been meant, each with its number of mistakes."""
        self._speller.learn(list(self._written))
        return self._speller.near(word)
