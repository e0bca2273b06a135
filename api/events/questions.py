"""Questions of a registration form, and answers to them."""

from collections.abc import Iterable
from typing import Any

import graphene
from django.db.models import Prefetch
from django.utils.translation import get_language

from events import models
from events.answer_shapes import Asked
from network.global_ids import encode, number_of, uuid_of

from ..addresses import whole
from ..batch import load
from ..fields import choices, spoken_language

QuestionKind = choices("QuestionKind", models.Question.Kind, "What an answer is.")
CHOOSING = {models.Question.Kind.CHOICE, models.Question.Kind.CHOICES}
SAYING_YES = {models.Question.Kind.YES_NO, models.Question.Kind.CONSENT}


def _worded(name: str, description: str) -> graphene.Field:
    """A text of the version that is asked, in the language of the answer, or in the one asked for."""

    def resolve(asked: Asked, info: Any, language: Any = None) -> str:
        version = asked.version
        if language is None:
            return getattr(version, name) or ""
        return getattr(version, f"{name}_{language.value}") or getattr(version, f"{name}_vi") or ""

    return graphene.Field(
        graphene.String, required=True, language=spoken_language(), description=description, resolver=resolve
    )


class QuestionChoice(graphene.ObjectType):
    """One of the answers to choose from."""

    value = graphene.String(required=True, description="What is sent and kept.")
    label = graphene.String(required=True, language=spoken_language(), description="What people read.")

    @staticmethod
    def resolve_label(choice: dict[str, str], info: Any, language: Any = None) -> str:
        spoken = language.value if language else get_language()
        return choice.get("en" if spoken == "en" else "vi") or choice.get("vi") or choice["value"]


class ShowIf(graphene.ObjectType):
    """A question is asked only if another one was answered so."""

    question_id = graphene.ID(required=True, description="The question that decides.")
    values = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Any of these values; “true” and “false” for yes and no.",
    )


class RegistrationQuestion(graphene.ObjectType):
    """A question as it is asked, or as it was when it was answered."""

    id = graphene.ID(required=True, description="What `questionId` takes.")
    field = graphene.String(required=True, description="How a refusal names it: “answers.12”.")
    version = graphene.Int(required=True, description="Rises with every other wording, choice or limit.")
    kind = graphene.Field(QuestionKind, required=True, description="What an answer is.")
    label = _worded("label", "The question.")
    help_text = _worded("help_text", "What explains it; often empty.")
    choices = graphene.List(graphene.NonNull(QuestionChoice), required=True, description="What to choose from.")
    least = graphene.Int(description="The least number, length of a text, or number of choices.")
    most = graphene.Int(description="The greatest number, length of a text, or number of choices.")
    is_required = graphene.Boolean(required=True, description="Whether it must be answered where it is shown.")
    show_if = graphene.Field(ShowIf, description="When it is shown; null: always.")

    resolve_id = staticmethod(lambda asked, info: encode("Question", asked.question.pk))
    resolve_version = staticmethod(lambda asked, info: asked.version.number)
    resolve_kind = staticmethod(lambda asked, info: str(asked.question.kind))
    resolve_choices = staticmethod(lambda asked, info: asked.version.choices)
    resolve_least = staticmethod(lambda asked, info: asked.version.least)
    resolve_most = staticmethod(lambda asked, info: asked.version.most)
    resolve_is_required = staticmethod(lambda asked, info: asked.question.is_required)

    @staticmethod
    def resolve_show_if(asked: Asked, info: Any) -> ShowIf | None:
        leading = asked.question.shown_if_id
        if leading is None:
            return None
        values = [_said(value) for value in asked.question.shown_if_values]
        return ShowIf(question_id=encode("Question", leading), values=values)


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class AnswerFile(graphene.ObjectType):
    """A file that was handed in with an answer."""

    id = graphene.ID(required=True, description="What `fileId` takes.")
    name = graphene.String(required=True, description="As its owner called it.")
    size = graphene.Int(required=True, description="Bytes.")
    url = graphene.String(required=True, description="Where its owner and the event's organisers can download it.")

    resolve_id = staticmethod(lambda row, info: encode("AnswerFile", row.pk))
    resolve_url = staticmethod(lambda row, info: whole(f"/graphql/files/{row.pk}"))


class Answer(graphene.ObjectType):
    """An answer, with the question as it was when it was answered. One of its values is there, by the kind."""

    question = graphene.Field(RegistrationQuestion, required=True, description="What was answered.")
    text = graphene.String(description="Texts, dates (ISO 8601), addresses, phones (E.164), organisations.")
    number = graphene.Float(description="Of a NUMBER.")
    boolean = graphene.Boolean(description="Of YES_NO and CONSENT.")
    choices = graphene.List(graphene.NonNull(graphene.String), description="Values of a CHOICE or of CHOICES.")
    file = graphene.Field(AnswerFile, description="Of a FILE.")
    answered_at = graphene.DateTime(required=True, description="When it was given or last changed.")

    resolve_question = staticmethod(lambda row, info: Asked(question=row.question, version=row.version))

    @staticmethod
    def resolve_text(row: models.Answer, info: Any) -> str | None:
        others = {*CHOOSING, *SAYING_YES, models.Question.Kind.NUMBER, models.Question.Kind.FILE}
        return None if row.question.kind in others else row.value

    @staticmethod
    def resolve_number(row: models.Answer, info: Any) -> float | None:
        return row.value if row.question.kind == models.Question.Kind.NUMBER else None

    @staticmethod
    def resolve_boolean(row: models.Answer, info: Any) -> bool | None:
        return row.value if row.question.kind in SAYING_YES else None

    @staticmethod
    def resolve_choices(row: models.Answer, info: Any) -> list[str] | None:
        if row.question.kind not in CHOOSING:
            return None
        return row.value if isinstance(row.value, list) else [row.value]

    @staticmethod
    def resolve_file(row: models.Answer, info: Any) -> Any:
        if row.question.kind != models.Question.Kind.FILE:
            return None
        return next(iter(load(row, "files")), None)


def own_answers() -> list["Prefetch[str]"]:
    """A registration's `own_answers`: what its person answered, without what organisers noted."""
    return [Prefetch("answers", _loaded().filter(question__is_staff_only=False), to_attr="own_answers")]


def all_answers() -> list["Prefetch[str]"]:
    """A registration's `all_answers`: what organisers noted, too."""
    return [Prefetch("answers", _loaded(), to_attr="all_answers")]


def _loaded() -> Any:
    return models.Answer.objects.select_related("question", "version")


class AnswerInput(graphene.InputObjectType):
    """An answer to one question: the value that fits its kind. Without a value the answer is taken back."""

    question_id = graphene.ID(required=True, description="Which question.")
    text = graphene.String(description="A text, one choice, a date (ISO 8601), an address, a phone, an organisation.")
    number = graphene.Float(description="For a NUMBER.")
    boolean = graphene.Boolean(description="For YES_NO and CONSENT.")
    choices = graphene.List(graphene.NonNull(graphene.String), description="For CHOICE (one) and CHOICES: values.")
    file_id = graphene.ID(description="For a FILE: what POST /graphql/files answered.")


def given(answers: Iterable[dict[str, Any]] | None) -> dict[int, Any]:
    """Return answers as the rules take them, by the number of their question."""
    return {number_of(answer["question_id"], "Question"): _value(answer) for answer in answers or ()}


def _value(answer: dict[str, Any]) -> Any:
    if answer.get("file_id") is not None:
        return str(uuid_of(answer["file_id"], "AnswerFile"))
    chosen = answer.get("choices")
    if chosen is not None:
        return chosen[0] if len(chosen) == 1 else chosen
    return next((answer[name] for name in ("text", "number", "boolean") if answer.get(name) is not None), None)
