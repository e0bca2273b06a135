"""Đơn tham gia: what waits to be read, one application, what is done with it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.admin.joining.place import KeepersPage, KeepersViewSet
from network.doors import Permission, declare
from network.joining import applications
from network.joining.application_fields import FIELDS
from network.models import Application, Organisation, Sector, Stage

DECIDED = 30


@declare(Permission.EDITOR)
class ApplicationQueue(KeepersPage):
    """What waits, the oldest first; then what was decided lately."""

    template_name = "cms/admin/joining/applications.html"
    page_title = _("Applications to join")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both lists."""
        others = Application.objects.exclude(status__in=("SUBMITTED", "IN_REVIEW")).select_related("person")
        lists = {"waiting": applications.queue(), "others": others.order_by("-changed_at")[:DECIDED]}
        return {**super().get_context_data(**kwargs), **lists}


@declare(Permission.EDITOR)
class ReadApplication(KeepersPage):
    """Everything that was written, entries that look like it, and the acts that its state allows."""

    template_name = "cms/admin/joining/application.html"
    trail = (("applications:index", _("Applications to join")),)

    @cached_property
    def row(self) -> Application:
        """The application of the address."""
        rows = Application.objects.select_related("person", "reviewer", "organisation", "profile__person")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Which one."""
        return self.row.title

    def acts(self) -> dict[str, Callable[[], str]]:
        """Taking up, accepting, asking, rejecting."""
        given = {"application_id": self.row.pk, "actor": self.request.user, "at": self.now}
        words = self.request.POST.get("words", "")

        def done(act: Callable[..., Any], said: Any, **more: Any) -> Callable[[], str]:
            def do() -> str:
                act(**given, **more)
                self.say(said)
                return reverse("applications:read", args=[self.row.pk])

            return do

        return {
            "take_up": done(applications.take_up, _("You are reading it now; others see that.")),
            "accept": done(applications.accept, _("Accepted: the entry stands in the directory."), words=words),
            "send_back": done(applications.send_back, _("The question is on its way."), words=words),
            "reject": done(applications.reject, _("Rejected; the letter is on its way."), words=words),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The facts in words."""
        row = self.row
        is_open = row.status in ("SUBMITTED", "IN_REVIEW")
        alike = applications.look_alike(kind=row.kind, given=row.facts) if is_open else []
        told = {"application": row, "facts": list(_told(row)), "alike": alike, "is_open": is_open}
        return {**super().get_context_data(**kwargs), **told}


def _told(row: Application) -> Iterator[tuple[Any, str]]:
    """Labels and values; codes as what they are called."""
    sectors = {sector.code: sector.name for sector in Sector.objects.all()}
    names = {**sectors, **dict(Stage.choices), **dict(Organisation.Kind.choices)}
    for asked in FIELDS[row.kind]:
        value = row.facts.get(asked.name)
        if value in (None, "", []):
            continue
        values = value if isinstance(value, list) else [value]
        is_code = asked.form in ("sectors", "stages", "stage", "kind")
        yield asked.label, ", ".join(str(names.get(one, one)) if is_code else str(one) for one in values)


class ApplicationViewSet(KeepersViewSet):
    """Đơn tham gia."""

    name = "applications"
    url_prefix = "don-tham-gia"
    icon = "form"
    menu_label = _("Applications to join")

    def get_urlpatterns(self) -> list[Any]:
        """The queue and one application."""
        return [
            path("", ApplicationQueue.as_view(), name="index"),
            path("<int:pk>/", ReadApplication.as_view(), name="read"),
        ]
