"""A mentor's own words: the form only carries them; `network.profiles` judges."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Profile, Sector
from network.profiles import MentorWords
from network.wording import WORDING

GAIN = _("What do people gain by asking you?")
COMMAS = _("A few things, separated by commas.")


class _Words(forms.CharField):
    """Whatever was typed, so that the rule sees it; the browser counts along up to the column's length."""

    def __init__(self, name: str, *, label: Any, lines: int = 1, help_text: Any = "", required: bool = False) -> None:
        limit = Profile._meta.get_field(name).max_length
        attributes: dict[str, Any] = {"maxlength": limit, "lang": name[-2:]}
        widget = forms.Textarea(attributes | {"rows": lines}) if lines > 1 else forms.TextInput(attributes)
        super().__init__(label=label, help_text=help_text, widget=widget, required=required)
        self.error_messages["required"] = WORDING["INVALID.required"]


class ProfileForm(forms.Form):
    """Every field of `MentorWords`, Vietnamese beside English."""

    headline_vi = _Words("headline_vi", label=_("One line about you"), help_text=GAIN, required=True)
    helps_with_vi = _Words("helps_with_vi", label=_("You help with"), help_text=COMMAS, lines=3)
    bio_vi = _Words("bio_vi", label=_("About you"), lines=7)
    headline_en = _Words("headline_en", label=_("One line about you"), help_text=GAIN)
    helps_with_en = _Words("helps_with_en", label=_("You help with"), help_text=COMMAS, lines=3)
    bio_en = _Words("bio_en", label=_("About you"), lines=7)
    sector_codes = forms.MultipleChoiceField(
        label=_("Fields of work"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_listed = forms.BooleanField(label=_("Show me in the directory of mentors"), required=False)

    def __init__(self, data: Any = None, *, profile: Profile, sectors: Iterable[Sector]) -> None:
        names = [name for name in self.base_fields if name != "sector_codes"]
        initial: dict[str, Any] = {name: getattr(profile, name) for name in names}
        initial["sector_codes"] = [sector.code for sector in profile.sectors.all()]
        super().__init__(data, initial=initial)
        field = self.fields["sector_codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(sector.code, sector.name) for sector in sectors]

    def words(self) -> MentorWords:
        """Return what was typed, as the rule takes it."""
        return MentorWords(**self.cleaned_data)
