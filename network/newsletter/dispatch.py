"""Sending: every minute so many letters go into the outbox, each reader's once, whoever still wants it.

A turn is one transaction under the mailing's lock: it takes the next readers, asks once more whether each still agrees,
leaves their letters and says so in their rows. A worker that dies in it has done nothing; one that comes second finds
the turn taken. The outbox spreads the letters over the minute and sends each under its own Message-ID.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from network import outbox
from network.models import Mailing, MailingRecipient, OutgoingMail
from network.newsletter import audience, mailings
from network.newsletter.audience import Reader, Segment

log = logging.getLogger(__name__)
ISSUE_KIND = "newsletter.issue"
TURN = timedelta(minutes=1)
EARLY = timedelta(seconds=5)
"""A chore's minute is never exact: a turn a little early is whole."""
State = MailingRecipient.State


def turn(*, at: datetime) -> int:
    """Give every mailing that is going out its turn; return how many letters were left. A chore."""
    going = Mailing.objects.filter(state=Mailing.State.SENDING).order_by("due_at", "pk")
    return sum(turn_of(mailing_id=mailing_id, at=at) for mailing_id in going.values_list("pk", flat=True))


def turn_of(*, mailing_id: int, at: datetime) -> int:
    """Leave the letters of one minute in the outbox; return how many. Nothing before the minute is over."""
    with transaction.atomic():
        mailing = mailings.held(mailing_id)
        if mailing.state != Mailing.State.SENDING or _is_early(mailing, at):
            return 0
        rows = list(mailing.recipients.filter(state=State.WAITING).order_by("pk")[: mailing.per_minute])
        if not rows:
            mailing.state, mailing.ended_at = Mailing.State.SENT, at
            mailing.save()
            return 0
        sent = _post(mailing, rows, at)
        mailing.turned_at = at
        mailing.save(update_fields=["turned_at"])
    return sent


def _is_early(mailing: Mailing, at: datetime) -> bool:
    return mailing.turned_at is not None and at - mailing.turned_at < TURN - EARLY


def _post(mailing: Mailing, rows: list[MailingRecipient], at: datetime) -> int:
    still = still_wanted(rows)
    wanted = [row for row in rows if row.subscription_id in still]
    apart = TURN / mailing.per_minute
    drafts = [
        outbox.Draft(
            kind=ISSUE_KIND,
            facts={"recipient": row.pk},
            recipient=still[row.subscription_id].email,
            language=row.language,
            waits=apart * number,
        )
        for number, row in enumerate(wanted)
    ]
    posted = outbox.post(drafts, at=at)
    keys = dict(
        OutgoingMail.objects.filter(message_id__in=[mail.message_id for mail in posted]).values_list("message_id", "pk")
    )
    for row in rows:
        row.state = State.DROPPED
    for row, mail in zip(wanted, posted, strict=True):
        row.state, row.mail_id = State.POSTED, keys[mail.message_id]
    MailingRecipient.objects.bulk_update(rows, ["state", "mail"], batch_size=200)
    return len(wanted)


def still_wanted(rows: list[MailingRecipient]) -> dict[int, Reader]:
    """Return who of these still agrees and can be reached, by their subscription."""
    found = audience.readers(segment=Segment(), only=[row.subscription_id for row in rows])
    return {reader.subscription_id: reader for reader in found}
