"""What the types of blocks have in common: a part of a block as a field."""

from collections.abc import Callable
from typing import Any

import graphene

from ..addresses import whole
from .links import address

Part = Callable[..., Any]


def part(name: str) -> Part:
    """Resolve a part of a block as it is."""
    return lambda block, info: block.parts.get(name)


def words(name: str, description: str | None = None) -> graphene.String:
    """A text of a block: never null."""

    def resolve(block: Any, info: Any) -> str:
        return str(block.parts.get(name) or "")

    return graphene.String(required=True, description=description, resolver=resolve)


def items_of(of: Any) -> graphene.List:
    """The items of a block."""
    return graphene.List(graphene.NonNull(of), required=True, resolver=part("items"))


def block_id() -> graphene.ID:
    """What a block is called."""
    return graphene.ID(required=True, description="The same as long as the editor keeps the block.")


def href(link: Any) -> str:
    """Where a link leads: a page of ours, or an address."""
    page = link and link.get("page")
    return address(page) if page else whole((link and link.get("url")) or "")
