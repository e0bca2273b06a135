"""Covers: artwork that the project draws itself from a seed, so that no page is bare and none is borrowed.

cover(seed="su-kien-47", palette="dawn", ratio="16x10")   # SVG text, always the same for a seed
picture(cover(…), width=800)                              # the same as PNG bytes
share_image(title=…, kicker=…, date=…, seed=…)            # 1200 × 630 PNG for social networks
"""

from .cover import RATIOS, cover, hero_scene, picture
from .palettes import PALETTES
from .share import share_image

__all__ = ["PALETTES", "RATIOS", "cover", "hero_scene", "picture", "share_image"]
