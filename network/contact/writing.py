"""Writing to an entry, and answering in a thread."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from network.accounts import addresses
from network.contact import bounds, mails, parties, words
from network.contact.parties import Side
from network.contact.refusals import BlockedByYou, NotDelivered, NotVerified, OwnEntry, TakesNoMessages, WritingStopped
from network.models import ContactMessage, ContactStop, ContactThread, Organisation, Person, Profile
from network.refusals import NotFound, gather

Channel = ContactMessage.Channel
Entry = Profile | Organisation


def send(*, entry: Entry, actor: Person, subject: str, body: str, channel: Channel, at: datetime) -> ContactThread:
    """Begin a thread with an entry and return it; its readers get a letter that does not tell the actor's address.

    Raises NotVerified, WritingStopped, NotFound (not listed), TakesNoMessages, OwnEntry, TooManyTries, WaitsForAnswer,
    NotDelivered, and Invalid at `subject` and `body` (`network.contact.words`).
    """
    with transaction.atomic():
        writer = _locked(actor)
        thread = ContactThread(writer=writer, started_at=at, last_at=at, **_addressed(entry))
        to = Q(organisation=thread.organisation) if thread.organisation else Q(person=thread.person)
        _refuse_entry(entry, thread, writer)
        thread.subject, said = gather(
            lambda: words.subject_cleaned(subject),
            lambda: words.body_cleaned(body, is_first=True, is_new=bounds.is_new(writer, at)),
        )
        bounds.refuse_too_many_messages(writer, at)
        bounds.refuse_too_many_threads(writer, to, at)
        bounds.refuse_unanswered(writer, to)
        _refuse_undeliverable(thread, Side.WRITER)
        thread.save()
        _said(thread, writer, Side.WRITER, said, channel, at)
    return thread


def reply(
    *, thread_id: int, actor: Person, body: str, channel: Channel, at: datetime, mail_print: str = ""
) -> ContactMessage:
    """Say something in a thread and return it; the other side gets a letter.

    `mail_print`: of the mail that it came by, which is taken once. Raises NotFound (none, or not the actor's),
    NotVerified, WritingStopped, BlockedByYou, NotDelivered, TooManyTries, WaitsForAnswer, and Invalid at `body`.
    """
    with transaction.atomic():
        rows = ContactThread.objects.select_related("writer", "person", "organisation")
        thread = rows.filter(pk=thread_id).first()
        side = parties.side_of(thread, actor) if thread else None
        if thread is None or side is None:
            raise NotFound(kind="thread")
        sender = _locked(actor)
        said = words.body_cleaned(body, is_first=False, is_new=bounds.is_new(sender, at))
        bounds.refuse_too_many_messages(sender, at)
        _refuse_undeliverable(thread, side)
        bounds.refuse_out_of_turn(thread, side)
        thread.last_at = at
        thread.save(update_fields=["last_at"])
        return _said(thread, sender, side, said, channel, at, mail_print)


def _locked(actor: Person) -> Person:
    """The actor's row, locked: what they write at once is counted one after the other. Raises NotVerified,
    WritingStopped."""
    person = Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if not person.is_active or not addresses.is_proven(person):
        raise NotVerified()
    if ContactStop.objects.filter(person=person).exists():
        raise WritingStopped()
    return person


def _addressed(entry: Entry) -> dict[str, Person | Organisation]:
    return {"person": entry.person} if isinstance(entry, Profile) else {"organisation": entry}


def _refuse_entry(entry: Entry, thread: ContactThread, writer: Person) -> None:
    if not entry.is_listed:
        raise NotFound(kind="entry")
    if not entry.takes_messages:
        raise TakesNoMessages()
    own = thread.person_id == writer.pk or (thread.organisation_id in set(parties.owned_by(writer)))
    if own:
        raise OwnEntry()


def _refuse_undeliverable(thread: ContactThread, side: Side) -> None:
    """That they blocked the actor and that nobody is left to read look the same."""
    if parties.blocks(thread, by=side).exists():
        raise BlockedByYou()
    if parties.blocks(thread, by=side.other).exists() or not parties.readers(thread, side.other):
        raise NotDelivered()


def _said(
    thread: ContactThread, sender: Person, side: Side, body: str, channel: Channel, at: datetime, mail_print: str = ""
) -> ContactMessage:
    message = ContactMessage.objects.create(
        thread=thread,
        sender=sender,
        by_writer=side is Side.WRITER,
        body=body,
        channel=channel,
        mail_print=mail_print,
        sent_at=at,
    )
    own = parties.places(thread, [sender])
    for place in own:
        place.read_at = at
        place.save(update_fields=["read_at"])
    mails.passed_on(message=message, places=parties.places(thread, parties.readers(thread, side.other)), at=at)
    return message
