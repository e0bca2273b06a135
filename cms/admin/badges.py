"""Printing the badges of an event: what they are printed on, in which language."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from cms.admin.desk.place import AtDesk
from cms.admin.job_words import GIVEN
from cms.admin.jobs import address_of
from events import badges
from events.badge_sheets import Layout
from network.doors import Permission, declare
from network.models.person import Language
from network.refusals import Refusal
from network.wording import word


class BadgeForm(forms.Form):
    """Paper and language."""

    layout = forms.ChoiceField(
        label=_("Printed on"),
        choices=[(layout.value, GIVEN["layout"][layout.value]) for layout in Layout],
        initial=Layout.A4.value,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the event’s title and the ticket types"),
        choices=Language.choices,
        initial="vi",
        widget=forms.RadioSelect,
    )


@declare(Permission.ORGANISER)
class PrintBadges(AtDesk, FormView):
    """In thẻ đeo."""

    template_name = "cms/admin/badges.html"
    form_class = BadgeForm
    page_title = _("Badges")
    header_icon = "tag"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many there will be."""
        people = badges.valid_tickets(self.event.pk).count()
        return {**super().get_context_data(**kwargs), "people": people}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Ask for them, and go where one can watch."""
        try:
            job = badges.ask(event_id=self.event.pk, actor=self.request.user, at=self.now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, word(refusal))
            return self.form_invalid(form)
        return redirect(address_of(job))
