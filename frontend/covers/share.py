"""The picture a link carries into a chat or a timeline: 1200 × 630, with the title in the city's type."""

from functools import cache
from pathlib import Path
from unicodedata import normalize

import fontpkg_be_vietnam_pro
import resvg_py
from PIL import ImageFont

from .canvas import Canvas
from .palettes import LAMP, PALETTES
from .quay import row_of_stacks, slab
from .sky import first_light, islands, water

WIDTH, HEIGHT, MARGIN, COLUMN = 1200, 630, 72, 1010
FONTS = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
FACES = {"600": FONTS / "BeVietnamPro-SemiBold.ttf", "800": FONTS / "BeVietnamPro-ExtraBold.ttf"}
LEADING = 1.2  # room for stacked accents


def share_image(*, title: str, kicker: str = "", date: str = "", seed: str = "", palette: str = "night") -> bytes:
    """Return the PNG of a page's share image; a long title is set smaller, and cut at four lines."""
    canvas = Canvas(width=WIDTH, height=HEIGHT, palette=PALETTES[palette], seed=seed or title)
    _scene(canvas)
    light_sky = palette in ("dawn", "blossom", "sand", "lamp")
    ink = "#0b2b3a" if light_sky else "#fffdf8"
    _words(
        canvas,
        title=normalize("NFC", title),
        kicker=normalize("NFC", kicker),
        ink=ink,
        accent=ink if light_sky else LAMP,
    )
    if date:
        _date(canvas, normalize("NFC", date))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=canvas.svg(width=WIDTH, height=HEIGHT),
            skip_system_fonts=True,
            font_files=[str(path) for path in FACES.values()],
        )
    )


def _scene(canvas: Canvas) -> None:
    canvas.rect(0, 0, WIDTH, HEIGHT, canvas.palette.sky)
    first_light(canvas, x=1085, y=120, radius=56)
    islands(canvas, horizon=545, start=-60, end=520, height=70, fill=canvas.palette.far)
    water(canvas, top=545, sun=(300, 30))
    slab(canvas, y=560, start=560, deep=12)
    row_of_stacks(canvas, start=580, end=WIDTH, y=560, height=42, heights=(1, 2, 3))


def _words(canvas: Canvas, *, title: str, kicker: str, ink: str, accent: str) -> None:
    if kicker:
        canvas.text(kicker, x=MARGIN, y=108, font_family="Be Vietnam Pro", font_weight="600", font_size=28, fill=accent)
    size, lines = fitted(title)
    for number, line in enumerate(lines):
        y = 128 + size + number * size * LEADING
        canvas.text(
            line,
            x=MARGIN - 2,
            y=y,
            font_family="Be Vietnam Pro",
            font_weight="800",
            font_size=size,
            fill=ink,
            letter_spacing=f"{-0.02 * size:.2f}",
        )


def _date(canvas: Canvas, date: str) -> None:
    wide = _measure(date, weight="600", size=28) + 44
    canvas.rect(MARGIN, 480, wide, 58, LAMP, rx=5)
    canvas.text(
        date, x=MARGIN + 22, y=519, font_family="Be Vietnam Pro", font_weight="600", font_size=28, fill="#0b2b3a"
    )


def fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest type size at which the title takes few enough lines, and the lines."""
    for size, most in ((84, 2), (72, 3), (60, 4), (52, 4)):
        lines = wrapped(title, size=size)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[:3], lines[3].rstrip(" ,.:;") + "…"]


def wrapped(title: str, *, size: int) -> list[str]:
    """Return the title broken into lines of the column, evened out so that no last word stands alone."""
    fewest = len(_broken(title, size=size, column=COLUMN))
    column = COLUMN
    while column > 300 and len(_broken(title, size=size, column=column - 20)) == fewest:
        column -= 20
    return _broken(title, size=size, column=column)


def _broken(title: str, *, size: int, column: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _measure(longer, weight="800", size=size) <= column:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _measure(words: str, *, weight: str, size: int) -> float:
    return _font(weight).getlength(words) * size / 100


@cache
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACES[weight]), 100)
