"""Calendars: feeds (RFC 5545, 7986: PUBLISH) and invitations in mail (RFC 5546, 6047: REQUEST and CANCEL).

A UID is fixed for life. The feed's UID is the event's; an invitation's is the registration's and (for a companion) the
person's, because a person may cancel and register again, and a calendar must take the second invitation for a new one.
SEQUENCE rises with the event's own and with every act that ends somebody's invitation (`mails.sequence_of`), so that a
CANCEL always stands above the REQUEST that it withdraws, and below one that comes after it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from events.addresses import event_address
from events.models import Event, Registration
from network.models import Person

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
    calendar = _calendar(method)
    with override(registration.language if to == registration.person else to.preferred_language):
        component = _component(registration.event, get_language() or "vi", uid=_invitation_uid(registration, to))
    component["dtstamp"] = icalendar.vDatetime(at.astimezone(ZoneInfo("UTC")))
    component.add("organizer", _address(*parseaddr(settings.DEFAULT_FROM_EMAIL)))
    attendee = _address(to.full_name, address or to.email)
    attendee.params.update({"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    component.add("attendee", attendee)
    component["status"] = icalendar.vText("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if sequence is not None:
        component["sequence"] = sequence
    calendar.add_component(component)
    return bytes(calendar.to_ical())


def _invitation_uid(registration: Registration, to: Person) -> str:
    """One entry per registration and person: a companion's is withdrawn without touching the others'."""
    companion = "" if to.pk == registration.person_id else f".p{to.pk}"
    return f"r{registration.pk}{companion}.{registration.event.calendar_uid}"


def _calendar(method: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Startup Hai Phong//Events//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    return calendar


@cache
def _zone() -> icalendar.Timezone:
    """The one VTIMEZONE of every calendar of ours: working it out takes longer than all the rest."""
    return icalendar.Timezone.from_tzid(ZONE.key)


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
