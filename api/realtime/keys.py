"""Which subscriptions are the same one: by what they ask for, not by how they write it."""

import re
from collections import Counter

import orjson
from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, print_ast
from graphql.utilities import separate_operations

from ..documents import Variables
from ..permission import followed_field

VARIABLE = re.compile(r"\$([_A-Za-z][_0-9A-Za-z]*)")

Key = tuple[str, bytes, str]


def key_of(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
    language: str,
    *,
    of_answers: bool = False,
) -> Key:
    """Return what a shared stream is kept under; with `of_answers`, what the answer to one and the same thing is.

    Names of operations, white space, other operations of the document and variables that the operation does not
    declare make no difference; to an answer neither do those that only the followed field takes, such as from where on
    it is followed.
    """
    text = _text(document, operation)
    declared = [node.variable.name.value for node in operation.variable_definitions]
    if of_answers:
        field = followed_field(document, operation)
        given = Counter(_named(print_ast(argument)) for argument in field.arguments)
        asked = Counter(VARIABLE.findall(text))
        # Each stands once where it is declared, and once where the field takes it.
        declared = [name for name in declared if asked[name] > 1 + given[name]]
    used = {name: variables[name] for name in declared if name in variables}
    return text, orjson.dumps(used, option=orjson.OPT_SORT_KEYS), language


def _named(argument: str) -> str:
    found = VARIABLE.search(argument)
    return found.group(1) if found else ""


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
