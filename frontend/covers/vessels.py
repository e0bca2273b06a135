"""What floats and what lifts: ships, boats, gantry cranes."""

from .canvas import Canvas
from .quay import LONG, container, stack


def ship(canvas: Canvas, *, x: float, y: float, unit: float) -> None:
    """Draw a container ship, bow to the left, its waterline from x at y; unit is a container's height."""
    paints, long = canvas.palette, unit * 17.5
    deck = y - unit * 1.5
    at = x + unit * 2.4
    for bay in range(3):
        at += stack(canvas, x=at, y=deck, tiers=canvas.chance.randint(2 + (bay > 0), 4), height=unit, long=True)
    _bridge_house(canvas, x=x + unit * 14, deck=deck, unit=unit)
    canvas.polygon(
        [
            (x - unit, deck - unit * 0.7),
            (x + unit * 1.6, deck),
            (x + long, deck),
            (x + long - unit * 0.5, y),
            (x + unit * 0.6, y),
        ],
        paints.hull,
    )
    canvas.polygon(
        [
            (x + unit * 0.28, y - unit * 0.45),
            (x + long - unit * 0.35, y - unit * 0.45),
            (x + long - unit * 0.5, y),
            (x + unit * 0.6, y),
        ],
        "#d2361f" if paints.sun != "#d2361f" else "#f08a5d",
    )
    canvas.rect(x + unit * 1.2, deck + unit * 0.42, unit * 3.4, unit * 0.2, paints.foam, opacity="0.8")


def _bridge_house(canvas: Canvas, *, x: float, deck: float, unit: float) -> None:
    canvas.rect(x, deck - unit * 4.3, unit * 1.9, unit * 4.3, "#fffdf8")
    canvas.rect(x - unit * 0.25, deck - unit * 4.9, unit * 2.4, unit * 0.75, "#fffdf8")
    for row in range(3):
        canvas.rect(
            x + unit * 0.3, deck - unit * (3.7 - row * 1.1), unit * 1.3, unit * 0.3, canvas.palette.hull, opacity="0.75"
        )
    canvas.rect(x - unit * 0.1, deck - unit * 4.7, unit * 2.1, unit * 0.3, canvas.palette.hull)
    canvas.rect(x + unit * 2.1, deck - unit * 3.2, unit * 0.9, unit * 3.2, "#ffc53d")
    canvas.rect(x + unit * 2.1, deck - unit * 2.8, unit * 0.9, unit * 0.45, canvas.palette.hull)


def boat(canvas: Canvas, *, x: float, y: float, unit: float) -> None:
    """Draw a fishing boat under a battened sail."""
    paints = canvas.palette
    canvas.polygon(
        [
            (x + unit * 2.1, y - unit * 0.6),
            (x + unit * 2.1, y - unit * 5),
            (x + unit * 0.3, y - unit * 3.6),
            (x, y - unit * 0.9),
        ],
        "#fffdf8",
    )
    canvas.polygon(
        [(x + unit * 2.3, y - unit * 0.6), (x + unit * 2.3, y - unit * 4.6), (x + unit * 4.1, y - unit * 1)],
        paints.boxes[3],
    )
    canvas.polygon(
        [
            (x - unit * 0.8, y - unit * 0.5),
            (x + unit * 4.7, y - unit * 0.6),
            (x + unit * 3.9, y + unit * 0.35),
            (x + unit * 0.1, y + unit * 0.35),
        ],
        paints.hull,
    )


def crane(canvas: Canvas, *, x: float, y: float, unit: float, class_: str = "") -> None:
    """Draw a ship-to-shore gantry crane, legs from x at y, its boom reaching to the left over the water."""
    iron, beam = canvas.palette.iron, unit * 0.28
    left, right, girder, apex = x, x + unit * 5, y - unit * 9, y - unit * 13
    for leg in (left, right):
        canvas.line([(leg, y), (leg, girder)], iron, beam * 1.3)
    canvas.line([(left, y - unit * 3.6), (right, y - unit * 3.6)], iron, beam)
    canvas.line([(left, y - unit * 3.6), (right, girder), (right, girder)], iron, beam * 0.6)
    canvas.line([(left - unit * 11, girder), (right + unit * 4, girder)], iron, beam * 1.7)
    canvas.line([(left, girder), (left + unit * 1.1, apex), (right, girder)], iron, beam)
    for tie in (left - unit * 10.4, left - unit * 5.5, right + unit * 3.6):
        canvas.line([(left + unit * 1.1, apex), (tie, girder)], iron, beam * 0.4)
    for foot in (left, right):
        canvas.rect(foot - unit * 0.8, y - unit * 0.45, unit * 1.6, unit * 0.45, iron)
    canvas.rect(right + unit * 0.7, girder - unit * 1.2, unit * 1.9, unit * 1.1, canvas.palette.boxes[3])
    _load(canvas, x=left - unit * 7.2, girder=girder, unit=unit, class_=class_)


def _load(canvas: Canvas, *, x: float, girder: float, unit: float, class_: str) -> None:
    iron, drop, length = canvas.palette.iron, unit * 3.3, unit * LONG * 0.9
    with canvas.group(**({"class_": class_} if class_ else {})):
        canvas.rect(x + length * 0.3, girder, length * 0.4, unit * 0.5, iron)
        for rope in (0.32, 0.68):
            canvas.line(
                [(x + length * rope, girder), (x + length * (0.12 if rope < 0.5 else 0.88), girder + drop)],
                iron,
                unit * 0.07,
            )
        canvas.rect(x + length * 0.06, girder + drop - unit * 0.16, length * 0.88, unit * 0.18, iron)
        container(
            canvas,
            x=x,
            y=girder + drop + unit,
            length=length,
            height=unit,
            paint="#d2361f" if canvas.palette.sky != "#d2361f" else "#ffc53d",
        )
