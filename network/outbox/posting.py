"""What rules do: leave a draft, or (where there is nothing to look up later) a finished letter."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from network.models import OutgoingMail
from network.outbox.letter import Letter, compose
from network.statements import insert

NOWHERE = "@deleted.invalid"
"""How the addresses of erased people end (`network.erasure`); no mail can ever go there (RFC 2606)."""
wake = threading.Event()
"""Set after a commit in this process: its worker need not wait for its next round."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter that is still to be written: of which kind, about what, to whom.

    `facts` are JSON: ids, and what must be said as it was when the draft was left. Letters of one `thread` leave in
    the order in which they were posted. One that `waits` goes out so much later.
    """

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    recipient: str
    language: str = "vi"
    thread: str = ""
    waits: timedelta = timedelta(0)


def post(drafts: Iterable[Draft], *, at: datetime) -> list[OutgoingMail]:
    """Leave drafts in the outbox, to be written and sent once the surrounding transaction is committed; return them.

    Whoever was erased has no address any more: nothing is left for them.
    """
    rows = [
        OutgoingMail(
            message_id=_new_message_id(),
            recipient=draft.recipient,
            language=draft.language,
            kind=draft.kind,
            facts=dict(draft.facts),
            thread=draft.thread,
            queued_at=at,
            due_at=at + draft.waits,
        )
        for draft in drafts
        if not draft.recipient.endswith(NOWHERE)
    ]
    if len(rows) == 1:
        insert(rows[0])
    else:
        OutgoingMail.objects.bulk_create(rows)
    transaction.on_commit(wake.set)
    return rows


def queue(letter: Letter, *, at: datetime) -> OutgoingMail:
    """Put a finished letter into the outbox, to be sent once the surrounding transaction is committed."""
    message_id = _new_message_id()
    mail = OutgoingMail.objects.create(
        message_id=message_id,
        recipient=letter.recipient,
        subject=letter.subject[:300],
        language=letter.language,
        mime=compose(letter, message_id=message_id, at=at).as_bytes(),
        queued_at=at,
        due_at=at,
    )
    transaction.on_commit(wake.set)
    return mail


def _new_message_id() -> str:
    return f"<{uuid4()}@{settings.MAIL_DOMAIN}>"
