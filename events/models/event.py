"""The fact of an event: one row whatever the language. The story is told by pages that point here."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.vietnamese import fold

if TYPE_CHECKING:
    from datetime import datetime


class Event(models.Model):
    """Times, place, status. Visible and open by its own status: no page ever decides about a seat.

    Counters do not live here but in `Seats` and `CheckInTally`, so that saving a form cannot set them back.
    """

    class Kind(models.TextChoices):
        """What sort of event it is."""

        CAFE = "CAFE", _("Startup Café")
        STARTUP_DAY = "STARTUP_DAY", _("Startup Day")
        TRAINING = "TRAINING", _("Training")
        INVESTOR_MEETING = "INVESTOR_MEETING", _("Investor meeting")
        COMPETITION = "COMPETITION", _("Competition")
        FORUM = "FORUM", _("Forum")
        OTHER = "OTHER", _("Other event")

    class Status(models.TextChoices):
        """A draft is seen by nobody but its makers; cancelled events stay visible and say so."""

        DRAFT = "DRAFT", _("Draft")
        SCHEDULED = "SCHEDULED", _("Scheduled")
        POSTPONED = "POSTPONED", _("Postponed")
        CANCELLED = "CANCELLED", _("Cancelled")

    class Attendance(models.TextChoices):
        """Where people take part (schema.org eventAttendanceMode)."""

        ONSITE = "ONSITE", _("On site")
        ONLINE = "ONLINE", _("Online")
        MIXED = "MIXED", _("On site and online")

    series = models.ForeignKey(
        "events.EventSeries",
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    edition = models.PositiveSmallIntegerField(_("edition"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=20, unique=True)
    slug = models.SlugField(_("address"), unique=True, max_length=100)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    attendance = models.CharField(_("attendance"), max_length=8, choices=Attendance.choices, default=Attendance.ONSITE)
    venue = models.ForeignKey("events.Venue", verbose_name=_("venue"), null=True, blank=True, on_delete=models.PROTECT)
    online_url = models.URLField(_("online link"), blank=True)
    organiser = models.ForeignKey(
        "network.Organisation", verbose_name=_("organiser"), null=True, blank=True, on_delete=models.PROTECT
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("keeps a waiting list"), default=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered place"), default=24, validators=[MinValueValidator(1)]
    )
    answers_until = models.DateTimeField(
        _("answers can be changed until"), null=True, blank=True, help_text=_("Empty: until the event starts")
    )
    bank_code = models.CharField(_("bank"), max_length=6, blank=True, help_text=_("Its number (BIN), six digits"))
    bank_account = models.CharField(_("bank account"), max_length=19, blank=True)
    bank_holder = models.CharField(_("account holder"), max_length=60, blank=True)
    reminder_sent_at = models.DateTimeField(null=True, editable=False)
    shows_counter = models.BooleanField(_("shows a public counter"), default=True)
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["status", "starts_at"], name="event_status_starts")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
            models.UniqueConstraint(fields=["series", "edition"], name="event_edition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded search text true to the code and both languages' title and summary."""
        fields = [f"{name}_{language}" for name in ("title", "summary") for language in ("vi", "en")]
        self.search_text = fold(" ".join([self.code, *(getattr(self, name, "") or "" for name in fields)]))
        super().save(*args, **kwargs)

    @property
    def is_public(self) -> bool:
        """Whether anybody may see it."""
        return self.status != self.Status.DRAFT

    def is_open_for_registration(self, at: datetime) -> bool:
        """Whether a place may be taken at `at` as far as status and times go (seats are another question)."""
        opens, closes = self.registration_opens_at, min(self.registration_closes_at or self.ends_at, self.ends_at)
        return self.status == self.Status.SCHEDULED and (opens is None or opens <= at) and at < closes
