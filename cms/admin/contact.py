"""Tin bị báo cáo: reported messages, one by one, and what is made of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from network import permissions
from network.contact import queries, reporting
from network.doors import Permission, declare
from network.models import ContactReport
from network.refusals import Refusal
from network.wording import word

MOST_SETTLED = 30


class ReportsDoor:
    """Lets in keepers who settle reports; the rule asks again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse the others."""
        if not permissions.may_settle_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views


@declare(Permission.EDITOR)
class ReportIndex(ReportsDoor, WagtailAdminTemplateMixin, TemplateView):
    """Open reports with the reported message, then the last that were settled."""

    template_name = "cms/admin/reports/list.html"
    page_title = _("Reported messages")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, reports."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The message alone: neither the thread nor anybody's address."""
        viewer = self.request.user
        settled = queries.reports(viewer=viewer, is_open=False)[:MOST_SETTLED]
        return {**super().get_context_data(**kwargs), "open": queries.reports(viewer=viewer), "settled": settled}


@declare(Permission.EDITOR)
class SettleReport(ReportsDoor, View):
    """Dismiss, warn, stop; or let somebody write again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, report_id: int) -> HttpResponse:
        """Call the rule that the pressed button names."""
        try:
            said = _settled(request, report_id)
        except Refusal as refusal:
            messages.error(request, word(refusal))
        else:
            messages.success(request, said)
        return redirect("reports:index")


def _settled(request: HttpRequest, report_id: int) -> Any:
    outcome = request.POST.get("outcome", "")
    if outcome == "LET_WRITE":
        report = queries.reports(viewer=request.user, is_open=False).filter(pk=report_id).first()
        if report is not None:
            reporting.let_write(person_id=report.message.sender_id, actor=request.user)
        return _("They may write again.")
    report = reporting.settle(report_id=report_id, actor=request.user, outcome=outcome, at=timezone.now())
    return ContactReport.Outcome(report.outcome).label


class ReportViewSet(ViewSet):
    """Tin bị báo cáo."""

    name = "reports"
    url_prefix = "tin-bi-bao-cao"
    icon = "warning"
    menu_label = _("Reported messages")

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, and settling one."""
        return [
            path("", ReportIndex.as_view(), name="index"),
            path("<int:report_id>/", SettleReport.as_view(), name="settle"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        """Shown to those who may enter."""
        item = super().get_menu_item(order)
        item.is_shown = lambda request: permissions.may_settle_reports(request.user)
        return item
