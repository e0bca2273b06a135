"""Điện thoại ở cửa: invited by a QR that is shown once, watched, and revoked."""

from typing import Any, ClassVar

import segno
from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.admin.setup.doors import one, several
from cms.admin.setup.place import AtSetup, SetupAct, SetupForm, SetupPage
from cms.forms import facts
from events import gate_devices
from events.addresses import enrolment_address
from events.gate_devices import ENROL_WITHIN, LONGEST_NAME, DeviceFacts, Invited
from events.models import Event, GateDevice
from events.setup_overview import PhoneRow
from network.doors import Permission, declare
from network.refusals import Refusal
from network.wording import word

STATES = {
    "INVITED": _("Waits for its code to be scanned"),
    "EXPIRED": _("Code expired"),
    "IN_USE": _("In use"),
    "SILENT": _("No contact"),
    "REVOKED": _("Revoked"),
}


class PhoneForm(forms.Form):
    """What an organiser says of a phone."""

    name = facts.words(
        _("Name"), longest=LONGEST_NAME, required=True, help_text=_("Shown at other gates: “Cửa A – máy 1”, “Lan”")
    )
    gate_id = one(_("Stands at"), _("Can be changed on the phone."))
    list_ids = several(_("May check"), _("The phone can do nothing else. None ticked: every list, also later ones."))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gates = [(row.pk, row.name) for row in event.gates.all()]
        self.fields["gate_id"].choices = [("", _("No gate")), *gates]  # type: ignore[attr-defined]
        lists = [(row.pk, row.name) for row in event.checkin_lists.all()]
        self.fields["list_ids"].choices = lists  # type: ignore[attr-defined]


class WritePhone(SetupForm):
    """A phone's form, new or known."""

    tab_name = "setup_doors"
    form_class = PhoneForm
    template_name = "cms/admin/setup/phone.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the event's gates and lists."""
        return {**super().get_form_kwargs(), "event": self.event}


class ShowsCode(SetupPage):
    """Answers with the QR. Its code is in this one answer and nowhere else: it cannot be looked at again."""

    tab_name = "setup_doors"

    def shown(self, invited: Invited) -> HttpResponse:
        """The page with the QR; the admin's answers are for nobody's cache."""
        address = enrolment_address(invited.code)
        picture = segno.make(address, error="m").svg_data_uri(scale=8, dark="#0b2b3a", border=3)
        page = ShowCode(request=self.request, kwargs=self.kwargs, event=self.event)
        told = {"device": invited.device, "picture": picture, "address": address, "seconds": ENROL_WITHIN.seconds}
        return page.render_to_response(page.get_context_data(**told))


class ShowCode(SetupPage, TemplateView):
    """The page with the QR; it is only ever an answer to a form."""

    tab_name = "setup_doors"
    template_name = "cms/admin/setup/enrol.html"
    page_title = _("Scan this with the phone")

    def __init__(self, *, request: HttpRequest, kwargs: dict[str, Any], event: Event) -> None:
        super().__init__()
        self.setup(request, **kwargs)
        self.event = event


@declare(Permission.ORGANISER)
class InvitePhone(ShowsCode, WritePhone):
    """Thêm điện thoại."""

    page_title = _("New phone")
    act_label = _("Show its QR")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Call `gate_devices.invite` and show the code."""
        try:
            invited = gate_devices.invite(
                event_id=self.event.pk,
                facts=DeviceFacts(**form.cleaned_data),
                actor=self.request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, word(refusal))
            return self.form_invalid(form)
        return self.shown(invited)


@declare(Permission.ORGANISER)
class ChangePhone(WritePhone):
    """Sửa điện thoại."""

    page_title = _("Change the phone")
    done = _("The phone is changed. It hears of it within a minute.")

    @cached_property
    def device(self) -> GateDevice:
        """The one in the address, of this event and in use."""
        return get_object_or_404(GateDevice, event=self.event, pk=self.kwargs["number"], revoked_at=None)

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        lists = [row.pk for row in self.device.lists.all()]
        return {"name": self.device.name, "gate_id": self.device.gate_id, "list_ids": lists}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the phone."""
        return {**super().get_context_data(**kwargs), "device": self.device}

    def perform(self, form: forms.Form) -> None:
        """Call `gate_devices.change`."""
        stated = DeviceFacts(**form.cleaned_data)
        gate_devices.change(device_id=self.device.pk, facts=stated, actor=self.request.user)


@declare(Permission.ORGANISER)
class InviteAgain(ShowsCode, View):
    """Hiện mã mới."""

    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call `gate_devices.invite_again` and show the code."""
        number = get_object_or_404(GateDevice, event=self.event, pk=self.kwargs["number"]).pk
        try:
            invited = gate_devices.invite_again(device_id=number, actor=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, word(refusal))
            return redirect(self.back)
        return self.shown(invited)


@declare(Permission.ORGANISER)
class PhoneState(AtSetup, View):
    """Whether the phone has scanned its code: asked by the page that shows it."""

    tab_name = "setup_doors"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Its state, and its name, which it may have chosen itself."""
        device = get_object_or_404(GateDevice, event=self.event, pk=self.kwargs["number"])
        state = PhoneRow(device=device, at=timezone.now()).state
        return JsonResponse({"state": state, "name": device.name})


@declare(Permission.ORGANISER)
class RevokePhone(SetupAct):
    """Thu hồi điện thoại."""

    tab_name = "setup_doors"
    done = _("The phone is out within five seconds, and forgets the names that it knew once it hears of it.")

    def perform(self) -> None:
        """Call `gate_devices.revoke`."""
        if not GateDevice.objects.filter(event=self.event, pk=self.kwargs["number"]).exists():
            raise Http404
        gate_devices.revoke(device_id=self.kwargs["number"], actor=self.request.user, at=timezone.now())

    def anchor(self) -> str:
        """At the phones."""
        return "#phones"
