"""Messages of organisers to a filtered group of attendees, each in their own language, each person once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events import access, attendees, permissions, seats
from events.attendees import Wanted
from events.letters import wording, writing
from events.letters.kinds import COMMON, LeadsTo, LetterKind
from events.letters.matter import Matter
from events.models import AttendeeAccess, Event, HistoryEntry, Message, Registration, Ticket
from events.refusals import AudienceChanged, EventNotFound, NobodyToWriteTo
from network import outbox
from network.models import OutgoingMail, Person
from network.outbox import Letter, SubjectGone
from network.refusals import Invalid, NotPermitted, Refusal, Several

KIND = "events.message"
LONGEST = {"subject": 160, "body": 5000}
PLACEHOLDERS = COMMON
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
FIELDS = tuple(f"{part}_{language}" for language in LANGUAGES for part in LONGEST)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Who is written to, because of which registration, in which language."""

    person: Person
    registration: Registration
    language: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A message before it is sent: to whom it would go, and how it reads, by language."""

    recipients: int
    by_language: Mapping[str, int]
    letters: Mapping[str, Letter]


def recipients(*, event_id: int, wanted: Wanted) -> list[Recipient]:
    """Return who is written to: who registered, and who holds a ticket of theirs; everybody once.

    Where neither states nor people are picked, those who are no longer coming are left out.
    """
    rows = attendees.found(event_id=event_id, wanted=wanted).filter(person__is_active=True)
    if not wanted.statuses and not wanted.numbers:
        rows = rows.filter(status__in=Registration.ACTIVE)
    known: dict[int, Recipient] = {}
    registrations = list(rows.select_related("person", "event__venue", "ticket_type").order_by("-pk"))
    for row in registrations:
        known.setdefault(row.person_id, Recipient(person=row.person, registration=row, language=row.language))
    by_number = {row.pk: row for row in registrations}
    held = Ticket.objects.filter(registration__in=rows.values("pk"), revoked_at=None, holder__is_active=True)
    for ticket in held.select_related("holder").order_by("number"):
        holder = ticket.holder
        if holder is not None and ticket.registration_id in by_number:
            row = by_number[ticket.registration_id]
            known.setdefault(holder.pk, Recipient(person=holder, registration=row, language=holder.preferred_language))
    return list(known.values())


def preview(*, event_id: int, texts: Mapping[str, str], wanted: Wanted, actor: Person, at: datetime) -> Preview:
    """Return how a message would read, in both languages, and how many would get it; nothing is sent.

    `texts` by field: `subject_vi`, `body_vi`, `subject_en`, `body_en`; placeholders are those of every letter.
    Raises NotPermitted, EventNotFound, NobodyToWriteTo, and Several with Invalid at the fields: required (in every
    language that somebody of them reads), too_long, and what `letters.wording` refuses.
    """
    _permitted(event_id, actor)
    to = recipients(event_id=event_id, wanted=wanted)
    message = Message(event_id=event_id, sent_at=at, **_checked(texts, to))
    return Preview(
        recipients=len(to),
        by_language={language: sum(each.language == language for each in to) for language in LANGUAGES},
        letters={
            language: _letter(message, _sample(to, language), language, at=at)
            for language in LANGUAGES
            if _text(message, "body", language, alone=True)
        },
    )


def send(
    *,
    event_id: int,
    texts: Mapping[str, str],
    wanted: Wanted,
    expected: int,
    actor: Person,
    at: datetime,
    by: str = "ADMIN",
) -> Message:
    """Send a message to whom `wanted` finds, if they are as many as `expected`, whom the actor counted; return it.

    Letters go into the outbox, each history says it, and so does the log of who looked at the list. Raises as
    `preview`, and AudienceChanged if the group changed meanwhile: then nothing is sent.
    """
    _permitted(event_id, actor)
    with transaction.atomic():
        # Whoever registers or cancels now waits: the number is that of those who are written to.
        seats.hold(event_id=event_id)
        to = recipients(event_id=event_id, wanted=wanted)
        checked = _checked(texts, to)
        if len(to) != expected:
            raise AudienceChanged(expected=expected, recipients=len(to))
        message = Message.objects.create(
            event_id=event_id, sender=actor, audience=wanted.as_json(), recipients=len(to), sent_at=at, **checked
        )
        outbox.post([_draft(message, each) for each in to], at=at)
        written_to = {each.registration.pk for each in to}
        HistoryEntry.objects.bulk_create(
            HistoryEntry(registration_id=pk, act="written_to", actor=actor, at=at, facts={"message": message.pk})
            for pk in sorted(written_to)
        )
        access.note(event_id=event_id, person=actor, act=AttendeeAccess.Act.MESSAGE, people=len(to), by=by, at=at)
    return message


@outbox.writer(KIND)
def write(mail: OutgoingMail) -> Letter:
    """Write the letter of one recipient. Raises SubjectGone."""
    message = Message.objects.filter(pk=mail.facts["message"]).first()
    rows = Registration.objects.select_related("person", "event__venue", "ticket_type")
    registration = rows.filter(pk=mail.facts["registration"]).first()
    reader = Person.objects.filter(pk=mail.facts["reader"], is_active=True).first()
    if message is None or registration is None or reader is None:
        raise SubjectGone("the message")
    to = Recipient(person=reader, registration=registration, language=mail.language)
    return _letter(message, to, mail.language, address=mail.recipient, at=mail.queued_at)


def _permitted(event_id: int, actor: Person) -> None:
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    if not Event.objects.filter(pk=event_id).exists():
        raise EventNotFound()


def _checked(texts: Mapping[str, str], to: list[Recipient]) -> dict[str, str]:
    if not to:
        raise NobodyToWriteTo()
    read = {each.language for each in to}
    checked: dict[str, str] = {}
    refused: list[Refusal] = []
    for field in FIELDS:
        part, language = field.split("_")
        try:
            text = wording.checked_text(
                texts.get(field, ""),
                field=field,
                placeholders=PLACEHOLDERS,
                longest=LONGEST[part],
                is_line=part == "subject",
            )
            if not text and (language in read or texts.get(_other_part(field), "").strip()):
                raise Invalid(field=field, reason="required")
            checked[field] = text
        except Invalid as refusal:
            refused.append(refusal)
    if refused:
        raise Several(refused)
    return checked


def _other_part(field: str) -> str:
    """A text without a subject, or a subject without a text, is not finished."""
    part, language = field.split("_")
    return f"{'body' if part == 'subject' else 'subject'}_{language}"


def _sample(to: list[Recipient], language: str) -> Recipient:
    return next((each for each in to if each.language == language), to[0])


def _draft(message: Message, to: Recipient) -> outbox.Draft:
    own = to.person.pk == to.registration.person_id
    thread = f"registration:{to.registration.pk}"
    return outbox.Draft(
        kind=KIND,
        facts={"message": message.pk, "registration": to.registration.pk, "reader": to.person.pk},
        recipient=to.person.email,
        language=to.language,
        thread=thread if own else f"{thread}:{to.person.pk}",
    )


def _text(message: Message, part: str, language: str, *, alone: bool = False) -> str:
    """What is said in a language; where nothing is, what is said in Vietnamese."""
    text: str = getattr(message, f"{part}_{language}") or ""
    return text if text or alone else _text(message, part, "vi", alone=True)


def _letter(message: Message, to: Recipient, language: str, *, at: datetime, address: str = "") -> Letter:
    subject, body = _text(message, "subject", language), _text(message, "body", language)
    kind = LetterKind(
        name="message",
        title=subject,
        occasion="",
        subject=subject,
        headline=subject,
        opening=body,
        act=_("To the event"),
        leads_to=LeadsTo.EVENT,
    )
    matter = Matter(
        kind=kind,
        registration=to.registration,
        reader=to.person,
        address=address or to.person.email,
        language=language,
        at=at,
    )
    return writing.letter(matter, own_words={})
