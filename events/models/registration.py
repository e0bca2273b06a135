"""A person's registration for an event."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models.person import Language


class Registration(models.Model):
    """One active registration per person and event. Attended and no-show are derived from check-ins, not stored."""

    class Status(models.TextChoices):
        """The states of the field; those of the waiting list and of approval are not yet entered by any rule."""

        PENDING = "PENDING", _("Waiting for approval")
        WAITLISTED = "WAITLISTED", _("On the waiting list")
        OFFERED = "OFFERED", _("Place offered")
        CONFIRMED = "CONFIRMED", _("Confirmed")
        DECLINED = "DECLINED", _("Declined")
        CANCELLED = "CANCELLED", _("Cancelled")
        EXPIRED = "EXPIRED", _("Expired")
        REJECTED = "REJECTED", _("Rejected")

    class Channel(models.TextChoices):
        """The door that the registration came in by."""

        SITE = "SITE", _("Website")
        API = "API", _("App")
        ADMIN = "ADMIN", _("Organiser")

    ACTIVE = (Status.PENDING, Status.WAITLISTED, Status.OFFERED, Status.CONFIRMED)

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations")
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.CONFIRMED)
    channel = models.CharField(_("came by"), max_length=6, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VIETNAMESE)
    created_at = models.DateTimeField(_("registered"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="registration_number_once"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(status__in=["PENDING", "WAITLISTED", "OFFERED", "CONFIRMED"]),
                name="registration_active_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event.code} / {self.number}"
