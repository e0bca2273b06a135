"""Reported messages: a reader takes one to those who keep the directory, who see that one and nothing else."""

from datetime import datetime

from django.db import transaction

from network import permissions
from network.contact import mails, parties
from network.contact.parties import Side
from network.models import ContactMessage, ContactReport, ContactStop, Person
from network.refusals import Invalid, NotFound, NotPermitted, Refusal

Reason, Outcome = ContactReport.Reason, ContactReport.Outcome
LONGEST_NOTE = 400


class AlreadySettled(Refusal):
    """Another keeper was faster."""

    code = "ALREADY_SETTLED"


def report(*, message_id: int, actor: Person, reason: str, note: str = "", at: datetime) -> ContactReport:
    """Report a message of the other side and return the report; reported again, it stays as it is.

    Raises NotFound (none, or not written to the actor), and Invalid at `reason` (unknown) and `note` (too_long).
    """
    message = ContactMessage.objects.select_related("thread__writer").filter(pk=message_id).first()
    side = parties.side_of(message.thread, actor) if message else None
    if message is None or side is None or message.by_writer == (side is Side.WRITER) or not message.body:
        raise NotFound(kind="message")
    if reason not in Reason.values:
        raise Invalid(field="reason", reason="unknown")
    if len(note.strip()) > LONGEST_NOTE:
        raise Invalid(field="note", reason="too_long", limit=LONGEST_NOTE)
    facts = {"reason": reason, "note": note.strip(), "reported_at": at}
    return ContactReport.objects.get_or_create(message=message, reporter=actor, defaults=facts)[0]


def settle(*, report_id: int, actor: Person, outcome: str, at: datetime) -> ContactReport:
    """Settle every open report of a message at once; the sender is warned or stopped, by a letter. Return the report.

    Raises NotPermitted, NotFound, AlreadySettled, and Invalid at `outcome` (unknown).
    """
    if not permissions.may_settle_reports(actor):
        raise NotPermitted()
    if outcome not in Outcome.values:
        raise Invalid(field="outcome", reason="unknown")
    with transaction.atomic():
        found = ContactReport.objects.filter(pk=report_id).values_list("message_id", flat=True).first()
        if found is None:
            raise NotFound(kind="report")
        message = ContactMessage.objects.select_for_update(of=("self",)).select_related("sender").get(pk=found)
        rows = ContactReport.objects.filter(message=message, outcome="")
        if not rows.filter(pk=report_id).exists():
            raise AlreadySettled()
        rows.update(outcome=outcome, settled_by=actor, settled_at=at)
        _follow(message, outcome, actor, at)
    return ContactReport.objects.select_related("message__sender", "reporter").get(pk=report_id)


def _follow(message: ContactMessage, outcome: str, actor: Person, at: datetime) -> None:
    if outcome == Outcome.DISMISSED:
        return
    if outcome == Outcome.STOPPED:
        ContactStop.objects.get_or_create(person=message.sender, defaults={"stopped_by": actor, "stopped_at": at})
    mails.settled(message=message, kind=mails.STOPPED if outcome == Outcome.STOPPED else mails.WARNED, at=at)


def let_write(*, person_id: int, actor: Person) -> bool:
    """Let somebody write again; return whether they were stopped. Raises NotPermitted."""
    if not permissions.may_settle_reports(actor):
        raise NotPermitted()
    return bool(ContactStop.objects.filter(person_id=person_id).delete()[0])
