"""Charts of the city with marks on them, drawn by the server as SVG; they work without anybody's tiles.

With `MAP_TILES` (a template address) and `MAP_TILES_CREDIT` set, the same chart lies on pictures of that address.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import asinh, ceil, floor, pi, radians, tan

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from frontend.coast import ISLANDS, NAMES, RIVERS, SEA, Line

TILE = 256


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a chart shows: from the south-west to the north-east, at a zoom of the web's tiles."""

    name: str
    south: float
    west: float
    north: float
    east: float
    zoom: int

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a spot lies on the chart, in its own units."""
        x, y = _mercator(latitude, longitude, self.zoom)
        left, top = _mercator(self.north, self.west, self.zoom)
        return round(x - left, 1), round(y - top, 1)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a spot lies on it."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


CITY = Frame(name="city", south=20.58, west=106.2, north=21.19, east=107.16, zoom=10)
INNER = Frame(name="inner", south=20.785, west=106.57, north=20.925, east=106.79, zoom=12)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something on the chart: `colour` is a number of the paints, `url` makes it a link."""

    latitude: float
    longitude: float
    name: str
    colour: int
    url: str = ""


def chart(
    frame: Frame, marks: Iterable[Mark], *, title: str, inset: Frame | None = None, radius: int = 7
) -> SafeString:
    """Return a chart as inline SVG; `inset` outlines the part that another chart shows larger."""
    width, height = frame.place(frame.south, frame.east)
    base = _tiles(frame) if settings.MAP_TILES else _sketch(frame)
    parts = [*base, _outline(frame, inset) if inset else "", *_marks(frame, marks, radius)]
    head = f'<svg class="sea-chart sea-chart-{frame.name}" viewBox="0 0 {width} {height}" role="group"'
    return mark_safe(f'{head} aria-label="{escape(title)}">{"".join(parts)}</svg>')  # every text is escaped


def frame_of(latitude: float, longitude: float) -> Frame:
    """Return the closest chart that holds a spot."""
    return INNER if INNER.holds(latitude, longitude) else CITY


def _mercator(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    size = TILE * 2**zoom
    return (longitude + 180) / 360 * size, (1 - asinh(tan(radians(latitude))) / pi) / 2 * size


def _sketch(frame: Frame) -> Iterator[str]:
    """Land, sea, rivers and a graticule every tenth of a degree."""
    width, height = frame.place(frame.south, frame.east)
    yield f'<rect class="chart-land" width="{width}" height="{height}"/>'
    yield f'<path class="chart-sea" d="{_path(frame, SEA)}Z"/>'
    for island in ISLANDS:
        yield f'<path class="chart-land chart-island" d="{_path(frame, island)}Z"/>'
    for river in RIVERS:
        yield f'<path class="chart-river" d="{_path(frame, river)}"/>'
    step = 0.1 if frame.zoom < 12 else 0.05
    for number in range(ceil(frame.west / step), floor(frame.east / step) + 1):
        x, _y = frame.place(frame.south, number * step)
        yield f'<path class="chart-grid" d="M{x} 0V{height}"/>'
    for number in range(ceil(frame.south / step), floor(frame.north / step) + 1):
        _x, y = frame.place(number * step, frame.west)
        yield f'<path class="chart-grid" d="M0 {y}H{width}"/>'
    for latitude, longitude, name in NAMES if frame.zoom < 12 else ():
        x, y = frame.place(latitude, longitude)
        yield f'<text class="chart-name" x="{x}" y="{y}" text-anchor="middle">{escape(name)}</text>'


def _path(frame: Frame, line: Line) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in (frame.place(*spot) for spot in line))


def _tiles(frame: Frame) -> Iterator[str]:
    left, top = _mercator(frame.north, frame.west, frame.zoom)
    right, bottom = _mercator(frame.south, frame.east, frame.zoom)
    for column in range(floor(left / TILE), ceil(right / TILE)):
        for row in range(floor(top / TILE), ceil(bottom / TILE)):
            address = settings.MAP_TILES.format(z=frame.zoom, x=column, y=row)
            x, y = round(column * TILE - left, 1), round(row * TILE - top, 1)
            yield f'<image href="{escape(address)}" x="{x}" y="{y}" width="{TILE}" height="{TILE}"/>'


def _outline(frame: Frame, inset: Frame) -> str:
    left, top = frame.place(inset.north, inset.west)
    right, bottom = frame.place(inset.south, inset.east)
    return f'<rect class="chart-inset" x="{left}" y="{top}" width="{right - left:.1f}" height="{bottom - top:.1f}"/>'


def _marks(frame: Frame, marks: Iterable[Mark], radius: int) -> Iterator[str]:
    """Containers seen from above, the southern ones in front."""
    shown = [mark for mark in marks if frame.holds(mark.latitude, mark.longitude)]
    for mark in sorted(shown, key=lambda each: -each.latitude):
        x, y = frame.place(mark.latitude, mark.longitude)
        drawn = f'<circle class="chart-mark paint-{mark.colour}" cx="{x}" cy="{y}" r="{radius}">'
        shape = f"{drawn}<title>{escape(mark.name)}</title></circle>"
        yield f'<a href="{escape(mark.url)}" aria-label="{escape(mark.name)}">{shape}</a>' if mark.url else shape
