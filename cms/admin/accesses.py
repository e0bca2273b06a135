"""Who looked at an event's attendees, for those who lead the event."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView

from cms.admin.lists import MomentColumn
from events import access
from events.models import AttendeeAccess, Event
from network.doors import Permission, declare

DOORS = {"ADMIN": _("Newsroom"), "API": _("App"), "SITE": _("Website")}


def door(entry: AttendeeAccess) -> Any:
    """By which door somebody came."""
    return DOORS.get(entry.by, entry.by)


def who(entry: AttendeeAccess) -> Any:
    """Who it was; whoever erased their account stays in the log as nobody."""
    return entry.person.full_name if entry.person else _("Somebody who has left")


@declare(Permission.ORGANISER)
class EventAccesses(BaseListingView):
    """When, who, what, with how many people, by which door."""

    model = AttendeeAccess
    header_icon = "view"
    page_title = _("Who looked at the attendees")
    paginate_by = 50
    default_ordering = "-at"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who lead the event."""
        self.event = get_object_or_404(Event, pk=kwargs["pk"])
        if not access.may_see(request.user, self.event.pk):
            raise PermissionDenied
        self.index_url = reverse("event:accesses", args=[self.event.pk])
        self.index_results_url = reverse("event:accesses_results", args=[self.event.pk])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """Newest first."""
        return [
            MomentColumn("at", label=_("When")),
            Column("person", label=_("Who"), accessor=who),
            Column("act", label=_("What"), accessor="get_act_display"),
            Column("people", label=_("Number of people"), accessor="people"),
            Column("by", label=_("By"), accessor=door),
        ]

    def get_base_queryset(self) -> QuerySet[AttendeeAccess]:
        """The event's log."""
        return access.accesses(event_id=self.event.pk, viewer=self.request.user)

    def get_page_subtitle(self) -> str:
        """Which event."""
        return str(self.event)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, events, the event, its log."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("event:index"), "label": _("Events")},
            {"url": reverse("event:inspect", args=[self.event.pk]), "label": str(self.event)},
            {"url": "", "label": self.page_title},
        ]
