"""Charts of counted things, drawn by the server: containers in rows, or stacked by year. A table tells the same."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from network.numbers import Counted

WIDTH = 640
ROW = 40
HEIGHT = 220


def rows(counted: Sequence[Counted], *, title: str) -> SafeString:
    """Return a bar for each, its name above it and its number at its end."""
    most = max((each.count for each in counted), default=1)
    parts = []
    for place, each in enumerate(counted):
        top, long = place * ROW, max(4, round(each.count / most * (WIDTH - 60)))
        parts.append(
            f'<text class="bar-name" x="0" y="{top + 14}">{escape(each.label)}</text>'
            f'<rect class="bar-all" x="0" y="{top + 20}" width="{WIDTH - 60}" height="12" rx="2"/>'
            f'<rect class="bar" x="0" y="{top + 20}" width="{long}" height="12" rx="2"/>'
            f'<text class="bar-count" x="{WIDTH}" y="{top + 31}" text-anchor="end">{each.count}</text>'
        )
    return _drawing("bars", WIDTH, max(1, len(counted)) * ROW, title, parts)


def columns(counted: Sequence[Counted], *, title: str) -> SafeString:
    """Return a column for each year, the years without any left standing empty."""
    if not counted:
        return _drawing("bars columns", WIDTH, HEIGHT, title, [])
    found = {int(each.value): each.count for each in counted}
    years = range(min(found), max(found) + 1)
    most, wide = max(found.values()), WIDTH / len(years)
    parts = [f'<path class="bar-quay" d="M0 {HEIGHT - 28}H{WIDTH}"/>']
    for place, year in enumerate(years):
        count, left = found.get(year, 0), place * wide
        high = round(count / most * (HEIGHT - 60))
        middle = round(left + wide / 2, 1)
        if count:
            top = HEIGHT - 28 - high
            parts.append(
                f'<rect class="bar" x="{left + 2:.1f}" y="{top}" width="{wide - 4:.1f}" height="{high}" rx="2"/>'
            )
            parts.append(f'<text class="bar-count" x="{middle}" y="{top - 6}" text-anchor="middle">{count}</text>')
        if year % 5 == 0:
            parts.append(f'<text class="bar-name" x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{year}</text>')
    return _drawing("bars columns", WIDTH, HEIGHT, title, parts)


def _drawing(name: str, width: int, height: int, title: str, parts: list[str]) -> SafeString:
    head = f'<svg class="{name}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
    return mark_safe(f"{head}{''.join(parts)}</svg>")  # every text is escaped
