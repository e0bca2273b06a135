"""What holds for every answer below /quan-tri/."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from wagtail.admin import messages

from network.refusals import Refusal
from network.wording import word


class NewsroomMiddleware:
    """The admin speaks the person's language, has its own content policy, and is closed to who has no task there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass by what is not the admin."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return self.get_response(request)
        person = request.user
        if person.is_authenticated:
            # Sent to the login page, somebody who is logged in would be sent back here, and so on for ever.
            if not person.has_perm("wagtailadmin.access_admin"):
                raise PermissionDenied
            translation.activate(person.preferred_language)
            request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response._csp_config = settings.CSP_ADMIN
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Word a refusal that came between the form's check and the rule: somebody was faster."""
        if not isinstance(exception, Refusal) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        messages.error(request, word(exception))
        return HttpResponseRedirect(request.get_full_path())
