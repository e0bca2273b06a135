"""Rows that were asked for together are loaded together.

A resolver that needs a relation of one row loads it for every row of its batch, so the number of SQL statements
depends on what is asked and never on how many rows there are, however deep the query goes.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, prefetch_related_objects

Row = TypeVar("Row", bound=Model)
Lookups = Callable[[], Iterable[str | Prefetch[Any]]]


class Batch:
    """Rows of one kind, and what was loaded for them so far."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows
        self.loaded: dict[str, dict[int, Any]] = {}
        for row in rows:
            row._batch = self


def together(rows: Iterable[Row]) -> list[Row]:
    """Make the rows one batch and return them."""
    return Batch(list(rows)).rows


def _batch(row: Any) -> Batch:
    return row.__dict__.get("_batch") or Batch([row])


def load(row: Model, name: str, lookups: Lookups | None = None) -> Any:
    """Return the row's relation `name`, a list for many; loads it for the whole batch with `lookups`, if need be."""
    batch = _batch(row)
    if name not in batch.loaded:
        prefetch_related_objects(batch.rows, *(lookups() if lookups else [name]))
        values = {id(each): _value(each, name) for each in batch.rows}
        _join(found for value in values.values() for found in _many(value))
        batch.loaded[name] = values
    return batch.loaded[name][id(row)]


def compute(row: Model, name: str, loader: Callable[[list[Any]], Mapping[Any, Any]]) -> Any:
    """Return what `loader` finds for the row; it is asked once for the whole batch and answers by keys of rows."""
    batch = _batch(row)
    if name not in batch.loaded:
        found = loader(batch.rows)
        batch.loaded[name] = {id(each): found.get(each.pk) for each in batch.rows}
        _join(value for value in found.values() if isinstance(value, Model))
    return batch.loaded[name][id(row)]


def _join(found: Iterable[Any]) -> None:
    """Make one batch of what was found, each row once. Whoever is met again on the way back stays where it is: another
    batch would not know what was loaded for the first, and load it again for each row."""
    together({id(row): row for row in found if "_batch" not in row.__dict__}.values())


def _value(row: Model, name: str) -> Any:
    value = getattr(row, name, None)
    return list(value.all()) if hasattr(value, "all") else value


def _many(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
