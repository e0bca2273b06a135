"""An address that is folded while the title is typed, as `network.vietnamese.slug` folds it on the server."""

from itertools import chain
from typing import Any

from wagtail.admin.widgets import SlugInput

from network.vietnamese import fold

LETTERS = tuple(map(chr, chain(range(0xC0, 0x180), range(0x1A0, 0x1B1), range(0x1EA0, 0x1EFA))))


def folding() -> list[tuple[str, str]]:
    """Patterns for the browser: every accented Latin letter of Vietnamese, and the marks that may follow a bare one."""
    classes: dict[str, str] = {}
    for letter in LETTERS:
        bare = fold(letter)
        if len(bare) == 1 and bare.isascii():
            classes[bare] = classes.get(bare, "") + letter
    return [*((f"[{letters}]", bare) for bare, letters in classes.items()), ("[\u0300-\u036f]", "")]


class FoldedSlugInput(SlugInput):
    """Takes the place of Wagtail's input, which drops accented letters: "Đổi mới" became "dji-mi"."""

    def __init__(self, attrs: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(attrs, **{"formatters": folding(), **options})
