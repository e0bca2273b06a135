"""Who is written to: everybody who agreed and can be reached, narrowed by what they want and what they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from network.consents import TEXTS, Purpose
from network.models import Consent, Person, Role, Subscription

OF_NETWORK = {
    Role.Kind.MENTOR: Subscription.Role.MENTOR,
    Role.Kind.FOUNDER: Subscription.Role.STARTUP,
    Role.Kind.INVESTOR: Subscription.Role.INVESTOR,
}
"""What somebody is in the directory says it too."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Whom an issue is for; what is empty does not narrow.

    Whoever chose no fields (or kinds of events) reads about all of them. A role must have been said.
    """

    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        """Return the segment as a mailing keeps it."""
        return {name: list(getattr(self, name)) for name in ("sectors", "kinds", "roles", "languages")}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Segment":
        """Return the segment that a mailing keeps."""
        return cls(**{name: tuple(kept.get(name, ())) for name in ("sectors", "kinds", "roles", "languages")})

    def takes(self, reader: "Reader") -> bool:
        """Whether the reader is in it."""
        return (
            (not self.languages or reader.language in self.languages)
            and (not self.roles or not reader.roles.isdisjoint(self.roles))
            and (not self.sectors or not reader.sectors or not reader.sectors.isdisjoint(self.sectors))
            and (not self.kinds or not reader.kinds or not reader.kinds.isdisjoint(self.kinds))
        )


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who gets the newsletter. `subscription_id` is 0 for an account that never chose anything."""

    subscription_id: int
    person_id: int | None
    email: str
    language: str
    sectors: frozenset[str] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)


def readers(*, segment: Segment, only: Iterable[int] | None = None) -> list[Reader]:
    """Return who is written to, every address once; `only` asks about these subscriptions alone."""
    wanted = None if only is None else list(only)
    found: dict[str, Reader] = {}
    for reader in (*_with_account(wanted), *_bare(wanted)):
        found.setdefault(reader.email.lower(), reader)
    return [reader for reader in found.values() if segment.takes(reader)]


def with_rows(*, segment: Segment, at: datetime) -> list[Reader]:
    """Return who is written to, with a row for each account that had none. Within a transaction."""
    bare = [reader for reader in readers(segment=segment) if not reader.subscription_id]
    rows = [Subscription(person_id=each.person_id, language=each.language, asked_at=at) for each in bare]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return readers(segment=segment)


def _with_account(only: list[int] | None) -> list[Reader]:
    agreed = Consent.objects.filter(
        purpose=Purpose.NEWSLETTER, withdrawn_at=None, text_version=TEXTS[Purpose.NEWSLETTER].version
    )
    rows = Person.objects.filter(is_active=True, pk__in=agreed.values("person"))
    rows = rows.exclude(subscription__ended_by=Subscription.Ended.BOUNCED)
    if only is not None:
        rows = rows.filter(subscription__in=only)
    people = list(rows.select_related("subscription").order_by("pk"))
    parts = _parts(None if only is None else [person.pk for person in people])
    return [_reader(person, parts.get(person.pk, set())) for person in people]


def _parts(people: list[int] | None) -> dict[int, set[str]]:
    rows = Role.objects.filter(until=None, kind__in=list(OF_NETWORK), profile__is_listed=True)
    if people is not None:
        rows = rows.filter(profile__person__in=people)
    found: dict[int, set[str]] = {}
    for person_id, kind in rows.values_list("profile__person", "kind"):
        found.setdefault(person_id, set()).add(str(OF_NETWORK[Role.Kind(kind)]))
    return found


def _reader(person: Person, parts: set[str]) -> Reader:
    row: Subscription | None = getattr(person, "subscription", None)
    if row is None:
        return Reader(
            subscription_id=0,
            person_id=person.pk,
            email=person.email,
            language=person.preferred_language,
            roles=frozenset(parts),
        )
    return _chosen(row, person_id=person.pk, email=person.email, parts=parts)


def _bare(only: list[int] | None) -> list[Reader]:
    rows = Subscription.objects.filter(Q(person=None), confirmed_at__isnull=False, ended_at=None)
    if only is not None:
        rows = rows.filter(pk__in=only)
    return [_chosen(row, person_id=None, email=row.email, parts=set()) for row in rows.order_by("pk")]


def _chosen(row: Subscription, *, person_id: int | None, email: str, parts: set[str]) -> Reader:
    return Reader(
        subscription_id=row.pk,
        person_id=person_id,
        email=email,
        language=row.language,
        sectors=frozenset(row.sectors),
        kinds=frozenset(row.kinds),
        roles=frozenset(row.roles) | parts,
    )
