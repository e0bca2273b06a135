"""Forms of the newsletter. They carry; `network.newsletter.subscriptions` judges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event
from network.models import Sector, Subscription
from network.models.person import Language
from network.newsletter.subscriptions import Choices
from network.wording import WORDING


class SubscribeForm(forms.Form):
    """One field: what one wants to read is chosen once the address is confirmed."""

    email = forms.CharField(
        label=_("Your e-mail"),
        error_messages={"required": WORDING["INVALID.required"]},
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "inputmode": "email"}),
    )


class ChoicesForm(forms.Form):
    """What a reader wants to read, and is."""

    roles = forms.MultipleChoiceField(
        label=_("I am"), choices=Subscription.Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=_("Events that interest me"),
        choices=Event.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: all of them."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Fields that interest me"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: all of them."),
    )
    language = forms.ChoiceField(label=_("Language of the newsletter"), choices=Language.choices)

    def __init__(self, data: Any = None, *, row: Subscription, sectors: "list[Sector]") -> None:
        initial = {name: getattr(row, name) for name in ("roles", "kinds", "sectors", "language")}
        super().__init__(data, initial=initial)
        field = self.fields["sectors"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(sector.code, sector.name) for sector in sectors]

    def chosen(self) -> Choices:
        """What the rule takes."""
        told = self.cleaned_data
        many = {name: tuple(told[name]) for name in ("roles", "kinds", "sectors")}
        return Choices(**many, language=told["language"])
