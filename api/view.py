"""The HTTP door of the API: JSON by POST, nothing else.

Our own view over graphene's schema, because graphene-django's sets a CSRF cookie and `Vary: Cookie` on every answer,
masks no errors and takes urlencoded, multipart and text bodies.
"""

from functools import cache
from http import HTTPMethod, HTTPStatus

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from network.doors import Permission, declare

from . import explorer
from .caller import Caller, language_of, refuse_cross_site
from .documents import Documents
from .errors import Refused
from .execution import Answer, answer, refusal
from .limits import limits
from .request import PLAIN_JSON, answer_type, read


@cache
def documents() -> Documents:
    """Return the schema with its kept documents, one for the process."""
    return Documents(import_string(settings.GRAPHENE["SCHEMA"]).graphql_schema)


@csrf_exempt  # its place is taken by `refuse_cross_site`, which sets no cookie
@declare(Permission.PUBLIC)
def graphql(request: HttpRequest) -> HttpResponse:
    """Answer one GraphQL request; every operation asks for its own permission."""
    if explorer.is_for_developers(request):
        return explorer.page(request)
    with override(language_of(request)):
        caller = Caller(request)
        media = PLAIN_JSON
        try:
            media = answer_type(request)
            given = _answer(request, caller)
        except Refused as error:
            given = refusal(error)
        return _response(given, media, caller)


def _answer(request: HttpRequest, caller: Caller) -> Answer:
    if request.method != HTTPMethod.POST:
        raise Refused("METHOD_NOT_ALLOWED", status=HTTPStatus.METHOD_NOT_ALLOWED, always=True)
    bounds = limits()
    refuse_cross_site(request)
    return answer(documents(), read(request, body_bytes=bounds.body_bytes), caller, bounds)


def _response(given: Answer, media: str, caller: Caller) -> HttpResponse:
    # A client that asked for plain JSON reads errors from the body and takes any other status for a broken network.
    status = HTTPStatus.OK if media == PLAIN_JSON and not given.always else given.status
    response = HttpResponse(orjson.dumps(given.content), status=status, content_type=f"{media}; charset=utf-8")
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response["Allow"] = "POST"
    response["Cache-Control"] = "private, no-store" if caller.is_known else "no-store"
    return response
