"""Who is greeted by name on the screen at an event, and with which words: those alone who agreed to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from events.models import Ticket
from network import consents
from network.models import Consent, Membership, Person


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """All that the screen says: the given name, and an organisation that the person shows in the directory."""

    name: str
    organisation: str


def greetings(tickets: Iterable[Ticket]) -> dict[UUID | None, Greeting]:
    """Return the greetings of those who agreed to be greeted, by ticket; nothing of the others.

    `tickets` come with their registration and its person. At most two statements.
    """
    people = {ticket.pk: person for ticket in tickets if (person := _whose(ticket)) is not None}
    agreed = set(
        Consent.objects.filter(
            person__in=people.values(),
            purpose=Consent.Purpose.GREETING,
            text_version=consents.TEXTS[Consent.Purpose.GREETING].version,
            withdrawn_at=None,
        ).values_list("person", flat=True)
        if people
        else ()
    )
    places = _organisations(agreed)
    return {
        key: Greeting(name=person.given_name, organisation=places.get(person.pk, ""))
        for key, person in people.items()
        if person.pk in agreed
    }


def _whose(ticket: Ticket) -> Person | None:
    """Whose name stands on the ticket, if they have an account: somebody brought along has agreed to nothing."""
    if ticket.holder is not None:
        return ticket.holder
    person = ticket.registration.person
    return person if ticket.holder_name == person.full_name else None


def _organisations(people: set[int]) -> dict[int, str]:
    if not people:
        return {}
    rows = Membership.objects.filter(person__in=people, is_public=True, organisation__is_listed=True)
    return {row.person_id: row.organisation.name for row in rows.select_related("organisation").order_by("-pk")}
