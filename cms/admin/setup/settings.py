"""Cài đặt: the waiting list, changing answers, and the account that fees go to."""

from typing import Any

import segno
from django import forms
from django.utils.translation import gettext_lazy as _

from cms.admin.setup.place import SetupForm
from cms.forms import facts
from events import banks, payments, registration_settings
from events.registration_settings import LONGEST_OFFER, RegistrationSettings, settings_of
from network.doors import Permission, declare

TRIAL = 1000
"""đồng, of the QR that shows whether the account is right."""


class SettingsForm(forms.Form):
    """Every setting."""

    has_waiting_list = forms.BooleanField(
        label=_("Keep a waiting list"),
        required=False,
        help_text=_("When it is full, people may wait; a place that becomes free is offered to the first at once."),
    )
    offer_hours = forms.IntegerField(
        label=_("Hours to accept an offered place"),
        min_value=1,
        max_value=LONGEST_OFFER,
        help_text=_("Then it goes to the next. An offer never outlives the event’s start."),
    )
    answers_until = facts.moment(_("Answers can be changed until"), help_text=_("Empty: until the event starts"))
    bank_code = forms.ChoiceField(label=_("Bank"), required=False)
    bank_account = forms.CharField(
        label=_("Account number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    bank_holder = facts.words(
        _("Account holder"), longest=60, help_text=_("As the bank knows it; the QR carries it without accents.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(banks.NAMES.items(), key=lambda bank: bank[1].casefold())
        self.fields["bank_code"].choices = [("", _("No bank transfer")), *known]  # type: ignore[attr-defined]


@declare(Permission.EDITOR)
class Settings(SetupForm):
    """Cài đặt đăng ký."""

    tab_name = "setup_settings"
    form_class = SettingsForm
    template_name = "cms/admin/setup/settings.html"
    page_title = _("Settings of registration")
    done = _("Saved.")

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        return {**settings_of(self.event).__dict__}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With a QR to try."""
        return {**super().get_context_data(**kwargs), **self._trial()}

    def perform(self, form: forms.Form) -> None:
        """Call `registration_settings.change`."""
        stated = RegistrationSettings(**form.cleaned_data)
        registration_settings.change(event_id=self.event.pk, settings=stated, actor=self.request.user)

    def _trial(self) -> dict[str, Any]:
        if not payments.takes_transfers(self.event):
            return {}
        payload = payments.transfer(event=self.event, amount=TRIAL, message=f"{self.event.code.replace(' ', '')} THU")
        picture = segno.make(payload, error="m").svg_data_uri(scale=4, dark="#0b2b3a", border=3)
        return {"trial": picture, "trial_amount": TRIAL, "bank": banks.NAMES.get(self.event.bank_code, "")}
