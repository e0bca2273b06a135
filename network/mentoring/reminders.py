"""Reminding both of an hour: the day before, and an hour before. A chore."""

from datetime import datetime, timedelta

from django.db import transaction

from network.mentoring import mails
from network.models import Booking

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)


def remind_due(*, at: datetime) -> int:
    """Remind of what begins within a day, then within an hour, each once; return how many reminders that makes.

    Whoever booked less than a day before has just had the letter: that reminder is left out, the other comes.
    """
    ahead = Booking.objects.filter(state=Booking.State.BOOKED, starts_at__gt=at)
    due = [
        (pk, True) for pk in ahead.filter(hour_reminder_at=None, starts_at__lte=at + HOUR).values_list("pk", flat=True)
    ]
    tomorrow = ahead.filter(day_reminder_at=None, starts_at__lte=at + DAY, starts_at__gt=at + HOUR)
    due += [(pk, False) for pk in tomorrow.values_list("pk", flat=True)]
    return sum(_remind(pk, is_soon, at) for pk, is_soon in due)


def _remind(booking_id: int, is_soon: bool, at: datetime) -> bool:
    """Of several workers one finds the row unmarked."""
    with transaction.atomic():
        rows = Booking.objects.select_for_update(of=("self",)).select_related("mentor", "booker")
        booking = rows.get(pk=booking_id)
        marked = booking.hour_reminder_at if is_soon else booking.day_reminder_at
        if booking.state != Booking.State.BOOKED or marked is not None or booking.starts_at <= at:
            return False
        booking.day_reminder_at = booking.day_reminder_at or at
        if is_soon:
            booking.hour_reminder_at = at
        booking.save(update_fields=["day_reminder_at", "hour_reminder_at"])
        is_news = is_soon or booking.changed_at <= booking.starts_at - DAY
        if is_news:
            mails.reminder(booking=booking, is_soon=is_soon, at=at)
    return is_news
