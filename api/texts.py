"""What clients write, before anything reads it: without NUL, which PostgreSQL takes in no text, and not too deep.

Lone surrogates need nothing of ours: neither the JSON reader nor the GraphQL lexer takes them.
"""

from typing import Any

from graphql import DocumentNode, StringValueNode, Visitor, visit

DEEPEST = 32
"""How deep JSON from clients may be nested; the JSON writer and Python's stack have bounds of their own."""


class TooDeep(ValueError):
    """The value is nested deeper than `DEEPEST`."""


def cleaned(value: Any, depth: int = 0) -> Any:
    """Return decoded JSON with NUL taken out of its texts. Raises TooDeep."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if not isinstance(value, dict | list):
        return value
    if depth == DEEPEST:
        raise TooDeep
    if isinstance(value, list):
        return [cleaned(item, depth + 1) for item in value]
    return {name: cleaned(item, depth + 1) for name, item in value.items()}


def clean_document(document: DocumentNode) -> None:
    """Take NUL out of the literals of a parsed document."""
    visit(document, _Cleaner())


class _Cleaner(Visitor):
    def enter_string_value(self, node: StringValueNode, *_place: Any) -> None:
        node.value = node.value.replace("\0", "")
