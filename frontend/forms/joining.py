"""Forms of claims, colleagues and applications: what was typed, carried to a rule of `network.joining`."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from frontend.forms.carrying import CarryingForm
from network import consents, queries
from network.consents import Purpose
from network.joining.application_fields import FIELDS, AskedField
from network.models import Application, Membership, Organisation, Stage

LONG = 300
"""From so many letters on a line is shown as several."""
ADDRESS = {"type": "email", "inputmode": "email", "autocomplete": "off", "maxlength": 254}


class ClaimAddressForm(CarryingForm):
    """An address at the entry's domain, to which a code is sent."""

    email = forms.CharField(
        label=_("Your address at the organisation"), required=False, strip=False, widget=forms.TextInput(ADDRESS)
    )


class ClaimCodeForm(CarryingForm):
    """A code: from the letter, or from staff."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        strip=False,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "characters", "maxlength": 30}),
    )


class ClaimNoteForm(CarryingForm):
    """Why somebody may speak for the entry."""

    note = forms.CharField(
        label=_("How can we see that you speak for it?"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "maxlength": 1000}),
        help_text=_("Your position, a phone number at which we reach the organisation, a page that names you."),
    )


class InviteForm(CarryingForm):
    """Whom to invite, as what."""

    email = forms.CharField(label=_("E-mail"), required=False, strip=False, widget=forms.TextInput(ADDRESS))
    role = forms.ChoiceField(
        label=_("As"), choices=Membership.Role.choices, initial=Membership.Role.EDITOR, required=False
    )


class ApplicationForm(CarryingForm):
    """What is asked of one kind of applicant."""

    def __init__(self, *, kind: str, is_new: bool = True, **form: Any) -> None:
        super().__init__(**form)
        self.kind = kind
        for asked in FIELDS[kind]:
            self.fields[asked.name] = _field(asked)
        if is_new:
            self.fields["agrees"] = forms.BooleanField(
                label=consents.TEXTS[Purpose.DIRECTORY].title(get_language() or "vi"), required=False
            )

    @property
    def consent_text(self) -> str:
        """What one agrees to."""
        return consents.TEXTS[Purpose.DIRECTORY].text(get_language() or "vi")

    @property
    def to_mend(self) -> list[dict[str, str]]:
        """What to mend. Not by the name `summary`: to a template that is the field of this name."""
        return self.summary

    def questions(self) -> list[forms.BoundField]:
        """The fields without the consent."""
        return [self[name] for name in self.fields if name != "agrees"]

    def given(self) -> dict[str, Any]:
        """What was typed, by the names that the rule knows."""
        several = ("sectors", "stages")
        return {
            asked.name: self.data.getlist(asked.name) if asked.form in several else self.data.get(asked.name, "")
            for asked in FIELDS[self.kind]
        }


def _field(asked: AskedField) -> forms.Field:
    # What is required is judged by the rule; here it only says so to the template.
    field = _bare(asked)
    field.label, field.help_text, field.required = asked.label, asked.help, False
    field.is_needed = asked.required
    return field


def _bare(asked: AskedField) -> forms.Field:
    pick = _("Choose")
    if asked.form == "sectors":
        choices = [(sector.code, sector.name) for sector in queries.sectors()]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
    if asked.form == "stages":
        return forms.MultipleChoiceField(choices=Stage.choices, widget=forms.CheckboxSelectMultiple)
    if asked.form in ("stage", "kind"):
        known = Stage.choices if asked.form == "stage" else Organisation.Kind.choices
        return forms.CharField(widget=forms.Select(choices=[("", pick), *known]))
    if asked.form == "text" or (asked.form == "line" and asked.longest >= LONG):
        lines = {"rows": 5} if asked.form == "text" else {"rows": 2, "class": "few-lines"}
        return forms.CharField(strip=False, widget=forms.Textarea({**lines, "maxlength": asked.longest}))
    attributes = {
        "number": {"type": "text", "inputmode": "numeric", "maxlength": 7},
        "mail": ADDRESS,
        "web": {"type": "text", "inputmode": "url", "autocapitalize": "none", "maxlength": 200},
        "tax": {"inputmode": "numeric", "maxlength": 20},
    }.get(asked.form, {"maxlength": asked.longest})
    return forms.CharField(strip=False, widget=forms.TextInput({"autocomplete": "off", **attributes}))


KINDS = {
    "co-van": Application.Kind.MENTOR,
    "cau-lac-bo": Application.Kind.CLUB,
    "khoi-nghiep": Application.Kind.STARTUP,
    "quy": Application.Kind.FUND,
    "to-chuc": Application.Kind.ORGANISATION,
}
"""By the last part of the form's address."""
ADDRESSES = {kind: address for address, kind in KINDS.items()}
