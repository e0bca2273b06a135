"""Applications to join the network, and proposals of organisations that are not in the directory yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Application(models.Model):
    """Somebody wants to join, or proposes an organisation; `network.joining.applications` moves it on.

    `facts` holds what was written, by the names of `network.joining.application_fields`; `words` is what staff said
    last.
    """

    class Kind(models.TextChoices):
        """As what."""

        MENTOR = "MENTOR", _("Mentor")
        CLUB = "CLUB", _("Club")
        STARTUP = "STARTUP", _("Startup")
        FUND = "FUND", _("Fund")
        ORGANISATION = "ORGANISATION", _("Another organisation")

    class Status(models.TextChoices):
        """From sent to decided."""

        SUBMITTED = "SUBMITTED", _("Application sent")
        IN_REVIEW = "IN_REVIEW", _("Being read")
        RETURNED = "RETURNED", _("Sent back with questions")
        ACCEPTED = "ACCEPTED", _("Application accepted")
        REJECTED = "REJECTED", _("Not accepted")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn by who made it")

    OPEN = (Status.SUBMITTED, Status.IN_REVIEW, Status.RETURNED)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    kind = models.CharField(_("as"), max_length=12, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.SUBMITTED)
    facts = models.JSONField(_("what was written"), default=dict)
    words = models.TextField(_("what staff say"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(_("sent"))
    changed_at = models.DateTimeField(_("last changed"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )
    profile = models.ForeignKey(
        "network.Profile", null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )

    class Meta:
        verbose_name = _("application to join")
        verbose_name_plural = _("applications to join")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["status", "submitted_at"], name="application_queue")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.title}"

    @property
    def title(self) -> str:
        """What it is about: the organisation's name, or the person's."""
        return str(self.facts.get("name") or self.person.full_name)
