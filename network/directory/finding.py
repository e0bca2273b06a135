"""Find people and organisations of the directory by words and facets, with counts of every facet's values."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from network.directory import facets, ranking
from network.directory.memory import memory
from network.directory.shelf import Shelf, bits_of, numbers_of
from network.models import DirectoryEntry

Kind = DirectoryEntry.Kind
Chosen = Mapping[str, Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an entry stands in what was found: the better score first, then by name."""

    score: int
    key: str
    entry_id: int

    @property
    def sorting(self) -> tuple[int, str, int]:
        """What places are compared by."""
        return (-self.score, self.key, self.entry_id)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found, best first: `counts` by facet and value, `meant` if mistakes were forgiven.

    `without_filters`: how many the words alone find. What it holds of the shelf stays true whatever is put there.
    """

    kind: Kind
    how: ranking.How
    numbers: list[int]
    scores: Mapping[int, int]
    shelf: Shelf
    counts: dict[str, dict[str, int]]
    meant: str = ""
    without_filters: int = 0

    def __len__(self) -> int:
        return len(self.numbers)

    def ids(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the ids of the entries of a stretch, in order."""
        return [self.shelf.ids[number] for number in self.numbers[start:end]]

    def place(self, index: int) -> Place:
        """Return where the entry at `index` stands. Raises IndexError."""
        return self._place(self.numbers[index])

    def behind(self, place: Place) -> int:
        """Return the index of the first entry behind a place, which may itself be gone."""
        return bisect_right(self.numbers, place.sorting, key=lambda number: self._place(number).sorting)

    def _place(self, number: int) -> Place:
        shelf = self.shelf
        return Place(score=self.scores.get(number, 0), key=shelf.keys[number], entry_id=shelf.ids[number])


def find_organisations(*, search: str = "", chosen: Chosen | None = None) -> Found:
    """Find organisations; `chosen` narrows by facets of `facets.ORGANISATIONS`: any of a facet's values, all facets.

    A facet that there is not is as good as none. Each facet is counted as if nothing were chosen in it.
    """
    return _find(Kind.ORGANISATION, search, chosen or {}, facets.ORGANISATIONS)


def find_people(*, search: str = "", chosen: Chosen | None = None) -> Found:
    """Find people; `chosen` narrows by facets of `facets.PEOPLE`: any of a facet's values, all facets."""
    return _find(Kind.PROFILE, search, chosen or {}, facets.PEOPLE)


def _find(kind: Kind, search: str, chosen: Chosen, known: Iterable[str]) -> Found:
    with memory.current() as shelves:
        shelf = shelves[kind]
        matched = ranking.match(shelf, search)
        all_of_them = matched.how == ranking.How.ALL
        hits = shelf.alive if all_of_them else bits_of(matched.scores, shelf.size)
        narrowed = {
            name: reduce(or_, (shelf.values.get(name, {}).get(value, 0) for value in values), 0)
            for name, values in ((name, list(chosen.get(name, ()))) for name in known)
            if values
        }
        left = reduce(and_, narrowed.values(), hits)
        return Found(
            kind=kind,
            how=matched.how,
            numbers=_ordered(shelf, left, matched.scores),
            scores=matched.scores,
            shelf=shelf,
            counts={name: _counted(shelf, name, hits, narrowed) for name in known},
            meant=matched.meant,
            without_filters=hits.bit_count(),
        )


def _counted(shelf: Shelf, name: str, hits: int, narrowed: dict[str, int]) -> dict[str, int]:
    """How many of what is found otherwise have each value of a facet; values that nobody has are left out."""
    others = reduce(and_, (bits for other, bits in narrowed.items() if other != name), hits)
    counts = {value: (bits & others).bit_count() for value, bits in shelf.values.get(name, {}).items()}
    return {value: count for value, count in counts.items() if count}


def _ordered(shelf: Shelf, left: int, scores: dict[int, int]) -> list[int]:
    if not scores and left == shelf.alive:
        return shelf.order()
    if not scores:
        return numbers_of(left, shelf.order(), shelf.size)
    keys, ids = shelf.keys, shelf.ids
    among = numbers_of(left, list(scores), shelf.size)
    return sorted(among, key=lambda number: (-scores[number], keys[number], ids[number]))
