"""Data: tables, and charts whose numbers can be read without seeing them."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class TableBlock(blocks.StructBlock):
    """A table with its caption and where the data come from."""

    title = blocks.CharBlock(label=_("Caption"), max_length=160)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Words"), required=False, max_length=300)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
    )
    source = blocks.CharBlock(label=_("Source of the data"), max_length=200, required=False)

    class Meta:
        label = _("Table")
        icon = "table"
        template = "cms/blocks/table.html"


class ValueBlock(blocks.StructBlock):
    """One value."""

    label = blocks.CharBlock(label=_("Name"), max_length=80)
    value = blocks.DecimalBlock(label=_("Number"), min_value=0, max_digits=15, decimal_places=2)


class ChartValue(blocks.StructValue):
    """A chart knows how long each bar is."""

    @property
    def bars(self) -> list[dict[str, Any]]:
        """The values with their share of the largest, in percent with one decimal."""
        items = list(self["items"])
        largest = max((item["value"] for item in items), default=Decimal(0)) or Decimal(1)
        return [
            {
                "label": item["label"],
                "value": item["value"].normalize(),
                "share": f"{item['value'] * 100 / largest:.1f}",
            }
            for item in items
        ]


class ChartBlock(blocks.StructBlock):
    """Bars side by side: a table first, so that whoever cannot see them hears the numbers."""

    title = blocks.CharBlock(label=_("Caption"), max_length=160)
    unit = blocks.CharBlock(label=_("Unit"), max_length=40, required=False)
    items = blocks.ListBlock(ValueBlock(), label=_("Values"), min_num=2, max_num=24)
    source = blocks.CharBlock(label=_("Source of the data"), max_length=200, required=False)

    class Meta:
        label = _("Chart")
        icon = "order"
        template = "cms/blocks/chart.html"
        value_class = ChartValue
