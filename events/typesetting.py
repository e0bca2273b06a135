"""Setting type on paper: Be Vietnam Pro embedded, lines that fit their box, QR codes and the mark as vectors.

Measures are points, the origin of a page is at its lower left (as in PDF); boxes are given by their upper left corner.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, Any

import fontpkg_be_vietnam_pro
import segno
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SEA, TIDE, PHUONG, LAMP, SAND, PAPER, STEEL, BLACK, WHITE = map(
    HexColor, ("#0b2b3a", "#0e7c86", "#d2361f", "#ffc53d", "#f6f2ea", "#fffdf8", "#56666e", "#000000", "#ffffff")
)
TEXT, LABEL, DISPLAY = "BeVietnamPro-Regular", "BeVietnamPro-SemiBold", "BeVietnamPro-ExtraBold"
RISE = 1.08
"""From the top of a box to its first baseline, in sizes: capitals with two accents (Ẫ, Ỗ) need more than one."""
LEADING = 1.2
"""From baseline to baseline, in sizes: below 1.14 the accents of one line touch the other."""
QUIET_ZONE = 4
# Nobody mails PDF files as seven-bit text any more; without that they are a fifth smaller, and sooner written.
rl_config.useA85 = False
_FILES = Path(fontpkg_be_vietnam_pro.ROOT) / "files"


@cache
def _faces() -> dict[str, Any]:
    """Register the faces once for the process; return the glyphs that each has."""
    for name in (TEXT, LABEL, DISPLAY):
        pdfmetrics.registerFont(TTFont(name, _FILES / f"{name}.ttf"))
    return {name: pdfmetrics.getFont(name).face.charToGlyph for name in (TEXT, LABEL, DISPLAY)}


def paper(file: IO[bytes], *, width: float, height: float, title: str, language: str) -> Any:
    """Return a canvas whose pages have this size; `save()` writes them into `file`."""
    _faces()
    canvas = Canvas(file, pagesize=(width, height), pageCompression=1, initialFontName=TEXT, lang=language)
    canvas.setTitle(title)
    canvas.setAuthor("Startup Hải Phòng")
    return canvas


def printable(text: str, face: str = DISPLAY) -> str:
    """Return what of a text the face can show: composed, look-alikes made plain, signs without a glyph left out.

    Emoji vanish, "𝐇𝐨𝐚" gives "Hoa"; of a name in a script that the face lacks nothing is left.
    """
    glyphs = _faces()[face]
    shown = []
    for character in unicodedata.normalize("NFC", text):
        plain = character if ord(character) in glyphs else unicodedata.normalize("NFKC", character)
        shown.append("".join(each if ord(each) in glyphs else " " if each.isspace() else "" for each in plain))
    return " ".join("".join(shown).split())


def width_of(text: str, face: str, size: float) -> float:
    """How wide a line is."""
    _faces()
    return float(pdfmetrics.stringWidth(text, face, size))


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines of one size that fit their box."""

    face: str
    size: float
    lines: Sequence[str]

    @property
    def height(self) -> float:
        """From the top of the box to below the descenders of the last line."""
        return self.size * (RISE + LEADING * (len(self.lines) - 1) + 0.3) if self.lines else 0

    def draw(
        self, canvas: Any, *, x: float, top: float, colour: Any, width: float = 0, is_centred: bool = False
    ) -> None:
        """Set the lines from `top` downwards, at `x` or centred in `width` from there."""
        canvas.setFillColor(colour)
        canvas.setFont(self.face, self.size)
        for index, line in enumerate(self.lines):
            y = top - self.size * (RISE + LEADING * index)
            if is_centred:
                canvas.drawCentredString(x + width / 2, y, line)
            else:
                canvas.drawString(x, y, line)


@lru_cache(maxsize=512)
def fit(
    text: str, *, face: str, width: float, height: float, largest: float, smallest: float, most_lines: int = 9
) -> Block:
    """Return `text` in the largest size at which it fits, its lines about equally long.

    Lines end between words and after hyphens, and inside a word only where it alone is wider than the box. What does
    not fit even at the smallest size ends in "…".
    """
    words = printable(text, face).replace("-", "- ").replace("-  ", "- ").split()
    unit = {word: width_of(word, face, 1) for word in {*words, " "}}
    size = largest
    while size > smallest:
        block = Block(face=face, size=size, lines=_balanced(words, unit, width / size))
        widest = max((unit[word] for word in words), default=0.0) * size
        if widest <= width and len(block.lines) <= most_lines and block.height <= height:
            return block
        size -= 0.5
    lines = _balanced(_broken(words, unit, face, width / smallest), unit, width / smallest)
    room = max(1, min(most_lines, int((height / smallest - RISE - 0.3) / LEADING + 1.001)))
    if len(lines) > room:
        lines = [*lines[: room - 1], _cut(lines[room - 1], face, width, smallest)]
    return Block(face=face, size=smallest, lines=lines)


def _wrapped(words: Sequence[str], unit: dict[str, float], width: float) -> list[str]:
    lines: list[str] = []
    used = 0.0
    for word in words:
        # The parts of "Thuỷ-Tiên" stand together; a dash between two words came with its spaces.
        space = "" if lines and lines[-1][-1:] == "-" and lines[-1][-2:] != " -" else " "
        length = used + (unit[" "] if space else 0) + unit[word]
        if lines and length <= width:
            lines[-1] += space + word
            used = length
        else:
            lines.append(word)
            used = unit[word]
    return lines


def _balanced(words: Sequence[str], unit: dict[str, float], width: float) -> list[str]:
    """As few lines as the width allows, in the narrowest width that needs no more of them."""
    best = _wrapped(words, unit, width)
    narrow, wide = width / 2, width
    while wide - narrow > 0.05 and len(best) > 1:
        middle = (narrow + wide) / 2
        tried = _wrapped(words, unit, middle)
        if len(tried) == len(best) and max(unit[word] for word in words) <= middle:
            best, wide = tried, middle
        else:
            narrow = middle
    return best


def _broken(words: Sequence[str], unit: dict[str, float], face: str, width: float) -> list[str]:
    """The words, those wider than the box in pieces; the widths of the pieces are added to `unit`."""
    pieces: list[str] = []
    for word in words:
        piece = ""
        for character in word:
            if piece and width_of(piece + character, face, 1) > width:
                pieces.append(piece)
                piece = ""
            piece += character
        pieces.append(piece)
    unit.update({piece: width_of(piece, face, 1) for piece in pieces})
    return pieces


def _cut(line: str, face: str, width: float, size: float) -> str:
    while line and width_of(line + "…", face, size) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def draw_code(canvas: Any, code: str, *, x: float, y: float, side: float, colour: Any, level: str = "m") -> None:
    """Draw a QR code with its quiet zone into the square whose lower left corner is at x, y."""
    # One mask for all: choosing the best of eight takes five times as long, and readers need no help with our codes.
    modules = segno.make(code, error=level, boost_error=False, mask=3, micro=False).matrix
    unit = side / (len(modules) + 2 * QUIET_ZONE)
    canvas.saveState()
    canvas.setFillColor(WHITE)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.translate(x, y)
    canvas.scale(unit, unit)
    canvas.setFillColor(colour)
    # One path for the whole code, filled at once: viewers draw hairlines between neighbours that are filled one by one.
    # Written as PDF writes it, for reportlab takes its time over half a thousand rectangles.
    top = QUIET_ZONE + len(modules) - 1
    boxes = [
        f"{QUIET_ZONE + start} {top - row} {length} 1 re"
        for row, line in enumerate(modules)
        for start, length in _runs(line)
    ]
    canvas.addLiteral("\n".join([*boxes, "f"]))
    canvas.restoreState()


def _runs(line: Sequence[int]) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    runs: list[tuple[int, int]] = []
    for column, module in enumerate(line):
        if not module:
            continue
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs


def draw_mark(canvas: Any, *, x: float, y: float, side: float) -> None:
    """Draw the brand's mark (the drawing of components/brand_mark.html) into the square at x, y."""
    canvas.saveState()
    canvas.translate(x, y + side)
    canvas.scale(side / 48, -side / 48)
    canvas.setFillColor(SEA)
    canvas.roundRect(0, 0, 48, 48, 7, stroke=0, fill=1)
    canvas.setFillColor(LAMP)
    canvas.circle(24, 11, 5, stroke=0, fill=1)
    for box, colour in (((17, 19), PHUONG), ((9, 27.5), HexColor("#4fb9c0")), ((25, 27.5), PAPER)):
        canvas.setFillColor(colour)
        canvas.roundRect(*box, 14, 7, 1, stroke=0, fill=1)
    canvas.setStrokeColor(LAMP)
    canvas.setLineWidth(2.2)
    canvas.setLineCap(1)
    draw_tide(canvas, x=7, y=40, wave=8.5, waves=4, depth=3)
    canvas.restoreState()


def draw_tide(canvas: Any, *, x: float, y: float, wave: float, waves: int, depth: float) -> None:
    """Draw a line of waves from x to the right, in the stroke that is set: a crest, a trough, a crest."""
    path = canvas.beginPath()
    path.moveTo(x, y)
    for index in range(waves):
        start, turn = x + index * wave, depth * (-1 if index % 2 == 0 else 1)
        # A quadratic curve of SVG as PDF's cubic one: two thirds of the way to its control point.
        third = wave / 3
        path.curveTo(start + third, y + turn * 2 / 3, start + 2 * third, y + turn * 2 / 3, start + wave, y)
    canvas.drawPath(path, stroke=1, fill=0)
