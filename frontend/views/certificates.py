"""Certificates: checked by anybody who has the code, fetched by whoever shows the ticket."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events import certificate_sheets, certificates
from frontend.limits import spend, too_many
from network.doors import Permission, declare
from network.refusals import TooManyTries


@declare(Permission.PUBLIC)
@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Genuine, revoked or unknown, in a page of one shape; whose and of which event, nothing else."""
    try:
        spend(request, "check_certificate")
    except TooManyTries as refusal:
        return too_many(request, refusal)
    verdict = certificates.verify(code)
    response = render(request, "certificates/verdict.html", {"verdict": verdict}, status=200 if verdict else 404)
    # The address is the certificate's secret: no search engine may learn it.
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def certificate_file(request: HttpRequest, ticket_id: UUID) -> HttpResponseBase:
    """One's own certificate as PDF."""
    certificate = certificates.own_certificate(ticket_id=ticket_id, person=request.user)
    if certificate is None:
        raise Http404
    file = BytesIO()
    title = f"{_('Certificate of attendance')} · {certificate.event.code}"
    certificate_sheets.write(file, certificates=[certificate], title=title)
    file.seek(0)
    name = f"chung-nhan-{certificate.event.slug}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
