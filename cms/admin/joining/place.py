"""What the pages of joining have in common: who passes, where they stand, how an act is done."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from network import permissions
from network.refusals import Refusal, each
from network.wording import word


class KeepersPage(WagtailAdminTemplateMixin, TemplateView):
    """A page for those who keep the directory; the rule behind each act asks again."""

    header_icon = "group"
    trail: tuple[tuple[str, Any], ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let keepers in."""
        if not permissions.keeps_directory(request.user):
            raise PermissionDenied
        self.errors: list[str] = []
        self.now = timezone.now()
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the page."""
        above = [{"url": reverse(name), "label": label} for name, label in self.trail]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def acts(self) -> dict[str, Callable[[], str]]:
        """By the name of the button: do it, and return where to go."""
        return {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do one act; what is refused stands above the page, and what was typed in its field."""
        acts = self.acts()
        name = request.POST.get("act", "")
        if name not in acts:
            raise Http404
        try:
            return redirect(acts[name]())
        except Refusal as refusal:
            self.errors = [word(one) for one in each(refusal)]
            return self.get(request, *args, **kwargs)

    def say(self, text: Any) -> None:
        """Tell that it is done."""
        messages.success(self.request, text)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was refused, and what was typed."""
        return {**super().get_context_data(**kwargs), "errors": self.errors, "typed": self.request.POST}


class KeepersViewSet(ViewSet):
    """A menu item that keepers see."""

    def get_menu_item(self, order: int | None = None) -> Any:
        """Shown to those who may enter."""
        item = super().get_menu_item(order)
        item.is_shown = lambda request: permissions.keeps_directory(request.user)
        return item
