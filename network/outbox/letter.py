"""A letter as it is to be read, and the MIME message that carries it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage as MimeMessage
from email.utils import format_datetime, parseaddr
from typing import Any, cast

from django.conf import settings


class _Policy(policy.EmailPolicy):
    """Python's own folding of a long subject loses the space between two of its encoded words: “ĐỗHải Nam”."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as it is sent."""
        if name.lower() != "subject" or str(value).isascii():
            return super().fold_binary(name, value)
        folded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


SMTP = _Policy(linesep="\r\n")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image shown inside the HTML part by `cid:` and its `cid`."""

    cid: str
    png: bytes


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is to be sent: both bodies, pictures inside, and at most one calendar part (RFC 6047)."""

    recipient: str
    recipient_name: str = ""
    subject: str
    text: str
    html: str
    language: str = "vi"
    pictures: Iterable[Picture] = field(default_factory=tuple)
    calendar: bytes | None = None
    calendar_method: str = "REQUEST"
    sender_name: str = ""
    """Who speaks, where it is not the house: the address stays ours."""
    reply_to: str = ""
    references: str = ""
    """A Message-ID that the letters of a conversation refer to."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Header lines of this kind of letter, such as List-Unsubscribe."""


def compose(letter: Letter, *, message_id: str, at: datetime) -> MimeMessage:
    """Return the whole MIME message: multipart/alternative with text, HTML (with pictures), calendar last."""
    message = MimeMessage(policy=SMTP)
    house, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message["From"] = _address(letter.sender_name or house, sender)
    message["To"] = _address(letter.recipient_name, letter.recipient)
    if letter.reply_to:
        message["Reply-To"] = _address("", letter.reply_to)
    if letter.references:
        message["References"] = letter.references
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in letter.headers.items():
        message[name] = value
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    html = cast(MimeMessage, message.get_payload(1))
    for picture in letter.pictures:
        html.add_related(picture.png, "image", "png", cid=f"<{picture.cid}>", disposition="inline")
    if letter.calendar is not None:
        # Clients take the last alternative that they understand; Outlook and Gmail look for the calendar here.
        message.add_alternative(
            letter.calendar,
            maintype="text",
            subtype="calendar",
            params={"charset": "UTF-8", "method": letter.calendar_method},
            cte="base64",
        )
    # Last: what is set before goes with the first part as the message becomes one of several.
    message["Content-Language"] = letter.language
    return message


def _address(name: str, email: str) -> Address:
    """A header address: the name is quoted as need be, a Vietnamese domain written as mail servers read it."""
    local, _, domain = email.rpartition("@")
    printable = "".join(character for character in name if character.isprintable())
    return Address(display_name=printable, username=local, domain=domain.encode("idna").decode())
