"""Compositions: each puts light, islands, water and one subject on a sheet of any shape."""

from collections.abc import Callable

from .canvas import Canvas
from .landmarks import blossom, bridge, falling_petals, lighthouse
from .quay import row_of_stacks, slab
from .sky import first_light, islands, water
from .vessels import boat, crane, ship

Scene = Callable[[Canvas], None]


def backdrop(canvas: Canvas, *, sun: float, rise: float = 0.34, islands_from: float = 0.0) -> float:
    """Paint sky, sun (at a share of the width), islands and water; return the horizon."""
    wide, tall = canvas.width, canvas.height
    horizon, radius = tall * 0.72, tall * 0.115
    canvas.rect(0, 0, wide, tall, canvas.palette.sky)
    first_light(canvas, x=wide * sun, y=tall * rise, radius=radius)
    start = wide * islands_from - tall * 0.2
    islands(
        canvas,
        horizon=horizon,
        start=start,
        end=wide * (0.45 + islands_from),
        height=tall * 0.24,
        fill=canvas.palette.far,
    )
    islands(canvas, horizon=horizon, start=wide * 0.55, end=wide, height=tall * 0.15, fill=canvas.palette.far)
    water(canvas, top=horizon, sun=(wide * sun, radius))
    return horizon


def stacks(canvas: Canvas) -> None:
    """Stacks along the quay, the sun over a gap."""
    tall = canvas.height
    horizon = backdrop(canvas, sun=canvas.chance.uniform(0.22, 0.78), rise=0.27)
    unit, y = tall * 0.088, horizon + tall * 0.09
    slab(canvas, y=y, deep=tall * 0.022)
    row_of_stacks(
        canvas,
        start=-unit * canvas.chance.uniform(0, 2),
        end=canvas.width,
        y=y,
        height=unit,
        heights=(0, 1, 2, 3, 4, 5),
    )


def arrival(canvas: Canvas) -> None:
    """A ship comes in past the islands."""
    tall, wide = canvas.height, canvas.width
    horizon = backdrop(canvas, sun=canvas.chance.uniform(0.12, 0.3), rise=0.3)
    unit = min(tall * 0.074, wide * 0.044)
    ship(canvas, x=wide * 0.53 - unit * canvas.chance.uniform(6.5, 8), y=horizon + tall * 0.1, unit=unit)
    if wide > tall * 1.2:
        boat(canvas, x=wide * canvas.chance.uniform(0.03, 0.06), y=horizon + tall * 0.03, unit=tall * 0.014)


def loading(canvas: Canvas) -> None:
    """A crane swings a container out over the water."""
    tall, wide = canvas.height, canvas.width
    horizon = backdrop(canvas, sun=canvas.chance.uniform(0.16, 0.3), rise=0.44)
    unit, y = tall * 0.055, horizon + tall * 0.07
    shore = wide * canvas.chance.uniform(0.5, 0.6)
    crane(canvas, x=shore + unit * 1.5, y=y, unit=unit)
    slab(canvas, y=y, start=shore, deep=tall * 0.025)
    row_of_stacks(canvas, start=shore + unit * 8.6, end=wide, y=y, height=unit * 1.25, heights=(2, 3, 4, 5))
    row_of_stacks(canvas, start=shore + unit * 2.4, end=shore + unit * 5, y=y, height=unit, heights=(1, 2))


def beacon(canvas: Canvas) -> None:
    """The lighthouse, boats going out under its lamp."""
    tall, wide = canvas.height, canvas.width
    side = canvas.chance.choice((0.26, 0.74))
    horizon = backdrop(canvas, sun=1 - side, rise=0.5)
    lighthouse(canvas, x=wide * side, y=horizon + tall * 0.03, unit=tall * 0.05)
    for step in (0.1, 0.32):
        boat(
            canvas,
            x=wide * ((1 - side) + (step - 0.2)),
            y=horizon + tall * (0.04 + step * 0.2),
            unit=tall * (0.018 + step * 0.035),
        )


def crossing(canvas: Canvas) -> None:
    """The bridge over the river mouth, a ship passing under."""
    tall, wide = canvas.height, canvas.width
    horizon = backdrop(canvas, sun=canvas.chance.uniform(0.4, 0.6), rise=0.4)
    unit = tall * 0.052
    bridge(canvas, y=horizon - tall * 0.12, unit=unit, pylons=(wide * 0.2, wide * 0.82))
    small = min(tall * 0.03, wide * 0.02)
    ship(canvas, x=wide * 0.5 - small * 8, y=horizon + tall * 0.09, unit=small)


def summer(canvas: Canvas) -> None:
    """The phượng in flower over the quay: June, exams, beginnings."""
    tall, wide = canvas.height, canvas.width
    left = canvas.chance.random() < 0.5
    horizon = backdrop(canvas, sun=0.68 if left else 0.32, rise=0.36)
    unit, y = tall * 0.072, horizon + tall * 0.09
    slab(canvas, y=y, deep=tall * 0.022)
    row_of_stacks(canvas, start=-unit, end=wide, y=y, height=unit, heights=(0, 1, 2, 3))
    blossom(canvas, x=0 if left else wide, y=tall * 0.02, unit=tall * 0.062, toward=1 if left else -1)
    falling_petals(canvas, count=6, unit=tall * 0.026, bottom=0.75)


SCENES: dict[str, Scene] = {
    "stacks": stacks,
    "arrival": arrival,
    "loading": loading,
    "beacon": beacon,
    "crossing": crossing,
    "summer": summer,
}
