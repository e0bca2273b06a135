"""Reminders: one letter to everybody who has a place, a day before the event."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from events import mails
from events.models import Event

AHEAD = timedelta(days=1)


def send_due(*, at: datetime) -> int:
    """Remind the holders of events that start within a day; return of how many events.

    Once for each date: an event that is moved to a later day after its reminder is reminded of again. Never of
    a draft, a postponed or a cancelled event. Each event has a transaction of its own.
    """
    return sum(_remind(event_id, at) for event_id in _due(at).values_list("pk", flat=True))


def _due(at: datetime) -> QuerySet[Event]:
    unreminded = Q(reminder_sent_at=None) | Q(reminder_sent_at__lt=F("starts_at") - AHEAD)
    soon = Event.objects.filter(starts_at__gt=at, starts_at__lte=at + AHEAD, status=Event.Status.SCHEDULED)
    return soon.filter(unreminded).order_by("starts_at", "pk")


def _remind(event_id: int, at: datetime) -> bool:
    with transaction.atomic():
        # Asked again under the lock: another worker may have reminded, an organiser may have moved or cancelled it.
        event = _due(at).select_for_update().filter(pk=event_id).first()
        if event is None:
            return False
        mails.reminder(event=event, at=at)
        Event.objects.filter(pk=event_id).update(reminder_sent_at=at)
    return True
