"""Long work that somebody started and waits for: an import, an export, a stack of badges."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.files import private


class Job(models.Model):
    """What is to be done, by whom it was asked, how far it is, and what came of it. Done by the worker."""

    class Status(models.TextChoices):
        """Where it stands."""

        QUEUED = "QUEUED", _("Waiting")
        RUNNING = "RUNNING", _("Running")
        DONE = "DONE", _("Done")
        FAILED = "FAILED", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(_("about"), max_length=60, blank=True, help_text=_("What it concerns: “event:12”"))
    language = models.CharField(max_length=2, default="vi")
    given = models.JSONField(default=dict)
    upload = models.FileField(_("file given"), upload_to="jobs/in", blank=True, storage=private)
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    report = models.JSONField(default=dict)
    result = models.FileField(_("result"), upload_to="jobs/out", blank=True, storage=private)
    result_name = models.CharField(max_length=120, blank=True)
    queued_at = models.DateTimeField(_("asked for"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often a worker took it; the number is also the taker's mark")
    )
    touched_at = models.DateTimeField(null=True, blank=True, help_text=_("Last sign of life of the worker"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-queued_at"]
        indexes = [
            models.Index(fields=["about", "queued_at"], name="job_about"),
            models.Index(fields=["queued_at"], condition=Q(status__in=["QUEUED", "RUNNING"]), name="job_open"),
        ]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in {self.Status.DONE, self.Status.FAILED}

    def __str__(self) -> str:
        return f"{self.kind} · {self.get_status_display()}"
