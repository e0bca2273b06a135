"""What a valid operation may cost: one for each field, times the items of the lists around it.

`events(first: 20) { edges { node { title } } }` costs 1 + 20 × 3. A page size that comes as a variable counts with its
value, so the cost of a cached document is worked out again only for page sizes not seen before.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_list_type,
    is_object_type,
)

from .limits import INTROSPECTION_FIELDS, Limits

PAGING = {"first", "last"}


class Costing:
    """Works out one operation of a document that has passed validation."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any], bounds: Limits
    ) -> None:
        self.schema, self.variables, self.bounds = schema, variables, bounds
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self.costs: dict[str, int] = {}

    def operation(self, node: OperationDefinitionNode) -> int:
        """Return the cost of an operation."""
        return self._selection_set(node.selection_set, self.schema.get_root_type(node.operation))

    def _selection_set(self, node: SelectionSetNode, parent: GraphQLNamedType | None) -> int:
        """The sum of the parts; of those that are for one kind of a union each, only the dearest comes true."""
        common, kinds = 0, Counter[str]()
        for item in node.selections:
            kind = self._kind(item)
            if is_abstract_type(parent) and is_object_type(kind):
                kinds[kind.name] += self._selection(item, parent)
            else:
                common += self._selection(item, parent)
        return common + max(kinds.values(), default=0)

    def _kind(self, node: SelectionNode) -> Any:
        """The type that a fragment is for."""
        if isinstance(node, FragmentSpreadNode):
            return self._narrowed(self.fragments[node.name.value], None)
        return None if isinstance(node, FieldNode) else self._narrowed(node, None)

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType | None) -> int:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value)
        return self._selection_set(node.selection_set, self._narrowed(node, parent))

    def _narrowed(self, node: Any, parent: GraphQLNamedType | None) -> GraphQLNamedType | None:
        return self.schema.get_type(node.type_condition.name.value) if node.type_condition else parent

    def _spread(self, name: str) -> int:
        if name not in self.costs:
            fragment = self.fragments[name]
            self.costs[name] = self._selection_set(fragment.selection_set, self._narrowed(fragment, None))
        return self.costs[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> int:
        definition = getattr(parent, "fields", {}).get(node.name.value)
        if definition is None or node.selection_set is None or node.name.value in INTROSPECTION_FIELDS:
            return 1
        items = self._items(node, parent, definition.type)
        return 1 + items * self._selection_set(node.selection_set, get_named_type(definition.type))

    def _items(self, node: FieldNode, parent: Any, kind: Any) -> int:
        asked = [argument.value for argument in node.arguments if argument.name.value in PAGING]
        if get_named_type(kind).name.endswith("Connection"):
            return max((self._number(value) for value in asked), default=self.bounds.page_size)
        # The edges of a connection are the items that the connection itself has already counted.
        if is_list_type(get_nullable_type(kind)) and not parent.name.endswith("Connection"):
            return self.bounds.list_size
        return 1

    def _number(self, value: ValueNode) -> int:
        if isinstance(value, IntValueNode):
            return max(int(value.value), 0)
        given = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return max(given, 0) if isinstance(given, int) else self.bounds.page_size


def paging_variables(document: DocumentNode) -> frozenset[str]:
    """Return the names of the variables that some page size is taken from."""
    names: set[str] = set()
    waiting: list[Any] = [definition.selection_set for definition in document.definitions]
    while waiting:
        for item in waiting.pop().selections:
            for argument in getattr(item, "arguments", ()):
                if argument.name.value in PAGING and isinstance(argument.value, VariableNode):
                    names.add(argument.value.name.value)
            if getattr(item, "selection_set", None):
                waiting.append(item.selection_set)
    return frozenset(names)
