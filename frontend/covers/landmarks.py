"""What a sailor knows the city by: the lighthouse, the bridge, the phượng in flower."""

from math import cos, radians, sin

from .canvas import Canvas, brief, pen

RED, PALE, LEAF, LEAF_DARK = "#d2361f", "#ffb39b", "#2f7d5b", "#1f5f4a"


def lighthouse(canvas: Canvas, *, x: float, y: float, unit: float) -> None:
    """Draw the lighthouse on its rock, centred on x, its foot at y, with the lamp lit."""
    paints, lamp = canvas.palette, y - unit * 10.6
    _beams(canvas, x=x, y=lamp, unit=unit)
    rock = pen("M", x - unit * 6, y + unit * 0.6) + pen("q", unit * 1.5, unit * -2.6, unit * 4, unit * -1.9)
    canvas.path(rock + pen("t", unit * 5, unit * -0.1) + pen("t", unit * 3.4, unit * 2) + "z", fill=paints.near)
    canvas.polygon(_band(x, y - unit * 0.6, unit, 0, 9.2), "#fffdf8")
    for low in (1.4, 4.4, 7.4):
        canvas.polygon(_band(x, y - unit * 0.6, unit, low, low + 1.5), RED)
    canvas.rect(x - unit * 1.6, y - unit * 9.95, unit * 3.2, unit * 0.4, paints.quay)
    canvas.rect(x - unit * 0.8, lamp - unit * 0.75, unit * 1.6, unit * 1.45, "#ffc53d")
    roof = pen("M", x - unit * 1.15, lamp - unit * 0.7) + pen("a", unit * 1.15, unit * 1.1, 0, 0, 1, unit * 2.3, 0)
    canvas.path(roof + "z", fill=paints.quay)


def _band(x: float, y: float, unit: float, low: float, high: float) -> list[tuple[float, float]]:
    """Return the corners of a part of the tower between two heights; it narrows as it rises."""
    foot, head = (1.6 - 0.06 * low) * unit, (1.6 - 0.06 * high) * unit
    return [
        (x - foot, y - low * unit),
        (x + foot, y - low * unit),
        (x + head, y - high * unit),
        (x - head, y - high * unit),
    ]


def _beams(canvas: Canvas, *, x: float, y: float, unit: float) -> None:
    reach = canvas.width
    for side, low, high in ((-1, -0.02, 0.13), (1, -0.2, -0.06)):
        canvas.polygon(
            [(x, y), (x + side * reach, y - reach * low), (x + side * reach, y - reach * high)],
            "#ffe29a",
            opacity="0.38",
        )
    canvas.circle(x, y, unit * 2, "#ffe29a", opacity="0.45")


def bridge(canvas: Canvas, *, y: float, unit: float, pylons: tuple[float, float]) -> None:
    """Draw a cable-stayed bridge across the sheet, its deck at y."""
    iron = canvas.palette.iron
    reach = min((pylons[1] - pylons[0]) / 2 - unit * 0.5, unit * 14)
    for x in pylons:
        top = y - unit * 9
        canvas.line(
            [
                (x - unit * 1.3, y + unit * 3.5),
                (x - unit * 0.35, top),
                (x + unit * 0.35, top),
                (x + unit * 1.3, y + unit * 3.5),
            ],
            iron,
            unit * 0.42,
        )
        for cable in range(1, 8):
            for side in (-1, 1):
                foot = x + side * reach * (8 - cable) / 7
                canvas.line([(x, top + unit * 0.45 * cable), (foot, y)], iron, unit * 0.09, opacity="0.8")
    canvas.rect(0, y, canvas.width, unit * 0.45, iron)


def blossom(canvas: Canvas, *, x: float, y: float, unit: float, toward: int) -> None:
    """Hang a flowering phượng branch from (x, y); toward is 1 for right and down, -1 for left."""
    chance = canvas.chance
    canvas.path(
        pen("M", x, y) + pen("q", toward * unit * 5, unit, toward * unit * 9, unit * 4.6),
        fill="none", stroke="#5a3a2e", stroke_width=unit * 0.35, stroke_linecap="round",
    )  # fmt: skip
    for along in (0.12, 0.3, 0.46, 0.62, 0.78, 0.95):
        px, py = x + toward * unit * 9 * along, y + unit * (1.2 * along + 3.4 * along * along)
        for turn in (-38, 62):
            _frond(canvas, x=px, y=py, unit=unit, angle=(turn if toward > 0 else 180 - turn) + chance.uniform(-14, 14))
    for along in (0.16, 0.36, 0.55, 0.74, 0.98):
        px, py = x + toward * unit * 9 * along, y + unit * (1.2 * along + 3.4 * along * along)
        flower(
            canvas,
            x=px + chance.uniform(-0.8, 0.8) * unit,
            y=py + chance.uniform(-0.3, 1.1) * unit,
            radius=unit * chance.uniform(1.15, 1.6),
        )


def _frond(canvas: Canvas, *, x: float, y: float, unit: float, angle: float) -> None:
    """Draw a feathered leaf: a rib with pairs of leaflets."""
    with canvas.group(transform=f"translate({brief(x)} {brief(y)}) rotate({brief(angle)})"):
        canvas.line([(0, 0), (unit * 4.6, 0)], LEAF_DARK, unit * 0.1)
        d = ""
        for leaflet in range(1, 11):
            at, long = unit * 0.42 * leaflet, unit * (0.95 - abs(leaflet - 5) * 0.1)
            d += f"M{brief(at)} 0l{brief(long * 0.35)} {brief(long)}M{brief(at)} 0l{brief(long * 0.35)} {brief(-long)}"
        canvas.path(d, stroke=LEAF, stroke_width=unit * 0.24, stroke_linecap="round")


def flower(canvas: Canvas, *, x: float, y: float, radius: float) -> None:
    """Draw a phượng flower: four red petals, a fifth that is pale, long stamens."""
    turn = canvas.chance.uniform(0, 72)
    with canvas.group(transform=f"translate({brief(x)} {brief(y)}) rotate({brief(turn)})"):
        for petal in range(5):
            canvas.path(_petal(radius, angle=petal * 72), fill=PALE if petal == 0 else RED)
        for stamen in range(6):
            angle = radians(stamen * 60 + 20)
            canvas.line([(0, 0), (cos(angle) * radius * 0.62, sin(angle) * radius * 0.62)], "#8f1d10", radius * 0.06)
        canvas.circle(0, 0, radius * 0.14, "#ffc53d")


def _petal(radius: float, *, angle: float) -> str:
    """Return a spoon-shaped petal: narrow at the claw, wide and round at the rim."""

    def at(turn: float, reach: float) -> str:
        a = radians(angle + turn)
        return f"{brief(cos(a) * radius * reach)} {brief(sin(a) * radius * reach)}"

    return f"M0 0C{at(-8, 0.5)} {at(-52, 0.95)} {at(0, 1.08)}C{at(52, 0.95)} {at(8, 0.5)} 0 0"


def falling_petals(canvas: Canvas, *, count: int, unit: float, bottom: float) -> None:
    """Let a few petals drift down over the sheet."""
    for _ in range(count):
        x, y = canvas.chance.uniform(0.05, 0.95) * canvas.width, canvas.chance.uniform(0.08, bottom) * canvas.height
        with canvas.group(transform=f"translate({brief(x)} {brief(y)}) rotate({canvas.chance.randint(0, 359)})"):
            canvas.path(_petal(unit, angle=0), fill=RED)
