"""Amounts of money, as people here write them; and what an owner listed in words."""

from django import template
from django.utils.formats import number_format

from frontend import amounts, entries

register = template.Library()
register.filter("amount", amounts.amount)
register.filter("listed", entries.listed)


@register.filter
def dong(amount: int) -> str:
    """Return an amount of đồng: 1000000 gives "1.000.000 đ", held together."""
    return f"{number_format(amount, force_grouping=True)}\u00a0đ"
