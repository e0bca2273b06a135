"""The lights a cover may be drawn in; a series keeps one, so that its editions look related."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The paints of one light, named by what they paint."""

    sky: str
    glow: str
    sun: str
    far: str
    near: str
    water: str
    foam: str
    quay: str
    iron: str
    hull: str
    boxes: tuple[str, ...]


SEA, TIDE, PHUONG, LAMP, SAND, CORAL, HARBOUR = (
    "#0b2b3a",
    "#0e7c86",
    "#d2361f",
    "#ffc53d",
    "#e9e0cd",
    "#f08a5d",
    "#1d5a73",
)

PALETTES: dict[str, Palette] = {
    "dawn": Palette(
        sky="#cfe3e1", glow="#e3efe6", sun=LAMP, far="#b3d3d2", near="#8dbcbe", water="#a9cfcf",
        foam="#f4faf6", quay=SEA, iron=SEA, hull=SEA, boxes=(SEA, TIDE, PHUONG, LAMP, CORAL, HARBOUR, SAND),
    ),
    "blossom": Palette(
        sky="#f5dacb", glow="#fae8dc", sun=PHUONG, far="#ebc3b0", near="#d79f8c", water="#eec6b3",
        foam="#fdf3ea", quay=SEA, iron="#5a2a2a", hull=SEA,
        boxes=(SEA, TIDE, LAMP, CORAL, HARBOUR, "#fbeee2", PHUONG),
    ),
    "sand": Palette(
        sky="#ece2cd", glow="#f5eddc", sun=LAMP, far="#dccfb2", near="#bfb08f", water="#dccdae",
        foam="#fbf6ea", quay=SEA, iron=SEA, hull="#8c2b1c", boxes=(SEA, TIDE, PHUONG, CORAL, HARBOUR, LAMP),
    ),
    "night": Palette(
        sky=SEA, glow="#123a4b", sun=LAMP, far="#16475a", near="#113b4c", water="#0f3646",
        foam="#7fb2bd", quay="#061c27", iron="#9db9c2", hull="#06202c",
        boxes=(SAND, TIDE, PHUONG, LAMP, CORAL, "#2b7d94"),
    ),
    "tide": Palette(
        sky="#0e7c86", glow="#1f8d95", sun=LAMP, far="#0b6a74", near="#0a5761", water="#0a5f69",
        foam="#9be0e2", quay="#06303a", iron="#cfe9e6", hull="#07333f",
        boxes=(SAND, SEA, PHUONG, LAMP, CORAL, "#5fc0c4"),
    ),
    "lamp": Palette(
        sky="#ffc94d", glow="#ffd777", sun=PHUONG, far="#f3b13a", near="#dd8f2e", water="#efa93a",
        foam="#fff2cc", quay=SEA, iron=SEA, hull=SEA, boxes=(SEA, TIDE, PHUONG, "#fff3d9", HARBOUR, CORAL),
    ),
}  # fmt: skip
