"""The worker: claims what is due, hands it to the mail server, writes down what came of it."""

import logging
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as MimeMessage
from time import monotonic

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import close_old_connections, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from network import chores
from network.models import OutgoingMail
from network.outbox.posting import wake
from network.outbox.writing import SubjectGone, written

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
LEASE = timedelta(minutes=5)
"""How long a worker may take over one message before another tries."""
BATCH = 50
"""After so many messages it is seen to whether a chore is due."""


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
        self._mime = written(mail)
        super().__init__(subject=mail.subject, to=[mail.recipient], connection=mail_backend)

    def message(self) -> MimeMessage:  # type: ignore[override]  # Django declares its own subclass of the same API
        return message_from_bytes(self._mime, _class=_Mime, policy=policy.SMTP)


def deliver_due(*, at: datetime, most: int = BATCH) -> int:
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


def due_now(at: datetime) -> QuerySet[OutgoingMail]:
    """Return what may go out now: due, not given up, and with nothing of its thread before it.

    A letter waits as long as an earlier one of its thread may still go: it is unsent and will be tried again, or a
    worker has it in hand for the last time. So a calendar is never told to drop an entry before it got it.
    """
    waiting = Q(sent_at=None) & (Q(attempts__lt=MAX_ATTEMPTS) | Q(due_at__gt=at))
    earlier = OutgoingMail.objects.filter(waiting, thread=OuterRef("thread"), pk__lt=OuterRef("pk"))
    due = OutgoingMail.objects.filter(sent_at=None, due_at__lte=at, attempts__lt=MAX_ATTEMPTS)
    return due.filter(Q(thread="") | ~Exists(earlier)).order_by("due_at", "id")


def _claim_next(at: datetime) -> OutgoingMail | None:
    """Claim the next due message by a lease, so that no lock is held while a mail server takes its time."""
    due = due_now(at)
    # Asked first without a transaction: on SQLite every transaction takes the one write lock.
    if not due.exists():
        return None
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
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
    except SubjectGone as gone:
        log.info("mail %s dropped: %s", mail.message_id, gone)
        _give_up(mail, f"dropped: {gone}", at)
    except Exception as error:  # whatever a mail server can say: it is kept, and the next message goes on
        log.warning("mail %s not sent (attempt %d): %s", mail.message_id, mail.attempts, error)
        _put_off(mail, str(error), at)
        with suppress(Exception):
            backend.close()
    else:
        mail.sent_at = at
        mail.last_error = ""
    mail.save(update_fields=["sent_at", "due_at", "attempts", "last_error"])
    return mail.sent_at is not None


def _put_off(mail: OutgoingMail, error: str, at: datetime) -> None:
    if mail.attempts >= MAX_ATTEMPTS:
        _give_up(mail, error, at)
        return
    mail.last_error = error[:300]
    mail.due_at = at + timedelta(seconds=15 * 4 ** min(mail.attempts, 6))


def _give_up(mail: OutgoingMail, error: str, at: datetime) -> None:
    """No further attempt; being due at once, it holds nobody up who comes after it."""
    mail.last_error, mail.attempts, mail.due_at = error[:300], MAX_ATTEMPTS, at


def work(*, stop: threading.Event, idle_seconds: float = 5.0) -> None:
    """Send mail and do chores until `stop` is set: at once after a commit in this process, else every
    `idle_seconds`."""
    while not stop.is_set():
        wake.clear()
        sent = 0
        try:
            sent = deliver_due(at=timezone.now(), most=BATCH)
            chores.do_due(at=timezone.now())
        except Exception:
            log.exception("the outbox could not be read")
        finally:
            close_old_connections()
        if sent < BATCH:
            wake.wait(idle_seconds)


def start_worker() -> threading.Event:
    """Start the worker in a thread of this process; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=work, kwargs={"stop": stop}, name="outbox", daemon=True).start()
    return stop
