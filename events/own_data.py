"""What events hold about a person, registered as sections of their own data."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events import history_wording, own_erasure
from events.models import (
    Answer,
    AnswerFile,
    AttendeeAccess,
    Certificate,
    CheckIn,
    EventStaff,
    HistoryEntry,
    Invitation,
    Message,
    Registration,
    Speaker,
    Ticket,
)
from network import mentions, own_data
from network.models import Person
from network.own_data import Erasure, OwnFile, Row
from network.own_sections import emails_of

EVENT = {"event": _("Event")}
WHEN = {"at": _("When")}


def _event(row: Any) -> str:
    return f"{row.code} · {row.title}"


def _registrations(person: Person) -> Iterator[Row]:
    rows = Registration.objects.filter(person=person).select_related("event", "ticket_type", "invitation")
    for row in rows.order_by("created_at"):
        yield {
            "event": _event(row.event),
            "number": row.number,
            "status": row.get_status_display(),
            "ticket_type": row.ticket_type.name,
            "places": row.quantity,
            "companions": row.companions,
            "channel": row.get_channel_display(),
            "language": row.get_language_display(),
            "registered_at": row.created_at,
            "cancelled_at": row.cancelled_at,
            "waiting_since": row.waiting_since,
            "offer_expires_at": row.offer_expires_at,
            "fee": row.fee,
            "payment": row.get_payment_display(),
            "paid_at": row.paid_at,
            "invitation": row.invitation.note if row.invitation else "",
        }


def _brought(person: Person) -> Iterator[Row]:
    """As a companion whom somebody else named, before there was a ticket."""
    emails = emails_of(person)
    marks = mentions.marks_of(person, emails)
    for row in mentions.naming(Registration.objects.select_related("event"), marks, "companions"):
        for companion in row.companions:
            if companion.get("email", "").lower() in emails:
                yield {"event": _event(row.event), "name": companion.get("name", ""), "email": companion["email"]}


def _tickets(person: Person) -> Iterator[Row]:
    mine = Q(registration__person=person) | Q(holder=person)
    for ticket in Ticket.objects.filter(mine).select_related("event", "registration").order_by("issued_at"):
        yield {
            "event": _event(ticket.event),
            "number": ticket.number,
            "holder": ticket.holder_name,
            "own_registration": ticket.registration.person_id == person.pk,
            "issued_at": ticket.issued_at,
            "transferred_at": ticket.transferred_at,
            "revoked_at": ticket.revoked_at,
        }


def _answers(person: Person) -> Iterator[Row]:
    rows = Answer.objects.filter(registration__person=person).select_related("registration__event", "version")
    for answer in rows:
        yield {
            "event": _event(answer.registration.event),
            "question": answer.version.label,
            "answer": answer.value,
            "answered_at": answer.answered_at,
        }


def _files(person: Person) -> Iterator[Row]:
    for row in AnswerFile.objects.filter(person=person).select_related("answer__version"):
        yield {
            "question": row.answer.version.label if row.answer else "",
            "name": row.name,
            "kind": row.content_type,
            "bytes": row.size,
            "uploaded_at": row.uploaded_at,
            "file": OwnFile(name=row.name, file=row.file),
        }


def _checkins(person: Person) -> Iterator[Row]:
    """Scans of the person's tickets, and those that the person made at a door."""
    held = Ticket.objects.filter(own_erasure.held_by(person))
    rows = CheckIn.objects.filter(Q(ticket__in=held) | Q(scanned_by=person)).select_related("event", "ticket", "gate")
    for scan in rows.order_by("received_at"):
        made = scan.scanned_by_id == person.pk
        yield {
            "event": _event(scan.event),
            "ticket": "" if made or scan.ticket is None else scan.ticket.number,
            "scanned_by_you": made,
            "device": scan.device if made else "",
            "gate": scan.gate.name if scan.gate else "",
            "at": scan.scanned_at,
            "result": scan.get_status_display(),
            "reason": scan.get_reason_display(),
            "annulled_at": scan.annulled_at,
        }


def _certificates(person: Person) -> Iterator[Row]:
    held = Ticket.objects.filter(own_erasure.held_by(person))
    for row in Certificate.objects.filter(ticket__in=held).select_related("event"):
        yield {
            "event": _event(row.event),
            "code": row.code,
            "holder": row.holder_name,
            "issued_at": row.issued_at,
            "revoked_at": row.revoked_at,
            "reason": row.revoked_reason,
        }


def _history(person: Person) -> Iterator[Row]:
    """What happened to the person's registrations, and what the person did to others': of these no facts."""
    rows = HistoryEntry.objects.filter(Q(registration__person=person) | Q(actor=person))
    entries = list(rows.select_related("registration__event", "actor"))
    for entry, told in zip(entries, history_wording.told(entries), strict=True):
        own = entry.registration.person_id == person.pk
        yield {
            "event": _event(entry.registration.event),
            "act": told.sentence,
            "at": entry.at,
            "facts": entry.facts if own else {},
        }


def _roles(person: Person) -> Iterator[Row]:
    for row in EventStaff.objects.filter(person=person).select_related("event"):
        yield {"event": _event(row.event) if row.event else str(_("All events")), "role": row.get_role_display()}


def _speaker(person: Person) -> Iterator[Row]:
    for row in Speaker.objects.filter(person=person).select_related("organisation"):
        organisation = row.organisation.name if row.organisation else ""
        words = {"headline_vi": row.headline_vi or "", "headline_en": row.headline_en or ""}  # type: ignore[attr-defined]
        yield {"name": row.name, **words, "organisation": organisation}


def _accesses(person: Person) -> Iterator[Row]:
    for row in AttendeeAccess.objects.filter(person=person).select_related("event"):
        yield {"event": _event(row.event), "act": row.get_act_display(), "people": row.people, "at": row.at}


def _messages(person: Person) -> Iterator[Row]:
    for row in Message.objects.filter(sender=person).select_related("event"):
        yield {
            "event": _event(row.event),
            "subject": row.subject,
            "body": row.body,
            "people": row.recipients,
            "at": row.sent_at,
        }


def _stays(erasure: Erasure) -> None:
    """Nothing in these rows says who somebody is once the person behind them is nobody."""


section = partial(own_data.section, rank=2)


section(
    "registrations",
    title=_("Your registrations"),
    columns={
        **EVENT, "number": _("Number"), "status": _("Status"), "ticket_type": _("Ticket type"), "places": _("Places"),
        "companions": _("Who comes along"), "channel": _("Came by"), "language": _("Language"),
        "registered_at": _("Registered"), "cancelled_at": _("Cancelled"), "waiting_since": _("Waiting since"),
        "offer_expires_at": _("Offer ends"), "fee": _("Fee"), "payment": _("Payment"), "paid_at": _("Paid"),
        "invitation": _("Invitation"),
    },
    models=(Registration, Invitation),
    collect=_registrations,
    leave=own_erasure.give_places_back,
    erase=own_erasure.erase_registrations,
)  # fmt: skip
section(
    "brought",
    title=_("Named as a companion"),
    columns={**EVENT, "name": _("Name"), "email": _("E-mail")},
    models=(),
    collect=_brought,
    erase=_stays,  # with the registrations
)
section(
    "tickets",
    title=_("Tickets"),
    columns={
        **EVENT, "number": _("Number"), "holder": _("Holder"), "own_registration": _("By your own registration"),
        "issued_at": _("Issued"), "transferred_at": _("Handed on"), "revoked_at": _("Revoked"),
    },
    models=(Ticket,),
    collect=_tickets,
    erase=own_erasure.erase_tickets,
    correct=own_erasure.rename_tickets,
)  # fmt: skip
section(
    "answers",
    title=_("Answers"),
    columns={**EVENT, "question": _("Question"), "answer": _("Answer"), "answered_at": _("Answered")},
    models=(Answer,),
    collect=_answers,
    erase=own_erasure.erase_answers,
)
section(
    "files",
    title=_("Files that you sent"),
    columns={
        "question": _("Question"), "name": _("Name"), "kind": _("Kind"), "bytes": _("Bytes"),
        "uploaded_at": _("Uploaded"), "file": _("File"),
    },
    models=(AnswerFile,),
    collect=_files,
    erase=_stays,  # with the answers
)  # fmt: skip
section(
    "checkins",
    title=_("Check-ins"),
    columns={
        **EVENT, "ticket": _("Ticket"), "scanned_by_you": _("Scanned by you"), "device": _("Device"),
        "gate": _("Gate"), **WHEN, "result": _("Result"), "reason": _("Reason"), "annulled_at": _("Taken back"),
    },
    models=(CheckIn,),
    collect=_checkins,
    erase=own_erasure.erase_scans,
)  # fmt: skip
section(
    "certificates",
    title=_("Certificates"),
    columns={
        **EVENT, "code": _("Code"), "holder": _("Holder"), "issued_at": _("Issued"), "revoked_at": _("Revoked"),
        "reason": _("Reason"),
    },
    models=(Certificate,),
    collect=_certificates,
    erase=own_erasure.erase_certificates,
)  # fmt: skip
section(
    "history",
    title=_("What happened to your registrations"),
    columns={**EVENT, "act": _("Act"), **WHEN, "facts": _("Facts")},
    models=(HistoryEntry,),
    collect=_history,
    erase=_stays,  # with the registrations
)
section(
    "roles",
    title=_("Your duties at events"),
    columns={**EVENT, "role": _("Role")},
    models=(EventStaff,),
    collect=_roles,
    erase=own_erasure.erase_roles,
)
section(
    "speaker",
    title=_("As a speaker"),
    columns={
        "name": _("Name"), "headline_vi": _("Headline (Vietnamese)"), "headline_en": _("Headline (English)"),
        "organisation": _("Organisation"),
    },
    models=(Speaker,),
    collect=_speaker,
    erase=own_erasure.erase_speaker,
)  # fmt: skip
section(
    "accesses",
    title=_("Lists of attendees that you opened"),
    columns={**EVENT, "act": _("Act"), "people": _("Number of people"), **WHEN},
    models=(AttendeeAccess,),
    collect=_accesses,
    erase=_stays,
)
section(
    "messages",
    title=_("Messages that you wrote to attendees"),
    columns={**EVENT, "subject": _("Subject"), "body": _("Contents"), "people": _("Number of people"), **WHEN},
    hidden=("body",),
    models=(Message,),
    collect=_messages,
    erase=own_erasure.erase_messages,
)
