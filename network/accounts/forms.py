"""The sign-up form: a name beside the e-mail address and the password."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth is untyped
    """Asks for what a ticket needs, no more: full name, e-mail, password."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "placeholder": _("Family name first")}),
    )
    field_order = ["full_name", "email", "password1"]

    def clean_full_name(self) -> str:
        """Collapse white space."""
        return " ".join(self.cleaned_data["full_name"].split())

    def custom_signup(self, request: Any, user: Any) -> None:
        """Keep the name, and the language that the person signed up in."""
        user.full_name = self.cleaned_data["full_name"]
        user.preferred_language = (get_language() or "vi")[:2]
        user.save(update_fields=["full_name", "preferred_language", "search_text", "sort_key"])
