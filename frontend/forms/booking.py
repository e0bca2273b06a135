"""Forms about an hour with a mentor; `network.mentoring` judges."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.carrying import CarryingForm
from network.mentoring.aftermath import FEEDBACK_LIMIT, NOTES_LIMIT
from network.mentoring.booking import TOPIC_LIMIT, WORDS_LIMIT
from network.models import Organisation

STARS = [
    (5, _("5 – very good")),
    (4, _("4 – good")),
    (3, _("3 – fair")),
    (2, _("2 – poor")),
    (1, _("1 – bad")),
]


def lines(rows: int, limit: int) -> forms.Textarea:
    """An area for words, as many as the rule takes."""
    return forms.Textarea({"rows": rows, "maxlength": limit})


class BookingForm(CarryingForm):
    """What the hour is to be about, and for whom."""

    topic = forms.CharField(
        label=_("What do you want to talk about?"), strip=False, required=False, widget=lines(5, TOPIC_LIMIT),
        help_text=_("Two or three sentences: where you stand, and what you want to have decided. The mentor reads it."),
    )  # fmt: skip
    organisation_id = forms.ChoiceField(label=_("For whom?"), required=False)

    def __init__(self, *, organisations: Iterable[Organisation], **form: Any) -> None:
        super().__init__(**form)
        own = [(str(row.pk), row.name) for row in organisations]
        field = self.fields["organisation_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*own, ("", _("For myself"))]
        if own and not self.is_bound:
            self.initial["organisation_id"] = own[0][0]
        if not own:
            del self.fields["organisation_id"]

    @property
    def chosen(self) -> int | None:
        """The organisation, if it is for one."""
        return int(self.cleaned_data.get("organisation_id") or 0) or None


class CancelForm(CarryingForm):
    """Words with a cancellation."""

    words = forms.CharField(label=_("A few words"), strip=False, required=False, widget=lines(4, WORDS_LIMIT))


class NotesForm(CarryingForm):
    """Notes for oneself."""

    notes = forms.CharField(
        label=_("Notes for myself"), strip=False, required=False, widget=lines(6, NOTES_LIMIT),
        help_text=_("Nobody else reads them."),
    )  # fmt: skip


class FeedbackForm(CarryingForm):
    """What one thought of an hour."""

    stars = forms.TypedChoiceField(
        label=_("How was it?"), coerce=int, required=True,
        choices=STARS,
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What was good, what is to be better?"), strip=False, required=False, widget=lines(4, FEEDBACK_LIMIT),
        help_text=_("The other one reads it once both of you have answered, or after two weeks."),
    )  # fmt: skip
