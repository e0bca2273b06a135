"""An owner's change of an entry: what is theirs to decide goes live at once, the rest waits for a reviewer.

At once, whoever it is: who sees which field, leaving the directory, and the settings of AT_ONCE, because privacy waits
for nobody. Of trusted entries and by those who keep the directory: everything. Either way the history has a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from network import permissions
from network.entries import checks, pictures, writing
from network.entries.columns import PICTURES, Entry, Json, by_field, columns_of, read_all
from network.entry_fields import fields_of
from network.models import Change, Person, Profile
from network.refusals import ChangeNotWaiting, NotFound, NotPermitted
from network.visibility import chosen

AT_ONCE: Final = frozenset({"availability", "takes_messages", "takes_suggestions"})
"""Switches without words: nobody needs to read them first."""
Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an entry is to say, by column, and who is to see it, by field; what is left out stays as it is."""

    values: Mapping[str, Any] = field(default_factory=dict)
    visibility: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of an edit: what is live now, what waits. Neither: it said what the entry says already."""

    live: Change | None = None
    waiting: Change | None = None


def submit(*, entry: Entry, actor: Person, edit: Edit, at: datetime) -> Outcome:
    """Change an entry, or ask for it; an open change of the same author is amended.

    Raises NotFound, NotPermitted, Invalid at each column (`network.entries.checks`), DirectoryConsentRequired.
    """
    with transaction.atomic():
        row = writing.lock(entry)
        if not permissions.may_edit_entry(actor, row):
            raise NotPermitted()
        waiting = open_change(row, actor, locked=True)
        given = checks.cleaned(row, edit.values, at=at)
        visibility = checks.visibility_cleaned(row, edit.visibility)
        if given.get("is_listed") and not row.is_listed:
            writing.refuse_unconsented(row)
        _take_pictures(row, actor, given, waiting)
        return place(row, actor=actor, given=given, visibility=visibility, waiting=waiting, at=at)


def place(
    row: Entry,
    *,
    actor: Person,
    given: Mapping[str, Json],
    visibility: Mapping[str, str],
    waiting: Change | None,
    at: datetime,
    undoes: Change | None = None,
) -> Outcome:
    """Put live what goes live at once, let the rest wait. Inside a transaction, the entry locked, values cleaned."""
    values = _differences(row, given, waiting)
    seen = _seen_differences(row, visibility)
    needs_none = row.is_trusted or permissions.keeps_entry(actor, row)
    at_once = {name for name in values if needs_none or _goes_at_once(row, actor, name, values[name])}
    live = _go_live(row, actor, {name: values.pop(name) for name in at_once}, seen, at)
    is_about_it = waiting is not None and bool(set(by_field(row, given)) & set(waiting.values))
    changed = _wait(row, actor, values, waiting, at, again=is_about_it)
    for change in (live, changed):
        if change is not None and undoes is not None:
            change.undoes = undoes
            change.save(update_fields=["undoes"])
    return Outcome(live=live, waiting=changed if changed is not None and changed.is_open else None)


def withdraw(*, change_id: int, actor: Person, at: datetime) -> Change:
    """Take back one's own change that waits. Raises NotFound, ChangeNotWaiting."""
    with transaction.atomic():
        change = Change.objects.filter(pk=change_id, author=actor).first()
        if change is None:
            raise NotFound(kind="change")
        writing.lock(change.entry)
        change = Change.objects.select_for_update(of=("self",)).get(pk=change_id)
        if not change.is_open:
            raise ChangeNotWaiting(state=change.state, at=change.decided_at, reviewer="")
        _close(change, at)
    return change


def open_change(entry: Entry, author: Person, *, locked: bool = False) -> Change | None:
    """Return the change of an entry that this author has open."""
    rows = Change.objects.filter(**{entry._meta.model_name or "": entry}, author=author, state__in=Change.OPEN)
    return (rows.select_for_update(of=("self",)) if locked else rows).first()


def _take_pictures(row: Entry, actor: Person, given: dict[str, Json], waiting: Change | None) -> None:
    """A name is that of the picture shown, of the one that waits, or of one just uploaded."""
    known = read_all(row)
    for name in PICTURES & given.keys():
        asked = waiting.values.get(name, {}).get("new", {}).get(name) if waiting else None
        if given[name] and given[name] not in {known[name], asked}:
            pictures.take(person=actor, entry=row, name=given[name], field=name)


def _differences(row: Entry, given: Mapping[str, Json], waiting: Change | None) -> Values:
    """By field, what the entry says and what it is to say: this edit over what waits already."""
    live, before = read_all(row), waiting.values if waiting is not None else {}
    asked = {name: value for sides in before.values() for name, value in sides["new"].items()}
    wanted = live | {name: value for name, value in asked.items() if name in live} | dict(given)
    values: Values = {}
    for name in by_field(row, [column for column in wanted if wanted[column] != live[column]]):
        columns = [column.name for column in columns_of(row).values() if column.field == name]
        new = {column: wanted[column] for column in columns}
        is_as_before = name in before and before[name]["new"] == new
        values[name] = {"old": before[name]["old"] if is_as_before else {c: live[c] for c in columns}, "new": new}
    return values


def _seen_differences(row: Entry, visibility: Mapping[str, str]) -> dict[str, dict[str, str]]:
    known = fields_of(row)
    return {
        name: {"old": str(chosen(row, known[name])), "new": wanted}
        for name, wanted in visibility.items()
        if chosen(row, known[name]) != wanted
    }


def _goes_at_once(row: Entry, actor: Person, name: str, sides: Mapping[str, Any]) -> bool:
    if name != "is_listed":
        return name in AT_ONCE
    return not sides["new"]["is_listed"] or _took_it_down(row, actor)


def _took_it_down(row: Entry, actor: Person) -> bool:
    """Who left by themselves comes back by themselves; a first listing, or one that staff ended, waits."""
    told = Change.objects.filter(**{row._meta.model_name or "": row}, state__in=Change.LIVE)
    last = next((change for change in told.order_by("-decided_at", "-pk") if "is_listed" in change.taken()), None)
    return last is not None and last.author_id == actor.pk and not last.values["is_listed"]["new"]["is_listed"]


def _go_live(row: Entry, actor: Person, values: Values, seen: dict[str, dict[str, str]], at: datetime) -> Change | None:
    if not values and not seen:
        return None
    row.visibility = {**row.visibility, **{name: sides["new"] for name, sides in seen.items()}}
    writing.put(row, {name: value for sides in values.values() for name, value in sides["new"].items()}, at=at)
    return Change.objects.create(
        **_of(row), author=actor, values=values, visibility=seen, state=Change.State.APPLIED, made_at=at,
        amended_at=at, decided_at=at,
    )  # fmt: skip


def _wait(
    row: Entry, actor: Person, values: Values, waiting: Change | None, at: datetime, *, again: bool
) -> Change | None:
    """`again`: the edit is about what waits, so that what was asked back is sent again by it."""
    if waiting is None:
        if not values:
            return None
        return Change.objects.create(**_of(row), author=actor, values=values, made_at=at, amended_at=at)
    if not values:
        _close(waiting, at)
    elif values != waiting.values or (again and waiting.state == Change.State.RETURNED):
        dropped = pictures.names_in(waiting)
        waiting.values, waiting.state, waiting.amended_at = values, Change.State.PENDING, at
        waiting.version += 1
        waiting.save(update_fields=["values", "state", "amended_at", "version"])
        pictures.forget(waiting, dropped - pictures.names_in(waiting))
    return waiting


def _close(change: Change, at: datetime) -> None:
    change.state, change.decided_at = Change.State.WITHDRAWN, at
    change.save(update_fields=["state", "decided_at"])
    pictures.forget(change, new_pictures(change, change.values))


def new_pictures(change: Change, fields: Any) -> set[str]:
    """Return the names of the pictures that a change wanted to show, in these of its fields."""
    return {str(change.values[name]["new"][name]) for name in PICTURES & set(fields)} - {""}


def _of(row: Entry) -> dict[str, Entry]:
    return {"profile": row} if isinstance(row, Profile) else {"organisation": row}
