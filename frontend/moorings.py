"""The small drawing of who has to do with whom: a mooring line for each relation, the subject on top.

Whoever acts on the subject is moored on the left, whoever it acts on is moored on the right; on a phone both hang on
one side. The lists of the page tell the same in words, so the drawing is a picture with a name and no links.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from frontend.templatetags.look import paint
from network.relationships import Relation

ROW = 58
BOX = 44
MOST = 14
LETTER = 7.4
BOLD = 9.4


def moorings(*, subject: str, relations: Sequence[Relation], title: str, day: date, narrow: bool = False) -> SafeString:
    """Return the drawing as inline SVG; the first fourteen of them, more would be no picture."""
    shown = relations[:MOST]
    width, trunk, box = (340, 14, 300) if narrow else (720, 360, 300)
    incoming, outgoing = ([], list(shown)) if narrow else _sides(shown)
    rows = max(len(incoming), len(outgoing), 1)
    height = 56 + rows * ROW
    parts = [_line(trunk, 40, trunk, 56 + (rows - 1) * ROW + BOX / 2, over=False)]
    for column, side in ((incoming, -1), (outgoing, 1)):
        for row, relation in enumerate(column):
            top = 56 + row * ROW
            left = trunk + 40 if side == 1 else trunk - 40 - box
            if narrow:
                left = trunk + 26
            parts.append(_relation(relation, left=left, top=top, width=box, trunk=trunk, side=side, day=day))
    parts.append(_subject(subject, width=width, trunk=trunk, narrow=narrow))
    words = f'<svg class="moorings{" moorings-narrow" if narrow else ""}" viewBox="0 0 {width} {height}" role="img"'
    return mark_safe(f'{words} aria-label="{escape(title)}">{"".join(parts)}</svg>')  # every text is escaped


def _sides(shown: Sequence[Relation]) -> tuple[list[Relation], list[Relation]]:
    """Who acts on the subject, and on whom it acts. With one of them empty, both sides share the other."""
    incoming, outgoing = [each for each in shown if not each.is_source], [each for each in shown if each.is_source]
    if incoming and outgoing:
        return incoming, outgoing
    half = (len(shown) + 1) // 2
    return list(shown[:half]), list(shown[half:])


def _relation(relation: Relation, *, left: float, top: float, width: float, trunk: float, side: int, day: date) -> str:
    """A box with the party's name, what it is to the subject, and its line to the trunk."""
    middle, edge = top + BOX / 2, left if side == 1 else left + width
    over = relation.is_over(day)
    kind = "" if relation.is_person else getattr(relation.party, "kind", "")
    colour = f"paint-{paint(kind)}" if kind else "paint-person"
    name = escape(_short(relation.name, width - 24))
    arrow = edge if relation.is_source else trunk
    towards = side if relation.is_source else -side
    return (
        f'<g class="{colour}{" is-over" if over else ""}">'
        f"{_line(trunk, middle, edge, middle, over=over)}{_arrow(arrow, middle, towards)}"
        f'<rect class="mooring-box" x="{left}" y="{top}" width="{width}" height="{BOX}" rx="4"/>'
        f'<rect class="mooring-paint" x="{left}" y="{top}" width="6" height="{BOX}" rx="2"/>'
        f'<text class="mooring-kind" x="{left + 16}" y="{top + 17}">{escape(relation.label)}</text>'
        f'<text class="mooring-name" x="{left + 16}" y="{top + 35}">{name}</text></g>'
    )


def _subject(name: str, *, width: float, trunk: float, narrow: bool) -> str:
    shown = _short(name, (width if narrow else 320) - 32)
    wide = min(width, max(120, len(shown) * BOLD + 32))
    left = 0 if narrow else trunk - wide / 2
    return (
        f'<rect class="mooring-subject" x="{left}" y="0" width="{wide}" height="40" rx="4"/>'
        f'<text class="mooring-own" x="{left + 16}" y="26">{escape(shown)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, *, over: bool) -> str:
    dashes = ' stroke-dasharray="4 5"' if over else ""
    return f'<path class="mooring-line" d="M{x1} {y1}L{x2} {y2}"{dashes}/>'


def _arrow(x: float, y: float, towards: int) -> str:
    back = x - 7 * towards
    return f'<path class="mooring-arrow" d="M{x} {y}L{back} {y - 4.5}L{back} {y + 4.5}Z"/>'


def _short(name: str, room: float) -> str:
    most = int(room / LETTER)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
