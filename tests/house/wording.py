"""Every text that the code asks gettext for, found without gettext's binaries."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation.template import templatize

from tests.house.sources import ROOMS, place, python_files, tracked, tree

CONTEXT_SEPARATOR = "\x04"

# Function → which of its arguments are the context and the text.
PLAIN = {"_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0}
WITH_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1}
LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL_IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")


@dataclass(frozen=True)
class Message:
    """A text as catalogues key it (context first, if any), and where it is used."""

    key: str
    where: str


def messages() -> Iterator[Message]:
    """Of every room: what its Python and its templates ask for."""
    for path in python_files(*ROOMS):
        yield from (Message(key, place(path, node)) for node, key in in_python(tree(path)))
    for path in tracked():
        if path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from (Message(key, place(path)) for key in in_template(path.read_text()))


def in_python(module: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Constant texts in calls of gettext and its family."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (key := _key(node)) is not None:
            yield node, key


def in_template(source: str) -> Iterator[str]:
    """Texts of `translate`, `blocktranslate` and `_("…")`, as Django's own makemessages reads them."""
    for function, texts in CALL_IN_TEMPLATE.findall(templatize(source)):
        yield from (key for _, key in in_python(ast.parse(f"{function}({texts})")))


def _key(call: ast.Call) -> str | None:
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
    position = {**PLAIN, **WITH_CONTEXT}.get(name)
    if position is None or len(call.args) <= position:
        return None
    texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args[: position + 1]]
    return CONTEXT_SEPARATOR.join(texts) if all(isinstance(text, str) for text in texts) else None
