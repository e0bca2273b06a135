"""Bounds on a GraphQL document, counted as if every fragment were written out where it is spread.

Each fragment is measured once, so that nesting fragments to grow a document exponentially costs the attacker's
bandwidth and not our time. Cost, which needs the schema and the variables, is in `cost`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from .errors import Refused

INTROSPECTION_FIELDS = {"__schema", "__type"}

LARGEST_PAGE = 100
"""The most that `first` may ask for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds; `settings.GRAPHQL_LIMITS` overrides any of them by name."""

    body_bytes: int = 100_000
    characters: int = 20_000
    tokens: int = 1_500
    depth: int = 12
    aliases: int = 30
    root_fields: int = 10
    repeats: int = 5
    """Times that one response name may stand in one selection set: merging them is quadratic in graphql-core."""
    directives: int = 30
    cost: int = 10_000
    page_size: int = 20
    """What a connection gives without `first`; also its assumed cost."""
    list_size: int = 5
    """What a list without paging is assumed to hold."""


def limits() -> Limits:
    """Return the bounds in force."""
    return Limits(**getattr(settings, "GRAPHQL_LIMITS", {}))


@dataclass(frozen=True, slots=True)
class Measures:
    """What was counted in a selection set with its fragments written out."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    introspects: bool = False


class Ruler:
    """Measures one document; refuses as soon as a bound is passed."""

    def __init__(self, document: DocumentNode, bounds: Limits) -> None:
        self.bounds = bounds
        self.level = 0
        self.fragments: Mapping[str, FragmentDefinitionNode] = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self.measured: dict[str, Measures] = {}

    def operation(self, node: OperationDefinitionNode) -> Measures:
        """Measure one operation. Raises Refused with the code of the first bound that it passes."""
        found = self._selection_set(node.selection_set)
        self._refuse("DEPTH_EXCEEDED", found.depth, self.bounds.depth)
        self._refuse("ALIASES_EXCEEDED", found.aliases, self.bounds.aliases)
        self._refuse("ROOT_FIELDS_EXCEEDED", found.fields, self.bounds.root_fields)
        self._refuse("DIRECTIVES_EXCEEDED", found.directives + len(node.directives), self.bounds.directives)
        return found

    def _refuse(self, code: str, found: int, limit: int) -> None:
        if found > limit:
            raise Refused(code, limit=limit)

    def _selection_set(self, node: SelectionSetNode) -> Measures:
        names = Counter(_response_name(item) for item in node.selections)
        self._refuse("REPEATS_EXCEEDED", max(names.values()), self.bounds.repeats)
        # A level is a field or a fragment; refusing on the way down keeps our own recursion short.
        self.level += 1
        self._refuse("DEPTH_EXCEEDED", self.level, 2 * self.bounds.depth)
        parts = [self._selection(item) for item in node.selections]
        self.level -= 1
        return Measures(
            depth=max(part.depth for part in parts),
            fields=sum(part.fields for part in parts),
            aliases=sum(part.aliases for part in parts),
            directives=sum(part.directives for part in parts),
            introspects=any(part.introspects for part in parts),
        )

    def _selection(self, node: SelectionNode) -> Measures:
        if isinstance(node, FieldNode):
            return self._field(node)
        spread = isinstance(node, FragmentSpreadNode)
        inside = self._spread(node.name.value) if spread else self._selection_set(node.selection_set)
        return replace(inside, directives=inside.directives + len(node.directives))

    def _field(self, node: FieldNode) -> Measures:
        introspects = node.name.value in INTROSPECTION_FIELDS
        # Introspection is refused to everybody but developers, and theirs may be as deep as GraphiQL needs it.
        inside = self._selection_set(node.selection_set) if node.selection_set and not introspects else Measures()
        return Measures(
            depth=inside.depth + 1,
            fields=1,
            aliases=inside.aliases + (node.alias is not None),
            directives=inside.directives + len(node.directives),
            introspects=inside.introspects or introspects,
        )

    def _spread(self, name: str) -> Measures:
        if name not in self.measured:
            # A circular or unknown fragment measures nothing here; validation is about to refuse it by name.
            self.measured[name] = Measures()
            fragment = self.fragments.get(name)
            if fragment:
                inside = self._selection_set(fragment.selection_set)
                self.measured[name] = replace(inside, directives=inside.directives + len(fragment.directives))
        return self.measured[name]


def _response_name(node: SelectionNode) -> str:
    if isinstance(node, FieldNode):
        return node.alias.value if node.alias else node.name.value
    if isinstance(node, FragmentSpreadNode):
        return f"...{node.name.value}"
    return f"... on {node.type_condition.name.value}" if node.type_condition else "..."
