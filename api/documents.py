"""Documents, parsed, measured and validated once and then kept by their text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)
from graphql.utilities import value_from_ast_untyped

from .cost import Costing, paging_variables
from .errors import Refused
from .limits import LARGEST_PAGE, Limits, Ruler
from .rules import UnconditionalRootRule
from .texts import clean_document

Variables = Mapping[str, Any]

KEPT_CHARACTERS = 400_000
"""How much text the kept documents may have together; an AST takes some hundred times its text in memory."""

KEPT_COSTS = 20
"""How many page sizes of one document are remembered."""


@dataclass(slots=True)
class Document:
    """A document that may be executed, or the refusals why not."""

    ast: DocumentNode | None = None
    operations: Mapping[str, OperationDefinitionNode] = field(default_factory=dict)
    introspects: bool = False
    paging: frozenset[str] = frozenset()
    refusals: tuple[GraphQLError, ...] = ()
    costs: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation that `name` selects. Raises Refused OPERATION_NOT_FOUND."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        # An anonymous operation is kept under "", which is nobody's name.
        if not name or name not in self.operations:
            raise Refused("OPERATION_NOT_FOUND")
        return self.operations[name]


class Documents:
    """The kept documents of one schema; oldest use goes first."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._kept: OrderedDict[tuple[str, Limits], Document] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def get(self, text: str, bounds: Limits) -> Document:
        """Return the document of this text under these bounds, prepared now or earlier."""
        key = (text, bounds)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        document = prepare(self.schema, text, bounds)
        if len(text) <= bounds.characters:
            self._keep(key, document)
        return document

    def _keep(self, key: tuple[str, Limits], document: Document) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = document
                self._characters += len(key[0])
            while self._characters > KEPT_CHARACTERS:
                (text, _bounds), _oldest = self._kept.popitem(last=False)
                self._characters -= len(text)

    def admit(
        self, document: Document, *, name: str | None, variables: Variables, bounds: Limits, developer: bool
    ) -> OperationDefinitionNode:
        """Return the operation to execute. Raises Refused: introspection, no such operation, cost."""
        if document.introspects and not developer:
            raise Refused("INTROSPECTION_DISABLED")
        operation = document.operation(name)
        cost = self._cost(document, operation, variables, bounds)
        if cost > bounds.cost:
            raise Refused("COST_EXCEEDED", cost=cost, limit=bounds.cost)
        return operation

    def _cost(self, document: Document, operation: OperationDefinitionNode, given: Variables, bounds: Limits) -> int:
        sizes = _page_sizes(operation, given, document.paging)
        key = (operation.name and operation.name.value, *sorted(sizes.items()))
        cost = document.costs.get(key)
        if cost is None:
            cost = Costing(self.schema, document.ast, sizes, bounds).operation(operation)
            if len(document.costs) < KEPT_COSTS:
                document.costs[key] = cost
        return cost


def prepare(schema: GraphQLSchema, text: str, bounds: Limits) -> Document:
    """Parse, measure and validate a document; what is wrong with it is in `refusals`."""
    try:
        ast = _parsed(text, bounds)
        ruler = Ruler(ast, bounds)
        operations = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
        measures = [ruler.operation(node) for node in operations]
    except Refused as refusal:
        return Document(refusals=(refusal,))
    errors = _violations(schema, ast, operations)
    if errors:
        return Document(refusals=tuple(_invalid(error) for error in errors))
    return Document(
        ast=ast,
        operations={node.name.value if node.name else "": node for node in operations},
        introspects=any(found.introspects for found in measures),
        paging=paging_variables(ast),
    )


def _violations(
    schema: GraphQLSchema, ast: DocumentNode, operations: list[OperationDefinitionNode]
) -> list[GraphQLError]:
    # Conditions at a subscription's root come first: graphql-core's own rules raise at one with a variable.
    conditions = validate(schema, ast, [UnconditionalRootRule]) if any(map(is_subscription, operations)) else []
    return conditions or validate(schema, ast, max_errors=5, hide_suggestions=True)


def is_subscription(operation: OperationDefinitionNode) -> bool:
    """Whether an operation is for the WebSocket."""
    return operation.operation is OperationType.SUBSCRIPTION


def _parsed(text: str, bounds: Limits) -> DocumentNode:
    if len(text) > bounds.characters:
        raise Refused("DOCUMENT_TOO_LARGE", limit=bounds.characters)
    try:
        document = parse(text, max_tokens=bounds.tokens)
    except GraphQLError as error:
        raise _unreadable(error, bounds) from None
    if "\0" in text or "\\u" in text:
        clean_document(document)
    return document


def _unreadable(error: GraphQLError, bounds: Limits) -> Refused:
    # graphql-core tells these two apart from a slip of the pen by their wording alone.
    if f"more than {bounds.tokens} tokens" in error.message:
        return Refused("TOKENS_EXCEEDED", limit=bounds.tokens)
    if "nested too deeply" in error.message:
        return Refused("DEPTH_EXCEEDED", limit=bounds.depth)
    return _placed(Refused("GRAPHQL_PARSE_FAILED", detail=error.message), error)


def _invalid(error: GraphQLError) -> Refused:
    return _placed(Refused("GRAPHQL_VALIDATION_FAILED", detail=error.message), error)


def _placed(refusal: Refused, error: GraphQLError) -> Refused:
    refusal.locations = error.locations
    return refusal


def _page_sizes(operation: OperationDefinitionNode, given: Variables, names: frozenset[str]) -> dict[str, int]:
    sizes = {}
    for node in operation.variable_definitions if names else ():
        name = node.variable.name.value
        if name in names:
            default = value_from_ast_untyped(node.default_value) if node.default_value else None
            value = given.get(name, default)
            if value is not None:
                sizes[name] = _page_size(value)
    return sizes


def _page_size(value: Any) -> int:
    """What execution will take the value for: 100.0 is an Int to GraphQL. What is none counts as the largest page."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if type(value) is int else LARGEST_PAGE
