"""Filters above lists: what somebody chose, or nothing where it makes no sense."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event, EventSeries
from events.queries import When


class Filter(forms.Form):
    """Read from the address; a value that no choice has is as good as none."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100, strip=True)

    def chosen(self) -> dict[str, str]:
        """Return every field's value, empty where nothing valid was chosen."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]], *, all_of_them: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", all_of_them), *choices]

    def _suggest(self, words: Any) -> None:
        self.fields["q"].widget.attrs |= {"type": "search", "placeholder": words}


class EventFilter(Filter):
    """Above the list of events."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    series = forms.ChoiceField(label=_("Series"), required=False)
    when = forms.ChoiceField(
        choices=[("upcoming", When.UPCOMING), ("past", When.PAST)], required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: Any, *, series: Iterable[EventSeries]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self._suggest(_("Topic, speaker’s field, code…"))
        self._offer("kind", Event.Kind.choices, all_of_them=_("All kinds"))
        self._offer("series", [(row.slug, row.title) for row in series], all_of_them=_("All series"))
