"""The file door of the API: POST a file for an answer, GET it back. GraphQL itself carries no files."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from events import answer_files
from events.models import AnswerFile
from network import limits
from network.doors import Permission, declare
from network.global_ids import encode
from network.refusals import Refusal, each
from network.wording import word

from ..caller import Caller, language_of, refuse_cross_site
from ..errors import Refused, present, unauthenticated

ENVELOPE = 64 * 1024
"""What a multipart body may weigh beside its file."""


@csrf_exempt  # its place is taken by `refuse_cross_site`, which sets no cookie
@declare(Permission.SIGNED_IN)
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file of the part `file`; answer with its id, or with the errors of a refusal."""
    with translation.override(language_of(request)):
        try:
            kept = _kept(request)
        except Refused as refused:
            return answer({"errors": [present(refused)]}, refused.status)
        except Refusal as refusal:
            told = [{"code": one.code, "field": one.field or None, "message": word(one)} for one in each(refusal)]
            return answer({"file": None, "errors": told}, HTTPStatus.UNPROCESSABLE_ENTITY)
    named = {"id": encode("AnswerFile", kept.pk), "name": kept.name, "size": kept.size}
    return answer({"file": named, "errors": []}, HTTPStatus.CREATED)


@declare(Permission.SIGNED_IN)
def download(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """Answer with a file, always as a download, for its owner and for whoever runs the desk of its event."""
    with translation.override(language_of(request)):
        try:
            found = answer_files.readable(file_id=file_id, viewer=Caller(request).viewer)
        except Refused as refused:
            return answer({"errors": [present(refused)]}, refused.status)
    if request.method not in {"GET", "HEAD"} or found is None:
        return _private(HttpResponse(status=HTTPStatus.NOT_FOUND))
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = "application/octet-stream"
    return _private(response)


def _kept(request: HttpRequest) -> AnswerFile:
    """Look at who asks and how much comes before anything of the body is read."""
    if request.method != "POST":
        raise Refused("METHOD_NOT_ALLOWED", status=HTTPStatus.METHOD_NOT_ALLOWED)
    refuse_cross_site(request)
    caller = Caller(request)
    if not caller.viewer.is_authenticated:
        raise unauthenticated()
    if request.content_type != "multipart/form-data":
        raise Refused("UNSUPPORTED_MEDIA_TYPE", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    largest = answer_files.MOST_BYTES + ENVELOPE
    if int(request.META.get("CONTENT_LENGTH") or 0) > largest:
        raise Refused("BODY_TOO_LARGE", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, limit=largest)
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile):
        raise Refused("BAD_USER_INPUT", detail="file")
    limits.spend(act="upload", account=caller.viewer.pk, address=caller.address)
    return answer_files.upload(person=caller.viewer, given=given, at=caller.at)


def answer(content: dict[str, Any], status: int) -> HttpResponse:
    """Return JSON that nobody keeps."""
    return _private(HttpResponse(orjson.dumps(content), status=status, content_type="application/json"))


def _private(response: Any) -> Any:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
