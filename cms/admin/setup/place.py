"""Where every page of the setting up stands: at one event, under five tabs, before somebody who may."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events import permissions
from events.models import Event
from network.models import Person
from network.refusals import Refusal, each
from network.wording import word


def may_plan(person: Person, event: Event) -> bool:
    """Types, questions and settings: whoever plans events."""
    return permissions.may_plan_events(person)


def may_invite(person: Person, event: Event) -> bool:
    """Invitations and phones let people in: whoever runs the event's desk."""
    return permissions.may_run_desk(person, event.pk)


@dataclass(frozen=True)
class Tab:
    """One of the five pages."""

    name: str
    label: Any
    icon: str
    may: Any

    def url(self, event: Event) -> str:
        """Its address."""
        return reverse(f"event:{self.name}", args=[event.pk])


TABS = (
    Tab("setup_tickets", _("Tickets and places"), "tag", may_plan),
    Tab("setup_questions", _("Questions"), "help", may_plan),
    Tab("setup_invitations", _("Invitations"), "mail", may_invite),
    Tab("setup_doors", _("Check-in"), "clipboard-list", may_invite),
    Tab("setup_settings", _("Settings"), "cog", may_plan),
)


class AtSetup:
    """Finds the event of the address and asks for the right; the rules behind ask again."""

    tab_name: ClassVar[str] = "setup_tickets"
    event: Event
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who may."""
        self.event = get_object_or_404(Event.objects.select_related("seats", "venue"), pk=kwargs["pk"])
        if not self.tab.may(request.user, self.event):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views

    @property
    def tab(self) -> Tab:
        """The tab that the page belongs to."""
        return next(tab for tab in TABS if tab.name == self.tab_name)

    @property
    def back(self) -> str:
        """The address of the tab's own page."""
        return self.tab.url(self.event)


class SetupPage(AtSetup, WagtailAdminTemplateMixin):
    """A page under the tabs."""

    def get_page_subtitle(self) -> str:
        """Which event."""
        return self.event.code

    @property
    def header_icon(self) -> str:
        """That of the tab."""
        return self.tab.icon

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, events, the event, the tab, and this page if it is another."""
        trail = [
            *self.breadcrumbs_items,
            {"url": reverse("event:index"), "label": _("Events")},
            {"url": reverse("event:inspect", args=[self.event.pk]), "label": self.event.code},
        ]
        if self.request.path != self.back:
            trail.append({"url": self.back, "label": self.tab.label})
        return [*trail, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the event and the tabs that the person may open."""
        tabs = [
            {"label": tab.label, "icon": tab.icon, "url": tab.url(self.event), "current": tab.name == self.tab_name}
            for tab in TABS
            if tab.may(self.request.user, self.event)
        ]
        return {**super().get_context_data(**kwargs), "event": self.event, "tabs": tabs, "back": self.back}


class SetupForm(SetupPage, FormView):
    """A form with the facts of one rule, which `perform` calls."""

    template_name = "cms/admin/setup/form.html"
    act_label: ClassVar[Any] = _("Save")
    done: ClassVar[Any] = _("Saved.")
    field_of_fact: ClassVar[dict[str, str]] = {}

    def perform(self, form: forms.Form) -> None:
        """Call the rule with what the form states."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Say what the rule refused at its field, or that it is done."""
        try:
            self.perform(form)
        except Refusal as refusal:
            for single in each(refusal):
                field = self.field_of_fact.get(single.field, single.field)
                form.add_error(field if field in form.fields else None, word(single))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        """Back to the tab."""
        return self.back


class SetupAct(AtSetup, View):
    """A button: one rule, no form. It comes back to the tab and says what became of it."""

    http_method_names: ClassVar[list[str]] = ["post"]
    done: ClassVar[Any] = ""

    def perform(self) -> None:
        """Call the rule."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        try:
            self.perform()
        except Refusal as refusal:
            messages.error(request, word(refusal))
        else:
            if self.done:
                messages.success(request, self.done)
        return redirect(f"{self.back}{self.anchor()}")

    def anchor(self) -> str:
        """Where on the page the eye was."""
        return ""


def moved(keys: list[int], key: int, way: str) -> list[int]:
    """Return `keys` with one of them a step up or down; at the end it stays where it is."""
    if key not in keys:
        return keys
    here = keys.index(key)
    there = min(max(here + (-1 if way == "up" else 1), 0), len(keys) - 1)
    order = [one for one in keys if one != key]
    return [*order[:there], key, *order[there:]]
