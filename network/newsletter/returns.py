"""Letters that came back (RFC 3464) and complaints (ARF, RFC 5965), as the mail server hands them on.

A report counts only if it carries the Message-ID of a letter of ours: those are random, so that nobody can end somebody
else's subscription by making a report up. Each letter counts once however often it is reported.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.db import transaction

from network.models import MailingRecipient, OutgoingMail, Subscription
from network.newsletter import subscriptions

MOST_SOFT = 3
MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
SOFT_OF_FIVE = {"5.2.2"}
"""Permanent by number, yet it passes: the mailbox is full."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of a report: HARD, SOFT, COMPLAINT, or why nothing did (UNKNOWN_LETTER, NO_REPORT, COUNTED)."""

    outcome: str
    ended: bool = False


def take(*, raw: bytes, at: datetime) -> Told:
    """Take a report that came by mail, and act on it."""
    message = message_from_bytes(raw, policy=policy.default)
    kind = _kind(message)
    if not kind:
        return Told(outcome="NO_REPORT")
    mail = _letter(raw)
    if mail is None:
        return Told(outcome="UNKNOWN_LETTER")
    with transaction.atomic():
        row = _subscription(mail)
        if row is None:
            return Told(outcome="UNKNOWN_LETTER")
        received = MailingRecipient.objects.select_for_update().filter(mail=mail).first()
        if kind == "COMPLAINT":
            return _complained(row, received, at)
        return _bounced(row, received, kind, at)


def _complained(row: Subscription, received: MailingRecipient | None, at: datetime) -> Told:
    subscriptions.end(row, Subscription.Ended.COMPLAINED, at=at)
    if received is not None and received.left_at is None:
        received.left_at = at
        received.save(update_fields=["left_at"])
    return Told(outcome="COMPLAINT", ended=True)


def _bounced(row: Subscription, received: MailingRecipient | None, kind: str, at: datetime) -> Told:
    if received is not None:
        if received.bounced_at is not None:
            return Told(outcome="COUNTED", ended=row.ended_at is not None)
        received.bounced_at = at
        received.save(update_fields=["bounced_at"])
    if kind == "SOFT":
        row.soft_bounces += 1
        row.save(update_fields=["soft_bounces"])
    ends = kind == "HARD" or row.soft_bounces >= MOST_SOFT
    if ends:
        subscriptions.end(row, Subscription.Ended.BOUNCED, at=at)
    return Told(outcome=kind, ended=ends)


def _kind(message: EmailMessage) -> str:
    """HARD, SOFT or COMPLAINT; "" for anything else, a letter that is only late among it."""
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/feedback-report":
            return "COMPLAINT" if "abuse" in _fields(part).get("feedback-type", "") else ""
        if kind == "message/delivery-status":
            fields = _fields(part)
            status = fields.get("status", "").split(" ")[0]
            if fields.get("action", "") != "failed":
                return ""
            return "HARD" if status.startswith("5.") and status not in SOFT_OF_FIVE else "SOFT"
    return ""


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if isinstance(part, EmailMessage):
            yield part


def _fields(part: EmailMessage) -> dict[str, str]:
    """The header-like lines of a report, in lower case; the parser makes messages of their paragraphs."""
    held = part.get_payload()
    text = "\n".join(str(each) for each in held) if isinstance(held, list) else str(held)
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip().lower())
    return found


def _letter(raw: bytes) -> OutgoingMail | None:
    """The letter that is reported on: one of the Message-IDs within is ours; the report's own is not."""
    named = [found.decode(errors="replace") for found in MESSAGE_ID.findall(raw)]
    return OutgoingMail.objects.filter(message_id__in=named).first()


def _subscription(mail: OutgoingMail) -> Subscription | None:
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("person")
    by_letter = rows.filter(received__mail=mail).first()
    if by_letter is not None:
        return by_letter
    return (
        rows.filter(person__email__iexact=mail.recipient).first() or rows.filter(email__iexact=mail.recipient).first()
    )
