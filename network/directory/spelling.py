"""Words that somebody may have meant: one letter wrong, left out, doubled or swapped; two in long words.

Words are found by what is left when letters are left out (of the word and of what was typed), so that a vocabulary of
many thousands is not compared one by one; a comparison decides.
"""

from collections.abc import Iterable

THREE, EIGHT = 3, 8
"""From how many letters on one mistake is forgiven, and two. Syllables here are short: "hua" may well be "hau"."""


def allowed(word: str) -> int:
    """Return how many mistakes are forgiven in a word. Numbers are not misspelt."""
    if word.isdigit() or len(word) < THREE:
        return 0
    return 2 if len(word) >= EIGHT else 1


def left(word: str, times: int) -> set[str]:
    """Return the word, and what is left of it without up to `times` letters."""
    found = {word}
    newest = {word}
    for _time in range(times):
        newest = {each[:place] + each[place + 1 :] for each in newest for place in range(len(each))}
        found |= newest
    return found


def distance(one: str, other: str) -> int:
    """Return how many letters were changed, left out, added or swapped with their neighbour (optimal alignment).

    >>> distance("xanh", "xnah"), distance("logistic", "logistics"), distance("quy", "gio")
    (1, 1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, another in enumerate(other, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]


class Speller:
    """A vocabulary in which the words near to a word are found."""

    def __init__(self) -> None:
        self._by_rest: dict[str, str] = {}  # words as one text each: the garbage collector passes texts by
        self._known = 0

    def learn(self, words: list[str]) -> None:
        """Take in what was added to the end of `words` since the last time."""
        for word in words[self._known :]:
            for rest in left(word, _room(word)):
                known = self._by_rest.get(rest)
                self._by_rest[rest] = f"{known} {word}" if known else word
        self._known = len(words)

    def near(self, word: str) -> dict[str, int]:
        """Return the words of the vocabulary that `word` may stand for, each with the number of mistakes."""
        most = allowed(word)
        if not most:
            return {}
        candidates: Iterable[str] = {
            known for rest in left(word, most) for known in self._by_rest.get(rest, "").split()
        }
        near = {known: distance(word, known) for known in candidates if abs(len(known) - len(word)) <= most}
        return {known: mistakes for known, mistakes in near.items() if 0 < mistakes <= most}


def _room(word: str) -> int:
    """A word of seven letters may be meant by one of eight, with two mistakes."""
    if word.isdigit() or len(word) < THREE - 1:
        return 0
    return 2 if len(word) >= EIGHT - 2 else 1
