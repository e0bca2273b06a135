"""When a mentor takes bookings: how they want to be booked, by week, by exception, and when they are busy elsewhere."""

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MIDNIGHT = time(0)
"""As an end: the end of the day."""


class MentorHours(models.Model):
    """How a mentor is booked. `network.mentoring.hours` sets it; whoever books locks this row first."""

    class Length(models.IntegerChoices):
        """How long an hour with a mentor is, in minutes."""

        HALF = 30, _("30 minutes")
        THREE_QUARTERS = 45, _("45 minutes")
        WHOLE = 60, _("60 minutes")

    profile = models.OneToOneField("network.Profile", on_delete=models.CASCADE, related_name="hours")
    is_open = models.BooleanField(_("can be booked"), default=False)
    slot_minutes = models.PositiveSmallIntegerField(_("length"), choices=Length.choices, default=Length.HALF)
    buffer_before = models.PositiveSmallIntegerField(_("minutes free before"), default=0)
    buffer_after = models.PositiveSmallIntegerField(_("minutes free after"), default=10)
    notice_hours = models.PositiveSmallIntegerField(_("hours of notice"), default=24)
    horizon_days = models.PositiveSmallIntegerField(_("days ahead"), default=28)
    daily_limit = models.PositiveSmallIntegerField(_("most on a day"), default=3)
    link = models.URLField(_("link to meet online"), blank=True)
    place = models.CharField(_("place to meet"), max_length=200, blank=True)
    busy_address = models.URLField(_("address of the busy calendar"), max_length=500, blank=True)
    busy_tried_at = models.DateTimeField(_("busy calendar last looked at"), null=True, blank=True)
    busy_problem = models.CharField(
        max_length=20, blank=True, help_text=_("Why it could not be read; what was read before stands")
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("mentor's hours")
        verbose_name_plural = _("mentors' hours")
        constraints = [
            models.CheckConstraint(condition=Q(slot_minutes__in=[30, 45, 60]), name="hours_slot_length_known"),
            models.CheckConstraint(condition=Q(daily_limit__gte=1), name="hours_daily_limit_some"),
            models.CheckConstraint(condition=Q(horizon_days__range=(1, 180)), name="hours_horizon_in_reach"),
        ]

    def __str__(self) -> str:
        return str(self.profile)


class WeeklyHours(models.Model):
    """From when until when a mentor can be booked on one day of the week, by the clock of their own zone."""

    hours = models.ForeignKey(MentorHours, on_delete=models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["weekday", "starts", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="weekly_hours_weekday_known"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")) | Q(ends=MIDNIGHT), name="weekly_hours_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}–{self.ends:%H:%M}"


class HoursException(models.Model):
    """A date that is unlike its week: closed (no times), or with these hours beside the week's."""

    hours = models.ForeignKey(MentorHours, on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField(_("date"))
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("exception of the hours")
        verbose_name_plural = _("exceptions of the hours")
        ordering = ["day", "starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hours", "day"], condition=Q(starts=None), name="hours_exception_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(starts=None, ends=None)
                | Q(starts__isnull=False, ends__gt=F("starts"))
                | Q(starts__isnull=False, ends=MIDNIGHT),
                name="hours_exception_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def is_closed(self) -> bool:
        """Whether the date is closed; else it has hours beside the week's."""
        return self.starts is None


class BusyTime(models.Model):
    """When a mentor's own calendar says that they are busy: the times alone, never with what."""

    class Source(models.TextChoices):
        """Where it was read."""

        ADDRESS = "ADDRESS", _("From the address")
        FILE = "FILE", _("From a file")

    hours = models.ForeignKey(MentorHours, on_delete=models.CASCADE, related_name="busy")
    source = models.CharField(max_length=7, choices=Source.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["hours", "ends_at"], name="busy_time_of_hours")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_time_end_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%H:%M}"
