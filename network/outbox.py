"""Mail goes out through an outbox: a row in the transaction of its cause, sent afterwards by a worker.

A message is rendered once, with a Message-ID of its own, so that a second attempt after a crash is recognisably the
same message. Delivery is at least once: a worker killed between the server's "accepted" and our commit sends it again.
"""

import logging
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage as MimeMessage
from email.utils import format_datetime, parseaddr
from time import monotonic
from typing import cast
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from network.models import OutgoingMail

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
LEASE = timedelta(minutes=5)
"""How long a worker may take over one message before another tries."""


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


def compose(letter: Letter, *, message_id: str, at: datetime) -> MimeMessage:
    """Return the whole MIME message: multipart/alternative with text, HTML (with pictures), calendar last."""
    message = MimeMessage(policy=policy.SMTP)
    message["From"] = _address(*parseaddr(settings.DEFAULT_FROM_EMAIL))
    message["To"] = _address(letter.recipient_name, letter.recipient)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
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
    return message


def _address(name: str, email: str) -> Address:
    """A header address: the name is quoted as need be, a Vietnamese domain written as mail servers read it."""
    local, _, domain = email.rpartition("@")
    printable = "".join(character for character in name if character.isprintable())
    return Address(display_name=printable, username=local, domain=domain.encode("idna").decode())


def queue(letter: Letter, *, at: datetime) -> OutgoingMail:
    """Write `letter` into the outbox, to be sent as soon as the surrounding transaction is committed."""
    message_id = f"<{uuid4()}@{settings.MAIL_DOMAIN}>"
    mail = OutgoingMail.objects.create(
        message_id=message_id,
        recipient=letter.recipient,
        subject=letter.subject[:300],
        mime=compose(letter, message_id=message_id, at=at).as_bytes(),
        queued_at=at,
        due_at=at,
    )
    transaction.on_commit(_wake.set)
    return mail


def opened(mail: OutgoingMail) -> MimeMessage:
    """Return the stored message, parsed, for the demo's mailbox page and for tests."""
    return message_from_bytes(bytes(mail.mime), policy=policy.default)


class _Mime(MimeMessage):
    """What Django's SMTP backend asks for by a keyword of its own."""

    def as_bytes(
        self, unixfrom: bool = False, policy: policy.Policy | None = None, *, linesep: str | None = None
    ) -> bytes:
        """Return the message as it is sent; its policy ends lines by CR LF already."""
        return super().as_bytes(unixfrom, policy)


class _Stored(EmailMessage):
    """Hands the stored MIME to any of Django's mail backends, unchanged."""

    def __init__(self, mail: OutgoingMail, mail_backend: BaseEmailBackend) -> None:
        super().__init__(subject=mail.subject, to=[mail.recipient], connection=mail_backend)
        self._mime = bytes(mail.mime)

    def message(self) -> MimeMessage:  # type: ignore[override]  # Django declares its own subclass of the same API
        return message_from_bytes(self._mime, _class=_Mime, policy=policy.SMTP)


def deliver_due(*, at: datetime, most: int = 50) -> int:
    """Send what is due, oldest first; return how many were sent. A failure is kept and tried again, later and later."""
    backend: BaseEmailBackend = get_connection(fail_silently=False)
    sent = 0
    started = monotonic()
    for _ in range(most):
        # The lease of each message starts when it is claimed, however long those before it took.
        now = at + timedelta(seconds=monotonic() - started)
        mail = _claim_next(now)
        if mail is None:
            break
        sent += _attempt(mail, backend, now)
    with suppress(Exception):
        backend.close()
    return sent


def _claim_next(at: datetime) -> OutgoingMail | None:
    """Claim the next due message by a lease, so that no lock is held while a mail server takes its time."""
    due = OutgoingMail.objects.filter(sent_at=None, due_at__lte=at, attempts__lt=MAX_ATTEMPTS).order_by("due_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    # Asked first without a transaction: on SQLite every transaction takes the one write lock.
    if not OutgoingMail.objects.filter(sent_at=None, due_at__lte=at, attempts__lt=MAX_ATTEMPTS).exists():
        return None
    with transaction.atomic():
        mail = due.first()
        if mail is not None:
            mail.attempts += 1
            mail.due_at = at + LEASE
            mail.save(update_fields=["attempts", "due_at"])
    return mail


def _attempt(mail: OutgoingMail, backend: BaseEmailBackend, at: datetime) -> bool:
    try:
        _Stored(mail, backend).send()
    except Exception as error:  # whatever a mail server can say: it is kept, and the next message goes on
        log.warning("mail %s not sent (attempt %d): %s", mail.message_id, mail.attempts, error)
        mail.last_error = str(error)[:300]
        mail.due_at = at + timedelta(seconds=15 * 4 ** min(mail.attempts, 6))
        with suppress(Exception):
            backend.close()
    else:
        mail.sent_at = at
        mail.last_error = ""
    mail.save(update_fields=["sent_at", "due_at", "last_error"])
    return mail.sent_at is not None


_wake = threading.Event()


def work(*, stop: threading.Event, idle_seconds: float = 5.0) -> None:
    """Send mail until `stop` is set: at once after a commit in this process, else every `idle_seconds`."""
    while not stop.is_set():
        _wake.clear()
        try:
            deliver_due(at=timezone.now())
        except Exception:
            log.exception("the outbox could not be read")
        finally:
            close_old_connections()
        _wake.wait(idle_seconds)


def start_worker() -> threading.Event:
    """Start the worker in a thread of this process; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=work, kwargs={"stop": stop}, name="outbox", daemon=True).start()
    return stop
