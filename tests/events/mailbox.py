"""Reading what a rule left in the outbox."""

from dataclasses import dataclass
from email.message import EmailMessage

import icalendar

from network import outbox
from network.models import OutgoingMail, Person


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a calendar program is told."""

    method: str
    uid: str
    sequence: int
    status: str
    attendees: list[str]


def letters_to(person: Person) -> list[tuple[str, EmailMessage]]:
    """The letters to somebody as (kind, message), in the order in which they leave."""
    mails = OutgoingMail.objects.filter(recipient=person.email).order_by("pk")
    return [(mail.kind.removeprefix("events."), outbox.opened(mail)) for mail in mails]


def newest(person: Person) -> EmailMessage:
    """The last letter to somebody."""
    return letters_to(person)[-1][1]


def text_of(message: EmailMessage) -> str:
    """The plain part."""
    return str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # every letter has one


def html_of(message: EmailMessage) -> str:
    """The HTML part."""
    return str(message.get_body(("html",)).get_content())  # type: ignore[union-attr]  # as above


def pictures(message: EmailMessage) -> list[bytes]:
    """The pictures inside, in order."""
    return [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "image/png"]


def entry(message: EmailMessage) -> Entry | None:
    """The calendar part: last of the alternatives, its method in the MIME type and inside."""
    part = list(message.walk())[-1]
    if part.get_content_type() != "text/calendar":
        return None
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    [event] = calendar.events
    attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    return Entry(
        method=calendar["METHOD"],
        uid=str(event["UID"]).partition("@")[0],
        sequence=event["SEQUENCE"],
        status=event["STATUS"],
        attendees=[str(attendee).removeprefix("mailto:") for attendee in attendees],
    )


def history(person: Person) -> list[tuple[str, str, int]]:
    """What somebody's calendar is told, letter by letter: (kind, method or nothing, SEQUENCE or -1)."""
    told = [(kind, entry(message)) for kind, message in letters_to(person)]
    return [(kind, part.method if part else "", part.sequence if part else -1) for kind, part in told]
