"""A sheet to draw on: collects SVG elements and writes numbers briefly."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from random import Random

from .palettes import Palette

Point = tuple[float, float]


def brief(number: float) -> str:
    """Return the number with at most one decimal and no trailing zero."""
    return f"{number:.1f}".removesuffix(".0")


def pen(command: str, *numbers: float) -> str:
    """Return one command of a path: pen("q", 1, 2, 3, 4) gives "q1 2 3 4"."""
    return command + " ".join(brief(number) for number in numbers)


class Canvas:
    """One drawing: its size, its paints and the chance that composes it."""

    def __init__(self, *, width: int, height: int, palette: Palette, seed: str) -> None:
        self.width, self.height = width, height
        self.palette = palette
        self.chance = Random(seed)
        self.elements: list[str] = []

    def add(self, tag: str, **attributes: float | str) -> None:
        """Draw one element; underscores in names become hyphens, numbers are shortened."""
        self.elements.append(f"<{tag}{self._written(attributes)}/>")

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **more: float | str) -> None:
        self.add("rect", x=x, y=y, width=width, height=height, fill=fill, **more)

    def circle(self, x: float, y: float, radius: float, fill: str, **more: float | str) -> None:
        self.add("circle", cx=x, cy=y, r=radius, fill=fill, **more)

    def polygon(self, points: list[Point], fill: str, **more: float | str) -> None:
        self.add("polygon", points=" ".join(f"{brief(x)},{brief(y)}" for x, y in points), fill=fill, **more)

    def line(self, points: list[Point], stroke: str, width: float, **more: float | str) -> None:
        path = "M" + "L".join(f"{brief(x)} {brief(y)}" for x, y in points)
        self.path(path, fill="none", stroke=stroke, stroke_width=width, **more)

    def path(self, d: str, **more: float | str) -> None:
        self.add("path", d=d, **more)

    @contextmanager
    def group(self, **attributes: float | str) -> Iterator[None]:
        """Hold what is drawn inside together in one <g>."""
        self.elements.append(f"<g{self._written(attributes)}>")
        yield
        self.elements.append("</g>")

    def text(self, words: str, **attributes: float | str) -> None:
        self.elements.append(f"<text{self._written(attributes)}>{escape(words)}</text>")

    def svg(self, **attributes: float | str) -> str:
        """Return the finished drawing. It says nothing to a screen reader: it decorates."""
        box = f"0 0 {self.width} {self.height}"
        shell = self._written({"viewBox": box, **attributes})
        return f'<svg xmlns="http://www.w3.org/2000/svg"{shell}>{"".join(self.elements)}</svg>'

    @staticmethod
    def _written(attributes: dict[str, float | str]) -> str:
        pairs = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
        return "".join(
            f' {name}="{escape(value) if isinstance(value, str) else brief(value)}"' for name, value in pairs
        )
