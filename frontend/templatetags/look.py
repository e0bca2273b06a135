"""Pictures that the project draws itself: covers, icons, initials."""

from functools import lru_cache
from random import Random
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from frontend import built
from frontend.covers import PALETTES, RATIOS, hero_scene
from frontend.templatetags.words import PHRASE_ENDS
from network.vietnamese import fold

register = template.Library()

# Ground and ink of an avatar; each pair stands above 4.5 : 1.
AVATAR_PAINTS = (
    ("#0b2b3a", "#ffc53d"),
    ("#0b6b74", "#fffdf8"),
    ("#ffc53d", "#0b2b3a"),
    ("#f5b39a", "#0b2b3a"),
    ("#1d5a73", "#fffdf8"),
    ("#b92d18", "#fffdf8"),
    ("#cfe3e1", "#0b2b3a"),
)


@register.simple_tag
def cover(*, seed: object, palette: str = "", ratio: str = "16x10", scene: str = "", eager: bool = False) -> SafeString:
    """Return the <img> of a generated cover. It decorates, so its alternative text is empty."""
    width, height = RATIOS[ratio]
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="" decoding="async"{}>',
        cover_address(seed=seed, palette=palette, ratio=ratio, scene=scene),
        width,
        height,
        mark_safe(' fetchpriority="high"') if eager else mark_safe(' loading="lazy"'),
    )


@register.simple_tag
def cover_address(*, seed: object, palette: str = "", ratio: str = "16x10", scene: str = "") -> str:
    """Return the address of a generated cover."""
    # A series may carry a light that this house does not paint: then the seed chooses.
    wanted = {"palette": palette if palette in PALETTES else "", "ratio": ratio, "scene": scene}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{reverse('cover', args=[slugify(fold(str(seed))) or 'hai-phong'])}?{query}"


@register.simple_tag
def quay_scene() -> SafeString:
    """Return the home page's quay as inline SVG, so that its stacks may settle."""
    return mark_safe(hero_scene())


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of the sprite; the names are listed in site/prepare.mjs."""
    return _icon(built.address("generated/icons.svg"), name)


@lru_cache(maxsize=500)
def _icon(sprite: str, name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.inclusion_tag("components/avatar.html")
def avatar(name: str, *, photo: object = None, size: str = "") -> dict[str, object]:
    """Show a person's photo or initials; size is empty, `small` or `large`."""
    ground, ink = Random(name).choice(AVATAR_PAINTS)
    return {"initials": initials(name), "ground": ground, "ink": ink, "photo": photo, "size": size}


def initials(name: str) -> str:
    """Return the first letters of family and given name: Phạm Thu Hà gives PH."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def lines(words: str) -> list[str]:
    """Return the lines that an author broke a title into, else its phrases."""
    broken = str(words).splitlines()
    return broken if len(broken) > 1 else PHRASE_ENDS.split(str(words))


# Kinds of organisations share a paint by what they do: tide hosts, phượng builds, lamp funds, coral
# teaches, harbour blue researches and governs, sand lends a room.
PAINTS = {
    1: ("CORE_CENTRE", "CORE_ZONE", "SATELLITE_CENTRE"),
    2: ("STARTUP", "ENTERPRISE"),
    3: ("VENTURE_FUND", "PUBLIC_FUND", "ANGEL_INVESTOR"),
    4: ("UNIVERSITY_CLUB", "INCUBATOR"),
    5: ("RESEARCH_ORGANISATION", "PUBLIC_AGENCY", "ASSOCIATION", "PARTNER"),
    6: ("INNOVATION_SPACE", "COWORKING_SPACE"),
}


@register.filter
def paint(kind: str) -> int:
    """Return the number of the paint for a kind of organisation; an unknown kind is painted as 5."""
    return next((number for number, kinds in PAINTS.items() if kind in kinds), 5)
