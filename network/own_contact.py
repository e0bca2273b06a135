"""What the relay and the suggestions hold about a person: what they wrote and were written, blocks, reports."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network import mentions
from network.contact import parties
from network.contact.mails import MESSAGE, STOPPED, WARNED
from network.models import (
    ContactBlock,
    ContactMessage,
    ContactPlace,
    ContactReport,
    ContactStop,
    ContactThread,
    OutgoingMail,
    Person,
    SuggestionDismissal,
)
from network.own_data import Erasure, Row, section


def _messages(person: Person) -> Iterator[Row]:
    """What they wrote, and what was written to them; what colleagues wrote for an organisation is not theirs."""
    own = Q(sender=person) | Q(thread__writer=person, by_writer=False) | Q(thread__person=person, by_writer=True)
    rows = ContactMessage.objects.filter(own).select_related("sender", "thread__person", "thread__organisation")
    read = dict(ContactPlace.objects.filter(person=person).values_list("thread_id", "read_at"))
    for message in rows:
        yield {
            "subject": message.thread.subject,
            "from": message.sender.full_name,
            "entry": parties.entry_name(message.thread),
            "sent_at": message.sent_at,
            "channel": message.get_channel_display(),
            "body": message.body,
            "read_at": read.get(message.thread_id),
        }


def _erase_messages(erasure: Erasure) -> None:
    """Their words go, in the letters that carried them too; that something was said, and when, stays with the other."""
    person = erasure.person
    own = ContactMessage.objects.filter(sender=person)
    kinds = (MESSAGE, STOPPED, WARNED)
    carrying = OutgoingMail.objects.filter(kind__in=kinds, facts__message__in=list(own.values_list("pk", flat=True)))
    mentions.clear_letters(carrying, about=lambda mail: True)
    own.update(body="", mail_print="")
    ContactThread.objects.filter(writer=person).update(subject="…")
    ContactPlace.objects.filter(person=person).delete()
    for model, field in ((ContactMessage, "body"), (ContactThread, "subject"), (ContactReport, "note")):
        mentions.strike(mentions.naming(model.objects.all(), erasure.marks, field), erasure.marks, field)


def _blocks(person: Person) -> Iterator[Row]:
    for block in ContactBlock.objects.filter(by_person=person).select_related("of_person", "of_organisation"):
        yield {"of": str(block.of_person or block.of_organisation), "made_at": block.made_at}


def _erase_blocks(erasure: Erasure) -> None:
    ContactBlock.objects.filter(Q(by_person=erasure.person) | Q(of_person=erasure.person)).delete()


def _reports(person: Person) -> Iterator[Row]:
    """What they reported. Who reported a message of theirs is not told; what followed they got by letter."""
    for report in ContactReport.objects.filter(reporter=person):
        yield {
            "reason": report.get_reason_display(),
            "note": report.note,
            "reported_at": report.reported_at,
            "outcome": report.get_outcome_display(),
        }
    for stop in ContactStop.objects.filter(person=person):
        yield {"reason": _("Your messages were stopped"), "note": "", "reported_at": stop.stopped_at, "outcome": ""}


def _erase_reports(erasure: Erasure) -> None:
    ContactReport.objects.filter(reporter=erasure.person).update(note="")
    ContactStop.objects.filter(person=erasure.person).delete()


def _dismissals(person: Person) -> Iterator[Row]:
    for row in SuggestionDismissal.objects.filter(person=person).select_related("profile__person", "organisation"):
        yield {"entry": str(row.profile or row.organisation), "dismissed_at": row.dismissed_at}


section(
    "contact",
    rank=1,
    title=_("Messages through the directory"),
    columns={
        "subject": _("Subject"),
        "from": _("From"),
        "entry": _("Written to the entry"),
        "sent_at": _("Sent"),
        "channel": _("Came by"),
        "body": _("Message"),
        "read_at": _("Read"),
    },
    hidden=("body",),
    models=(ContactMessage, ContactThread, ContactPlace),
    collect=_messages,
    erase=_erase_messages,
)
section(
    "contact_blocks",
    rank=1,
    title=_("Whom you blocked"),
    columns={"of": _("Name"), "made_at": _("Since")},
    models=(ContactBlock,),
    collect=_blocks,
    erase=_erase_blocks,
)
section(
    "contact_reports",
    rank=1,
    title=_("Messages that you reported"),
    columns={"reason": _("Reason"), "note": _("In your words"), "reported_at": _("Reported"), "outcome": _("Outcome")},
    models=(ContactReport, ContactStop),
    collect=_reports,
    erase=_erase_reports,
)
section(
    "dismissals",
    rank=1,
    title=_("Suggestions that are not for you"),
    columns={"entry": _("Entry"), "dismissed_at": _("Since")},
    models=(SuggestionDismissal,),
    collect=_dismissals,
    erase=lambda erasure: _undismissed(erasure.person),
)


def _undismissed(person: Person) -> None:
    SuggestionDismissal.objects.filter(person=person).delete()
