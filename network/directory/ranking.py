"""Which entries a search means, and which of them most: our own arithmetic, the same on every database.

All words must be there, as they are or as beginnings. If nobody has them all, mistakes are forgiven; if still nobody
does, most of the words are enough. A word counts by where it stands (`card`) and how well it fits; a name that is what
was typed, begins with it or holds it as it was typed comes before all sums.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import and_

from network.directory import words
from network.directory.shelf import Shelf

WHOLE, BEGINNING, MISTAKEN, MISTAKEN_TWICE = 10, 6, 4, 3
"""How well a word fits, times what it weighs."""

IS_NAME, BEGINS_NAME, IN_NAME = 4000, 2000, 1000
SHORTEST_BEGINNING = 2


class How(StrEnum):
    """How what was found answers what was asked."""

    ALL = "all"
    WORDS = "words"
    MEANT = "meant"
    SOME = "some"


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a search matches: a score for each number, `meant` the words as they were probably meant."""

    how: How
    scores: dict[int, int]
    meant: str = ""


def match(shelf: Shelf, search: str) -> Match:
    """Return the living entries that the words of a search match, with their scores; none are asked: all, no scores."""
    asked = words.asked(search)
    if not asked:
        return Match(how=How.ALL, scores={})
    exact = [_fits(shelf, word) for word in asked]
    found = _living(shelf, _sums(exact, len(exact)))
    if found:
        return Match(how=How.WORDS, scores=_named(shelf, search, found))
    meant = [_meant(shelf, word) for word in asked]
    forgiving = [{**mistaken, **fitting} for fitting, mistaken in zip(exact, meant, strict=True)]
    found = _living(shelf, _sums(forgiving, len(asked)))
    if found:
        spelt = _spelt(shelf, asked, found)
        return Match(how=How.MEANT, scores=_named(shelf, spelt, found), meant=spelt)
    enough = max(1, (len(asked) + 1) // 2) if len(asked) > 1 else len(asked)
    found = _living(shelf, _sums(forgiving, enough))
    return Match(how=How.SOME, scores=_named(shelf, search, found))


def _fits(shelf: Shelf, word: str) -> dict[int, int]:
    """The entries that have the word, or a word that begins with it."""
    weighed = _weighed(shelf, [(word, WHOLE)])
    if len(word) >= SHORTEST_BEGINNING and not word.isdigit():
        weighed += _weighed(shelf, ((longer, BEGINNING) for longer in shelf.beginning(word)))
    return _best(weighed)


def _meant(shelf: Shelf, word: str) -> dict[int, int]:
    return _best(_weighed(shelf, ((near, _quality(mistakes)) for near, mistakes in shelf.near(word).items())))


def _quality(mistakes: int) -> int:
    return MISTAKEN if mistakes == 1 else MISTAKEN_TWICE


def _weighed(shelf: Shelf, fitting: Iterable[tuple[str, int]]) -> list[tuple[int, Iterable[int]]]:
    return [
        (weight * quality, numbers)
        for word, quality in fitting
        for weight, numbers in shelf.postings(word).items()
    ]  # fmt: skip


def _best(weighed: list[tuple[int, Iterable[int]]]) -> dict[int, int]:
    """The best score of each entry: the lower ones are written first, and written over."""
    best: dict[int, int] = {}
    for score, numbers in sorted(weighed, key=lambda pair: pair[0]):
        best.update(dict.fromkeys(numbers, score))
    return best


def _sums(by_word: list[dict[int, int]], enough: int) -> dict[int, int]:
    """Add up the scores of the entries that have `enough` of the words."""
    if enough == len(by_word):
        common = reduce(and_, (scores.keys() for scores in sorted(by_word, key=len)))
        return {number: sum(scores[number] for scores in by_word) for number in common}
    counts: Counter[int] = Counter()
    for scores in by_word:
        counts.update(scores.keys())
    most = max(counts.values(), default=0)
    if most < enough:
        return {}
    best = [number for number, count in counts.items() if count == most]
    return {number: sum(scores.get(number, 0) for scores in by_word) for number in best}


def _living(shelf: Shelf, scores: dict[int, int]) -> dict[int, int]:
    if shelf.alive.bit_count() == shelf.size:
        return scores
    held = shelf.alive.to_bytes(shelf.size // 8 + 1, "little")
    return {number: score for number, score in scores.items() if held[number >> 3] >> (number & 7) & 1}


def _named(shelf: Shelf, search: str, scores: dict[int, int]) -> dict[int, int]:
    """Put in front whose name is what was typed, begins with it, or holds it word by word."""
    typed = f" {' '.join(words.cut(search))} "
    for number in scores:
        for name in shelf.names[number]:
            if typed in name:
                scores[number] += IS_NAME if name == typed else BEGINS_NAME if name.startswith(typed) else IN_NAME
                break
    return scores


def _spelt(shelf: Shelf, asked: list[str], found: dict[int, int]) -> str:
    """The words as the best entry has them: what was mistyped in its place, the others as they are."""
    best = max(found, key=lambda number: (found[number], -number))
    spelt = []
    for word in asked:
        options = {**shelf.near(word), word: 0}
        options.update(dict.fromkeys(shelf.beginning(word), 0) if len(word) >= SHORTEST_BEGINNING else {})
        here = [(mistakes, option) for option, mistakes in options.items() if _stands(shelf, option, best)]
        spelt.append(word if any(not mistakes for mistakes, _option in here) else min(here)[1] if here else word)
    return " ".join(spelt)


def _stands(shelf: Shelf, word: str, number: int) -> bool:
    return any(number in numbers for numbers in shelf.postings(word).values())
