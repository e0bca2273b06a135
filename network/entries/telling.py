"""A change told field by field: for a history, and side by side for who reviews it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from network.entries.columns import PICTURES, Entry, Json, columns_in, read_field
from network.entries.difference import Piece, marked
from network.entries.words import column_label, label_of, lines
from network.entries.words import told as worded
from network.entries.writing import moved
from network.entry_fields import fields_of
from network.models import Change, Visibility
from network.visibility import chosen


@dataclass(frozen=True, kw_only=True)
class Line:
    """One column of a field, before and after, in pieces: (text, whether it stands only here)."""

    mark: str
    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A field of a change as its reviewer reads it."""

    name: str
    label: str
    lines: list[Line]
    is_picture: bool
    has_old_picture: bool
    has_new_picture: bool
    seen_by: str
    has_moved: bool
    live: list[tuple[str, str]] = field(default_factory=list)


def told(change: Change) -> dict[str, Any]:
    """Return what a change was about, field by field, and what was decided and said."""
    fields = [
        {
            "label": label_of(name),
            "old": lines(change.entry, name, _only_here(sides["old"], sides["new"])),
            "new": lines(change.entry, name, _only_here(sides["new"], sides["old"])),
            "is_picture": name in PICTURES,
            "decision": change.decisions.get(name, {}).get("decision", ""),
            "note": change.decisions.get(name, {}).get("note", ""),
        }
        for name, sides in change.values.items()
    ]
    return {
        "change": change,
        "fields": fields,
        "visibility": seen_changes(change),
        "can_undo": change.state in Change.LIVE,
    }


def _only_here(values: Mapping[str, Json], others: Mapping[str, Json]) -> dict[str, Json]:
    """What the other side says as well is no part of the change."""
    return {name: value for name, value in values.items() if others.get(name) != value}


def seen_changes(change: Change) -> list[dict[str, Any]]:
    """Return whose eyes a change opened or closed a field to."""
    return [
        {"label": label_of(name), "old": Visibility(sides["old"]).label, "new": Visibility(sides["new"]).label}
        for name, sides in change.visibility.items()
    ]


def compared(entry: Entry, change: Change) -> list[Compared]:
    """Return every field of a change beside what the entry said, and whether it says something else by now."""
    gone_on = set(moved(entry, change, change.values)) if change.state == Change.State.PENDING else set()
    return [_compared(entry, name, sides, has_moved=name in gone_on) for name, sides in change.values.items()]


def _compared(entry: Entry, name: str, sides: Mapping[str, Mapping[str, Json]], *, has_moved: bool) -> Compared:
    known = fields_of(entry)
    is_picture = name in PICTURES
    return Compared(
        name=name,
        label=label_of(name),
        lines=[] if is_picture else list(_lines(entry, name, sides)),
        is_picture=is_picture,
        has_old_picture=is_picture and bool(sides["old"][name]),
        has_new_picture=is_picture and bool(sides["new"][name]),
        seen_by=str(chosen(entry, known[name]).label) if name in known else "",
        has_moved=has_moved,
        live=lines(entry, name, read_field(entry, name)) if has_moved and not is_picture else [],
    )


def _lines(entry: Entry, name: str, sides: Mapping[str, Mapping[str, Json]]) -> list[Line]:
    """Only the columns that differ: an English text that stays is not read again."""
    marks = {"_vi": "Tiếng Việt", "_en": "English"}
    found = []
    columns = columns_in(entry, name)
    for column in columns:
        before, after = sides["old"].get(column.name), sides["new"].get(column.name)
        if before != after:
            old, new = marked(worded(entry, column, before), worded(entry, column, after))
            mark = marks.get(column.name[-3:], column_label(column) if len(columns) > 1 else "")
            found.append(Line(mark=mark, old=old, new=new))
    return found
