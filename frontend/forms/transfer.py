"""Handing a ticket on: to whom. `events.transfer` judges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.carrying import CarryingForm

LINE = {"maxlength": 120, "autocomplete": "off", "autocapitalize": "words"}
ADDRESS = {"type": "email", "inputmode": "email", "autocomplete": "off", "maxlength": 254}


class TransferForm(CarryingForm):
    """The name that stands on the ticket from now on, and where it is sent."""

    name = forms.CharField(
        label=_("Full name"), required=False, strip=False, widget=forms.TextInput(LINE),
        help_text=_("As it is to stand on the ticket."),
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail"), required=False, strip=False, widget=forms.TextInput(ADDRESS),
        help_text=_("The ticket with its new code goes there at once."),
    )  # fmt: skip
