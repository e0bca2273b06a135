"""Applying to join, and proposing an organisation: sent, read by staff, sent back with a question, decided.

SUBMITTED → IN_REVIEW → ACCEPTED | REJECTED
    ↑           ↓
    └────── RETURNED          (WITHDRAWN from any of the three by whoever applied)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from network import consents, permissions
from network.consents import Purpose
from network.joining import application_fields, duplicates, letters, newcomers
from network.joining.refusals import AlreadyApplied, ApplicationNotInState, LooksLikeAnother
from network.models import Application, Consent, Person
from network.refusals import Invalid, NotFound, NotPermitted

Kind, Status = Application.Kind, Application.Status
LONGEST_WORDS = 1000


def look_alike(*, kind: str, given: Mapping[str, Any]) -> list[duplicates.Alike]:
    """Return the listed entries that look like the organisation of an application; none for a mentor."""
    if kind == Kind.MENTOR:
        return []
    return duplicates.alike(
        names=[str(given.get("name") or "")],
        tax_code=str(given.get("tax_code") or ""),
        website=str(given.get("website") or ""),
        email=str(given.get("contact_email") or ""),
    )


def submit(
    *,
    kind: str,
    given: Mapping[str, Any],
    actor: Person,
    at: datetime,
    is_another: bool = False,
    agrees: bool = False,
    language: str = "vi",
    channel: Consent.Channel = Consent.Channel.SITE,
) -> Application:
    """Send an application. `is_another`: it is none of the entries that look like it. `agrees` to be shown in the
    directory is recorded as a consent.

    Raises Invalid or Several at the fields, Invalid at `kind`, LooksLikeAnother, AlreadyApplied (one as a mentor at a
    time; of an organisation one with the same name).
    """
    if kind not in Kind.values:
        raise Invalid(field="kind", reason="unknown")
    facts = application_fields.cleaned(kind, given)
    if not is_another and look_alike(kind=kind, given=facts):
        raise LooksLikeAnother()
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
        _refuse_second(kind, facts, actor)
        if agrees:
            consents.give(person=actor, purposes=[Purpose.DIRECTORY], language=language, channel=channel, at=at)
        row = Application.objects.create(person=actor, kind=kind, facts=facts, submitted_at=at, changed_at=at)
        letters.post("application_received", person=actor, at=at, application=row.pk)
    return row


def send_again(*, application_id: int, given: Mapping[str, Any], actor: Person, at: datetime) -> Application:
    """Answer a question of staff by sending the application again. Raises NotFound, ApplicationNotInState, Invalid."""
    with transaction.atomic():
        row = _own(application_id, actor)
        if row.status != Status.RETURNED:
            raise ApplicationNotInState()
        row.facts = application_fields.cleaned(row.kind, given)
        _move(row, Status.SUBMITTED, at)
    return row


def withdraw(*, application_id: int, actor: Person, at: datetime) -> Application:
    """Take one's own application back. Raises NotFound, ApplicationNotInState."""
    with transaction.atomic():
        row = _own(application_id, actor)
        if row.status not in Application.OPEN:
            raise ApplicationNotInState()
        _move(row, Status.WITHDRAWN, at)
    return row


def take_up(*, application_id: int, actor: Person, at: datetime) -> Application:
    """Begin to read: others see who does. Raises NotPermitted, NotFound, ApplicationNotInState."""
    with transaction.atomic():
        row = _read_by(actor, application_id, (Status.SUBMITTED,))
        row.reviewer = actor
        _move(row, Status.IN_REVIEW, at)
    return row


def send_back(*, application_id: int, words: str, actor: Person, at: datetime) -> Application:
    """Ask something. Raises NotPermitted, NotFound, ApplicationNotInState, Invalid at `words`."""
    return _told(application_id, Status.RETURNED, "application_returned", words=words, actor=actor, at=at)


def reject(*, application_id: int, words: str, actor: Person, at: datetime) -> Application:
    """Decline, and say why. Raises NotPermitted, NotFound, ApplicationNotInState, Invalid at `words`."""
    return _told(application_id, Status.REJECTED, "application_rejected", words=words, actor=actor, at=at)


def accept(*, application_id: int, actor: Person, at: datetime, words: str = "") -> Application:
    """Make the entry: a mentor's, or an organisation's with whoever applied as its owner.

    Raises NotPermitted, NotFound, ApplicationNotInState, and Invalid at `tax_code` (taken by another entry).
    """
    with transaction.atomic():
        row = _read_by(actor, application_id, (Status.SUBMITTED, Status.IN_REVIEW))
        row.reviewer, row.words = actor, _words(words, required=False)
        if row.kind == Kind.MENTOR:
            row.profile = newcomers.mentor(row.person, row.facts, at=at)
        else:
            row.organisation = newcomers.organisation(row.person, row.kind, row.facts, at=at)
        _move(row, Status.ACCEPTED, at)
        entry = row.organisation or row.profile
        letters.post("application_accepted", person=row.person, at=at, entry=entry, application=row.pk)
    return row


def own(person: Person) -> QuerySet[Application]:
    """Return somebody's applications, the newest first, with what came of them."""
    return Application.objects.filter(person=person).select_related("organisation", "profile", "person")


def queue() -> QuerySet[Application]:
    """Return what staff have to read, the oldest first."""
    rows = Application.objects.filter(status__in=(Status.SUBMITTED, Status.IN_REVIEW))
    return rows.select_related("person", "reviewer").order_by("submitted_at", "pk")


def _refuse_second(kind: str, facts: Mapping[str, Any], actor: Person) -> None:
    rows = Application.objects.filter(person=actor, kind=kind, status__in=Application.OPEN)
    if kind == Kind.MENTOR and rows.exists():
        raise AlreadyApplied()
    if any(duplicates.core(str(row.facts.get("name", ""))) == duplicates.core(str(facts.get("name"))) for row in rows):
        raise AlreadyApplied()


def _own(application_id: int, actor: Person) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(pk=application_id, person=actor).first()
    if row is None:
        raise NotFound()
    return row


def _read_by(actor: Person, application_id: int, states: tuple[str, ...]) -> Application:
    if not permissions.keeps_directory(actor):
        raise NotPermitted()
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(pk=application_id).first()
    if row is None:
        raise NotFound()
    if row.status not in states:
        raise ApplicationNotInState()
    return row


def _told(application_id: int, status: str, letter: str, *, words: str, actor: Person, at: datetime) -> Application:
    said = _words(words, required=True)
    with transaction.atomic():
        row = _read_by(actor, application_id, (Status.SUBMITTED, Status.IN_REVIEW))
        row.reviewer, row.words = actor, said
        _move(row, status, at)
        letters.post(letter, person=row.person, at=at, application=row.pk)
    return row


def _words(words: str, *, required: bool) -> str:
    said = words.strip()
    if required and not said:
        raise Invalid(field="words", reason="required")
    if len(said) > LONGEST_WORDS:
        raise Invalid(field="words", reason="too_long", limit=LONGEST_WORDS)
    return said


def _move(row: Application, status: str, at: datetime) -> None:
    row.status, row.changed_at = status, at
    row.save()
