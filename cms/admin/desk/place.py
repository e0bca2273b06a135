"""Where every page of the desk stands: at one event, before somebody who runs its desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events import access, permissions
from events.desk_wording import said
from events.models import AttendeeAccess, Event, Registration
from network.refusals import Refusal, each

FIELD_OF_FACT = {"consents": "agreed"}


class AtDesk(WagtailAdminTemplateMixin):
    """A page of the desk of the event in its address; the rules behind it ask for the right again."""

    header_icon = "group"
    event: Event

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who run the desk of this very event."""
        self.event = get_object_or_404(Event.objects.select_related("seats", "tally", "venue"), pk=kwargs["pk"])
        if not permissions.may_run_desk(request.user, self.event.pk):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def list_url(self) -> str:
        """The address of the list."""
        return reverse("event:registrations", args=[self.event.pk])

    def note(self, act: AttendeeAccess.Act, people: int) -> None:
        """Write down that data of so many people were looked at."""
        if people:
            access.note(event_id=self.event.pk, person=self.request.user, act=act, people=people, at=self.now)

    @cached_property
    def now(self) -> datetime:
        """The moment of this request."""
        return timezone.now()

    def get_page_subtitle(self) -> str:
        """Which event."""
        return self.event.code

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, events, the event, its desk, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("event:index"), "label": _("Events")},
            {"url": reverse("event:inspect", args=[self.event.pk]), "label": self.event.code},
            *self.get_trail(),
            {"url": "", "label": self.get_page_title()},
        ]

    def get_trail(self) -> list[dict[str, Any]]:
        """What stands between the event and this page."""
        return [{"url": self.list_url, "label": _("Registrations")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the event."""
        return {**super().get_context_data(**kwargs), "event": self.event, "list_url": self.list_url}


class AtRegistration(AtDesk):
    """A page about one registration of the event, by its number."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the registration once it is clear that the person may look at it."""
        self.number = kwargs["number"]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def registration(self) -> Registration:
        """The registration of this number at this event."""
        rows = Registration.objects.select_related("person", "ticket_type", "invitation")
        found = get_object_or_404(rows, event=self.event, number=self.number)
        found.event = self.event
        return found

    @cached_property
    def own_url(self) -> str:
        """The address of the registration."""
        return reverse("event:attendee", args=[self.event.pk, self.number])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the registration."""
        return {**super().get_context_data(**kwargs), "registration": self.registration, "own_url": self.own_url}


def add_refusals(form: forms.Form, refusal: Refusal) -> None:
    """Say at each field what the rule refused there, and above the form what concerns none of them."""
    for single in each(refusal):
        field = FIELD_OF_FACT.get(single.field, single.field)
        form.add_error(field if field in form.fields else None, said(single))
