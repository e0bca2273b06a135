"""Tables and charts."""

from typing import Any

import graphene

from .parts import block_id, items_of, words


class ChartItem(graphene.ObjectType):
    """One value of a chart."""

    label = graphene.String(required=True)
    # Not "value": in a union, fields of one name must be of one type, and that of NumberItem is a text.
    number = graphene.Float(required=True)

    resolve_number = staticmethod(lambda item, info: float(item["value"]))


class ChartBlock(graphene.ObjectType):
    """Values side by side."""

    id = block_id()
    title = words("title")
    unit = words("unit")
    items = items_of(ChartItem)
    source = words("source", "Where the data come from.")


class TableColumn(graphene.ObjectType):
    """A column of a table."""

    heading = graphene.String(required=True)
    is_number = graphene.Boolean(required=True, description="Whether it holds numbers, to be set to the right.")

    resolve_is_number = staticmethod(lambda column, info: column["block"].name == "number")


class TableBlock(graphene.ObjectType):
    """A table with its caption."""

    id = block_id()
    title = words("title")
    source = words("source", "Where the data come from.")
    columns = graphene.List(graphene.NonNull(TableColumn), required=True)
    rows = graphene.List(
        graphene.NonNull(graphene.List(graphene.NonNull(graphene.String), required=True)),
        required=True,
        description="Cells in the order of the columns; an empty cell is an empty text.",
    )

    def resolve_columns(self: Any, info: Any) -> list[Any]:
        return list(self.parts["table"].columns)

    def resolve_rows(self: Any, info: Any) -> list[list[str]]:
        return [["" if cell.value is None else str(cell.value) for cell in row] for row in self.parts["table"].rows]
