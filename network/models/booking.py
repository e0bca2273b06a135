"""An hour that somebody booked with a mentor, and what the two thought of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Booking(models.Model):
    """One hour of a mentor, booked by a person for themselves or for an organisation (`network.mentoring`).

    `held_from` and `held_until` are the hour with the free minutes that its mentor wanted around it.
    """

    class State(models.TextChoices):
        """What became of it."""

        BOOKED = "BOOKED", _("Booked")
        CANCELLED = "CANCELLED", _("Cancelled")
        NO_SHOW = "NO_SHOW", _("Somebody did not come")
        DONE = "DONE", _("Took place")

    class Side(models.TextChoices):
        """The two people of a booking."""

        MENTOR = "MENTOR", _("Mentor")
        BOOKER = "BOOKER", _("Who booked")

    uid = models.UUIDField(_("UID"), default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hours_given")
    profile = models.ForeignKey("network.Profile", null=True, on_delete=models.SET_NULL, related_name="bookings")
    booker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hours_booked")
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hours_booked",
    )
    topic = models.CharField(_("topic"), max_length=600)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    held_from = models.DateTimeField()
    held_until = models.DateTimeField()
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.BOOKED)
    link = models.URLField(_("link to meet online"), blank=True)
    place = models.CharField(_("place to meet"), max_length=200, blank=True)
    mentor_notes = models.TextField(_("mentor's private notes"), blank=True, max_length=4000)
    booker_notes = models.TextField(_("booker's private notes"), blank=True, max_length=4000)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_words = models.CharField(_("words with the cancellation"), max_length=600, blank=True)
    missed_by = models.CharField(_("who did not come"), max_length=6, choices=Side.choices, blank=True)
    day_reminder_at = models.DateTimeField(null=True, blank=True)
    hour_reminder_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(_("booked"))
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["mentor", "starts_at"], name="booking_mentor_time"),
            models.Index(fields=["booker", "starts_at"], name="booking_booker_time"),
            models.Index(fields=["starts_at"], condition=Q(state="BOOKED"), name="booking_standing_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "starts_at"], condition=Q(state="BOOKED"), name="booking_slot_once"
            ),
            models.UniqueConstraint(
                fields=["booker", "starts_at"], condition=Q(state="BOOKED"), name="booking_booker_once"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_end_after_start"),
            models.CheckConstraint(
                condition=Q(held_from__lte=F("starts_at"), held_until__gte=F("ends_at")), name="booking_held_whole"
            ),
            models.CheckConstraint(condition=~Q(mentor=F("booker")), name="booking_of_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.mentor} · {self.booker}"

    def side_of(self, person_id: int | None) -> Side | None:
        """Which of the two people somebody is, if one of them."""
        if person_id is None:
            return None
        sides = {self.mentor_id: self.Side.MENTOR, self.booker_id: self.Side.BOOKER}
        return sides.get(person_id)


class BookingFeedback(models.Model):
    """What one side thought of the hour: shown to the other once both have said it, or after a fortnight."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(max_length=6, choices=Booking.Side.choices)
    stars = models.PositiveSmallIntegerField(_("stars"))
    words = models.CharField(_("words"), max_length=1000, blank=True)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("feedback on a booking")
        verbose_name_plural = _("feedback on bookings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "side"], name="booking_feedback_once"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="booking_feedback_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.side} {self.stars}"
