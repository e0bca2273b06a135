"""Badges on paper: sheets to cut, and labels for label printers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from events.typesetting import (
    BLACK,
    DISPLAY,
    LABEL,
    LAMP,
    PAPER,
    SEA,
    STEEL,
    TEXT,
    TIDE,
    WHITE,
    draw_code,
    draw_mark,
    fit,
    paper,
    printable,
)

CONTAINERS = (
    (TIDE, WHITE),
    (LAMP, SEA),
    (SEA, PAPER),
    (HexColor("#f08a5d"), SEA),
    (HexColor("#e9e0cd"), SEA),
    (HexColor("#1d5a73"), WHITE),
)
"""Paint and lettering of the boxes that say the ticket type: the door tells types apart by colour, too."""


@dataclass(frozen=True, kw_only=True)
class Badge:
    """What stands on one. `paint` is the place of its ticket type among the event's."""

    name: str
    organisation: str
    ticket_type: str
    paint: int
    number: str
    code: str


class Layout(StrEnum):
    """What the badges are printed on."""

    A4 = "A4"
    LABEL_62X100 = "LABEL_62X100"
    LABEL_89X36 = "LABEL_89X36"


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """Badges of one size on a page, in the middle of it."""

    page: tuple[float, float]
    badge: tuple[float, float]
    columns: int = 1
    rows: int = 1

    @property
    def on_a_page(self) -> int:
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a place, row by row."""
        width, height = self.badge
        left = (self.page[0] - self.columns * width) / 2
        top = (self.page[1] + self.rows * height) / 2
        return left + place % self.columns * width, top - place // self.columns * height


_GRIDS = {
    Layout.A4: _Grid(page=A4, badge=(90 * mm, 60 * mm), columns=2, rows=4),
    Layout.LABEL_62X100: _Grid(page=(62 * mm, 100 * mm), badge=(62 * mm, 100 * mm)),
    Layout.LABEL_89X36: _Grid(page=(89 * mm, 36 * mm), badge=(89 * mm, 36 * mm)),
}


def write(
    file: IO[bytes], *, badges: Iterable[Badge], layout: Layout, event_code: str, event_title: str, language: str
) -> None:
    """Write the badges as PDF into `file`, in the order given. `badges` may be a generator: it is read once."""
    grid = _GRIDS[layout]
    width, height = grid.page
    canvas = paper(file, width=width, height=height, title=f"{_('Badges')} {event_code}", language=language)
    draw = {Layout.A4: _draw_card, Layout.LABEL_62X100: _draw_tall, Layout.LABEL_89X36: _draw_wide}[layout]
    place = 0
    for badge in badges:
        if place == grid.on_a_page:
            canvas.showPage()
            place = 0
        left, top = grid.corner(place)
        draw(canvas, badge, left, top, event_code, event_title)
        if layout == Layout.A4:
            _draw_cut_marks(canvas, left, top, *grid.badge)
        place += 1
    canvas.save()


def _draw_card(canvas: Any, badge: Badge, left: float, top: float, event_code: str, event_title: str) -> None:
    """90 × 60 mm in colour: the event on the sea, the name below it, the ticket type in its container."""
    width, band, edge = 90 * mm, 15 * mm, 5 * mm
    canvas.setFillColor(SEA)
    canvas.rect(left, top - band, width, band, stroke=0, fill=1)
    canvas.setFillColor(LAMP)
    canvas.rect(left, top - band - 1.2 * mm, width, 1.2 * mm, stroke=0, fill=1)
    draw_mark(canvas, x=left + width - edge - 9 * mm, y=top - 12 * mm, side=9 * mm)
    _draw_event(canvas, left + edge, top - 1.6 * mm, width - 2 * edge - 12 * mm, event_code, event_title, LAMP, PAPER)
    name = _Box(x=left + edge, top=top - 17 * mm, width=width - 2 * edge, height=19 * mm)
    _draw_name(canvas, badge, name, largest=25, colour=SEA)
    side = 24 * mm
    draw_code(canvas, badge.code, x=left + width - side - 2 * mm, y=top - 59 * mm, side=side, colour=SEA)
    room = width - side - edge - 4 * mm
    organisation = fit(badge.organisation, face=LABEL, width=room, height=9 * mm, largest=10, smallest=7, most_lines=2)
    organisation.draw(canvas, x=left + edge, top=top - 36.3 * mm, colour=TIDE)
    _draw_container(canvas, badge, left + edge, top - 53 * mm, room)


def _draw_tall(canvas: Any, badge: Badge, left: float, top: float, event_code: str, event_title: str) -> None:
    """62 × 100 mm in black alone: label printers know no grey."""
    edge, width = 4 * mm, 54 * mm
    _draw_event(canvas, left + edge, top - 3.5 * mm, width, event_code, event_title, BLACK, BLACK)
    _draw_rule(canvas, left + edge, top - 17 * mm, width)
    name = _Box(x=left + edge, top=top - 18.5 * mm, width=width, height=25 * mm)
    _draw_name(canvas, badge, name, largest=27, colour=BLACK)
    organisation = fit(badge.organisation, face=LABEL, width=width, height=9 * mm, largest=11, smallest=7, most_lines=2)
    organisation.draw(canvas, x=left + edge, top=top - 43.5 * mm, colour=BLACK)
    side = 40 * mm
    draw_code(canvas, badge.code, x=left + (62 * mm - side) / 2, y=top - 93 * mm, side=side, colour=BLACK)
    line = fit(_foot(badge), face=LABEL, width=width, height=6 * mm, largest=8.5, smallest=6, most_lines=1)
    line.draw(canvas, x=left + edge, top=top - 92.5 * mm, colour=BLACK, width=width, is_centred=True)


def _draw_wide(canvas: Any, badge: Badge, left: float, top: float, event_code: str, event_title: str) -> None:
    """89 × 36 mm in black alone, the code at the right."""
    side, edge = 31 * mm, 3 * mm
    draw_code(canvas, badge.code, x=left + 89 * mm - side - 1 * mm, y=top - 33.5 * mm, side=side, colour=BLACK)
    room = 89 * mm - side - 2 * edge - 1 * mm
    head = fit(
        f"{event_code} · {event_title}", face=LABEL, width=room, height=5 * mm, largest=8, smallest=6.5, most_lines=1
    )
    head.draw(canvas, x=left + edge, top=top - 1.8 * mm, colour=BLACK)
    _draw_rule(canvas, left + edge, top - 6 * mm, room)
    _draw_name(
        canvas, badge, _Box(x=left + edge, top=top - 6.8 * mm, width=room, height=17 * mm), largest=21, colour=BLACK
    )
    organisation = fit(badge.organisation, face=LABEL, width=room, height=5 * mm, largest=9, smallest=6.5, most_lines=1)
    organisation.draw(canvas, x=left + edge, top=top - 24 * mm, colour=BLACK)
    line = fit(_foot(badge), face=TEXT, width=room, height=5 * mm, largest=8, smallest=6, most_lines=1)
    line.draw(canvas, x=left + edge, top=top - 29.5 * mm, colour=BLACK)


def _draw_event(
    canvas: Any, x: float, top: float, width: float, event_code: str, event_title: str, code_paint: Any, paint: Any
) -> None:
    code = fit(event_code, face=DISPLAY, width=width, height=5 * mm, largest=8, smallest=6, most_lines=1)
    code.draw(canvas, x=x, top=top, colour=code_paint)
    title = fit(event_title, face=LABEL, width=width, height=8.6 * mm, largest=9.5, smallest=6.5, most_lines=2)
    title.draw(canvas, x=x, top=top - 4 * mm, colour=paint)


@dataclass(frozen=True, kw_only=True)
class _Box:
    x: float
    top: float
    width: float
    height: float


def _draw_name(canvas: Any, badge: Badge, box: _Box, *, largest: float, colour: Any) -> None:
    """The name as large as it fits; one in letters that the face lacks is left to be written by hand."""
    name = fit(badge.name, face=DISPLAY, width=box.width, height=box.height, largest=largest, smallest=7)
    name.draw(canvas, x=box.x, top=box.top - (box.height - name.height) / 2, colour=colour)
    if not name.lines:
        canvas.setStrokeColor(colour)
        canvas.line(box.x, box.top - box.height * 0.7, box.x + box.width, box.top - box.height * 0.7)


def _draw_container(canvas: Any, badge: Badge, x: float, y: float, most: float) -> None:
    """The ticket type as a container, its number underneath."""
    paint, lettering = CONTAINERS[badge.paint % len(CONTAINERS)]
    height, rib = 6.6 * mm, 1.1 * mm
    text = fit(badge.ticket_type, face=LABEL, width=most - 9 * mm, height=height, largest=9, smallest=6, most_lines=1)
    length = max((canvas.stringWidth(line, text.face, text.size) for line in text.lines), default=0) + 9 * mm
    canvas.setFillColor(paint)
    canvas.rect(x, y, length, height, stroke=0, fill=1)
    canvas.setStrokeColor(lettering)
    canvas.setLineWidth(0.35)
    for step in (1, 2):
        for edge in (x + step * rib, x + length - step * rib):
            canvas.line(edge, y + 1 * mm, edge, y + height - 1 * mm)
    # The middle of small letters stands on the middle of the box.
    text.draw(canvas, x=x + 4.5 * mm, top=y + height / 2 + text.size * 0.73, colour=lettering)
    number = fit(badge.number, face=LABEL, width=most, height=5 * mm, largest=7.5, smallest=6, most_lines=1)
    number.draw(canvas, x=x, top=y - 0.2 * mm, colour=STEEL)


def _foot(badge: Badge) -> str:
    return " · ".join(part for part in (printable(badge.ticket_type), badge.number) if part)


def _draw_rule(canvas: Any, x: float, y: float, length: float) -> None:
    canvas.setFillColor(BLACK)
    canvas.rect(x, y, length, 0.6 * mm, stroke=0, fill=1)


def _draw_cut_marks(canvas: Any, left: float, top: float, width: float, height: float) -> None:
    """Where to cut: short hairlines outside of the corners at the edge of the sheet, ticks between badges."""
    canvas.setStrokeColor(STEEL)
    canvas.setLineWidth(0.3)
    long, gap = 3 * mm, 1 * mm
    page_width, page_height = A4
    for x in (left, left + width):
        for y, sign in ((page_height / 2 + 120 * mm, 1), (page_height / 2 - 120 * mm, -1)):
            canvas.line(x, y + sign * gap, x, y + sign * (gap + long))
    for y in (top, top - height):
        for x, sign in ((page_width / 2 - 90 * mm, -1), (page_width / 2 + 90 * mm, 1)):
            canvas.line(x + sign * gap, y, x + sign * (gap + long), y)
