"""A link to a draft, for somebody without a login: made while the editor looks, kept nowhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms import previews
from network.doors import Permission, declare
from network.refusals import NotPermitted


@declare(Permission.EDITOR)
class ShareDraft(WagtailAdminTemplateMixin, TemplateView):
    """The link and until when it is good."""

    template_name = "cms/admin/share_draft.html"
    page_title = _("Share the draft")
    header_icon = "link"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in whoever may edit the page."""
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Which page."""
        return self.page.get_admin_display_title()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The link is whole: it is sent to others."""
        try:
            made = previews.make(page_id=self.page.pk, actor=self.request.user, at=timezone.now())
        except NotPermitted as refusal:
            raise PermissionDenied from refusal
        address = self.request.build_absolute_uri(reverse("page_preview", args=[made.token]))
        return {**super().get_context_data(**kwargs), "address": address, "expires_at": made.expires_at}
