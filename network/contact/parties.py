"""The two sides of a thread: who began it, and whose entry it was written to. An organisation's owners read for it."""

from collections.abc import Iterable
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from network.models import ContactBlock, ContactPlace, ContactThread, Membership, Person


class Side(StrEnum):
    """Of a thread."""

    WRITER = "WRITER"
    ENTRY = "ENTRY"

    @property
    def other(self) -> "Side":
        """The one that is written to."""
        return Side.ENTRY if self is Side.WRITER else Side.WRITER


def owners(organisation_id: int) -> QuerySet[Person]:
    """Return who reads and answers for an organisation."""
    owning = Membership.objects.filter(organisation_id=organisation_id, role=Membership.Role.OWNER)
    return Person.objects.filter(pk__in=owning.values("person_id"), is_active=True).order_by("pk")


def owned_by(person: Person) -> QuerySet[Membership, int]:
    """Return the numbers of the organisations that a person reads and answers for."""
    return Membership.objects.filter(person=person, role=Membership.Role.OWNER).values_list(
        "organisation_id", flat=True
    )


def side_of(thread: ContactThread, person: Person | AnonymousUser) -> Side | None:
    """Return on which side of a thread somebody stands now; None: not in it. Who is no owner any more is out."""
    if not person.is_authenticated or not person.is_active:
        return None
    if thread.writer_id == person.pk:
        return Side.WRITER
    if thread.person_id is not None:
        return Side.ENTRY if thread.person_id == person.pk else None
    owns = thread.organisation_id is not None and owners(thread.organisation_id).filter(pk=person.pk).exists()
    return Side.ENTRY if owns else None


def readers(thread: ContactThread, side: Side) -> list[Person]:
    """Return who reads on a side now."""
    if side is Side.WRITER:
        return [thread.writer] if thread.writer.is_active else []
    if thread.organisation_id is not None:
        return list(owners(thread.organisation_id).exclude(pk=thread.writer_id))
    return [thread.person] if thread.person is not None and thread.person.is_active else []


def places(thread: ContactThread, people: Iterable[Person]) -> list[ContactPlace]:
    """Return the places of these people in a thread, made now where there is none."""
    wanted = list(people)
    rows = [ContactPlace(thread=thread, person=person) for person in wanted]
    ContactPlace.objects.bulk_create(rows, ignore_conflicts=True)
    known = ContactPlace.objects.filter(thread=thread, person__in=wanted).select_related("person")
    return list(known.order_by("person_id"))


def blocks(thread: ContactThread, *, by: Side) -> QuerySet[ContactBlock]:
    """Return the block that one side of a thread has set against the other, if there is one."""
    organisation = thread.organisation_id
    entry = Q(by_organisation=organisation) if organisation else Q(by_person=thread.person_id)
    if by is Side.ENTRY:
        return ContactBlock.objects.filter(entry, of_person=thread.writer_id)
    entry = Q(of_organisation=organisation) if organisation else Q(of_person=thread.person_id)
    return ContactBlock.objects.filter(entry, by_person=thread.writer_id)


def entry_name(thread: ContactThread) -> str:
    """Return whose entry was written to: a person's or an organisation's name."""
    if thread.organisation is not None:
        return thread.organisation.name
    return thread.person.full_name if thread.person is not None else ""
