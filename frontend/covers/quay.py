"""Containers, stacks of them, and the quay they stand on: the module of everything."""

from contextlib import nullcontext

from .canvas import Canvas, brief

SHORT, LONG = 2.1, 3.7  # a container's length in its own heights: twenty and forty feet


def container(canvas: Canvas, *, x: float, y: float, length: float, height: float, paint: str) -> None:
    """Draw one container, its lower left corner at (x, y), with its corrugation."""
    gap = height * 0.045
    left, top, wide, tall = x + gap, y - height + gap, length - 2 * gap, height - 2 * gap
    canvas.rect(left, top, wide, tall, paint, rx=height * 0.03)
    inset, pitch = height * 0.16, height * 0.155
    ribs = int((wide - 2 * inset) / pitch)
    first = left + (wide - ribs * pitch) / 2
    d = "".join(
        f"M{brief(first + rib * pitch)} {brief(top + inset)}v{brief(tall - 2 * inset)}" for rib in range(ribs + 1)
    )
    canvas.path(d, stroke=_shade(paint), stroke_width=height * 0.035, opacity="0.3")


def _shade(paint: str) -> str:
    """Return the paint of the ribs: dark on light boxes, light on dark ones."""
    red, green, blue = (int(paint[i : i + 2], 16) for i in (1, 3, 5))
    return "#fff" if red * 0.3 + green * 0.59 + blue * 0.11 < 70 else "#061c27"


def stack(canvas: Canvas, *, x: float, y: float, tiers: int, height: float, long: bool, class_: str = "") -> float:
    """Pile containers up from (x, y) and return the length of the pile."""
    length = height * (LONG if long else SHORT)
    above = ""
    for tier in range(tiers):
        halves = long and canvas.chance.random() < 0.3
        paints = _paints(canvas, but=above, count=2)
        above = paints[0]
        parts = (2, length / 2) if halves else (1, length)
        with canvas.group(class_=f"{class_} tier-{min(tier, 5)}") if class_ else nullcontext():
            for part in range(int(parts[0])):
                container(
                    canvas,
                    x=x + part * parts[1],
                    y=y - tier * height,
                    length=parts[1],
                    height=height,
                    paint=paints[part],
                )
    return length


def row_of_stacks(
    canvas: Canvas, *, start: float, end: float, y: float, height: float, heights: tuple[int, ...], class_: str = ""
) -> None:
    """Fill the quay from start to end with stacks; heights is the outline to choose from, 0 a gap."""
    x, last = start, -1
    while x < end:
        tiers = canvas.chance.choice([tall for tall in heights if tall != last])
        last = tiers
        if tiers == 0:
            x += height * 1.1
            continue
        x += stack(canvas, x=x, y=y, tiers=tiers, height=height, long=canvas.chance.random() < 0.5, class_=class_)


def slab(canvas: Canvas, *, y: float, start: float = 0, end: float | None = None, deep: float) -> None:
    """Draw the edge of the quay with its fenders."""
    end = canvas.width if end is None else end
    canvas.rect(start, y, end - start, deep, canvas.palette.quay)
    for x in range(int(start + deep), int(end), int(deep * 5)):
        canvas.rect(x, y + deep * 0.45, deep * 0.5, deep * 0.95, canvas.palette.quay, rx=deep * 0.2)


def _paints(canvas: Canvas, *, but: str, count: int) -> list[str]:
    choice = [paint for paint in canvas.palette.boxes if paint not in (but, canvas.palette.sky)]
    return canvas.chance.sample(choice, count)
