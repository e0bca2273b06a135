"""Questions as fields of a form. The fields only carry what was said: `events.answers` judges."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import answer_files
from events.answer_shapes import LONGEST, Asked
from events.models import Question
from frontend.forms.carrying import CarryingForm
from network.models import Person
from network.refusals import Refusal
from network.vietnamese import phone_as_read
from network.wording import word

Kind = Question.Kind
FEW_CHOICES = 7
"""Up to so many stand below one another to be tapped; more become a list to open."""

LINES: Mapping[str, dict[str, str]] = {
    Kind.NUMBER: {"inputmode": "decimal", "autocomplete": "off"},
    Kind.DATE: {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy", "maxlength": "10"},
    Kind.EMAIL: {"type": "email", "inputmode": "email", "autocomplete": "email"},
    Kind.PHONE: {"type": "tel", "autocomplete": "tel", "placeholder": "0912 345 678"},
    Kind.URL: {"inputmode": "url", "autocomplete": "url", "placeholder": "https://"},
    Kind.ORGANISATION: {"list": "organisations", "autocomplete": "organization"},
}


class KeptFile(forms.Widget):
    """A file, or the one that was uploaded before: then a hidden field names it, and nobody chooses it twice."""

    template_name = "events/kept_file.html"
    needs_multipart_form = True
    kept_name = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """Return the file just chosen, else the key of the one kept."""
        return files.get(name) or data.get(f"{name}.kept", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the file that is kept and what may be handed in."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "kept": "" if isinstance(value, UploadedFile) else value or "",
            "kept_name": self.kept_name,
            "accept": ",".join(answer_files.ENDINGS),
        }
        return context


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """A question on its form, and when it is shown there."""

    asked: Asked
    bound: forms.BoundField

    @property
    def shape(self) -> str:
        """How it is drawn: `group` (several inputs, one legend), `tick` or `line`."""
        if self.asked.question.kind == Kind.CONSENT:
            return "tick"
        return "group" if self.bound.use_fieldset else "line"

    @property
    def types(self) -> str:
        """The ticket types that it is for, or nothing."""
        return " ".join(str(key) for key in sorted(self.asked.ticket_type_ids))

    @property
    def shown_if(self) -> str:
        """The answers, as they are sent, that let it be shown."""
        return json.dumps([_sent(value) for value in self.asked.question.shown_if_values])


class AnswersForm(CarryingForm):
    """What is asked, and nothing else."""

    def __init__(
        self, *, person: Person, asked: Iterable[Asked], given: Mapping[int, Any] | None = None, **form: Any
    ) -> None:
        super().__init__(**form)
        self.person, self.asked = person, list(asked)
        for each in self.asked:
            self.fields[each.field] = _field(each)
            self.initial[each.field] = _sent((given or {}).get(each.question.pk), kind=each.question.kind)
        self._name_kept_files()

    @property
    def questions(self) -> list[AskedField]:
        """The questions in their order."""
        return [AskedField(asked=each, bound=self[each.field]) for each in self.asked]

    @property
    def has_files(self) -> bool:
        """Whether a file is asked for."""
        return any(each.question.kind == Kind.FILE for each in self.asked)

    @property
    def asks_organisation(self) -> bool:
        """Whether an organisation is asked for."""
        return any(each.question.kind == Kind.ORGANISATION for each in self.asked)

    def said(self, asked: Iterable[Asked]) -> dict[int, Any]:
        """Return what was said to these questions, by question, as the rule takes it."""
        return {each.question.pk: self[each.field].value() for each in asked}

    def keep_files(self, *, at: datetime) -> None:
        """Upload what was chosen, so that it survives the refusal of another field; refusals stand at the field."""
        for each in self.asked:
            chosen = self.files.get(each.field)
            if chosen is not None:
                self._keep(each.field, chosen, at)
        self._name_kept_files()

    def _keep(self, field: str, chosen: UploadedFile, at: datetime) -> None:
        try:
            kept = answer_files.upload(person=self.person, given=chosen, at=at, field=field)
        except Refusal as refusal:
            self.add_error(field, word(refusal))
        else:
            self.data[f"{field}.kept"] = str(kept.pk)
            self.files = {name: file for name, file in self.files.items() if name != field}

    def _name_kept_files(self) -> None:
        kept = {each.field: self[each.field].value() for each in self.asked if each.question.kind == Kind.FILE}
        names = answer_files.names(
            person=self.person, ids=[key for key in kept.values() if isinstance(key, str) and key]
        )
        for field, key in kept.items():
            self.fields[field].widget.kept_name = names.get(key, "") if isinstance(key, str) else ""


def _field(asked: Asked) -> forms.Field:
    kind, version = asked.question.kind, asked.version
    label = {"label": version.label, "help_text": _help(asked), "required": False}
    if kind == Kind.CHOICES:
        widget = forms.CheckboxSelectMultiple(choices=_choices(asked))
        return forms.Field(widget=widget, **label)
    if kind == Kind.FILE:
        return forms.Field(widget=KeptFile(), **label)
    if kind == Kind.CONSENT:
        return forms.Field(widget=forms.CheckboxInput(), **label)
    return forms.CharField(widget=_widget(asked), strip=False, **label)


def _widget(asked: Asked) -> forms.Widget:
    kind = asked.question.kind
    if kind == Kind.YES_NO:
        return forms.RadioSelect(choices=[("true", _("Yes")), ("false", _("No"))])
    if kind == Kind.CHOICE:
        choices = _choices(asked)
        few = len(choices) <= FEW_CHOICES
        return forms.RadioSelect(choices=choices) if few else forms.Select(choices=[("", _("Choose")), *choices])
    if kind == Kind.LONG_TEXT:
        return forms.Textarea({"rows": 4, "maxlength": _longest(asked)})
    attributes = dict(LINES.get(kind, {}))
    if kind in LONGEST:
        attributes["maxlength"] = str(_longest(asked))
    return forms.TextInput(attributes)


def _longest(asked: Asked) -> int:
    most = LONGEST[asked.question.kind]
    return min(asked.version.most or most, most)


def _choices(asked: Asked) -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(each["value"], each.get(language[:2]) or each["vi"]) for each in asked.version.choices]


def _help(asked: Asked) -> str:
    """The organiser's explanation, else what the kind itself has to say."""
    if asked.version.help_text:
        return str(asked.version.help_text)
    return _("PDF, picture (JPEG, PNG) or Office document, at most 10 MB.") if asked.question.kind == Kind.FILE else ""


def _sent(value: Any, *, kind: str = "") -> Any:
    """Return an answer as the form would send it: true, 05/12/2026, 0912 345 678."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, list):
        return value
    if kind == Kind.DATE:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return phone_as_read(value) if kind == Kind.PHONE else str(value)
