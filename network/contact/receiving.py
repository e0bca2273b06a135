"""Answers by mail: `receive` takes a message to an alias, and passes on what was written, from nobody's address."""

from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from network.accounts import addresses
from network.contact import mails, masking, quoting, writing
from network.contact.aliases import place_of
from network.contact.incoming import Incoming
from network.contact.refusals import UnknownSender
from network.models import ContactMessage, ContactPlace
from network.refusals import Invalid, Refusal, each


class Outcome(StrEnum):
    """What became of a message."""

    TAKEN = "TAKEN"
    AGAIN = "AGAIN"
    DROPPED = "DROPPED"
    RETURNED = "RETURNED"
    UNKNOWN = "UNKNOWN"


def receive(*, incoming: Incoming, at: datetime) -> Outcome:
    """Take an answer that came to an alias and pass it on, as if it had been written in its thread.

    UNKNOWN: no alias of ours. DROPPED: a machine wrote it, nobody is told. AGAIN: it was taken before. RETURNED: a rule
    refused it; the person whose alias it is hears why, at the address of their account and never at the sender's.
    """
    place = place_of(incoming.to)
    if place is None:
        return Outcome.UNKNOWN
    if incoming.is_automatic:
        return Outcome.DROPPED
    if ContactMessage.objects.filter(mail_print=incoming.print).exclude(mail_print="").exists():
        return Outcome.AGAIN
    try:
        with transaction.atomic():
            _passed_on(place, incoming, at)
    except IntegrityError:  # the same mail came twice at once
        return Outcome.AGAIN
    except Refusal as refusal:
        mails.returned(place=place, refusal=each(refusal)[0], at=at)
        return Outcome.RETURNED
    if incoming.attachments:
        mails.returned(place=place, refusal=Invalid(field="body", reason="no_attachments"), at=at)
    return Outcome.TAKEN


def _passed_on(place: ContactPlace, incoming: Incoming, at: datetime) -> None:
    """Raises what `writing.reply` raises, and UnknownSender for an address that the alias's person has not proven."""
    if not addresses.is_proven_as(place.person, incoming.sender):
        raise UnknownSender()
    emails, phones = masking.marks_of(place.thread, besides=incoming.sender)
    body = masking.masked(quoting.without_history(incoming.text), emails=emails, phones=phones)
    writing.reply(
        thread_id=place.thread_id,
        actor=place.person,
        body=body,
        channel=ContactMessage.Channel.MAIL,
        at=at,
        mail_print=incoming.print,
    )
