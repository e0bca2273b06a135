"""Relay connections over querysets, paged by the keys of their order: stable while rows come and go."""

import base64
import binascii
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

import graphene
import orjson
from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Field, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .batch import together
from .errors import Refused
from .limits import LARGEST_PAGE, limits


class Edges:
    """One page of rows, as a connection type resolves it."""

    def __init__(self, rows: QuerySet[Any], first: int | None, after: str | None) -> None:
        self.rows, self.after = rows, after
        self.first = limits().page_size if first is None else first
        if not 0 <= self.first <= LARGEST_PAGE:
            raise Refused("BAD_USER_INPUT", detail=_("“first” lies between 0 and {most}.").format(most=LARGEST_PAGE))
        keyed, self._directions = _keyed(rows)
        if after:
            keyed = keyed.filter(_behind(keyed, self._directions, after))
        found = list(keyed[: self.first + 1])
        self.has_next_page = len(found) > self.first
        self.nodes = together(found[: self.first])

    def cursor(self, row: Any) -> str:
        """Return what `after` takes to go on behind this row."""
        keys = [getattr(row, f"_key{index}") for index in range(len(self._directions))]
        return base64.urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("=")

    def total(self) -> int:
        """How many there are on all pages."""
        return self.rows.order_by().count()


def _keyed(rows: QuerySet[Any]) -> tuple[QuerySet[Any], list[bool]]:
    """The rows with each key of their order as `_key0`, `_key1`…, and which of them descend."""
    names = [name for name in rows.query.order_by or rows.model._meta.ordering if isinstance(name, str)]
    keys: dict[str, Any] = {}
    for index, name in enumerate(names):
        field = F(name.removeprefix("-"))
        keys[f"_key{index}"] = Coalesce(field, Value("")) if _may_be_no_text(rows, field.name) else field
    order = [f"-{key}" if name.startswith("-") else key for name, key in zip(names, keys, strict=True)]
    return rows.annotate(**keys).order_by(*order), [name.startswith("-") for name in names]


def _may_be_no_text(rows: QuerySet[Any], path: str) -> bool:
    """Texts in the second language may be NULL, which SQLite sorts first, PostgreSQL last, and no cursor compares."""
    if path in ("pk", *rows.query.annotations):
        return False
    model, *names = rows.model, *path.split("__")
    field = None
    for name in names:
        field = model._meta.get_field(name)
        model = getattr(field, "related_model", None) or model
    return isinstance(field, CharField | TextField) and field.null


def _behind(rows: QuerySet[Any], directions: list[bool], cursor: str) -> Q:
    """The rows behind a cursor: greater in the first key, or equal there and greater in the second, and so on."""
    values = _values(rows, len(directions), cursor)
    conditions = []
    for index, descends in enumerate(directions):
        equal = {f"_key{before}": values[before] for before in range(index)}
        conditions.append(Q(**equal, **{f"_key{index}__{'lt' if descends else 'gt'}": values[index]}))
    return reduce(or_, conditions)


def _values(rows: QuerySet[Any], number: int, cursor: str) -> list[Any]:
    try:
        sent = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(sent, list) or len(sent) != number:
            raise ValueError
        annotations = rows.query.annotations
        return [_value(annotations[f"_key{index}"].output_field, key) for index, key in enumerate(sent)]
    except (binascii.Error, ValueError, OverflowError, ValidationError):
        raise Refused("BAD_USER_INPUT", detail=_("“after” is no cursor of this list.")) from None


def _value(field: Field[Any, Any], key: Any) -> Any:
    """A key of the kind that the field is ordered by. Raises ValueError, OverflowError or ValidationError."""
    # True is an int to Python, and PostgreSQL takes no text with a NUL in it.
    if type(key) is not (int if isinstance(field, IntegerField) else str) or (isinstance(key, str) and "\0" in key):
        raise ValueError
    value = field.to_python(key)
    # Some moments that can be written down lie outside the calendar in UTC; naive ones are none of ours.
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError
        return value.astimezone(UTC)
    return value


class PageInfo(graphene.ObjectType):
    """Where a page of a list stands."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()

    def resolve_has_previous_page(self: Edges, info: Any) -> bool:  # type: ignore[misc]
        return bool(self.after)

    def resolve_start_cursor(self: Edges, info: Any) -> str | None:  # type: ignore[misc]
        return self.cursor(self.nodes[0]) if self.nodes else None

    def resolve_end_cursor(self: Edges, info: Any) -> str | None:  # type: ignore[misc]
        return self.cursor(self.nodes[-1]) if self.nodes else None


def connection(node: type[graphene.ObjectType]) -> type[graphene.ObjectType]:
    """Make the connection type of a node type."""
    name = node._meta.name
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": f"One {name} in a list.",
            "node": graphene.Field(node, required=True, resolver=lambda pair, info: pair[1]),
            "cursor": graphene.String(required=True, resolver=lambda pair, info: pair[0].cursor(pair[1])),
        },
    )
    return type(
        f"{name}Connection",
        (graphene.ObjectType,),
        {
            "__doc__": f"A page of a list of {name}.",
            "edges": graphene.List(
                graphene.NonNull(edge), required=True, resolver=lambda page, info: [(page, row) for row in page.nodes]
            ),
            "nodes": graphene.List(graphene.NonNull(node), required=True, description="The rows without cursors."),
            "page_info": graphene.Field(PageInfo, required=True, resolver=lambda page, info: page),
            "total_count": graphene.Int(
                required=True, resolver=lambda page, info: page.total(), description="Of all pages."
            ),
        },
    )


def paged(of: type[graphene.ObjectType], description: str, **arguments: Any) -> graphene.Field:
    """Declare a list field with paging."""
    return graphene.Field(
        of,
        required=True,
        description=description,
        first=graphene.Int(description=f"How many; {LARGEST_PAGE} at most."),
        after=graphene.String(description="The cursor behind which to go on."),
        **arguments,
    )
