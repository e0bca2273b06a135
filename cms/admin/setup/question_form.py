"""The form of one question. Works without scripts: every input is there, and what a kind does not need is ignored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.admin.setup.preview import NO, YES, spelled
from cms.forms import facts
from events import setup_overview
from events.models import Event, Question
from events.question_facts import CHOOSING, LEADING, LONGEST_RETENTION, QuestionFacts

EMPTY_CHOICES = 3
ANSWERS = {YES: True, NO: False}


class ChoicesField(forms.Field):
    """Choices as rows of three inputs: value (kept, hidden), Vietnamese, English. Rows without words are dropped."""

    def clean(self, value: Any) -> tuple[dict[str, str], ...]:
        """The rows that say something."""
        return tuple(row for row in value or () if row["vi"] or row["en"])


class ChoicesInput(forms.Widget):
    """Reads the rows in the order in which they stand in the page."""

    template_name = "cms/admin/setup/choices.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Lists of the same length, row by row."""
        if not hasattr(data, "getlist"):
            return data.get(name)
        columns = [data.getlist(f"{name}-{part}") for part in ("value", "vi", "en")]
        return [
            {"value": value.strip(), "vi": vi.strip(), "en": en.strip()}
            for value, vi, en in zip(*columns, strict=False)
        ]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """What is there, and some empty rows for those without scripts."""
        empty = [{"value": "", "vi": "", "en": ""}] * EMPTY_CHOICES
        return {**super().get_context(name, value, attrs), "rows": [*(value or ()), *empty]}

    def id_for_label(self, id_: str) -> str:
        """The group has a label of its own; each input says what it is."""
        return ""


class QuestionForm(forms.Form):
    """Every fact of a question."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=Question.Kind.choices)
    label_vi = facts.words(_("Question in Vietnamese"), longest=300, required=True)
    label_en = facts.words(_("Question in English"), longest=300, help_text=_("Empty: the Vietnamese one"))
    help_text_vi = facts.words(_("Explanation in Vietnamese"), longest=300)
    help_text_en = facts.words(_("Explanation in English"), longest=300)
    choices = ChoicesField(
        label=_("Choices"),
        required=False,
        widget=ChoicesInput,
        help_text=_("For one choice or several, one a row; leave rows empty that you do not need."),
    )
    least = forms.IntegerField(label=_("At least"), required=False)
    most = forms.IntegerField(
        label=_("At most"), required=False, help_text=_("The size of a number, the length of a text, how many choices.")
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    ticket_type_ids = forms.TypedMultipleChoiceField(
        label=_("Only for these ticket types"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for everybody"),
    )
    shown_if_id = forms.TypedChoiceField(
        label=_("Show only if"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Another question with choices, yes or no, or a consent"),
    )
    shown_if_values = forms.MultipleChoiceField(
        label=_("… was answered by"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "setup-values"}),
        help_text=_("One of these is enough."),
    )
    is_staff_only = forms.BooleanField(
        label=_("For organisers only"),
        required=False,
        help_text=_("Attendees never see it: notes, seating, who vouches for whom."),
    )
    is_asked_at_door = forms.BooleanField(
        label=_("Asked at the door"), required=False, help_text=_("When the ticket is scanned, not when registering.")
    )
    is_active = forms.BooleanField(label=_("Is asked"), required=False, initial=True)
    retention_days = forms.IntegerField(
        label=_("Kept for days after the event"),
        required=False,
        min_value=0,
        max_value=LONGEST_RETENTION,
        help_text=_("Then its answers are emptied. Empty: as long as the registration. Ask for no more than you need."),
    )

    def __init__(self, *args: Any, event: Event, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leading = _leading(event, question)
        types = [(each.pk, each.name) for each in event.ticket_types.all()]
        self.fields["ticket_type_ids"].choices = types  # type: ignore[attr-defined]
        questions = [("", _("Always shown")), *((each["pk"], each["label"]) for each in self.leading)]
        self.fields["shown_if_id"].choices = questions  # type: ignore[attr-defined]
        values = [
            (each["label"], [(f"{each['pk']}:{value}", said) for value, said in each["answers"]])
            for each in self.leading
        ]
        self.fields["shown_if_values"].choices = values  # type: ignore[attr-defined]

    def stated(self) -> QuestionFacts:
        """The facts of the form. Of the ticked answers only those of the chosen question count."""
        stated = dict(self.cleaned_data)
        leading = stated["shown_if_id"]
        kinds = {each["pk"]: each["kind"] for each in self.leading}
        raw = [value.partition(":") for value in stated["shown_if_values"]]
        values = [value for number, _colon, value in raw if number == str(leading)]
        if kinds.get(leading) not in CHOOSING:
            values = [ANSWERS[value] for value in values]  # type: ignore[misc]
        return QuestionFacts(
            **stated | {"shown_if_values": tuple(values), "ticket_type_ids": tuple(stated["ticket_type_ids"])}
        )


def initial(stated: QuestionFacts) -> dict[str, Any]:
    """What the form shows of a question."""
    values = [f"{stated.shown_if_id}:{spelled(value)}" for value in stated.shown_if_values]
    return {**stated.__dict__, "shown_if_values": values}


def _leading(event: Event, question: Question | None) -> list[dict[str, Any]]:
    """The questions on which this one may depend, with the answers that they can have."""
    result = []
    rows = event.questions.filter(kind__in=LEADING, is_active=True).prefetch_related("versions")
    for each in rows.exclude(pk=question and question.pk):
        version = setup_overview.current(each)
        answers = [(choice["value"], choice["vi"]) for choice in version.choices]
        if each.kind not in CHOOSING:
            answers = [(YES, _("Yes")), (NO, _("No"))] if each.kind == Question.Kind.YES_NO else [(YES, _("Agrees"))]
        result.append({"pk": each.pk, "kind": each.kind, "label": version.label, "answers": answers})
    return result
