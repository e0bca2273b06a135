"""Readers of the newsletter, a mailing to them, and reports that come back."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission

from network import consents, outbox
from network.consents import Purpose
from network.models import Consent, Mailing, OutgoingMail, Person, Subscription
from network.newsletter import audience, links, mailings, subscriptions
from network.newsletter.audience import Segment
from network.newsletter.subscriptions import Choices
from tests.factories import NOW, PersonFactory

SITE = Consent.Channel.SITE


def bare(email: str, at: datetime = NOW, **choices: Any) -> Subscription:
    """Somebody without an account who asked and confirmed."""
    subscriptions.ask(email=email, choices=Choices(**choices), channel=SITE, at=at)
    row = Subscription.objects.get(email=email)
    return subscriptions.confirm(token=links.to_confirm(row.pk, row.rounds), at=at)


def agreed(person: Person | None = None) -> Person:
    """Somebody with an account who agreed to the newsletter."""
    person = person or PersonFactory.create()
    consents.give(person=person, purposes=[Purpose.NEWSLETTER], language="vi", channel=SITE, at=NOW)
    return person


def sender() -> Person:
    """Who may send newsletters."""
    person = PersonFactory.create(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="change_mailing"))
    return Person.objects.get(pk=person.pk)


CONTENTS = {"vi": {"subject": "Tin", "preheader": "", "parts": []}}


def mailing(per_minute: int = 60, segment: Segment | None = None, begun: bool = True) -> Mailing:
    """A mailing to all who are in the segment."""
    wanted = segment or Segment()
    made = mailings.schedule(
        segment=wanted,
        expected=len(audience.readers(segment=wanted)),
        per_minute=per_minute,
        due_at=NOW,
        actor=sender(),
        at=NOW,
    )
    if begun:
        mailings.begin(mailing_id=made.pk, contents=CONTENTS, at=NOW)
        made.refresh_from_db()
    return made


def address_in(mail: OutgoingMail, word: str) -> str:
    """The path of the link in a letter that holds the word."""
    text = outbox.opened(mail).get_body(("plain",)).get_content()  # type: ignore[union-attr]  # letters have one
    found = re.search(rf"https?://[^/\s]+(/\S*{word}\S*)", text)
    assert found, text
    return found[1]


def report(mail: OutgoingMail, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery status notification (RFC 3464) as Postfix writes it."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: bounce@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <report@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4ABC

Final-Recipient: rfc822; {mail.recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

From: bantin@example.org
To: {mail.recipient}
Message-ID: {mail.message_id}

--b--
""".replace("\n", "\r\n").encode()


def complaint(mail: OutgoingMail, kind: str = "abuse") -> bytes:
    """A complaint (RFC 5965)."""
    return f"""From: fbl@provider.example
To: fbl@example.org
Message-ID: <fbl@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider/1.0
Version: 1

--b
Content-Type: message/rfc822

From: bantin@example.org
Message-ID: {mail.message_id}
Subject: x

x
--b--
""".replace("\n", "\r\n").encode()
