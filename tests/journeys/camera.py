"""A film that Chromium plays as its camera."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

FRAMES_PER_SECOND = 30
SIZE = (1280, 720)


def film(scenes: Sequence[tuple[Path | None, float]], *, to: Path) -> Path:
    """Write an MJPEG of pictures held before the camera, one after the other, each for so many seconds.

    None shows an empty table. The film repeats from its start.
    """
    with to.open("wb") as output:
        for picture, seconds in scenes:
            frame = BytesIO()
            _frame(picture).save(frame, "JPEG", quality=92)
            output.write(frame.getvalue() * max(1, round(seconds * FRAMES_PER_SECOND)))
    return to


def _frame(picture: Path | None) -> Image.Image:
    """The picture in the middle of a grey table, as large as two thirds of its height."""
    table = Image.new("RGB", SIZE, "#8a8f92")
    if picture is not None:
        side = SIZE[1] * 2 // 3
        held = Image.open(picture).convert("RGBA")
        held.thumbnail((side, side))
        table.paste(held, ((SIZE[0] - held.width) // 2, (SIZE[1] - held.height) // 2), held)
    return table
