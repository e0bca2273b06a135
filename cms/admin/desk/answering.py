"""Answers at the desk: as they were given, with the words of the question then; and as fields of a form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.admin.desk.filters import choice_label
from events.answer_shapes import Asked
from events.models import Answer, AnswerFile, Question, Registration
from network.vietnamese import phone_as_read

Kind = Question.Kind
YES_OR_NO = [("", "–"), ("true", gettext_lazy("Yes")), ("false", gettext_lazy("No"))]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer as the desk reads it. `asked_now` is the question's wording today, where that is another."""

    label: str
    text: str
    at: datetime
    is_staff_only: bool
    asked_now: str = ""
    url: str = ""
    file: AnswerFile | None = None


def answered(registration: Registration) -> Iterator[Answered]:
    """Return the answers of a registration in the order of the form."""
    rows = registration.answers.select_related("question", "version").prefetch_related("files", "question__versions")
    for answer in rows.order_by("question__is_staff_only", "question__order", "question"):
        question, version = answer.question, answer.version
        now = next(each for each in question.versions.all() if each.number == question.version)
        kept = next((each for each in answer.files.all() if str(each.pk) == str(answer.value)), None)
        yield Answered(
            label=version.label,
            text=kept.name if kept else said(answer),
            at=answer.answered_at,
            is_staff_only=question.is_staff_only,
            asked_now=now.label if now.pk != version.pk and now.label != version.label else "",
            url=str(answer.value) if question.kind == Kind.URL else "",
            file=kept,
        )


def said(answer: Answer) -> str:
    """Return an answer as people read it."""
    value, kind = answer.value, answer.question.kind
    if value is None:
        return "–"
    if kind in (Kind.CHOICE, Kind.CHOICES):
        labels = {choice["value"]: choice_label(choice) for choice in answer.version.choices}
        return ", ".join(labels.get(each, str(each)) for each in (value if isinstance(value, list) else [value]))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if kind == Kind.DATE:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if kind == Kind.NUMBER:
        return number_format(value, force_grouping=True)
    return phone_as_read(value) if kind == Kind.PHONE else str(value)


def fields(asked: Iterable[Asked]) -> dict[str, forms.Field]:
    """Return a field for each question. What an answer must be is the rule's to say: none of them is required."""
    return {each.field: _field(each) for each in asked}


def _field(asked: Asked) -> forms.Field:
    version, question = asked.version, asked.question
    label = version.label + (" *" if question.is_required else "")
    common: dict[str, Any] = {"label": label, "required": False, "help_text": _help(asked)}
    choices = [(choice["value"], choice_label(choice)) for choice in version.choices]
    match question.kind:
        case Kind.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=[("", "–"), *choices], **common)
        case Kind.CHOICES:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case Kind.YES_NO:
            return forms.ChoiceField(choices=YES_OR_NO, **common)
        case Kind.CONSENT:
            return forms.BooleanField(**common)
        case Kind.FILE:
            return forms.FileField(**common)
        case Kind.DATE:
            return forms.CharField(widget=forms.TextInput(attrs={"placeholder": "dd/mm/yyyy"}), **common)
        case Kind.NUMBER:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
    return forms.CharField(**common)


def _help(asked: Asked) -> str:
    notes = [asked.version.help_text]
    if asked.question.is_staff_only:
        notes.append(_("For organisers only: the person does not see it."))
    if asked.question.shown_if_id:
        notes.append(_("Asked only after certain answers; else it is not kept."))
    return " ".join(filter(None, notes))


def as_initial(asked: Iterable[Asked], known: Mapping[int, Any]) -> dict[str, Any]:
    """Return known answers as the fields show them."""
    return {each.field: _shown(each.question.kind, known.get(each.question.pk)) for each in asked}


def _shown(kind: str, value: Any) -> Any:
    if value is None or kind == Kind.FILE:
        return None
    if kind == Kind.YES_NO:
        return "true" if value else "false"
    return date_format(date.fromisoformat(value), "d/m/Y") if kind == Kind.DATE else value


def stated(asked: Iterable[Asked], cleaned: Mapping[str, Any]) -> tuple[dict[int, Any], dict[int, Any]]:
    """Return what a form states: answers, and uploaded files, by question. A file that is not sent stays as it is."""
    answers, files = {}, {}
    for each in asked:
        value = cleaned.get(each.field)
        if each.question.kind != Kind.FILE:
            answers[each.question.pk] = value or None
        elif value:
            files[each.question.pk] = value
    return answers, files
