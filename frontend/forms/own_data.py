"""Forms about one's own data. They carry; `network.profiles` and `network.confirmation` judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Person
from network.models.person import Language
from network.vietnamese import phone_as_read
from network.wording import WORDING

REQUIRED = {"required": WORDING["INVALID.required"]}


class CorrectionForm(forms.Form):
    """Name, phone, language."""

    full_name = forms.CharField(
        label=_("Full name"),
        help_text=_("Family name first"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=REQUIRED,
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.CharField(label=_("Language of our letters"), widget=forms.Select(choices=Language.choices))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        phone = phone_as_read(str(person.phone)) if person.phone else ""
        initial = {"full_name": person.full_name, "phone": phone, "language": person.preferred_language}
        super().__init__(data, initial=initial)


class ErasureForm(forms.Form):
    """Who it is: by password, or by the code of a letter once one was sent."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages=REQUIRED,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("The code from our letter"),
        error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, *, person: Person, is_code_sent: bool) -> None:
        super().__init__(data)
        self.is_code_sent = is_code_sent
        if is_code_sent or not person.has_usable_password():
            del self.fields["password"]
        if not is_code_sent:
            del self.fields["code"]

    def refuse(self, field: str, said: str) -> None:
        """Say at the field what the rule refused; above the form where the field is not shown."""
        self.add_error(field if field in self.fields else None, said)
