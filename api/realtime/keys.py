"""Which subscriptions are the same one: by what they ask for, not by how they write it."""

import orjson
from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, print_ast
from graphql.utilities import separate_operations

from ..documents import Variables

Key = tuple[str, bytes, str]


def key_of(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables, language: str) -> Key:
    """Return what a shared stream is kept under.

    Names of operations, white space, other operations of the document and variables that the operation does not
    declare make no difference.
    """
    declared = [node.variable.name.value for node in operation.variable_definitions]
    used = {name: variables[name] for name in declared if name in variables}
    return _text(document, operation), orjson.dumps(used, option=orjson.OPT_SORT_KEYS), language


def _text(document: DocumentNode, operation: OperationDefinitionNode) -> str:
    name = operation.name.value if operation.name else ""
    own = separate_operations(document)[name].definitions
    fragments = sorted(print_ast(node) for node in own if isinstance(node, FragmentDefinitionNode))
    nameless = OperationDefinitionNode(
        operation=operation.operation,
        variable_definitions=operation.variable_definitions,
        directives=operation.directives,
        selection_set=operation.selection_set,
    )
    return "\n".join([print_ast(nameless), *fragments])
