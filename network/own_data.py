"""One's own data: what the platform holds about a person, section by section, and how each section is erased.

Every room registers what it holds, so that `network` need not know of events, and a model that nobody registered
fails a test (tests/network/test_erasure.py). Law 91/2025/QH15: see, correct, take along, have erased.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db.models import Model

from network.mentions import Marks
from network.models import Person

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class OwnFile:
    """A file of the person, as a value of a row."""

    name: str
    file: "File[bytes]"


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """Who is erased, when, what they are known by, and what stands in the place of their name and address."""

    person: Person
    at: datetime
    marks: Marks
    emails: frozenset[str]
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A person whose name, phone or language was corrected, and the name that stood before."""

    person: Person
    former_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Section:
    """One kind of thing that is held about a person. `columns` names the keys of its rows in words."""

    name: str
    title: Any
    columns: Mapping[str, Any]
    models: tuple[type[Model], ...]
    collect: Callable[[Person], Iterable[Row]]
    erase: Callable[[Erasure], None]
    leave: Callable[[Erasure], None] | None = None
    correct: Callable[[Correction], None] | None = None
    hidden: frozenset[str] = field(default_factory=frozenset)
    rank: int = 0


SECTIONS: dict[str, Section] = {}


def section(
    name: str,
    *,
    title: Any,
    columns: Mapping[str, Any],
    models: Iterable[type[Model]],
    collect: Callable[[Person], Iterable[Row]],
    erase: Callable[[Erasure], None],
    leave: Callable[[Erasure], None] | None = None,
    correct: Callable[[Correction], None] | None = None,
    hidden: Iterable[str] = (),
    rank: int = 0,
) -> None:
    """Register a section.

    `collect` yields rows with exactly the keys of `columns`; `hidden` ones are too long for a screen and stand in the
    download only. `leave` is called before anything is erased, to give back by the rules what is still held; `erase`
    empties the rows of `models` and leaves their number as it is where somebody counts them; `correct` follows a
    corrected name. Sections are shown in the order of `rank`, then as they were registered.
    """
    SECTIONS[name] = Section(
        name=name,
        title=title,
        columns=columns,
        models=tuple(models),
        collect=collect,
        erase=erase,
        leave=leave,
        correct=correct,
        hidden=frozenset(hidden),
        rank=rank,
    )


def sections() -> list[Section]:
    """Return every section in the order of their ranks: the account first."""
    return sorted(SECTIONS.values(), key=lambda known: known.rank)


def collected(person: Person) -> list[tuple[Section, list[Row]]]:
    """Return everything that is held about `person`, also the sections that hold nothing."""
    return [(known, list(known.collect(person))) for known in sections()]


def follow(correction: Correction) -> None:
    """Let every section follow a corrected name."""
    for known in sections():
        if known.correct is not None:
            known.correct(correction)
