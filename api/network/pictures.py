"""The picture door of the API: POST a photo or logo, name it in `updateMyProfile` or `updateOrganisation`."""

from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from network import limits
from network.doors import Permission, declare
from network.entries import pictures
from network.pictures import MOST_BYTES, Crop
from network.refusals import Invalid, Refusal, each
from network.wording import word

from ..caller import Caller, language_of, refuse_cross_site
from ..errors import Refused, present, unauthenticated
from ..events.files import ENVELOPE, answer


@csrf_exempt  # its place is taken by `refuse_cross_site`, which sets no cookie
@declare(Permission.SIGNED_IN)
def upload(request: HttpRequest) -> HttpResponse:
    """Square the picture of the part `file` and hold it for a day; answer with its id, or with a refusal's errors.

    `x`, `y`, `size` say which square of the upright picture, in its pixels; without them it is the middle, or with
    `whole` all of it.
    """
    with translation.override(language_of(request)):
        try:
            name = _held(request)
        except Refused as refused:
            return answer({"errors": [present(refused)]}, refused.status)
        except Refusal as refusal:
            told = [{"code": one.code, "field": one.field or None, "message": word(one)} for one in each(refusal)]
            return answer({"picture": None, "errors": told}, HTTPStatus.UNPROCESSABLE_ENTITY)
    return answer({"picture": {"id": name}, "errors": []}, HTTPStatus.CREATED)


def _held(request: HttpRequest) -> str:
    """Look at who asks and how much comes before anything of the body is read."""
    if request.method != "POST":
        raise Refused("METHOD_NOT_ALLOWED", status=HTTPStatus.METHOD_NOT_ALLOWED)
    refuse_cross_site(request)
    caller = Caller(request)
    if not caller.viewer.is_authenticated:
        raise unauthenticated()
    if request.content_type != "multipart/form-data":
        raise Refused("UNSUPPORTED_MEDIA_TYPE", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + ENVELOPE:
        raise Refused("BODY_TOO_LARGE", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, limit=MOST_BYTES + ENVELOPE)
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile):
        raise Refused("BAD_USER_INPUT", detail="file")
    limits.spend(act="upload", account=caller.viewer.pk, address=caller.address)
    whole = request.POST.get("whole") == "true"
    return pictures.hold(person=caller.viewer, file=given, crop=_crop(request), whole=whole, field="file")


def _crop(request: HttpRequest) -> Crop | None:
    sent = [request.POST.get(name) for name in ("x", "y", "size")]
    if not any(sent):
        return None
    try:
        x, y, size = (int(number or 0) for number in sent)
    except ValueError:
        raise Invalid(field="crop", reason="unknown") from None
    return Crop(x=x, y=y, size=size)
