"""Writing a message, once: from a draft's kind and facts, by the writer that a room registered for the kind."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage as MimeMessage

from network.models import OutgoingMail
from network.outbox.letter import Letter, compose

Writer = Callable[[OutgoingMail], Letter]
WRITERS: dict[str, Writer] = {}


class SubjectGone(LookupError):
    """What a letter was to be about, or whom it was to reach, exists no longer: it is dropped."""


def writer(*kinds: str) -> Callable[[Writer], Writer]:
    """Register a function as the writer of these kinds. It may raise SubjectGone."""

    def register(function: Writer) -> Writer:
        WRITERS.update(dict.fromkeys(kinds, function))
        return function

    return register


def written(mail: OutgoingMail) -> bytes:
    """Return the message, written now if it is not yet. Whoever writes first is kept: it is never written over.

    Raises SubjectGone, and LookupError for a kind without a writer.
    """
    if mail.mime is None:
        letter = WRITERS[mail.kind](mail)
        mime = compose(letter, message_id=mail.message_id, at=mail.queued_at).as_bytes()
        unwritten = OutgoingMail.objects.filter(pk=mail.pk, mime=None)
        unwritten.update(mime=mime, subject=letter.subject[:300])
        mail.refresh_from_db(fields=["mime", "subject"])
    return bytes(mail.mime or b"")


def opened(mail: OutgoingMail) -> MimeMessage:
    """Return the message, parsed, for the demo's mailbox page and for tests. Raises SubjectGone."""
    return message_from_bytes(written(mail), policy=policy.default)
