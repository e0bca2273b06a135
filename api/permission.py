"""Every root field declares who may call it; a field that declares nothing fails the suite.

The declaration turns strangers away before anything is read. Whether somebody known may do it to this very event or
ticket is asked once, by the rule behind the field.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
)

from network.doors import Permission, declare

from .errors import unauthenticated

Resolver = Callable[..., Any]


def permitted(permission: Permission) -> Callable[[Resolver], Resolver]:
    """Let only those call a query field who may. Raises Refused UNAUTHENTICATED for the others."""

    def mark(resolve: Resolver) -> Resolver:
        @wraps(resolve)
        def guarded(root: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
            admit(permission, info)
            return resolve(root, info, **arguments)

        return declare(permission)(guarded)

    return mark


def admit(permission: Permission, info: GraphQLResolveInfo) -> None:
    """Raise Refused UNAUTHENTICATED for a stranger at anything that is not public. A gate phone is one but at doors."""
    if permission is Permission.PUBLIC:
        return
    if permission is Permission.DOOR and info.context.device is not None:
        return
    if not info.context.viewer.is_authenticated:
        raise unauthenticated()


def streamed(permission: Permission, *, shared: bool = False, reads: bool = False) -> Callable[[Resolver], Resolver]:
    """Declare who may follow a subscription; `shared` ones are public and the same for everybody, and run once.

    Of one that `reads`, answering asks the database; it tells a state, so that an answer like the last is not sent.
    """

    def mark(subscribe: Resolver) -> Resolver:
        subscribe.shared, subscribe.reads = shared, reads  # type: ignore[attr-defined]
        return declare(permission)(subscribe)

    return mark


def is_shared(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> bool:
    """Whether a subscription of a valid document asks for a shared stream."""
    return getattr(_subscribe(schema, document, operation), "shared", False)


def reads(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> bool:
    """Whether each answer of a subscription of a valid document asks the database."""
    return getattr(_subscribe(schema, document, operation), "reads", False)


def followed_field(document: DocumentNode, operation: OperationDefinitionNode) -> FieldNode:
    """Return the one field of a valid subscription, be it in fragments."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    field = operation.selection_set.selections[0]
    while not isinstance(field, FieldNode):
        inside = fragments[field.name.value] if isinstance(field, FragmentSpreadNode) else field
        field = inside.selection_set.selections[0]
    return field


def _subscribe(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Any:
    fields = schema.subscription_type.fields if schema.subscription_type else {}
    return fields[followed_field(document, operation).name.value].subscribe
