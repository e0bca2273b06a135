"""Executing one operation: from parameters to the answer that goes out."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from graphql import GraphQLError, execute_sync

from .caller import Caller
from .documents import Documents, is_subscription
from .errors import Refused, present
from .limits import Limits
from .request import Params


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out. `status` is what HTTP says about it; `always`: also to a client that expects plain JSON."""

    content: dict[str, Any]
    status: int = HTTPStatus.OK
    always: bool = False


def refusal(error: Refused) -> Answer:
    """Return the answer for a request that was not executed."""
    return Answer({"errors": [present(error)]}, error.status, error.always)


def answer(documents: Documents, params: Params, caller: Caller, bounds: Limits) -> Answer:
    """Execute a query or a mutation and return the answer, in the active language."""
    document = documents.get(params.query, bounds)
    if document.refusals:
        return Answer({"errors": [present(error) for error in document.refusals]}, HTTPStatus.BAD_REQUEST)
    operation = documents.admit(
        document,
        name=params.operation_name,
        variables=params.variables,
        bounds=bounds,
        developer=settings.GRAPHQL_INTROSPECTION,
    )
    if is_subscription(operation):
        raise Refused("SUBSCRIPTION_OVER_HTTP")
    result = execute_sync(
        documents.schema,
        document.ast,
        context_value=caller,
        variable_values=params.variables,
        operation_name=params.operation_name,
        max_coercion_errors=5,
        hide_suggestions=True,
    )
    return _result(result.data, result.errors)


def _result(data: dict[str, Any] | None, errors: list[GraphQLError] | None) -> Answer:
    if not errors:
        return Answer({"data": data})
    shown = [present(error) for error in errors]
    if data is None and not any(error.path for error in errors):
        # The variables did not fit: nothing was executed, so there is no data to speak of.
        return Answer({"errors": shown}, HTTPStatus.BAD_REQUEST)
    return Answer({"errors": shown, "data": data})
