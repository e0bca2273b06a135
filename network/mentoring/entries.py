"""The entry of a booking in the calendars of its two people (RFC 5546): REQUEST, and CANCEL with a higher SEQUENCE.

The UID is the booking's, the same for both and for life; each gets a message of their own, with themselves as the one
attendee, in their own language.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from network import calendars
from network.mentoring.addresses import booking_address
from network.mentoring.slots import Span
from network.models import Booking, Person


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message to one calendar: what was true when its letter was left."""

    method: str
    booking: Booking
    span: Span
    sequence: int
    to: Person
    address: str
    language: str
    at: datetime


def written(message: Message) -> bytes:
    """Return the message as iCalendar, in the active language."""
    booking = message.booking
    calendar = calendars.begun(message.method, of="Mentor hours")
    entry = calendars.entry(
        uid=str(booking.uid),
        starts_at=message.span.starts_at,
        ends_at=message.span.ends_at,
        sequence=message.sequence,
        changed_at=message.at,
    )
    address = booking_address(booking, message.language)
    entry.add("summary", calendars.clean(summary(booking, message.to)))
    entry.add("description", calendars.clean(f"{booking.topic}\n\n{address}"))
    entry.add("location", calendars.clean(booking.link or booking.place))
    entry.add("url", address)
    calendars.address_to(entry, to=message.to, address=message.address, method=message.method, at=message.at)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def summary(booking: Booking, reader: Person) -> str:
    """What the hour is called in somebody's calendar: by the other one."""
    if reader.pk == booking.booker_id:
        return _("Mentor hour with %(name)s") % {"name": booking.mentor.full_name}
    return _("Mentor hour for %(name)s") % {"name": guest(booking)}


def guest(booking: Booking) -> str:
    """Who comes to the mentor: the person, and for which organisation."""
    name = booking.booker.full_name
    return f"{name} ({booking.organisation.name})" if booking.organisation else name
