"""Scans: every one is kept, also the refused ones."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.checkin import CheckInList, Gate, GateDevice

STANDING = Q(status="ok", annulled_at=None)
"""Scans that count: somebody went in or out, and it was not taken back."""


class CheckIn(models.Model):
    """One scan. `nonce` is chosen by the device, so that sending it twice is one scan with one answer."""

    class Status(models.TextChoices):
        """pretix's vocabulary."""

        OK = "ok", _("Admitted")
        INCOMPLETE = "incomplete", _("A question must be answered")
        ERROR = "error", _("Refused")

    class Reason(models.TextChoices):
        """Why a scan was refused, or (forced) would have been: pretix's vocabulary."""

        INVALID = "invalid", _("Unknown code")
        UNPAID = "unpaid", _("Fee not paid yet")
        BLOCKED = "blocked", _("Blocked by the organiser")
        INVALID_TIME = "invalid_time", _("Not at this time")
        CANCELED = "canceled", _("Ticket cancelled")
        ALREADY_REDEEMED = "already_redeemed", _("Already in")
        PRODUCT = "product", _("Ticket type not on this list")
        RULES = "rules", _("Not by the rules of this list")
        AMBIGUOUS = "ambiguous", _("Several tickets fit")
        REVOKED = "revoked", _("Ticket replaced")
        UNAPPROVED = "unapproved", _("Not approved yet")
        ERROR = "error", _("Something went wrong")

    class Direction(models.TextChoices):
        """Which way somebody goes."""

        ENTRY = "ENTRY", _("In")
        EXIT = "EXIT", _("Out")

    class Settlement(models.TextChoices):
        """What an organiser decided about a forced scan."""

        BOTH = "BOTH", _("Both came in")
        FIRST = "FIRST", _("Only the first counts")
        SECOND = "SECOND", _("Only the second counts")

    list = models.ForeignKey(CheckInList, on_delete=models.PROTECT, related_name="checkins")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="checkins")
    ticket = models.ForeignKey("events.Ticket", null=True, on_delete=models.PROTECT, related_name="checkins")
    gate = models.ForeignKey(Gate, null=True, blank=True, on_delete=models.PROTECT)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices, default=Direction.ENTRY)
    nonce = models.UUIDField()
    device = models.CharField(_("device"), max_length=60, blank=True, help_text=_("Its name when it scanned"))
    gate_device = models.ForeignKey(
        GateDevice,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="checkins",
        help_text=_("If enrolled"),
    )
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    scanned_at = models.DateTimeField(_("scanned"), help_text=_("By the device's clock, put right"))
    received_at = models.DateTimeField(_("received"), help_text=_("By the server's clock"))
    was_offline = models.BooleanField(_("made without a network"), default=False)
    forced = models.BooleanField(_("would not have been allowed"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    sequence = models.PositiveIntegerField(null=True, help_text=_("Order of commits at the event, without gaps"))
    turn = models.PositiveSmallIntegerField(
        null=True, help_text=_("Its number among what this ticket did at this list: each is taken once")
    )
    lead = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.CASCADE,
        related_name="followers",
        help_text=_("The scan that let this one of the group in with it, or out of another zone"),
    )
    first = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The admission that stood in the way"),
    )
    annulled_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    annulled_sequence = models.PositiveIntegerField(null=True, help_text=_("Its place in the same order"))
    settlement = models.CharField(_("settled"), max_length=6, choices=Settlement.choices, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["event", "sequence", "pk"]
        indexes = [
            models.Index(fields=["event"], condition=Q(forced=True, settled_at=None), name="checkin_unsettled"),
            models.Index(fields=["list", "received_at"], name="checkin_list_received"),
        ]
        constraints = [
            # Two scans of one ticket that were decided side by side want the same turn: one of them decides anew.
            models.UniqueConstraint(
                fields=["ticket", "list", "turn"], condition=Q(status="ok", annulled_at=None), name="checkin_turn_once"
            ),
            models.UniqueConstraint(fields=["event", "sequence"], name="checkin_sequence_once"),
            models.UniqueConstraint(
                fields=["gate_device", "nonce"],
                condition=Q(gate_device__isnull=False),
                name="checkin_nonce_once_per_device",
            ),
            models.UniqueConstraint(
                fields=["scanned_by", "nonce"], condition=Q(gate_device=None), name="checkin_nonce_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.reason}".strip()
