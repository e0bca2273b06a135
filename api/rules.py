"""A rule of GraphQL that graphql-core does not know yet."""

from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    ValidationRule,
)

CONDITIONS = {"skip", "include"}


class UnconditionalRootRule(ValidationRule):
    """A subscription follows one field for certain: no @skip or @include at its root (GraphQL, section 5.2.4.1).

    Without its only field graphql-core has nothing to subscribe to and fails.
    """

    def enter_operation_definition(self, node: OperationDefinitionNode, *_place: Any) -> None:
        """Report each condition at the root of a subscription."""
        if node.operation is OperationType.SUBSCRIPTION:
            for item in self._root(node.selection_set, set()):
                if any(directive.name.value in CONDITIONS for directive in item.directives):
                    message = "A subscription must not have @skip or @include at its root."
                    self.report_error(GraphQLError(message, item))

    def _root(self, node: SelectionSetNode, seen: set[str]) -> list[SelectionNode]:
        """Everything that stands at the root, fragments with what they hold."""
        found: list[SelectionNode] = []
        for item in node.selections:
            found.append(item)
            inside = self._inside(item, seen)
            if inside is not None:
                found += self._root(inside.selection_set, seen)
        return found

    def _inside(self, item: SelectionNode, seen: set[str]) -> Any:
        if isinstance(item, FieldNode):
            return None
        if not isinstance(item, FragmentSpreadNode):
            return item
        name = item.name.value
        if name in seen:
            return None
        seen.add(name)
        fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
        return fragment
