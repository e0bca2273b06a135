"""The letters by which the owners of an entry are asked whether it is still correct."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.claim import ENTRIES, one_entry


class FreshnessReminder(models.Model):
    """One step of a ladder that began at `began_at`: sent once. The last step took the entry off the directory."""

    class Step(models.IntegerChoices):
        """From the question to the last letter."""

        ASKED = 0, _("Asked")
        REMINDED = 1, _("Reminded")
        WARNED = 2, _("Warned")
        UNLISTED = 3, _("Taken off the directory")

    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="freshness_reminders"
    )
    profile = models.ForeignKey(
        "network.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="freshness_reminders"
    )
    began_at = models.DateTimeField(_("ladder began"))
    step = models.PositiveSmallIntegerField(_("step"), choices=Step.choices)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("reminder of an entry's freshness")
        verbose_name_plural = _("reminders of entries' freshness")
        ordering = ["began_at", "step"]
        constraints = [
            one_entry("freshness_reminder_of_one_entry"),
            *(
                models.UniqueConstraint(fields=[entry, "began_at", "step"], name=f"freshness_step_once_{entry}")
                for entry in ENTRIES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.profile} · {self.get_step_display()}"
