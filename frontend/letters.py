"""A stored letter as the demo's mailbox shows it: its parts, its pictures, its invitation."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage

import icalendar

CID = re.compile(r"""(["'(])cid:([^"')]+)""")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A leaf of the message; `index` counts the leaves."""

    index: int
    kind: str
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What a calendar program takes from the letter."""

    index: int
    method: str
    summary: str
    starts_at: date | datetime
    ends_at: date | datetime
    location: str
    uid: str
    sequence: int


def leaves(message: EmailMessage) -> list[EmailMessage]:
    """Return the parts that are no containers, in the order of the message."""
    return [part for part in message.walk() if not part.is_multipart()]  # type: ignore[misc]  # policy.default makes them


def html_of(message: EmailMessage) -> str:
    """Return the HTML part, or an empty text."""
    part = message.get_body(("html",))
    return part.get_content() if part is not None else ""


def text_of(message: EmailMessage) -> str:
    """Return the plain part, or an empty text."""
    part = message.get_body(("plain",))
    return part.get_content() if part is not None else ""


def with_pictures_at(html: str, addresses: dict[str, str]) -> str:
    """Return `html` with each `cid:` of `addresses` replaced by its address."""
    return CID.sub(lambda found: found[1] + addresses.get(found[2], ""), html)


def cids(message: EmailMessage) -> dict[str, int]:
    """Return which leaf each Content-ID names."""
    named = ((part.get("Content-ID", ""), index) for index, part in enumerate(leaves(message)))
    return {name.strip("<> "): index for name, index in named if name}


def downloads(message: EmailMessage) -> list[Part]:
    """Return what may be saved: attachments, pictures, the invitation; the two bodies are shown anyway."""
    shown = {part for part in (message.get_body(("html",)), message.get_body(("plain",))) if part is not None}
    return [_part(index, part) for index, part in enumerate(leaves(message)) if part not in shown]


def content(part: EmailMessage) -> bytes:
    """Return the decoded bytes of a leaf."""
    return part.get_payload(decode=True) or b""


def _part(index: int, part: EmailMessage) -> Part:
    kind = part.get_content_type()
    return Part(index=index, kind=kind, name=file_name(part, index), size=len(content(part)))


def file_name(part: EmailMessage, index: int) -> str:
    """Return the name to save a leaf under."""
    ending = {"text/calendar": "ics", "image/png": "png", "text/plain": "txt", "text/html": "html"}
    return part.get_filename() or f"{index}.{ending.get(part.get_content_type(), 'bin')}"


def invitation(message: EmailMessage) -> Invitation | None:
    """Return what the calendar part says, if there is one."""
    for index, part in enumerate(leaves(message)):
        if part.get_content_type() == "text/calendar":
            return _read(index, icalendar.Calendar.from_ical(content(part)))
    return None


def _read(index: int, calendar: icalendar.Component) -> Invitation | None:
    event = next(iter(calendar.walk("VEVENT")), None)
    if event is None:
        return None
    return Invitation(
        index=index,
        method=str(calendar.get("METHOD", "")),
        summary=str(event.get("SUMMARY", "")),
        starts_at=event.decoded("DTSTART"),
        ends_at=event.decoded("DTEND"),
        location=str(event.get("LOCATION", "")),
        uid=str(event.get("UID", "")),
        sequence=int(event.get("SEQUENCE", 0)),
    )
