"""A draft of the newsroom, for whoever was sent the link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import previews
from network.doors import Permission, declare
from network.refusals import Refusal
from network.wording import word


@declare(Permission.PUBLIC)
@require_safe
@never_cache
def page_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The newest draft of the page that the token is for, in the page's language; nobody may keep or list it."""
    try:
        page = previews.page_of(token=token, at=timezone.now())
    except Refusal as refusal:
        return render(request, "preview_over.html", {"words": word(refusal)}, status=404)
    request.is_preview = True
    with override(page.locale.language_code):
        response = page.serve_preview(request, page.default_preview_mode)
        if hasattr(response, "render"):
            response.render()
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
