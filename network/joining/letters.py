"""Letters of joining: a draft for each, written later from the rows; only what carries a secret is written at once."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from network import outbox
from network.joining import addresses, application_words, freshness_words, letter_words
from network.joining.entries import Entry, names
from network.joining.letter_form import Subject, Words
from network.models import Application, ColleagueInvitation, Membership, Organisation, OutgoingMail, Person, Profile

PREFIX = "joining."
KINDS = {**letter_words.KINDS, **application_words.KINDS, **freshness_words.KINDS}


def post(kind: str, *, person: Person, at: datetime, entry: Entry | None = None, **facts: Any) -> None:
    """Leave the draft of a letter to somebody, about an entry; `facts` are JSON that its words need."""
    about = names(entry, value=entry.pk) if entry is not None else {}
    draft = outbox.Draft(
        kind=f"{PREFIX}{kind}",
        facts={"person": person.pk, **about, **facts},
        recipient=person.email,
        language=person.preferred_language,
    )
    outbox.post([draft], at=at)


def claim_code(*, entry: Entry, recipient: str, code: str, language: str, at: datetime) -> None:
    """Write the letter with the code for a claim."""
    with override(language):
        words = letter_words.claim_code(entry, code)
        outbox.queue(_letter(words, recipient=recipient, name="", language=language), at=at)


def invitation(*, row: ColleagueInvitation, token: str, language: str, at: datetime) -> None:
    """Write the letter that invites a colleague."""
    with override(language):
        words = letter_words.invitation(row, addresses.whole(addresses.invitation_path(token), language), language)
        outbox.queue(_letter(words, recipient=row.email, name="", language=language), at=at)


@outbox.writer(*(f"{PREFIX}{kind}" for kind in KINDS))
def write(mail: OutgoingMail) -> outbox.Letter:
    """Write a letter from its draft. Raises SubjectGone when the reader or what it is about exists no more."""
    subject = _subject(mail)
    with override(mail.language):
        words = KINDS[mail.kind.removeprefix(PREFIX)](subject)
        return _letter(words, recipient=mail.recipient, name=subject.reader.full_name, language=mail.language)


def _subject(mail: OutgoingMail) -> Subject:
    facts = mail.facts
    reader = Person.objects.filter(pk=facts.get("person"), is_active=True).first()
    if reader is None:
        raise outbox.SubjectGone(mail.kind)
    entry = _found(mail, Organisation, "organisation") or _found(mail, Profile, "profile")
    application = _found(mail, Application, "application")
    place = Membership.objects.filter(pk=facts.get("place")).select_related("person").first()
    return Subject(
        reader=reader,
        language=mail.language,
        written_at=mail.queued_at,
        entry=entry,
        application=application,
        place=place,
        facts=facts,
    )


def _found(mail: OutgoingMail, model: Any, key: str) -> Any:
    """The row that a fact names. Raises SubjectGone if it is named and gone."""
    if key not in mail.facts:
        return None
    row = model.objects.filter(pk=mail.facts[key]).first()
    if row is None:
        raise outbox.SubjectGone(mail.kind)
    return row


def _letter(words: Words, *, recipient: str, name: str, language: str) -> outbox.Letter:
    context = {"words": words, "subject": words.subject, "language": language, "reader_name": name}
    return outbox.Letter(
        recipient=recipient,
        recipient_name=name,
        subject=words.subject,
        text=render_to_string("mail/joining.txt", context).strip() + "\n",
        html=render_to_string("mail/joining.html", context),
        language=language,
    )
