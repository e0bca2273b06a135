"""Who registered for an event: for those who run it, not for those who write about it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from cms.admin.lists import MomentColumn
from events import permissions, queries
from events.models import Event, Registration
from network.doors import Permission, declare
from network.vietnamese import search_words


def ticket_numbers(registration: Registration) -> str:
    """The numbers of somebody's tickets; most people hold one."""
    return ", ".join(ticket.number for ticket in registration.tickets.all())


def first_admission(registration: Registration) -> datetime | None:
    """When somebody came in first."""
    moments = [checkin.scanned_at for ticket in registration.tickets.all() for checkin in ticket.admissions]
    return min(moments, default=None)


@declare(Permission.ORGANISER)
class EventRegistrations(BaseListingView):
    """Number, name, ticket, status, came by, checked in."""

    model = Registration
    header_icon = "group"
    page_title = _("Registrations")
    is_searchable = True
    paginate_by = 50
    default_ordering = "number"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who may read the names."""
        self.event = get_object_or_404(Event.objects.select_related("seats"), pk=kwargs["pk"])
        if not may_read_registrations(request.user, self.event):
            raise PermissionDenied
        self.index_url = reverse("event:registrations", args=[self.event.pk])
        self.index_results_url = reverse("event:registrations_results", args=[self.event.pk])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """No e-mail, no phone: a list on a screen at a door needs neither."""
        return [
            Column("number", label=_("Number"), accessor="number"),
            Column("name", label=_("Name"), accessor="person.full_name"),
            Column("ticket", label=_("Ticket"), accessor=ticket_numbers),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda row: row.status == Registration.Status.CONFIRMED,
            ),
            Column("channel", label=_("Came by"), accessor="get_channel_display"),
            MomentColumn("created_at", label=_("Registered")),
            MomentColumn("admitted", label=_("Checked in"), accessor=first_admission),
        ]

    def get_base_queryset(self) -> QuerySet[Registration]:
        """The event's registrations."""
        return queries.registrations_at(event=self.event, viewer=self.request.user)

    def search_queryset(self, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """By name, accents optional."""
        for word in search_words(self.search_query):
            queryset = queryset.filter(person__search_text__contains=word)
        return queryset

    def get_page_subtitle(self) -> str:
        """Which event, and how many places are taken."""
        return f"{self.event} · {self.event.seats}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, events, the event, its registrations."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("event:index"), "label": _("Events")},
            {"url": reverse("event:inspect", args=[self.event.pk]), "label": str(self.event)},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The live board of the doors."""
        return [HeaderButton(_("Live board"), url=f"/bang/{self.event.slug}/", icon_name="desktop")]


def may_read_registrations(person: Any, event: Event) -> bool:
    """Organisers of the event, and who may read registrations throughout."""
    return permissions.may_watch_board(person, event.pk) or person.has_perm("events.view_registration")
