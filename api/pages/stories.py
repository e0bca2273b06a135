"""The stories of many pages as plain blocks, in a number of SQL statements that does not depend on how many.

Wagtail looks up the photos, events and people of one story at a time, and the links of one text at a time. Here the
raw blocks of all stories become one stream, and all texts one text, and are taken apart again afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms import live
from cms.blocks.live import LiveBlock

from ..batch import together
from .links import expanded

# A noncharacter of Unicode: no text holds it.
SEAM = "\ufdd0"


class Texts:
    """Rich texts whose links are looked up together, when the first of them is read."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        self._expanded: list[str] | None = None

    def add(self, source: str) -> int:
        """Keep a text and return its place."""
        self.sources.append(source.replace(SEAM, ""))
        return len(self.sources) - 1

    def html(self, place: int) -> str:
        """Return the text at a place, links filled in."""
        if self._expanded is None:
            self._expanded = expanded(SEAM.join(self.sources)).split(SEAM)
        return self._expanded[place]


@dataclass(slots=True)
class Html:
    """A rich text to be expanded together with its batch."""

    texts: Texts
    place: int

    def __str__(self) -> str:
        return self.texts.html(self.place)


class Finds:
    """What blocks look for, found together when the first of them is read."""

    def __init__(self) -> None:
        self.wanted: list[live.Wanted] = []
        self._found: list[list[Any]] | None = None

    def add(self, wanted: live.Wanted) -> int:
        """Keep what a block looks for and return its place."""
        self.wanted.append(wanted)
        return len(self.wanted) - 1

    def at(self, place: int) -> list[Any]:
        """Return what was found for a place."""
        if self._found is None:
            self._found = live.found(self.wanted, at=timezone.now(), locale=get_language() or "vi")
            by_kind: dict[type, list[Any]] = {}
            for row in chain.from_iterable(self._found):
                by_kind.setdefault(type(row), []).append(row)
            for rows in by_kind.values():
                together(rows)
        return self._found[place]


@dataclass(slots=True)
class LiveRows:
    """Rows to be found together with those of the other blocks."""

    finds: Finds
    place: int

    def read(self) -> list[Any]:
        """Return them."""
        return self.finds.at(self.place)


@dataclass(slots=True)
class Block:
    """One block of a story: its id, its kind, and its parts as plain values."""

    id: str
    kind: str
    parts: dict[str, Any] = field(default_factory=dict)


def stories(pages: list[Page]) -> dict[int, list[Block]]:
    """Return the blocks of each page's story by the page's number."""
    told = [page for page in pages if hasattr(page, "body")]
    if not told:
        return {}
    texts, rows = Texts(), Rows()
    stream_block = told[0].body.stream_block
    raw = [(page.pk, child) for page in told for child in _raw(page, stream_block.child_blocks)]
    merged = StreamValue(stream_block, [child for _pk, child in raw], is_lazy=True)
    found: dict[int, list[Block]] = {page.pk: [] for page in told}
    finds = Finds()
    for (pk, _child), block in zip(raw, merged, strict=True):
        value = block.value if isinstance(block.value, dict) else {"text": block.value}
        parts = dict(_parts(value, texts, rows))
        if isinstance(block.block, LiveBlock):
            parts["rows"] = LiveRows(finds, finds.add(block.block.wanted(block.value)))
        found[pk].append(Block(block.id or "", block.block_type, parts))
    rows.settle()
    return found


class Rows:
    """Database rows met in the blocks: those of one kind are one batch."""

    def __init__(self) -> None:
        self.met: dict[type, list[Any]] = {}

    def meet(self, row: Any) -> Any:
        """Remember a row and return it."""
        self.met.setdefault(type(row), []).append(row)
        return row

    def settle(self) -> None:
        """Make the batches."""
        for rows in self.met.values():
            together(rows)


def _raw(page: Any, known: Any) -> Iterator[Any]:
    """The blocks as they are stored, without those that no block is left for."""
    return (child for child in page.body.raw_data if child["type"] in known)


def _parts(value: Any, texts: Texts, rows: Rows) -> Iterator[tuple[str, Any]]:
    for name, part in value.items():
        yield name, _plain(part, texts, rows)


def _plain(part: Any, texts: Texts, rows: Rows) -> Any:
    if isinstance(part, RichText):
        return Html(texts, texts.add(part.source))
    if isinstance(part, dict):
        return dict(_parts(part, texts, rows))
    if isinstance(part, ListValue):
        return [_plain(item, texts, rows) for item in part]
    return rows.meet(part) if hasattr(part, "_meta") else part
