"""The list: compact rows without e-mail and phone, narrowed, searched, sorted; rows are picked for acts on many."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.admin.desk import numbers
from cms.admin.desk.filters import AttendeeFilters, kept
from cms.admin.desk.place import AtDesk
from events import attendees, desk_counts
from events.attendees import Wanted
from events.desk_counts import Counts, TypePools
from events.models import AttendeeAccess, Registration
from network.doors import Permission, declare

SIZES = (20, 50, 100)
ORDERS = {
    "number": ("number",),
    "person__sort_key": ("person__sort_key", "number"),
    "created_at": ("created_at", "number"),
    "offer_expires_at": ("offer_expires_at", "number"),
    "queue": ("priority", "waiting_since", "pk"),
}
"""By which an address may ask for the list; the name in the order of class registers."""


class DeskColumn(Column):
    """A column whose cell is a template of the desk."""

    def __init__(self, name: str, **facts: Any) -> None:
        super().__init__(name, accessor="pk", classname=f"desk-col-{name}", **facts)
        self.cell_template_name = f"cms/admin/desk/cells/{name}.html"


class PickColumn(DeskColumn):
    """Boxes to tick, and one for all of the page."""

    header_template_name = "cms/admin/desk/cells/pick_all.html"


@declare(Permission.ORGANISER)
class AttendeeList(AtDesk, BaseListingView):
    """Who registered for an event."""

    model = Registration
    page_title = _("Registrations")
    template_name = "cms/admin/desk/list.html"
    results_template_name = "cms/admin/desk/list_results.html"
    is_searchable = True
    default_ordering = "-number"
    table_classname = "listing desk-table"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, and write down that it was shown."""
        answer = super().get(request, *args, **kwargs)
        self.note(AttendeeAccess.Act.VIEW, len(answer.context_data["object_list"]))
        return answer

    def get_paginate_by(self, queryset: Any) -> int:
        """As many rows as were asked for, of the sizes on offer."""
        asked = self.request.GET.get("per", "")
        return int(asked) if asked in map(str, SIZES) else SIZES[1]

    def get_index_url(self) -> str:
        """The address of the list."""
        return self.list_url

    def get_index_results_url(self) -> str:
        """The address of its results alone."""
        return reverse("event:registrations_results", args=[self.event.pk])

    @cached_property
    def filters(self) -> AttendeeFilters:
        """The filters of this event."""
        types = [each for each, _pools in self.types]
        return AttendeeFilters(self.request.GET, request=self.request, event=self.event, types=types)

    @cached_property
    def types(self) -> list[TypePools]:
        """The ticket types with their pools: filters and numbers show them."""
        return desk_counts.types_of(self.event)

    @cached_property
    def found(self) -> QuerySet[Registration]:
        """Those who are asked for."""
        return attendees.found(event_id=self.event.pk, wanted=self.wanted)

    @cached_property
    def counts(self) -> Counts:
        """The numbers on top, and how many are found: counted together."""
        return desk_counts.counts(event=self.event, at=self.now, types=self.types, among=self.found)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Any:
        """Of as many as were counted."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.count = self.counts.matching
        return paginator

    @cached_property
    def columns(self) -> list[Column]:
        """Compact: the rest stands at the registration itself."""
        return [
            PickColumn("pick"),
            DeskColumn("number", label=_("No."), sort_key="number"),
            DeskColumn("person", label=_("Name"), sort_key="person__sort_key"),
            DeskColumn("state", label=_("Status")),
            DeskColumn("fee", label=_("Fee")),
            DeskColumn("created", label=_("Registered"), sort_key="created_at"),
            DeskColumn("came", label=_("Came in")),
        ]

    def get_valid_orderings(self) -> list[str]:
        """Those of the columns, and those that tiles ask for."""
        return [sign + name for name in ORDERS for sign in ("", "-")]

    @cached_property
    def wanted(self) -> Wanted:
        """Whom the address asks for; filters that say nothing narrow nothing."""
        search = self.search_query
        return self.filters.wanted(search=search) if self.filters.is_valid() else Wanted(search=search)

    def get_queryset(self) -> QuerySet[Registration]:
        """Those asked for, with what the columns show."""
        sign = "-" if self.ordering.startswith("-") else ""
        order = [f"{sign}{name}" for name in ORDERS[self.ordering.removeprefix("-")]]
        return attendees.listed(self.found).order_by(*order)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Register somebody, write to those in the list."""
        here = self.event.pk
        asked = urlencode([*kept(self.request.GET), ("everybody", "1")])
        message = f"{reverse('event:attendees_message', args=[here])}?{asked}"
        return [
            HeaderButton(_("Register somebody"), url=reverse("event:attendee_new", args=[here]), icon_name="plus"),
            HeaderButton(_("Write to them"), url=message, icon_name="mail"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What is looked at less often."""
        here = self.event.pk
        asked = urlencode([*kept(self.request.GET), ("everybody", "1")])
        export = f"{reverse('event:attendees_export', args=[here])}?{asked}"
        brought = reverse("event:attendees_import", args=[here])
        return [
            Button(_("Take the list along"), url=export, icon_name="download", priority=70),
            Button(_("Bring a list in"), url=brought, icon_name="upload", priority=80),
            Button(_("Live board"), url=f"/bang/{self.event.slug}/", icon_name="desktop", priority=90),
            Button(
                _("Who looked at the attendees"),
                url=reverse("event:accesses", args=[here]),
                icon_name="view",
                priority=100,
            ),
        ]

    def get_trail(self) -> list[dict[str, Any]]:
        """Nothing stands between."""
        return []

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the numbers on top, and what acts on many carry on."""
        counts = self.counts
        asked = kept(self.request.GET)
        return {
            **super().get_context_data(*args, **kwargs),
            "counts": counts,
            "tiles": numbers.tiles(counts, self.event, self.request.GET),
            "bars": numbers.bars(counts, self.event),
            "asked": asked,
            "is_narrowed": bool(asked),
            "sizes": SIZES,
            "size": self.get_paginate_by(None),
            "now": self.now,
        }
