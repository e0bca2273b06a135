"""What every iCalendar of ours has: the frame with its zone (RFC 5545), and an entry made to one attendee (RFC 5546).

The rooms say what an entry is about. Control characters cannot get in, and every time is told in Hai Phong's zone,
with the whole VTIMEZONE.
"""

from datetime import datetime
from email.utils import parseaddr
from functools import cache
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings

from network.models import Person

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
UTC = ZoneInfo("UTC")


def begun(method: str, *, of: str) -> icalendar.Calendar:
    """Return an empty calendar of a method; `of` says in its PRODID what it is about."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Startup Hai Phong//{of}//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    return calendar


@cache
def _zone() -> icalendar.Timezone:
    """The one VTIMEZONE of every calendar of ours: working it out takes longer than all the rest."""
    return icalendar.Timezone.from_tzid(ZONE.key)


def entry(*, uid: str, starts_at: datetime, ends_at: datetime, sequence: int, changed_at: datetime) -> icalendar.Event:
    """Return an entry with what each has: the UID that it keeps for life, when it is, and how new it is."""
    component = icalendar.Event()
    component.add("uid", f"{uid}@{settings.CALENDAR_DOMAIN}")
    component.add("sequence", sequence)
    component.add("dtstamp", changed_at.astimezone(UTC))
    component.add("last-modified", changed_at.astimezone(UTC))
    component.add("dtstart", starts_at.astimezone(ZONE))
    component.add("dtend", ends_at.astimezone(ZONE))
    return component


def address_to(component: icalendar.Event, *, to: Person, address: str, method: str, at: datetime) -> None:
    """Make an entry an invitation (REQUEST) or its withdrawal (CANCEL): from the sender, to exactly one attendee."""
    component["dtstamp"] = icalendar.vDatetime(at.astimezone(UTC))
    component.add("organizer", _address(*parseaddr(settings.DEFAULT_FROM_EMAIL)))
    attendee = _address(to.full_name, address or to.email)
    attendee.params.update({"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    component.add("attendee", attendee)
    component["status"] = icalendar.vText("CANCELLED" if method == "CANCEL" else "CONFIRMED")


def _address(name: str, email: str) -> icalendar.vCalAddress:
    address = icalendar.vCalAddress(f"mailto:{email}")
    # A quoted parameter value cannot hold quotes or control characters (RFC 5545, 3.2).
    address.params["CN"] = clean(name).replace('"', "'")
    return address


def clean(text: str) -> str:
    """Keep line feeds (they become `\\n`), drop every other control character: nothing can break out of its line."""
    return "".join(character for character in text.replace("\r", "") if character == "\n" or character.isprintable())
