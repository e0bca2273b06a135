"""Every reference to an organisation, found in the models themselves: what a future model adds is not forgotten.

A foreign key, a one-to-one or a place in a many-to-many points from one row; it is moved by rewriting that row. What
cannot be moved because the other entry has its like already (a constraint says so) is told apart: some of it is the
same fact twice and goes, the rest stays where it is and is named.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction

from network import mentions
from network.models import Organisation

Doubled = Callable[[models.Model, models.Model | None], bool]
"""What to do with a row whose like the kept entry has: (the row, its like). True: it went into its like."""


@dataclass
class Moved:
    """How many rows of each kind were moved, were in double and went into their like, or had to stay."""

    moved: dict[str, int] = field(default_factory=dict)
    joined: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def count(self, what: dict[str, int], label: str) -> None:
        """Count one more."""
        what[label] = what.get(label, 0) + 1


def references() -> "list[models.ForeignKey[Any, Any]]":
    """Return every column that points to an organisation, in every application, hidden ones and those of
    many-to-many relations included."""
    found = []
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.auto_created:
            found.append(relation.field)
    return sorted(found, key=lambda column: (column.model._meta.label, column.name))


def label_of(column: "models.ForeignKey[Any, Any]") -> str:
    """Return how a reference is called: the model and its column."""
    return f"{column.model._meta.label}.{column.name}"


def rows_of(column: "models.ForeignKey[Any, Any]", organisation: Organisation) -> Iterator[models.Model]:
    """Return the rows that point to an organisation by a column, whatever their manager hides."""
    rows = mentions.raw(column.model._base_manager.filter(**{column.name: organisation}).order_by("pk"))
    yield from list(rows)


def move(
    column: "models.ForeignKey[Any, Any]",
    absorbed: Organisation,
    kept: Organisation,
    doubled: Doubled,
    told: Moved,
) -> None:
    """Let every row that points to `absorbed` by a column point to `kept`."""
    label = label_of(column)
    for row in rows_of(column, absorbed):
        if _rewritten(column, row, kept):
            told.count(told.moved, label)
        elif doubled(row, _like(column, row, kept)):
            told.count(told.joined, label)
        else:
            told.count(told.left, label)


def _rewritten(column: "models.ForeignKey[Any, Any]", row: models.Model, kept: Organisation) -> bool:
    """Rewrite one row past its `save`, unless a constraint refuses it."""
    try:
        with transaction.atomic():
            rows = column.model._base_manager.filter(pk=row.pk)
            rows.update(**{column.name: kept})
    except IntegrityError:
        return False
    return True


def _like(column: "models.ForeignKey[Any, Any]", row: models.Model, kept: Organisation) -> models.Model | None:
    """The row of the kept entry that stands in the way: the same in every other column of a unique rule."""
    meta = column.model._meta
    for names, condition in _unique_sets(column):
        attributes = {
            name: str(getattr(meta.get_field(name), "attname", name)) for name in names if name != column.name
        }
        others = {name: getattr(row, attribute) for name, attribute in attributes.items()}
        rows = column.model._base_manager.filter(condition, **{column.name: kept}, **others)
        like = rows.exclude(pk=row.pk).first()
        if like is not None:
            return like
    return None


def _unique_sets(column: "models.ForeignKey[Any, Any]") -> Iterator[tuple[tuple[str, ...], models.Q]]:
    """The columns that no two rows may share with this one, and of which rows that is asked."""
    meta = column.model._meta
    if column.unique:
        yield (column.name,), models.Q()
    yield from ((tuple(names), models.Q()) for names in meta.unique_together if column.name in names)
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and column.name in constraint.fields:
            yield tuple(constraint.fields), constraint.condition or models.Q()
