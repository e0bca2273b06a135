"""What the API says when it does not answer: coded errors, worded for the reader, telling nothing of the inside."""

import logging
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from graphql import GraphQLError, Node

from network.refusals import Refusal
from network.wording import word

log = logging.getLogger(__name__)

WORDING = {
    "BAD_REQUEST": gettext_lazy("This is not a GraphQL request: {reason}."),
    "BODY_TOO_LARGE": gettext_lazy("The request is larger than {limit} bytes."),
    "UNSUPPORTED_MEDIA_TYPE": gettext_lazy("Send the request as application/json."),
    "NOT_ACCEPTABLE": gettext_lazy("Answers come as application/graphql-response+json or application/json."),
    "METHOD_NOT_ALLOWED": gettext_lazy("Send the request by POST."),
    "CROSS_SITE_REQUEST": gettext_lazy("A request with a session cookie must come from our own pages."),
    "PERSISTED_QUERY_NOT_SUPPORTED": gettext_lazy("Persisted queries are not kept here; send the whole document."),
    "GRAPHQL_PARSE_FAILED": gettext_lazy("The GraphQL document cannot be read: {detail}"),
    "GRAPHQL_VALIDATION_FAILED": gettext_lazy("The GraphQL document does not fit the schema: {detail}"),
    "BAD_USER_INPUT": gettext_lazy("A value does not fit: {detail}"),
    "OPERATION_NOT_FOUND": gettext_lazy("The document holds no operation of this name."),
    "SUBSCRIPTION_OVER_HTTP": gettext_lazy("Subscriptions are served over WebSocket at /graphql/ws."),
    "SUBSCRIPTIONS_ONLY": gettext_lazy("Only subscriptions are served here; send the rest by POST to /graphql."),
    "INTROSPECTION_DISABLED": gettext_lazy("Introspection is for developers; read the schema file of the project."),
    "DOCUMENT_TOO_LARGE": gettext_lazy("The document is longer than {limit} characters."),
    "TOKENS_EXCEEDED": gettext_lazy("The document has more than {limit} tokens."),
    "DEPTH_EXCEEDED": gettext_lazy("The query is nested deeper than {limit} levels."),
    "ALIASES_EXCEEDED": gettext_lazy("The query uses more than {limit} aliases."),
    "ROOT_FIELDS_EXCEEDED": gettext_lazy("The query asks for more than {limit} fields at its root."),
    "REPEATS_EXCEEDED": gettext_lazy("The query names one field more than {limit} times side by side."),
    "DIRECTIVES_EXCEEDED": gettext_lazy("The query uses more than {limit} directives."),
    "COST_EXCEEDED": gettext_lazy("The query may cost {cost}; the limit is {limit}. Ask for fewer items at a time."),
    "UNAUTHENTICATED": gettext_lazy("Please log in first."),
    "FORBIDDEN": gettext_lazy("This is not open to you."),
    "TOO_MANY_SUBSCRIPTIONS": gettext_lazy("One connection carries {limit} subscriptions at most."),
    "INTERNAL": gettext_lazy("Something went wrong on our side. When you write to us, name {incident}."),
}
"""Every code the API itself may answer with. Rules bring their own, worded in `network.wording`."""


class Refused(GraphQLError):
    """A coded no of the API. `status` is the HTTP status; `always` means: also for plain application/json."""

    def __init__(
        self,
        code: str,
        *,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        always: bool = False,
        nodes: list[Node] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(code, nodes)
        self.code, self.status, self.always, self.facts = code, status, always, facts


def unauthenticated() -> Refused:
    """The refusal for somebody who must log in first."""
    return Refused("UNAUTHENTICATED", status=HTTPStatus.UNAUTHORIZED)


def forbidden() -> Refused:
    """The refusal for somebody known who may not."""
    return Refused("FORBIDDEN", status=HTTPStatus.FORBIDDEN)


def present(error: GraphQLError) -> dict[str, Any]:
    """Return the error as the answer shows it: message in the active language, locations, path, code."""
    code, message = _code_and_message(error)
    shown: dict[str, Any] = {"message": message, "extensions": {"code": code}}
    if error.locations:
        shown["locations"] = [place.formatted for place in error.locations]
    if error.path:
        shown["path"] = error.path
    return shown


def _code_and_message(error: GraphQLError) -> tuple[str, str]:
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and not isinstance(cause, Refused) and cause.original_error:
        cause = cause.original_error
    if isinstance(cause, Refused):
        return cause.code, str(WORDING[cause.code]).format(**cause.facts)
    if isinstance(cause, Refusal):
        return cause.code, word(cause)
    if isinstance(cause, GraphQLError) and not error.path:
        return "BAD_USER_INPUT", str(WORDING["BAD_USER_INPUT"]).format(detail=cause.message)
    return "INTERNAL", report(cause)


def report(cause: BaseException) -> str:
    """Log an unforeseen exception under a fresh incident number and return the only words about it that go out."""
    incident = uuid4().hex[:8].upper()
    log.error("GraphQL incident %s", incident, exc_info=cause)
    return _("Something went wrong on our side. When you write to us, name {incident}.").format(incident=incident)
