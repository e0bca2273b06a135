"""From a seed to a drawing: picks the light and the scene, then lets the scene compose itself."""

from random import Random

import resvg_py

from .canvas import Canvas
from .palettes import PALETTES
from .quay import row_of_stacks, slab, stack
from .scenes import SCENES
from .sky import first_light, islands, water
from .vessels import crane

RATIOS: dict[str, tuple[int, int]] = {
    "16x10": (960, 600),
    "16x9": (960, 540),
    "3x1": (1200, 400),
    "4x1": (1440, 360),
    "1x1": (600, 600),
    "4x5": (640, 800),
}


def cover(*, seed: str, palette: str = "", ratio: str = "16x10", scene: str = "") -> str:
    """Return the cover of a seed as SVG text; unknown or empty palette and scene follow from the seed.

    Raises KeyError for a ratio that is not in RATIOS.
    """
    width, height = RATIOS[ratio]
    chance = Random(f"{seed}/choice")
    by_seed = (chance.choice(list(PALETTES)), chance.choice(list(SCENES)))
    light = palette if palette in PALETTES else by_seed[0]
    subject = scene if scene in SCENES else by_seed[1]
    canvas = Canvas(width=width, height=height, palette=PALETTES[light], seed=f"{seed}/{subject}")
    SCENES[subject](canvas)
    return canvas.svg(width=width, height=height)


def hero_scene() -> str:
    """Return the quay of the home page: no sky of its own, parts marked for motion, moored at the right."""
    canvas = Canvas(width=1600, height=640, palette=PALETTES["night"], seed="hai-phong")
    first_light(canvas, x=1176, y=352, radius=88)
    islands(canvas, horizon=470, start=1010, end=1300, height=92, fill=canvas.palette.far)
    water(canvas, top=470, sun=(1130, 88))
    crane(canvas, x=1372, y=510, unit=28, class_="settle tier-5")
    slab(canvas, y=510, start=1225, deep=13)
    for x, tiers, long in ((1240, 1, False), (1324, 3, True)):
        stack(canvas, x=x, y=510, tiers=tiers, height=40, long=long, class_="settle")
    row_of_stacks(canvas, start=1473, end=1600, y=510, height=40, heights=(2, 4), class_="settle")
    return canvas.svg(preserveAspectRatio="xMaxYMax slice", aria_hidden="true", focusable="false")


def picture(svg: str, *, width: int) -> bytes:
    """Return the drawing as PNG bytes of the given width in pixels."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
