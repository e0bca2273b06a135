"""Consents: given one by one, each for one purpose and one text; provable, and withdrawn as easily as given.

Source: Law 91/2025/QH15 on personal data protection and Decree 356/2025. A row is never changed but by its
withdrawal, so that it can be shown who agreed to what, in which language, when and by which door.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from network.consent_texts import TEXTS
from network.directory import index
from network.models import Consent, Membership, Person, Profile
from network.models.person import Language
from network.refusals import ConsentRequired
from network.statements import compiled

Purpose = Consent.Purpose

__all__ = ["TEXTS", "Purpose", "give", "record", "refuse_missing", "standing", "to_ask", "withdraw"]


def give(
    *,
    person: Person,
    purposes: Iterable[Purpose],
    language: str,
    channel: Consent.Channel,
    at: datetime,
    recorded_by: Person | None = None,
) -> None:
    """Record that `person` agrees to the current text of each of `purposes`; what stands already stays as it is.

    `language` is that of the text that was read; `recorded_by` is who wrote it down for somebody else. At most one
    statement, and the same consent given twice at once is one row.
    """
    rows = [
        Consent(
            person=person,
            purpose=purpose,
            text_version=TEXTS[purpose].version,
            language=language if language in Language.values else Language.VIETNAMESE,
            channel=channel,
            given_at=at,
            recorded_by=recorded_by,
        )
        for purpose in dict.fromkeys(Purpose(purpose) for purpose in purposes)
    ]
    if rows:
        Consent.objects.bulk_create(rows, ignore_conflicts=True)


def withdraw(*, person: Person, purpose: Purpose, at: datetime) -> None:
    """Withdraw `person`'s consent to `purpose`, whichever text it was given to; nothing happens where none stands.

    Who leaves the directory is hidden there at once. Registrations stay until they are cancelled.
    """
    with transaction.atomic():
        Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=at)
        if purpose == Purpose.DIRECTORY:
            Profile.objects.filter(person=person).update(is_listed=False)
            index.refresh(profiles=Profile.objects.filter(person=person).values_list("pk", flat=True))
            Membership.objects.filter(person=person).update(is_public=False)
            index.refresh(profiles=Profile.objects.filter(person=person).values_list("pk", flat=True))


def standing(person: Person) -> set[Purpose]:
    """Return the purposes that `person` agrees to now, each in its current text."""
    given = _given(person_id=person.pk)
    return {Purpose(purpose) for purpose, version in given if version == TEXTS[Purpose(purpose)].version}


@compiled
def _given(person_id: Any) -> "QuerySet[Consent, tuple[str, int]]":
    rows = Consent.objects.filter(person_id=person_id, withdrawn_at=None)
    return rows.order_by().values_list("purpose", "text_version")


def to_ask(person: Person) -> list[Purpose]:
    """Return the purposes that `person` has not agreed to in their current text, in their order."""
    given = standing(person)
    return [purpose for purpose in Purpose if purpose not in given]


def record(person: Person) -> QuerySet[Consent]:
    """Return everything that `person` ever agreed to, newest first, withdrawn ones included."""
    return Consent.objects.filter(person=person).select_related("recorded_by")


def refuse_missing(*, person: Person, purposes_given: Iterable[Purpose]) -> None:
    """Raise ConsentRequired unless REGISTRATION stands in its current text or is among those given just now."""
    if Purpose.REGISTRATION not in set(purposes_given) and Purpose.REGISTRATION not in standing(person):
        raise ConsentRequired()
