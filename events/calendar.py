"""Calendars: feeds (RFC 5545, 7986: PUBLISH) and invitations in mail (RFC 5546, 6047: REQUEST and CANCEL).

A UID is fixed for life. The feed's UID is the event's; an invitation's is the registration's and (for a companion) the
person's, because a person may cancel and register again, and a calendar must take the second invitation for a new one.
SEQUENCE rises with the event's own and with every act that ends somebody's invitation (`mails.sequence_of`), so that a
CANCEL always stands above the REQUEST that it withdraws, and below one that comes after it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import icalendar
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from events.addresses import event_address
from events.models import Event, Registration
from network import calendars
from network.calendars import ZONE, clean
from network.models import Person

REFRESH = timedelta(hours=1)


def feed(*, name: str, events: Iterable[Event], language: str = "vi") -> bytes:
    """Return a PUBLISH calendar of `events` (with venue loaded). It names no attendee and carries no secret."""
    calendar = calendars.begun("PUBLISH", of="Events")
    calendar.add("name", clean(name))
    calendar.add("x-wr-calname", clean(name))
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    with override(language):
        for event in events:
            calendar.add_component(_component(event, language, uid=f"{event.calendar_uid}"))
    return bytes(calendar.to_ical())


def invitation(
    registration: Registration,
    *,
    at: datetime,
    to: Person | None = None,
    address: str = "",
    sequence: int | None = None,
) -> bytes:
    """Return the REQUEST for somebody who shows a ticket of a registration: exactly one attendee, who has accepted.

    `to` is by default who registered, `address` theirs, `sequence` that of the event.
    """
    return _to_attendee("REQUEST", registration, to or registration.person, address, sequence, at)


def withdrawal(
    registration: Registration,
    *,
    at: datetime,
    to: Person | None = None,
    address: str = "",
    sequence: int | None = None,
) -> bytes:
    """Return the CANCEL that withdraws an invitation; `sequence` is by default the one after the event's."""
    risen = registration.event.calendar_sequence + 1 if sequence is None else sequence
    return _to_attendee("CANCEL", registration, to or registration.person, address, risen, at)


def _to_attendee(
    method: str, registration: Registration, to: Person, address: str, sequence: int | None, at: datetime
) -> bytes:
    calendar = calendars.begun(method, of="Events")
    with override(registration.language if to == registration.person else to.preferred_language):
        component = _component(registration.event, get_language() or "vi", uid=_invitation_uid(registration, to))
    calendars.address_to(component, to=to, address=address, method=method, at=at)
    if sequence is not None:
        component["sequence"] = sequence
    calendar.add_component(component)
    return bytes(calendar.to_ical())


def _invitation_uid(registration: Registration, to: Person) -> str:
    """One entry per registration and person: a companion's is withdrawn without touching the others'."""
    companion = "" if to.pk == registration.person_id else f".p{to.pk}"
    return f"r{registration.pk}{companion}.{registration.event.calendar_uid}"


def _component(event: Event, language: str, *, uid: str) -> icalendar.Event:
    component = calendars.entry(
        uid=uid,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        sequence=event.calendar_sequence,
        changed_at=event.updated_at,
    )
    component.add("summary", clean(event.title))
    component.add("description", clean(event.summary))
    component.add("location", clean(place(event)))
    component.add("url", event_address(event, language))
    component.add("status", "CANCELLED" if event.status == Event.Status.CANCELLED else "CONFIRMED")
    component.add("categories", [event.get_kind_display()])
    return component


def place(event: Event) -> str:
    """Where the event is held, in the active language: venue with address, or that it is online."""
    if event.venue is None or event.attendance == Event.Attendance.ONLINE:
        return _("Online")
    return ", ".join(part for part in (event.venue.name, event.venue.address) if part)
