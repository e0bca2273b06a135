"""Statements that are asked at every door: compiled once by Django, afterwards only bound and run.

Building and compiling a query takes Django several times as long as PostgreSQL takes to answer it. For what every
request asks, the query is written as always, and kept as SQL after its first use (docs/decisions/0014):

    @compiled
    def seats_of(event_id: Any) -> QuerySet[Seats]:
        return Seats.objects.filter(pk=event_id)

    seats_of(event_id=7)  # a list of rows; seats_of.first(event_id=7) the first or None

`@written` does the same for an UPDATE, and `insert` writes a new row.

Whatever the arguments are, the SQL is the same: they may stand where a value may, and nowhere else. A list has a fixed
length; None never equals anything; and the body runs once, in whatever language, so it names no translated field.
`prefetch_related` and models passed as arguments are not for here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import update_wrapper
from inspect import signature
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")
Found = TypeVar("Found", bound=Model)
Make = Callable[[Sequence[Any]], Any]
"""Makes what is returned from the values of one row."""


class Given(Expression):
    """Stands in a query for a value that is given later, by this name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """A placeholder, and this in place of its value."""
        return "%s", [self]


class _Statement:
    """SQL with the places of what is given."""

    def __init__(self, sql: str, parameters: Sequence[Any]) -> None:
        self.sql, self.parameters = sql, parameters

    def bound(self, given: Mapping[str, Any]) -> list[Any]:
        """Return the parameters, with the given values in their places."""
        return [_adapted(given[each.name]) if isinstance(each, Given) else each for each in self.parameters]


class Compiled(Generic[Row]):
    """A query that is kept compiled; call it with its arguments by name for the list of its rows."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self.ask = ask
        self._kept: _Query | None = None
        update_wrapper(self, ask)

    def __call__(self, **given: Any) -> list[Row]:
        """Return the rows as the query gives them: models, tuples or single values."""
        kept = self._kept
        if kept is None:
            # Two threads may both compile it; what they get is the same.
            kept = self._kept = _Query(self.ask(**_places(self.ask)))
        return list(kept.rows(given))

    def first(self, **given: Any) -> Row | None:
        """Return the first row, or None. The query itself says in which order, and how many there can be."""
        return next(iter(self(**given)), None)


def compiled(ask: Callable[..., QuerySet[Any, Row]]) -> Compiled[Row]:
    """Keep the query that a function returns; its parameters are what is given each time."""
    return Compiled(ask)


class _Query(_Statement):
    def __init__(self, query: QuerySet[Any, Any]) -> None:
        compiler = query.query.get_compiler(connection=connection)
        self.locks = query.query.select_for_update
        super().__init__(*compiler.as_sql())
        # What is kept must not hold a thread's connection open: a copy of it is never connected.
        compiler.connection = connection.copy()
        columns = [expression for expression, _sql, _alias in compiler.select[: compiler.col_count]]
        self.converters = [
            (place, converters, expression)
            for place, (converters, expression) in compiler.get_converters(columns).items()
        ]
        self.detached = compiler.connection
        self.make = _maker(query, compiler)

    def rows(self, given: Mapping[str, Any]) -> Iterator[Any]:
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("a row is locked only inside a transaction")
        with prepared() as cursor:
            cursor.execute(self.sql, self.bound(given))
            found = cursor.fetchall()
        for values in found:
            yield self.make(self._converted(values) if self.converters else values)

    def _converted(self, values: Sequence[Any]) -> list[Any]:
        row = list(values)
        for place, converters, expression in self.converters:
            for convert in converters:
                row[place] = convert(row[place], expression, self.detached)
        return row


def _maker(query: QuerySet[Any, Any], compiler: Any) -> Make:
    """Return what makes a model with what it is joined to, a tuple, or for `flat=True` the value alone."""
    klass, alias, kind = compiler.klass_info, connection.alias, query._iterable_class
    if not issubclass(kind, ModelIterable):
        return (lambda row: row[0]) if "Flat" in kind.__name__ else tuple
    begin, end = klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [expression.target.attname for expression, _sql, _alias in compiler.select[begin:end]]
    # The stubs are of a later Django.
    joined = get_related_populators(klass, compiler.select, alias)  # type: ignore[call-arg]
    model: type[Model] = klass["model"]

    annotated = list((compiler.annotation_col_map or {}).items())

    def make(row: Sequence[Any]) -> Model:
        made = model.from_db(alias, names, row[begin:end])
        for each in joined:
            each.populate(row, made)
        for name, place in annotated:
            setattr(made, name, row[place])
        return made

    return make


class Written:
    """An UPDATE that is kept compiled; call it with its arguments by name for the number of rows that it changed."""

    def __init__(self, ask: Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]]) -> None:
        self.ask = ask
        self._kept: _Statement | None = None
        update_wrapper(self, ask)

    def __call__(self, **given: Any) -> int:
        """Write; return how many rows were changed."""
        kept = self._kept
        if kept is None:
            kept = self._kept = self._compiled()
        with prepared() as cursor:
            cursor.execute(kept.sql, kept.bound(given))
            return int(cursor.rowcount)

    def _compiled(self) -> _Statement:
        rows, values = self.ask(**_places(self.ask))
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(values)
        return _Statement(*query.get_compiler(connection=connection).as_sql())


def written(ask: Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]]) -> Written:
    """Keep the UPDATE that a function describes: which rows, and the new value of each field."""
    return Written(ask)


class Inserted(Generic[Found]):
    """An INSERT of a model's row that is kept compiled; call it with a new row.

    It does what `row.save(force_insert=True)` does, for a model without parents and without values that the database
    makes up; signals are not sent.
    """

    def __init__(self, model: type[Found]) -> None:
        self.model = model
        self.fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
        # Few kinds of fields make of a value something that a driver would not make itself.
        self.plain = [_is_plain(field) for field in self.fields]
        names = ", ".join(f'"{field.column}"' for field in self.fields)
        self.into = f'INSERT INTO "{model._meta.db_table}" ({names})'
        key = model._meta.pk
        assert key is not None
        self.returning = f'RETURNING "{key.column}"'
        self.places = ", ".join(["%s"] * len(self.fields))

    def __call__(self, row: Found) -> Found:
        """Write the row and give it its id, if it has none yet. Raises IntegrityError as `save` does."""
        with prepared() as cursor:
            cursor.execute(f"{self.into} VALUES ({self.places}) {self.returning}", self.values(row))
            self.done(row, cursor.fetchone()[0])
        return row

    def values(self, row: Found) -> list[Any]:
        """Return the row's values in the order of the columns, as the driver takes them."""
        values = []
        for field, plain in zip(self.fields, self.plain, strict=True):
            value = field.pre_save(row, add=True)
            values.append(_adapted(value) if plain else field.get_db_prep_save(value, connection))
        return values

    def done(self, row: Found, key: Any) -> None:
        """Mark a row as written under this id."""
        if row.pk is None:
            row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def _is_plain(field: Any) -> bool:
    return not isinstance(field, models.JSONField | models.FileField | models.DecimalField | models.DurationField)


def prepared() -> Any:
    """Return a cursor whose statements the database plans once for each connection, where its backend has such."""
    make = getattr(connection, "prepared_cursor", connection.cursor)
    return make()


def insert(row: Model) -> None:
    """Write a new row by the kept INSERT of its model."""
    model = type(row)
    if model not in _inserts:
        _inserts[model] = Inserted(model)
    _inserts[model](row)


_inserts: dict[type[Model], Inserted[Any]] = {}


def _places(ask: Callable[..., Any]) -> dict[str, Given]:
    return {name: Given(name) for name in signature(ask).parameters}


def _adapted(value: Any) -> Any:
    """Return a value as the database's driver takes it; a field of the model would do the same."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
