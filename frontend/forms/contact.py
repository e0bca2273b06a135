"""Writing to an entry: what was typed; `network.contact` judges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.carrying import CarryingForm
from network.contact.words import LONGEST, LONGEST_SUBJECT
from network.models import ContactReport


class AnswerForm(CarryingForm):
    """Something said in a thread."""

    body = forms.CharField(
        label=_("Your answer"), required=False, strip=False, widget=forms.Textarea({"rows": 5, "maxlength": LONGEST})
    )


class MessageForm(CarryingForm):
    """A thread to begin."""

    subject = forms.CharField(
        label=_("What is it about?"), required=False, strip=False,
        widget=forms.TextInput({"maxlength": LONGEST_SUBJECT, "autocomplete": "off"}),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Your message"), required=False, strip=False,
        widget=forms.Textarea({"rows": 8, "maxlength": LONGEST}),
        help_text=_("Who are you, what are you working on, and what exactly do you ask for?"),
    )  # fmt: skip


class ReportForm(CarryingForm):
    """What is wrong with a message."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), required=False, choices=ContactReport.Reason.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(
        label=_("Anything we should know"), required=False, strip=False,
        widget=forms.Textarea({"rows": 3, "maxlength": 400}),
    )  # fmt: skip
