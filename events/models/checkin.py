"""Check-in: lists, gates, scans. Every scan is kept, also the refused ones."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CheckInList(models.Model):
    """What a gate checks against; an event has one by default, later one per zone or session."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="checkin_lists")
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("check-in list")
        verbose_name_plural = _("check-in lists")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """A door of the venue: "A", "B"."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="gates")
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="gate_name_once")]

    def __str__(self) -> str:
        return self.name


class CheckInTally(models.Model):
    """The row that an admission locks: it hands out the sequence in commit order and counts."""

    event = models.OneToOneField("events.Event", primary_key=True, on_delete=models.CASCADE, related_name="tally")
    last_sequence = models.PositiveIntegerField(default=0)
    admitted = models.PositiveIntegerField(_("admitted"), default=0)

    class Meta:
        verbose_name = _("check-in tally")
        verbose_name_plural = _("check-in tallies")

    def __str__(self) -> str:
        return str(self.admitted)


class CheckIn(models.Model):
    """One scan. `nonce` is chosen by the device, so that sending it twice is one scan with one answer."""

    class Status(models.TextChoices):
        """pretix's vocabulary."""

        OK = "ok", _("Admitted")
        INCOMPLETE = "incomplete", _("A question must be answered")
        ERROR = "error", _("Refused")

    class Reason(models.TextChoices):
        """Why a scan was refused (pretix's vocabulary; those that no rule can give yet are left out)."""

        INVALID = "invalid", _("Unknown code")
        CANCELED = "canceled", _("Ticket cancelled")
        REVOKED = "revoked", _("Ticket replaced")
        ALREADY_REDEEMED = "already_redeemed", _("Already in")
        UNPAID = "unpaid", _("Fee not paid yet")
        PRODUCT = "product", _("Ticket of another event")

    list = models.ForeignKey(CheckInList, on_delete=models.PROTECT, related_name="checkins")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="checkins")
    ticket = models.ForeignKey("events.Ticket", null=True, on_delete=models.PROTECT, related_name="checkins")
    gate = models.ForeignKey(Gate, null=True, blank=True, on_delete=models.PROTECT)
    nonce = models.UUIDField(unique=True)
    device = models.CharField(_("device"), max_length=60, blank=True)
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    scanned_at = models.DateTimeField(_("scanned"), help_text=_("By the device's clock"))
    received_at = models.DateTimeField(_("received"), help_text=_("By the server's clock"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    sequence = models.PositiveIntegerField(null=True, help_text=_("Order of commits at the event, without gaps"))
    first = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The admission that stood in the way"),
    )
    annulled_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    annulled_sequence = models.PositiveIntegerField(null=True, help_text=_("Its place in the same order"))

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["event", "sequence", "pk"]
        indexes = [models.Index(fields=["ticket", "list", "received_at"], name="checkin_ticket_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "ticket"], condition=Q(status="ok", annulled_at=None), name="checkin_admitted_once"
            ),
            models.UniqueConstraint(fields=["event", "sequence"], name="checkin_sequence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.reason}".strip()
