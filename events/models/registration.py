"""A person's registration for an event."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models.person import Language


class Registration(models.Model):
    """One active registration per person and event. Attended and no-show are derived from check-ins, not stored."""

    class Status(models.TextChoices):
        """The states of the field. Offered and confirmed ones hold places, the others none."""

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
        IMPORT = "IMPORT", _("Imported list")
        DOOR = "DOOR", _("At the door")

    class Payment(models.TextChoices):
        """A fee is marked, never charged."""

        NONE = "NONE", _("Free")
        DUE = "DUE", _("To be paid")
        RECEIVED = "RECEIVED", _("Received")

    HOLDING = (Status.OFFERED, Status.CONFIRMED)
    ACTIVE = (Status.PENDING, Status.WAITLISTED, Status.OFFERED, Status.CONFIRMED)

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations")
    ticket_type = models.ForeignKey("events.TicketType", on_delete=models.PROTECT, related_name="registrations")
    quantity = models.PositiveSmallIntegerField(_("places"), default=1)
    invitation = models.ForeignKey(
        "events.Invitation", null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.CONFIRMED)
    channel = models.CharField(_("came by"), max_length=6, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VIETNAMESE)
    created_at = models.DateTimeField(_("registered"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    fee = models.PositiveIntegerField(_("fee"), default=0, help_text=_("In đồng, for all its places"))
    payment = models.CharField(_("payment"), max_length=8, choices=Payment.choices, default=Payment.NONE)
    received = models.PositiveIntegerField(_("fee received"), default=0, help_text=_("In đồng, of the fee"))
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    priority = models.SmallIntegerField(_("place in the queue"), default=0, help_text=_("Lower comes first"))
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    offer_expires_at = models.DateTimeField(_("offer ends"), null=True, blank=True)
    companions = models.JSONField(
        default=list, blank=True, help_text=_("Who else comes, until they have tickets: [{name, email}]")
    )

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["event", "number"]
        indexes = [
            models.Index(
                fields=["event", "priority", "waiting_since", "id"],
                condition=Q(status="WAITLISTED"),
                name="registration_queue",
            ),
            models.Index(fields=["offer_expires_at"], condition=Q(status="OFFERED"), name="registration_offers"),
            models.Index(fields=["event", "status"], name="registration_event_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="registration_at_least_one_place"),
            models.UniqueConstraint(fields=["event", "number"], name="registration_number_once"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(status__in=["PENDING", "WAITLISTED", "OFFERED", "CONFIRMED"]),
                name="registration_active_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event.code} / {self.number}"

    @property
    def is_active(self) -> bool:
        """Whether it still leads, or may lead, to a place."""
        return self.status in self.ACTIVE

    @property
    def due(self) -> int:
        """What is still to be paid, in đồng."""
        return max(self.fee - self.received, 0)

    @property
    def holds_places(self) -> bool:
        """Whether places are taken for it."""
        return self.status in self.HOLDING
