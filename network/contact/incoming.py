"""A message as it comes from a mail server (RFC 5322), read for what the relay needs. Nothing else of it is kept."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from hashlib import sha256
from html.parser import HTMLParser

from network.contact.aliases import ALIAS

LARGEST = 15_000_000
BULK = {"bulk", "list", "junk", "auto_reply"}
MACHINES = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@")
TELLTALES = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Reply-To", "X-Failed-Recipients")
ENVELOPES = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What was sent to an alias: by which address, what it says, and what else comes with it."""

    to: str
    sender: str
    text: str
    print: str = ""
    """Names the mail, so that it is taken once; its Message-ID cannot be read from it."""
    is_automatic: bool = False
    attachments: int = 0


def read(raw: bytes, *, to: str = "") -> Incoming:
    """Read a message; `to` is what the mail server says that it is for, else the first alias in its head."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)  # what this policy makes
    named = to or _addressed(message)
    message_id = _head(message, "Message-ID").strip()
    return Incoming(
        to=named,
        sender=parseaddr(_head(message, "From"))[1].lower(),
        text=_text(message),
        print=sha256(f"{named.lower()} {message_id}".encode()).hexdigest() if message_id else sha256(raw).hexdigest(),
        is_automatic=_is_automatic(message),
        attachments=sum(1 for part in message.walk() if _is_attached(part)),
    )


def _head(message: EmailMessage, name: str) -> str:
    """A header that may be malformed: what cannot be read is empty."""
    try:
        return str(message.get(name, ""))
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _addressed(message: EmailMessage) -> str:
    # One by one: older Pythons (3.11.2) stop reading at a header that is empty.
    heads = (_head(message, name) for name in ENVELOPES)
    found = (address for head in heads if head for _name, address in getaddresses([head]))
    return next((address for address in found if ALIAS.fullmatch(address)), "")


def _is_automatic(message: EmailMessage) -> bool:
    """Vacation notes, bounces, newsletters: nobody sat there (RFC 3834)."""
    said = _head(message, "Auto-Submitted").partition(";")[0].strip().lower()
    sender = parseaddr(_head(message, "From"))[1].lower()
    return (
        said not in {"", "no"}
        or _head(message, "Precedence").strip().lower() in BULK
        or _head(message, "Return-Path").strip() == "<>"
        or message.get_content_type() in {"multipart/report", "message/delivery-status"}
        or sender.startswith(MACHINES)
        or any(name in message for name in TELLTALES)
    )


def _is_attached(part: object) -> bool:
    """A file that somebody chose. Pictures inside a text (logos under a signature) are left out without a word."""
    assert isinstance(part, EmailMessage)
    if part.is_multipart() and part.get_content_type() != "message/rfc822":
        return False
    if part.get_content_disposition() == "attachment":
        return True
    inside = part.get_content_maintype() == "image" and "Content-ID" in part
    return part.get_content_maintype() not in {"text", "multipart"} and not inside


def _text(message: EmailMessage) -> str:
    """The plain part; where there is none, the HTML one as text."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        said = str(part.get_content())
    except (LookupError, ValueError, AttributeError):  # an encoding that nobody knows
        payload = part.get_payload(decode=True)
        said = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return as_text(said) if part.get_content_type() == "text/html" else said


class _Reader(HTMLParser):
    """Collects what an HTML mail says, line by line; what it quotes begins with “>”."""

    BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "table", "ul", "ol"})
    UNSAID = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.quoted = self.unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a quotation, or something that is not shown."""
        if tag in self.UNSAID:
            self.unsaid += 1
        if tag in self.BLOCKS:
            self.lines.append("")
        if tag == "blockquote":
            self.quoted += 1

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in self.UNSAID:
            self.unsaid = max(0, self.unsaid - 1)
        if tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Take the words."""
        if self.unsaid:
            return
        words = " ".join(data.split())
        if words:
            lead = "> " if self.quoted and not self.lines[-1] else ""
            gap = " " if self.lines[-1] and data[0].isspace() else ""
            tail = " " if data[-1].isspace() else ""
            self.lines[-1] = f"{self.lines[-1].rstrip() if gap else self.lines[-1]}{gap}{lead}{words}{tail}"


def as_text(html: str) -> str:
    """Return what an HTML mail says as plain text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(line.rstrip() for line in reader.lines)
