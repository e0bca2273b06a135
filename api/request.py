"""Reading a GraphQL request out of HTTP (the GraphQL-over-HTTP specification)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .errors import Refused
from .texts import TooDeep, cleaned

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of a GraphQL request."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None


def answer_type(request: HttpRequest) -> str:
    """Return the media type to answer in. Raises Refused NOT_ACCEPTABLE."""
    accepted = request.headers.get("Accept", "*/*")
    if accepted in (GRAPHQL_JSON, PLAIN_JSON):
        return accepted
    # Without a word about it a client is an old one and expects application/json.
    if not request.accepts(PLAIN_JSON) and not request.accepts(GRAPHQL_JSON):
        raise Refused("NOT_ACCEPTABLE", status=HTTPStatus.NOT_ACCEPTABLE, always=True)
    preferred = request.get_preferred_type([PLAIN_JSON, GRAPHQL_JSON])
    return preferred or PLAIN_JSON


def read(request: HttpRequest, *, body_bytes: int) -> Params:
    """Return the parameters of a request. Raises Refused when there are none to be read."""
    if request.content_type != PLAIN_JSON:
        raise Refused("UNSUPPORTED_MEDIA_TYPE", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE, always=True)
    return params(_decoded(_body(request, body_bytes)))


def params(sent: object) -> Params:
    """Return the parameters in decoded JSON. Raises Refused BAD_REQUEST."""
    if not isinstance(sent, dict):
        raise _bad(_("the body must be one JSON object"))
    query, variables, name = sent.get("query"), sent.get("variables"), sent.get("operationName")
    extensions = sent.get("extensions")
    if query is None and isinstance(extensions, dict) and "persistedQuery" in extensions:
        raise Refused("PERSISTED_QUERY_NOT_SUPPORTED", always=True)
    if not isinstance(query, str) or not query:
        raise _bad(_("“query” must be a text"))
    if variables is not None and not isinstance(variables, dict):
        raise _bad(_("“variables” must be an object"))
    if name is not None and not isinstance(name, str):
        raise _bad(_("“operationName” must be a text"))
    if extensions is not None and not isinstance(extensions, dict):
        raise _bad(_("“extensions” must be an object"))
    try:
        return Params(query=query, variables=cleaned(variables or {}), operation_name=name)
    except TooDeep:
        raise _bad(_("“variables” are nested too deeply")) from None


def _body(request: HttpRequest, limit: int) -> bytes:
    too_large = Refused("BODY_TOO_LARGE", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, always=True, limit=limit)
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise _bad(_("Content-Length is no number")) from None
    if announced > limit:
        raise too_large
    try:
        body = request.body
    except RequestDataTooBig:
        raise too_large from None
    if len(body) > limit:
        raise too_large
    return body


def _decoded(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _bad(_("the body is not JSON in UTF-8")) from None


def _bad(reason: str) -> Refused:
    return Refused("BAD_REQUEST", always=True, reason=reason)
