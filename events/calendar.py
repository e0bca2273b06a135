"""Calendars: feeds (RFC 5545, 7986: PUBLISH) and invitations in mail (RFC 5546, 6047: REQUEST and CANCEL).

A UID is fixed for life. The feed's UID is the event's; an invitation's is the registration's, because a person may
cancel and register again, and a calendar must take the second invitation for a new one. SEQUENCE rises with the
event's own; a CANCEL stands one above the REQUEST that it withdraws.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.addresses import event_address
from events.models import Event, Registration

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REFRESH = timedelta(hours=1)


def feed(*, name: str, events: Iterable[Event], language: str = "vi") -> bytes:
    """Return a PUBLISH calendar of `events` (with venue loaded). It names no attendee and carries no secret."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", _clean(name))
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    with override(language):
        for event in events:
            calendar.add_component(_component(event, language, uid=f"{event.calendar_uid}"))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def invitation(registration: Registration, *, at: datetime) -> bytes:
    """Return the REQUEST for a registration: exactly one attendee, who has accepted by registering."""
    return _to_attendee(registration, method="REQUEST", at=at)


def withdrawal(registration: Registration, *, at: datetime) -> bytes:
    """Return the CANCEL that withdraws a registration's invitation."""
    return _to_attendee(registration, method="CANCEL", at=at)


def _to_attendee(registration: Registration, *, method: str, at: datetime) -> bytes:
    calendar = _calendar(method)
    uid = f"r{registration.pk}.{registration.event.calendar_uid}"
    with override(registration.language):
        component = _component(registration.event, registration.language, uid=uid)
    component["dtstamp"] = icalendar.vDatetime(at.astimezone(ZoneInfo("UTC")))
    component.add("organizer", _address(*parseaddr(settings.DEFAULT_FROM_EMAIL)))
    attendee = _address(registration.person.full_name, registration.person.email)
    attendee.params.update({"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    component.add("attendee", attendee)
    if method == "CANCEL":
        component["status"] = icalendar.vText("CANCELLED")
        component["sequence"] = registration.event.calendar_sequence + 1
    calendar.add_component(component)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _calendar(method: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Startup Hai Phong//Events//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _component(event: Event, language: str, *, uid: str) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", f"{uid}@{settings.CALENDAR_DOMAIN}")
    component.add("sequence", event.calendar_sequence)
    component.add("dtstamp", event.updated_at.astimezone(ZoneInfo("UTC")))
    component.add("last-modified", event.updated_at.astimezone(ZoneInfo("UTC")))
    component.add("dtstart", event.starts_at.astimezone(ZONE))
    component.add("dtend", event.ends_at.astimezone(ZONE))
    component.add("summary", _clean(event.title))
    component.add("description", _clean(event.summary))
    component.add("location", _clean(place(event)))
    component.add("url", event_address(event, language))
    component.add("status", "CANCELLED" if event.status == Event.Status.CANCELLED else "CONFIRMED")
    component.add("categories", [event.get_kind_display()])
    return component


def place(event: Event) -> str:
    """Where the event is held, in the active language: venue with address, or that it is online."""
    if event.venue is None or event.attendance == Event.Attendance.ONLINE:
        return _("Online")
    return ", ".join(part for part in (event.venue.name, event.venue.address) if part)


def _address(name: str, email: str) -> icalendar.vCalAddress:
    address = icalendar.vCalAddress(f"mailto:{email}")
    # A quoted parameter value cannot hold quotes or control characters (RFC 5545, 3.2).
    address.params["CN"] = _clean(name).replace('"', "'")
    return address


def _clean(text: str) -> str:
    """Keep line feeds (they become `\\n`), drop every other control character: nothing can break out of its line."""
    return "".join(character for character in text.replace("\r", "") if character == "\n" or character.isprintable())
