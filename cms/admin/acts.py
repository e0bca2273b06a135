"""The acts that change an event once it is open: one view each, one rule each."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.forms import facts
from events import capacity, permissions, planning, schedule
from events.models import Event, Registration, Venue
from network.doors import Permission, declare
from network.models import Organisation
from network.refusals import Refusal
from network.wording import word


class EventAct(WagtailAdminTemplateMixin, FormView):
    """A form with the fields of one rule. A subclass names the rule in `perform`."""

    template_name = "cms/admin/act.html"
    header_icon = "date"
    act_label: ClassVar[Any]
    explanation: ClassVar[Any] = ""
    done: ClassVar[Any]
    is_serious = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who plan events; the rule asks again."""
        if not permissions.may_plan_events(request.user):
            raise PermissionDenied
        rows = Event.objects.select_related("seats", "venue")
        self.event = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def perform(self, stated: dict[str, Any]) -> None:
        """Call the rule with what the form states."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Say what the rule refused at its field, or that it is done."""
        try:
            self.perform(form.cleaned_data)
        except Refusal as refusal:
            field = facts.FIELD_OF_FACT.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, word(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.done % {"event": self.event.title})
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        """Back to the event."""
        return reverse("event:inspect", args=[self.event.pk])

    def get_page_subtitle(self) -> str:
        """Which event."""
        return str(self.event)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, events, the event, the act."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("event:index"), "label": _("Events")},
            {"url": self.get_success_url(), "label": str(self.event)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who will hear of it."""
        holders = Registration.objects.filter(event=self.event, status__in=Registration.ACTIVE).count()
        return {**super().get_context_data(**kwargs), "event": self.event, "holders": holders}


def act_form(**fields: forms.Field) -> type[forms.Form]:
    """A form made of these fields."""
    return type("ActForm", (forms.Form,), fields)


@declare(Permission.EDITOR)
class RescheduleEvent(EventAct):
    """Đổi giờ, đổi chỗ."""

    page_title = _("Change time or place")
    act_label = _("Change and tell everybody")
    explanation = _("Everybody who holds a place gets a mail with the new entry for their calendar.")
    done = _("“%(event)s” has its new time and place.")

    def get_form_class(self) -> type[forms.Form]:
        """The fields of the rule."""
        return act_form(
            starts_at=facts.moment(_("Starts"), required=True),
            ends_at=facts.moment(_("Ends"), required=True),
            venue=facts.chosen(_("Venue"), Venue.objects.all()),
        )

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        return {"starts_at": self.event.starts_at, "ends_at": self.event.ends_at, "venue": self.event.venue}

    def perform(self, stated: dict[str, Any]) -> None:
        """Call `schedule.reschedule`."""
        venue = stated.pop("venue")
        schedule.reschedule(
            event_id=self.event.pk, venue_id=venue and venue.pk, actor=self.request.user, at=timezone.now(), **stated
        )


@declare(Permission.EDITOR)
class ChangeCapacity(EventAct):
    """Đổi số chỗ."""

    header_icon = "user"
    page_title = _("Change the number of places")
    act_label = _("Change the number")
    done = _("“%(event)s” has a new number of places.")

    def get_form_class(self) -> type[forms.Form]:
        """The field of the rule."""
        return act_form(capacity=facts.fields()["capacity"])

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        return {"capacity": self.event.seats.capacity}

    def perform(self, stated: dict[str, Any]) -> None:
        """Call `capacity.change`."""
        capacity.change(event_id=self.event.pk, capacity=stated["capacity"], actor=self.request.user, at=timezone.now())


@declare(Permission.EDITOR)
class CancelEvent(EventAct):
    """Huỷ sự kiện."""

    header_icon = "cross"
    page_title = _("Cancel the event")
    act_label = _("Yes, cancel this event")
    explanation = _("The event stays visible and says that it is cancelled. This cannot be taken back.")
    done = _("“%(event)s” is cancelled.")
    is_serious = True
    form_class = forms.Form

    def perform(self, stated: dict[str, Any]) -> None:
        """Call `schedule.cancel_event`."""
        schedule.cancel_event(event_id=self.event.pk, actor=self.request.user, at=timezone.now())


@declare(Permission.EDITOR)
class AmendEvent(EventAct):
    """Sửa lời và đăng ký."""

    header_icon = "edit"
    page_title = _("Change words and registration")
    act_label = _("Save")
    done = _("“%(event)s” is changed.")

    def get_form_class(self) -> type[forms.Form]:
        """The fields of the rule, the two languages one after the other."""
        known = facts.fields()
        names = ("summary_vi", "title_en", "summary_en", "online_url", "organiser")
        window = ("registration_opens_at", "registration_closes_at", "shows_counter")
        title = facts.words(_("Title in Vietnamese"), longest=160, required=True)
        return act_form(title_vi=title, **{name: known[name] for name in (*names, *window)})

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        return {name: getattr(self.event, name) for name in self.get_form_class().base_fields}

    def perform(self, stated: dict[str, Any]) -> None:
        """Call `planning.amend_event`."""
        organiser: Organisation | None = stated.pop("organiser")
        details = planning.EventDetails(organiser_id=organiser and organiser.pk, **stated)
        planning.amend_event(event_id=self.event.pk, details=details, actor=self.request.user)
