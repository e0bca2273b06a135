"""Questions of a registration form, and their answers. An answer keeps the version of the question it answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.files import private


class Question(models.Model):
    """A question's identity and when it is asked; what it says stands in its versions."""

    class Kind(models.TextChoices):
        """What an answer is."""

        SHORT_TEXT = "SHORT_TEXT", _("Short text")
        LONG_TEXT = "LONG_TEXT", _("Long text")
        NUMBER = "NUMBER", _("Number")
        CHOICE = "CHOICE", _("One choice")
        CHOICES = "CHOICES", _("Several choices")
        YES_NO = "YES_NO", _("Yes or no")
        DATE = "DATE", _("Date")
        EMAIL = "EMAIL", _("E-mail")
        PHONE = "PHONE", _("Phone")
        URL = "URL", _("Web address")
        FILE = "FILE", _("File")
        ORGANISATION = "ORGANISATION", _("Organisation")
        CONSENT = "CONSENT", _("Consent")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="questions")
    ticket_types = models.ManyToManyField(
        "events.TicketType", verbose_name=_("only for"), blank=True, help_text=_("None chosen: for all")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(default=1, help_text=_("The one that is asked now"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_staff_only = models.BooleanField(_("for organisers only"), default=False)
    is_asked_at_door = models.BooleanField(_("asked at the door"), default=False)
    is_active = models.BooleanField(_("asked"), default=True)
    retention_days = models.PositiveSmallIntegerField(
        _("kept for days after the event"), null=True, blank=True, help_text=_("Empty: as long as the registration")
    )
    shown_if = models.ForeignKey(
        "self", verbose_name=_("show if"), null=True, blank=True, on_delete=models.PROTECT, related_name="leads_to"
    )
    shown_if_values = models.JSONField(_("was answered by"), default=list, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(shown_if=F("id")), name="question_not_shown_by_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class QuestionVersion(models.Model):
    """What a question says: never changed once answered; another wording is another version.

    `choices` is a list of {"value", "vi", "en"}; `least` and `most` limit a number, or the length of a text, or how
    many are chosen.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(_("question"), max_length=300)
    help_text = models.CharField(_("explanation"), max_length=300, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    least = models.IntegerField(_("at least"), null=True, blank=True)
    most = models.IntegerField(_("at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question", "number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_version_once")]

    def __str__(self) -> str:
        return self.label


class Answer(models.Model):
    """One answer. `value` has its kind's shape: text, number, list of choices, true or false, ISO date, file id."""

    registration = models.ForeignKey("events.Registration", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__order", "question", "pk"]
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="answer_once")]

    def __str__(self) -> str:
        return str(self.value)


class AnswerFile(models.Model):
    """A file that somebody uploaded for an answer. Without an answer it is a day's guest and then removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("network.Person", on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to="answers", storage=private)
    name = models.CharField(_("name"), max_length=160)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of answers")
        ordering = ["uploaded_at"]

    def __str__(self) -> str:
        return self.name
