"""Vé & chỗ: the ticket types of an event and the pools of places that they share."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.admin.setup.place import SetupAct, SetupForm, SetupPage, moved
from cms.forms import facts
from events import capacity, setup_overview, ticket_types
from events.models import Quota, TicketType
from events.ticket_types import MOST_FEE, TypeFacts, facts_of
from network.doors import Permission, declare


@declare(Permission.EDITOR)
class Tickets(SetupPage, TemplateView):
    """Both lists, one under the other: what can be had, and out of which pools."""

    template_name = "cms/admin/setup/tickets.html"
    page_title = _("Tickets and places")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Types with what is taken of each, pools with who shares them."""
        rows = setup_overview.ticket_types(event=self.event, at=timezone.now())
        pools = setup_overview.pools(event=self.event)
        return {**super().get_context_data(**kwargs), "rows": rows, "pools": pools, "seats": self.event.seats}


class TypeForm(forms.Form):
    """Every fact of a ticket type."""

    name_vi = facts.words(_("Name in Vietnamese"), longest=80, required=True)
    name_en = facts.words(_("Name in English"), longest=80, help_text=_("Empty: the Vietnamese name"))
    description_vi = facts.words(_("Description in Vietnamese"), longest=300)
    description_en = facts.words(_("Description in English"), longest=300)
    fee = forms.IntegerField(
        label=_("Fee for one person, in đồng"),
        min_value=0,
        max_value=MOST_FEE,
        initial=0,
        help_text=_("0 is free. Paid on the spot or by bank transfer; you mark it as received."),
    )
    most_per_person = forms.IntegerField(
        label=_("Places per registration"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("More than 1: people may bring others along, with a ticket each."),
    )
    quota_ids = forms.TypedMultipleChoiceField(
        label=_("Pools of places"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A place is taken from the event and from every pool ticked here."),
    )
    opens_at = facts.moment(_("Available from"), help_text=_("Empty: when registration opens"))
    closes_at = facts.moment(_("Available until"), help_text=_("Empty: when registration closes"))
    needs_approval = forms.BooleanField(
        label=_("An organiser approves each registration"),
        required=False,
        help_text=_("Who applies holds no place until approved."),
    )
    is_hidden = forms.BooleanField(
        label=_("By invitation only"), required=False, help_text=_("Seen by nobody who comes without a code.")
    )
    is_active = forms.BooleanField(
        label=_("On offer"), required=False, initial=True, help_text=_("Withdrawn, it stays for those who have it.")
    )

    def __init__(self, *args: Any, pools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quota_ids"].choices = [(pool.pk, str(pool)) for pool in pools]  # type: ignore[attr-defined]


class WriteType(SetupForm):
    """A ticket type's form, new or known."""

    form_class = TypeForm
    template_name = "cms/admin/setup/ticket_type.html"
    # A pool that is too small for those who hold the type is said where the pools are chosen.
    field_of_fact = {"capacity": "quota_ids"}

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the event's pools."""
        return {**super().get_form_kwargs(), "pools": self.event.quotas.all()}

    def stated(self, form: forms.Form) -> TypeFacts:
        """The facts of the form."""
        return TypeFacts(**form.cleaned_data | {"quota_ids": tuple(form.cleaned_data["quota_ids"])})


@declare(Permission.EDITOR)
class AddType(WriteType):
    """Thêm loại vé."""

    page_title = _("New ticket type")
    act_label = _("Add the ticket type")
    done = _("The ticket type is there.")

    def perform(self, form: forms.Form) -> None:
        """Call `ticket_types.add`."""
        ticket_types.add(event_id=self.event.pk, facts=self.stated(form), actor=self.request.user)


@declare(Permission.EDITOR)
class ChangeType(WriteType):
    """Sửa loại vé."""

    page_title = _("Change the ticket type")
    done = _("The ticket type is changed.")

    @cached_property
    def ticket_type(self) -> TicketType:
        """The one in the address, of this event."""
        return get_object_or_404(TicketType, event=self.event, pk=self.kwargs["number"])

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        return {**facts_of(self.ticket_type).__dict__}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether it can go."""
        used = self.ticket_type.registrations.exists()
        last = not self.event.ticket_types.exclude(pk=self.ticket_type.pk).exists()
        known = {"ticket_type": self.ticket_type, "can_go": not (used or last)}
        return {**super().get_context_data(**kwargs), **known}

    def perform(self, form: forms.Form) -> None:
        """Call `ticket_types.change`."""
        ticket_types.change(
            ticket_type_id=self.ticket_type.pk, facts=self.stated(form), actor=self.request.user, at=timezone.now()
        )


class TypeAct(SetupAct):
    """A button at a ticket type."""

    @cached_property
    def ticket_type(self) -> TicketType:
        """The one in the address, of this event."""
        return get_object_or_404(TicketType, event=self.event, pk=self.kwargs["number"])

    def anchor(self) -> str:
        """At the type."""
        return f"#type-{self.kwargs['number']}"


@declare(Permission.EDITOR)
class RemoveType(TypeAct):
    """Xoá loại vé."""

    done = _("The ticket type is gone.")

    def perform(self) -> None:
        """Call `ticket_types.remove`."""
        ticket_types.remove(ticket_type_id=self.ticket_type.pk, actor=self.request.user)


@declare(Permission.EDITOR)
class OfferType(TypeAct):
    """Cho đăng ký, hoặc ngừng."""

    done = _("Saved.")

    def perform(self) -> None:
        """Call `ticket_types.change` with the other state."""
        stated = replace(facts_of(self.ticket_type), is_active=self.request.POST.get("offered") == "yes")
        ticket_types.change(
            ticket_type_id=self.ticket_type.pk, facts=stated, actor=self.request.user, at=timezone.now()
        )


@declare(Permission.EDITOR)
class MoveType(TypeAct):
    """Lên, xuống."""

    def perform(self) -> None:
        """Call `ticket_types.reorder`."""
        keys = [kind.pk for kind in self.event.ticket_types.all()]
        order = moved(keys, self.ticket_type.pk, self.kwargs["way"])
        ticket_types.reorder(event_id=self.event.pk, ticket_type_ids=order, actor=self.request.user)


class PoolForm(forms.Form):
    """A pool's name and size."""

    name = facts.words(_("Name"), longest=80, required=True, help_text=_("For organisers: “Hội trường A”, “Bữa tối”"))
    capacity = forms.IntegerField(label=_("Places"), min_value=0, max_value=capacity.MOST_PLACES)


@declare(Permission.EDITOR)
class WritePool(SetupForm):
    """Thêm, sửa nhóm chỗ."""

    form_class = PoolForm
    template_name = "cms/admin/setup/pool.html"
    done = _("The pool is saved. Whoever waits was offered what is free.")

    @cached_property
    def pool(self) -> Quota | None:
        """The one in the address, of this event; None for a new one."""
        if "number" not in self.kwargs:
            return None
        return get_object_or_404(Quota, event=self.event, pk=self.kwargs["number"])

    def get_page_title(self) -> Any:
        """New or known."""
        return _("Change the pool of places") if self.pool else _("New pool of places")

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        return {"name": self.pool.name, "capacity": self.pool.capacity} if self.pool else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With who shares it."""
        shared = self.pool.ticket_types.all() if self.pool else []
        return {**super().get_context_data(**kwargs), "pool": self.pool, "shared": shared}

    def perform(self, form: forms.Form) -> None:
        """Call `capacity.set_quota`."""
        capacity.set_quota(
            event_id=self.event.pk,
            quota_id=self.pool and self.pool.pk,
            actor=self.request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )


@declare(Permission.EDITOR)
class RemovePool(SetupAct):
    """Xoá nhóm chỗ."""

    done = _("The pool is gone. Its ticket types are limited by their other pools and the event alone.")

    def perform(self) -> None:
        """Call `capacity.remove_quota`."""
        if not Quota.objects.filter(event=self.event, pk=self.kwargs["number"]).exists():
            raise Http404
        capacity.remove_quota(quota_id=self.kwargs["number"], actor=self.request.user, at=timezone.now())
