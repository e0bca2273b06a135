"""Câu hỏi: the form that attendees fill in, built and seen on one page."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView

from cms.admin.setup import preview
from cms.admin.setup.place import AtSetup, SetupAct, SetupForm, SetupPage, moved
from cms.admin.setup.question_form import QuestionForm, initial
from events import questions, setup_overview
from events.models import Question, TicketType
from events.question_facts import facts_of
from network.doors import Permission, declare


@declare(Permission.EDITOR)
class Questions(SetupPage, TemplateView):
    """The questions in order, and the form as the attendee sees it, Vietnamese beside English."""

    tab_name = "setup_questions"
    template_name = "cms/admin/setup/questions.html"
    page_title = _("Questions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """For the ticket type that was asked for, else the first."""
        rows = setup_overview.questions(event=self.event)
        types = list(self.event.ticket_types.all())
        chosen = self._chosen(types)
        shown = preview.form([row.question for row in rows], chosen)
        asked = {"rows": rows, "types": types, "chosen": chosen, "shown": shown}
        return {**super().get_context_data(**kwargs), **asked}

    def _chosen(self, types: list[TicketType]) -> TicketType | None:
        wanted = self.request.GET.get("ve", "")
        return next((kind for kind in types if str(kind.pk) == wanted), types[0] if types else None)


class WriteQuestion(SetupForm):
    """A question's form, new or known."""

    tab_name = "setup_questions"
    form_class = QuestionForm
    template_name = "cms/admin/setup/question.html"

    @cached_property
    def question(self) -> Question | None:
        """The one in the address, of this event; None for a new one."""
        if "number" not in self.kwargs:
            return None
        return get_object_or_404(Question, event=self.event, pk=self.kwargs["number"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """With what it may depend on."""
        return {**super().get_form_kwargs(), "event": self.event, "question": self.question}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the preview of what is in the form, and the versions that were answered."""
        context = super().get_context_data(**kwargs)
        versions = setup_overview.versions(self.question) if self.question else []
        return {**context, "question": self.question, "versions": versions, "shown": drawn(context["form"])}


@declare(Permission.EDITOR)
class AddQuestion(WriteQuestion):
    """Thêm câu hỏi."""

    page_title = _("New question")
    act_label = _("Add the question")
    done = _("The question is asked from now on.")

    def perform(self, form: forms.Form) -> None:
        """Call `questions.add`."""
        assert isinstance(form, QuestionForm)
        questions.add(event_id=self.event.pk, facts=form.stated(), actor=self.request.user)


@declare(Permission.EDITOR)
class ChangeQuestion(WriteQuestion):
    """Sửa câu hỏi."""

    page_title = _("Change the question")
    done = _("The question is changed. Answers keep the wording that they answered.")

    def get_initial(self) -> dict[str, Any]:
        """As it is asked now."""
        assert self.question is not None
        return initial(facts_of(self.question))

    def perform(self, form: forms.Form) -> None:
        """Call `questions.change`."""
        assert isinstance(form, QuestionForm)
        questions.change(question_id=self.kwargs["number"], facts=form.stated(), actor=self.request.user)


@declare(Permission.EDITOR)
class PreviewQuestion(AtSetup, View):
    """What is in the form, drawn as the attendee would see it. Nothing is written."""

    tab_name = "setup_questions"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A fragment of the page."""
        form = QuestionForm(request.POST, event=self.event)
        return render(request, "cms/admin/setup/question_shown.html", {"shown": drawn(form)})


def drawn(form: forms.BaseForm) -> dict[str, list[preview.Shown]] | None:
    """The question of a form in both languages; None while there is too little to draw."""
    assert isinstance(form, QuestionForm)
    if form.is_bound:
        form.is_valid()
        known = form.cleaned_data
    else:
        known = form.initial
    if not known.get("label_vi") or not known.get("kind"):
        return None
    names = ("kind", "label_vi", "label_en", "help_text_vi", "help_text_en", "is_required")
    stated = {name: known.get(name) or "" for name in names} | {"choices": tuple(known.get("choices") or ())}
    facts = preview.QuestionFacts(**stated)
    return {language: [preview.shown(facts, language)] for language in ("vi", "en")}


class QuestionAct(SetupAct):
    """A button at a question."""

    tab_name = "setup_questions"

    @cached_property
    def question(self) -> Question:
        """The one in the address, of this event."""
        return get_object_or_404(Question, event=self.event, pk=self.kwargs["number"])

    def anchor(self) -> str:
        """At the question."""
        return f"#question-{self.kwargs['number']}"


@declare(Permission.EDITOR)
class RemoveQuestion(QuestionAct):
    """Xoá câu hỏi, hoặc thôi hỏi."""

    done = _("The question is gone; if it was answered, it is only asked no more.")

    def perform(self) -> None:
        """Call `questions.remove`."""
        questions.remove(question_id=self.question.pk, actor=self.request.user)


@declare(Permission.EDITOR)
class MoveQuestion(QuestionAct):
    """Lên, xuống."""

    def perform(self) -> None:
        """Call `questions.reorder`."""
        keys = [question.pk for question in self.event.questions.all()]
        order = moved(keys, self.question.pk, self.kwargs["way"])
        questions.reorder(event_id=self.event.pk, question_ids=order, actor=self.request.user)
