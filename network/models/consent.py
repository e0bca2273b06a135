"""Consent: one per purpose, provable, withdrawable (Law 91/2025/QH15; Decree 356/2025)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models.person import Language


class Consent(models.Model):
    """Somebody agreed to one purpose: to which text, in which language, when, and by which door."""

    class Purpose(models.TextChoices):
        """What may be done; never two in one tick."""

        REGISTRATION = "REGISTRATION", _("Running the event")
        NEWSLETTER = "NEWSLETTER", _("Newsletter")
        PHOTO = "PHOTO", _("Photos")
        DIRECTORY = "DIRECTORY", _("Directory")
        GREETING = "GREETING", _("Greeting at the door")

    class Channel(models.TextChoices):
        """The door that it was given by."""

        SITE = "SITE", _("Website")
        API = "API", _("App")
        ADMIN = "ADMIN", _("Told to an organiser")
        IMPORT = "IMPORT", _("Imported list")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    text_version = models.PositiveSmallIntegerField(_("version of the text"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    channel = models.CharField(_("given by"), max_length=6, choices=Channel.choices)
    given_at = models.DateTimeField(_("given"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "text_version"],
                condition=Q(withdrawn_at=None),
                name="consent_standing_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} v{self.text_version}"
