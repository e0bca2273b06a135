"""Everything behind the quay: light, islands, water."""

from .canvas import Canvas, brief


def first_light(canvas: Canvas, *, x: float, y: float, radius: float) -> None:
    """Paint the sun with the rings of light around it, like the passes of a screen print."""
    paints = canvas.palette
    for ring, strength in ((3.6, 0.35), (2.55, 0.55), (1.7, 0.9)):
        canvas.circle(x, y, radius * ring, paints.glow, opacity=f"{strength}")
    canvas.circle(x, y, radius, paints.sun)


def islands(canvas: Canvas, *, horizon: float, start: float, end: float, height: float, fill: str) -> None:
    """Paint a row of karst islands, steep and round-headed as off Cát Bà, from start to end."""
    chance, x = canvas.chance, start
    steps = [f"M{brief(x)} {brief(horizon)}"]
    while x < end:
        wide = height * chance.uniform(0.75, 1.8)
        tall = height * chance.uniform(0.35, 1.0)
        steps.append(_dome(x, horizon, wide, tall, lean=chance.uniform(-0.12, 0.12)))
        x += wide * chance.choice((0.5, 0.62, 0.75, 1.05))
        steps.append(f"L{brief(x)} {brief(horizon)}")
    canvas.path("".join(steps) + "Z", fill=fill)


def _dome(x: float, base: float, wide: float, tall: float, *, lean: float) -> str:
    top, middle = base - tall, x + wide * (0.5 + lean)
    points = (
        (x + wide * 0.1, base - tall * 0.55),
        (x + wide * 0.16, top),
        (middle, top),
        (x + wide * 0.82, top),
        (x + wide * 0.88, base - tall * 0.42),
        (x + wide, base),
    )
    written = " ".join(f"{brief(px)} {brief(py)}" for px, py in points)
    return (
        f"C{written}" if tall > wide * 0.4 else f"Q{brief(middle)} {brief(top - tall)} {brief(x + wide)} {brief(base)}"
    )


def water(canvas: Canvas, *, top: float, sun: tuple[float, float] | None = None) -> None:
    """Paint the water to the foot of the sheet, with tide lines and the sun's path on it."""
    canvas.rect(0, top, canvas.width, canvas.height - top, canvas.palette.water)
    if sun:
        _path_of_light(canvas, top=top, x=sun[0], radius=sun[1])
    tide_lines(canvas, top=top + (canvas.height - top) * 0.2)


def _path_of_light(canvas: Canvas, *, top: float, x: float, radius: float) -> None:
    deep, chance = canvas.height - top, canvas.chance
    for row in range(5):
        wide = radius * (1.7 - row * 0.26) * chance.uniform(0.75, 1.1)
        shift = chance.uniform(-0.25, 0.25) * radius
        y = top + deep * (0.07 + row * 0.16)
        canvas.rect(
            x - wide / 2 + shift,
            y,
            wide,
            deep * 0.045,
            canvas.palette.sun,
            rx=deep * 0.022,
            opacity=f"{0.85 - row * 0.12:.2f}",
        )


def tide_lines(canvas: Canvas, *, top: float, step: float = 0) -> None:
    """Draw the tide lines: the same wave, fainter towards the viewer."""
    step = step or (canvas.height - top) / 4.2
    length = canvas.height / 11
    rows = int((canvas.height - top) / step) + 1
    for row in range(rows):
        y, start = top + row * step, -length * (row % 2) - length
        wave = f"M{brief(start)} {brief(y)}q{brief(length / 2)} {brief(-length * 0.22)} {brief(length)} 0"
        wave += f"t{brief(length)} 0" * (int(canvas.width / length) + 3)
        canvas.path(
            wave, fill="none", stroke=canvas.palette.foam, stroke_width=canvas.height / 260,
            stroke_linecap="round", opacity=f"{max(0.75 - row * 0.15, 0.15):.2f}",
        )  # fmt: skip
