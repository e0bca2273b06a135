"""Who looked at an event's attendees, took their list away, or wrote to them: noted, and shown to the event's lead.

Law 91/2025/QH15: whoever handles personal data keeps a log of it. Every door that shows attendees to somebody else
calls `note`; door staff see one ticket at a time, and each scan is a row of its own (`CheckIn`).
"""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest

from events import permissions
from events.models import AttendeeAccess
from network.models import Person

Act = AttendeeAccess.Act
ONE_LOOK = timedelta(minutes=10)
"""Turning pages, searching and coming back are one look."""


def note(*, event_id: int, person: Person, act: Act, people: int, by: str = "ADMIN", at: datetime) -> None:
    """Note that `person` did `act` with `people` attendees; `by` is the door (ADMIN, API, SITE).

    Within ten minutes looks at the list are one entry with the most that was seen; looks at single registrations are
    one entry that counts them. Every other act is an entry of its own.
    """
    recent = AttendeeAccess.objects.filter(event_id=event_id, person=person, act=act, by=by, at__gt=at - ONE_LOOK)
    merged = {Act.VIEW: Greatest(F("people"), people), Act.DETAIL: F("people") + people}
    if act in merged and recent.update(people=merged[act]):
        return
    AttendeeAccess.objects.create(event_id=event_id, person=person, act=act, people=people, by=by, at=at)


def accesses(*, event_id: int, viewer: permissions.Viewer) -> QuerySet[AttendeeAccess]:
    """Return who did what with the event's attendees, newest first, for those who lead the event; else none."""
    if not may_see(viewer, event_id):
        return AttendeeAccess.objects.none()
    return AttendeeAccess.objects.filter(event=event_id).select_related("person")


def may_see(viewer: permissions.Viewer, event_id: int) -> bool:
    """The lead: organisers of the event, and who may change events."""
    return permissions.may_watch_board(viewer, event_id) or permissions.may_plan_events(viewer)
