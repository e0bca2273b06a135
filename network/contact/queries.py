"""Questions about threads, limited to who stands in them; and about reports, for keepers."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from network import permissions
from network.contact import parties
from network.contact.parties import Side
from network.models import (
    ContactBlock,
    ContactMessage,
    ContactPlace,
    ContactReport,
    ContactStop,
    ContactThread,
    Organisation,
    Person,
    Profile,
)
from network.refusals import NotPermitted

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def threads(person: Person) -> QuerySet[ContactThread]:
    """The threads that a person stands in, the last said first; each with `is_unread` and `last_words`."""
    own = Q(writer=person) | Q(person=person) | Q(organisation__in=parties.owned_by(person))
    read = ContactPlace.objects.filter(thread=OuterRef("pk"), person=person).values("read_at")[:1]
    said = ContactMessage.objects.filter(thread=OuterRef("pk"))
    news = said.exclude(sender=person).filter(sent_at__gt=OuterRef("seen_until"))
    rows = ContactThread.objects.filter(own).select_related("writer", "person", "organisation")
    return rows.alias(seen_until=Coalesce(Subquery(read), Value(LONG_AGO))).annotate(
        is_unread=Exists(news), last_words=Subquery(said.order_by("-sent_at", "-pk").values("body")[:1])
    )


def unread(person: Person | AnonymousUser) -> int:
    """How many threads hold something new for somebody."""
    if not person.is_authenticated:
        return 0
    return threads(person).filter(Q(("is_unread", True))).count()


def thread(*, thread_id: int, person: Person) -> ContactThread | None:
    """One thread with its `messages` and their senders; None where the person does not stand in it."""
    said = ContactMessage.objects.select_related("sender").order_by("sent_at", "pk")
    return threads(person).filter(pk=thread_id).prefetch_related(Prefetch("messages", said)).first()


def is_blocked(thread: ContactThread, person: Person) -> bool:
    """Whether `person`'s side has blocked the other. That the other side has is told nobody."""
    side = parties.side_of(thread, person)
    return side is not None and parties.blocks(thread, by=side).exists()


def blocked(rows: Iterable[ContactThread], person: Person) -> dict[int, bool]:
    """Of these threads of a person's: whether their side has blocked the other. Two statements for any number."""
    owned = set(parties.owned_by(person))
    mine = ContactBlock.objects.filter(Q(by_person=person) | Q(by_organisation__in=owned))
    known = {(row.by_organisation_id, row.of_person_id, row.of_organisation_id) for row in mine}
    return {row.pk: _blocking(row, person) in known for row in rows}


def _blocking(thread: ContactThread, person: Person) -> tuple[int | None, int | None, int | None]:
    """The block that a person's side of a thread would have set: by which organisation, of whom."""
    if thread.writer_id == person.pk:
        return None, thread.person_id, thread.organisation_id
    return thread.organisation_id, thread.writer_id, None


def mark_read(*, thread: ContactThread, person: Person, at: datetime) -> None:
    """Remember that a person of the thread has read it."""
    if parties.side_of(thread, person) is None:
        return
    with transaction.atomic():
        parties.places(thread, [person])
        ContactPlace.objects.filter(thread=thread, person=person).update(read_at=at)


def entry(*, kind: str, slug: str) -> Profile | Organisation | None:
    """A listed entry by its address: `kind` is "profile" or "organisation"."""
    if kind == "profile":
        rows = Profile.objects.filter(is_listed=True, person__is_active=True).select_related("person")
        return rows.filter(slug=slug).first()
    return Organisation.objects.filter(is_listed=True, slug=slug).first()


def entry_of_id(*, profile_id: int = 0, organisation_id: int = 0) -> Profile | Organisation | None:
    """A listed entry by its number: of a profile, or of an organisation."""
    if profile_id:
        rows = Profile.objects.filter(is_listed=True, person__is_active=True).select_related("person")
        return rows.filter(pk=profile_id).first()
    return Organisation.objects.filter(is_listed=True, pk=organisation_id).first()


def may_be_written_to(entry: Profile | Organisation, viewer: Person | AnonymousUser) -> bool:
    """Whether an entry offers to be written to: it takes messages and is not the viewer's own."""
    if not entry.takes_messages or not entry.is_listed:
        return False
    if not viewer.is_authenticated:
        return True
    if isinstance(entry, Profile):
        return entry.person_id != viewer.pk
    return not parties.owners(entry.pk).filter(pk=viewer.pk).exists()


def reports(*, viewer: Person, is_open: bool = True) -> QuerySet[ContactReport]:
    """Reported messages, newest first, with the message and both names. Raises NotPermitted."""
    if not permissions.may_settle_reports(viewer):
        raise NotPermitted()
    rows = ContactReport.objects.filter(outcome="") if is_open else ContactReport.objects.exclude(outcome="")
    stopped = ContactStop.objects.filter(person=OuterRef("message__sender"))
    return rows.select_related("message__sender", "reporter", "settled_by").annotate(is_stopped=Exists(stopped))


def side(thread: ContactThread, person: Person) -> Side | None:
    """On which side of a thread a person stands."""
    return parties.side_of(thread, person)
