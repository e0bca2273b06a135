"""Rescheduling and cancelling: what moves calendars and writes to everybody who holds a place."""

from datetime import datetime

from django.db import transaction

from events import doors, mails, permissions, seats, waiting_list
from events.models import Event
from events.notices import EventChanged, announce
from events.planning import locked_event
from events.refusals import AlreadyDecided
from network.models import Person
from network.refusals import Invalid, NotPermitted


def reschedule(
    *, event_id: int, starts_at: datetime, ends_at: datetime, venue_id: int | None, actor: Person, at: datetime
) -> Event:
    """Move an event in time or place: SEQUENCE rises, everybody with a place gets an updated invitation.

    Nothing happens if nothing changes. Raises NotPermitted, EventNotFound, Invalid at the field `ends_at`
    (before_start) or `venue_id` (required), AlreadyDecided for a cancelled event.
    """
    with transaction.atomic():
        event = _changeable(event_id, actor)
        if ends_at <= starts_at:
            raise Invalid(field="ends_at", reason="before_start")
        if venue_id is None and event.attendance != Event.Attendance.ONLINE:
            raise Invalid(field="venue_id", reason="required")
        if (event.starts_at, event.ends_at, event.venue_id) == (starts_at, ends_at, venue_id):
            return event
        event.starts_at, event.ends_at, event.venue_id = starts_at, ends_at, venue_id
        _changed(event)
        event.refresh_from_db()
        mails.moved(event=event, at=at)
        waiting_list.event_moved(event=event, at=at)
    return event


def cancel_event(*, event_id: int, actor: Person, at: datetime) -> Event:
    """Cancel an event: it stays visible and says so; everybody with a place gets a CANCEL. Registrations stay as they
    are, for they are what people held. Raises NotPermitted, EventNotFound, AlreadyDecided."""
    with transaction.atomic():
        event = _changeable(event_id, actor, unplanned=(Event.Status.DRAFT,))
        event.status = Event.Status.CANCELLED
        _changed(event)
        mails.event_cancelled(event=event, at=at)
    return event


def _changeable(event_id: int, actor: Person, *, unplanned: tuple[Event.Status, ...] = ()) -> Event:
    if not permissions.may_plan_events(actor):
        raise NotPermitted()
    event = locked_event(event_id)
    # Who registers now waits, and then reads what we leave: nobody is left with an invitation to the old time.
    seats.hold(event_id=event_id)
    # A draft has nothing to cancel, and cancelling would show it: cancelled events stay visible.
    if event.status in (Event.Status.CANCELLED, *unplanned):
        raise AlreadyDecided(status=event.status)
    return event


def _changed(event: Event) -> None:
    event.calendar_sequence += 1
    event.save()
    doors.changed(event_id=event.pk)
    announce(EventChanged(event_id=event.pk))
