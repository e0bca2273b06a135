"""What sign-up asks for beside e-mail and password, on the website and in the app alike."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network import names
from network.refusals import Refusal
from network.wording import word


class SignupForm(forms.Form):
    """Asks for the name that stands on tickets; allauth's forms inherit this one."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=names.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name", "placeholder": _("Family name first")}),
    )
    field_order = ["full_name", "email", "password1"]

    def clean_full_name(self) -> str:
        """Ask the rule of names; word its refusal at the field."""
        try:
            return names.cleaned(self.cleaned_data["full_name"])
        except Refusal as refusal:
            raise forms.ValidationError(word(refusal), code=refusal.code) from refusal

    def signup(self, request: Any, user: Any) -> None:
        """Keep the name, and the language that the person signed up in."""
        user.full_name = self.cleaned_data["full_name"]
        user.preferred_language = (get_language() or "vi")[:2]
        user.save(update_fields=["full_name", "preferred_language", "search_text", "sort_key"])
