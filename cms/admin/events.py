"""Events in the admin: the list, and one event with its numbers and its acts."""

from typing import Any

from django.contrib.admin.utils import quote
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, ButtonWithDropdown, HeaderButton

from cms.admin.accesses import EventAccesses
from cms.admin.acts import AmendEvent, CancelEvent, ChangeCapacity, RescheduleEvent
from cms.admin.badges import PrintBadges
from cms.admin.certificates import addresses as certificate_addresses
from cms.admin.desk.addresses import addresses as desk_addresses
from cms.admin.exchange import addresses as exchange_addresses
from cms.admin.jobs import addresses as job_addresses
from cms.admin.lists import MomentColumn
from cms.admin.search import FoldedSearchMixin
from cms.admin.setup.addresses import addresses as setup_addresses
from cms.admin.stories import WriteStory, may_write_story
from cms.pages import EventIndexPage, EventPage
from events.models import Event
from network.doors import Permission, declare


@declare(Permission.EDITOR)
class EventIndex(FoldedSearchMixin, IndexView):
    """All events, drafts among them, the latest first."""

    default_ordering = "-starts_at"
    list_filter = ["status", "kind", "series"]

    @cached_property
    def columns(self) -> list[Column]:
        """Title, code, start, places, status."""
        return [
            self._get_title_column("title"),
            Column("code", label=_("Code"), accessor="code", sort_key="code"),
            MomentColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
            Column("seats", label=_("Places"), accessor="seats"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda event: event.status == Event.Status.SCHEDULED,
            ),
        ]

    def get_base_queryset(self) -> Any:
        """With the numbers that the list shows."""
        return Event.objects.select_related("seats", "series")

    def get_edit_url(self, instance: Event) -> str | None:
        """Facts are changed by acts, each with its own view; the title leads to the event."""
        return None

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """A new event begins as a page, for fact and story are one form."""
        index = EventIndexPage.objects.filter(locale__language_code="vi").first()
        if index is None or not index.permissions_for_user(self.request.user).can_add_subpage():
            return []
        url = reverse("wagtailadmin_pages:add", args=("cms", "eventpage", index.pk))
        return [HeaderButton(_("New event"), url=url, icon_name="plus")]

    def get_list_buttons(self, instance: Event) -> list[ButtonWithDropdown]:
        """The acts."""
        acts = [
            Button(label, url=url, icon_name=icon, priority=priority)
            for priority, (label, url, icon) in enumerate(acts_of(instance), start=1)
        ]
        described = {"aria-label": gettext("More options for '%(title)s'") % {"title": instance}}
        return [ButtonWithDropdown(buttons=acts, icon_name="dots-horizontal", attrs=described)]


def acts_of(event: Event) -> list[tuple[Any, str, str]]:
    """What can be done with an event as (label, address, icon)."""
    offered = [("inspect", _("Look at"), "view"), ("registrations", _("Registrations"), "group")]
    offered += [("setup_tickets", _("Tickets and places"), "tag"), ("setup_questions", _("Questions"), "help")]
    offered += [("setup_invitations", _("Invitations"), "mail"), ("setup_doors", _("Check-in"), "clipboard-list")]
    offered.append(("setup_settings", _("Settings"), "cog"))
    offered += [("badges", _("Badges"), "tag"), ("certificates", _("Certificates"), "doc-full")]
    offered += [("attendees_export", _("Take the list along"), "download")]
    offered += [("attendees_import", _("Bring a list in"), "upload")]
    offered.append(("jobs", _("Long work"), "tasks"))
    offered.append(("accesses", _("Who looked at the attendees"), "view"))
    offered.append(("amend", _("Change words and registration"), "edit"))
    if event.status != Event.Status.CANCELLED:
        offered += [
            ("reschedule", _("Change time or place"), "date"),
            ("capacity", _("Change the number of places"), "user"),
            ("cancel", _("Cancel the event"), "cross"),
        ]
    return [(label, reverse(f"event:{name}", args=[quote(event.pk)]), icon) for name, label, icon in offered]


@declare(Permission.EDITOR)
class EventFactsView(InspectView):
    """One event: facts, numbers, stories, acts."""

    template_name = "cms/admin/event.html"
    fields = ["code"]
    any_permission_required = ["view", "change"]

    def get_object(self, queryset: Any = None) -> Event:
        """With everything the page shows."""
        rows = Event.objects.select_related("seats", "tally", "series", "venue", "organiser")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Facts, stories and acts."""
        pages = EventPage.objects.filter(event=self.object).select_related("locale").order_by("-language")
        return {
            **super().get_context_data(**kwargs),
            "event": self.object,
            "acts": acts_of(self.object)[1:],
            "pages": pages,
            "may_write": may_write_story(self.request.user, self.object),
        }


class EventViewSet(ModelViewSet):
    """Only these views: nothing here adds, edits or deletes a row by itself."""

    model = Event
    name = "event"
    url_prefix = "su-kien"
    icon = "date"
    menu_label = _("All events")
    index_view_class = EventIndex
    inspect_view_class = EventFactsView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_template_name = "cms/admin/event.html"
    form_fields = ["code"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, one event, its registrations and acts."""
        acts = {
            "amend": AmendEvent,
            "reschedule": RescheduleEvent,
            "capacity": ChangeCapacity,
            "cancel": CancelEvent,
            "accesses": EventAccesses,
            "badges": PrintBadges,
            "story": WriteStory,
        }
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            *(path(f"<int:pk>/{name}/", view.as_view(), name=name) for name, view in acts.items()),
            path("<int:pk>/accesses/results/", EventAccesses.as_view(results_only=True), name="accesses_results"),
            *desk_addresses(),
            *certificate_addresses(),
            *exchange_addresses(),
            *job_addresses(),
            *setup_addresses(),
        ]

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        """Where a story's chooser leads from an event: to its facts, for there is no form to edit it."""
        return type("EventURLFinder", (ModelAdminURLFinder,), {"edit_url_name": self.get_url_name("inspect")})

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Without the names of the views that this viewset does not have."""
        names = ("history_url_name", "usage_url_name", "add_url_name", "edit_url_name", "delete_url_name")
        return {**super().get_common_view_kwargs(**kwargs), **dict.fromkeys(names)}
