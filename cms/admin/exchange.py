"""Attendees in and out as files: a list taken along, a list brought in, tried first."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages

from cms.admin.desk.filters import EVERYBODY, PICKED, kept, wanted_by
from cms.admin.desk.place import AtDesk, add_refusals
from cms.admin.jobs import address_of
from events import attendee_export, attendee_import, attendees
from events.attendees import Wanted
from network.doors import Permission, declare
from network.models.person import Language
from network.refusals import Refusal
from network.wording import word


class ExportForm(forms.Form):
    """Kind of file and language of its head."""

    form = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("CSV, for other programs"))],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the columns’ names"), choices=Language.choices, initial="vi", widget=forms.RadioSelect
    )


@declare(Permission.ORGANISER)
class ExportAttendees(AtDesk, FormView):
    """Xuất danh sách: everybody, or whom the list's filters find."""

    template_name = "cms/admin/export.html"
    form_class = ExportForm
    page_title = _("Take the list along")
    header_icon = "download"

    @cached_property
    def wanted(self) -> Wanted:
        """Whom the address asks for; nothing asked is everybody."""
        asked = EVERYBODY in self.request.GET or PICKED in self.request.GET
        return wanted_by(self.event, self.request.GET) if asked else Wanted()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many there are."""
        rows = attendees.found(event_id=self.event.pk, wanted=self.wanted)
        return {**super().get_context_data(**kwargs), "people": rows.count(), "asked": kept(self.request.GET)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Ask for it, and go where one can watch."""
        stated = {**form.cleaned_data, "wanted": self.wanted}
        try:
            job = attendee_export.ask(event_id=self.event.pk, actor=self.request.user, at=self.now, **stated)
        except Refusal as refusal:
            form.add_error(None, word(refusal))
            return self.form_invalid(form)
        return redirect(address_of(job))


class ImportForm(forms.Form):
    """The file, and what its people were asked."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))
    agreed = forms.BooleanField(
        label=_("Everybody in this file agreed to their data being used to run this event"),
        required=False,
        help_text=_("Tick this only if it is so: it is recorded for each of them, with your name."),
    )


@declare(Permission.ORGANISER)
class ImportAttendees(AtDesk, FormView):
    """Nhập danh sách: the file is read and told row by row before anybody is registered."""

    template_name = "cms/admin/import.html"
    form_class = ImportForm
    page_title = _("Bring a list in")
    header_icon = "upload"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Have it tried, and go where one can watch."""
        given, agreed = form.cleaned_data["file"], form.cleaned_data["agreed"]
        act = {"event_id": self.event.pk, "actor": self.request.user, "at": self.now}
        try:
            job = attendee_import.ask(given=given, agreed=agreed, **act)
        except Refusal as refusal:
            add_refusals(form, refusal)
            return self.form_invalid(form)
        return redirect(address_of(job))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The columns that are understood: ours, and the event's questions."""
        known = attendee_import.questions_of(self.event)
        labels = dict.fromkeys(str(question.label) for question in known)
        types = self.event.ticket_types.all()
        return {**super().get_context_data(**kwargs), "questions": labels, "types": types}


@declare(Permission.ORGANISER)
class ImportForReal(AtDesk, View):
    """What was tried is done."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Register them, and go where one can watch."""
        try:
            job = attendee_import.go_on(job_id=kwargs["job"], actor=request.user, at=self.now)
        except Refusal as refusal:
            messages.error(request, word(refusal))
            return redirect(reverse("event:attendees_import", args=[self.event.pk]))
        return redirect(address_of(job))


def addresses() -> list[URLPattern]:
    """The addresses of files in and out, below those of the event."""
    return [
        path("<int:pk>/export/", ExportAttendees.as_view(), name="attendees_export"),
        path("<int:pk>/import/", ImportAttendees.as_view(), name="attendees_import"),
        path("<int:pk>/import/<uuid:job>/", ImportForReal.as_view(), name="attendees_import_for_real"),
    ]
