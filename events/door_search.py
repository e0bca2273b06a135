"""Finding somebody at a door who cannot show a code: by name without accents, a phone's last digits, or a number.

What is found is what a gate may see: name, ticket type, and whether they may come in. Nobody is found by e-mail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from events import door_facts, door_reading, door_rules, permissions, visits
from events.attendees import brought_along
from events.door_facts import ListFacts
from events.door_reading import Reading
from events.models import Registration, Ticket
from events.refusals import CheckInListNotFound
from events.scan_rows import Actor
from events.tickets import spoken
from network.vietnamese import fold, search_words

MOST = 20
"""So many fit on a phone; whoever is not among them says more of their name."""

LEAST_LETTERS = 2
LEAST_OF_PHONE = 3
LONGEST_NUMBER = 7

Status = Registration.Status
STATES = {Status.PENDING: "UNAPPROVED", Status.WAITLISTED: "WAITLISTED", Status.OFFERED: "OFFERED"}
"""Of registrations without tickets; every other is CANCELED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody as a gate may see them. `number` is the ticket's; None where there is none.

    `state`: GOOD, INSIDE, what stands in the way in pretix's words (UNPAID, BLOCKED, PRODUCT, CANCELED), or why there
    is no ticket (UNAPPROVED, WAITLISTED, OFFERED, CANCELED).
    """

    number: str | None
    name: str
    ticket_type_vi: str
    ticket_type_en: str
    state: str
    registration_number: int
    party: int


def search(*, list_id: int, text: str, actor: Actor) -> list[Found]:
    """Return at most 20 people of the list's event whom `text` may mean, in the order of their registrations.

    In as many statements for one as for twenty. Raises CheckInListNotFound (also if the actor does not work there).
    """
    facts = door_facts.known(list_id)
    if facts is None or not permissions.may_scan(actor, event_id=facts.event_id, list_id=list_id):
        raise CheckInListNotFound()
    words = search_words(text)
    asked = _asked(facts.event_id, text.replace("\0", ""), words)
    if asked is None:
        return []
    rows = Registration.objects.filter(asked, event=facts.event_id).select_related("person", "ticket_type")
    registrations = {row.pk: row for row in rows.order_by("number")[: 2 * MOST]}
    living = door_reading.of_many(Q(registration__in=list(registrations), revoked_at=None), list_id=list_id)
    found = [*_with_tickets(living, registrations, facts, words), *_without(living, registrations)]
    return sorted(found, key=lambda one: (one.state == "CANCELED", one.registration_number))[:MOST]


def _asked(event_id: int, text: str, words: list[str]) -> Q | None:
    """Which registrations are meant; None if too little was said."""
    digits = "".join(mark for mark in text if mark.isascii() and mark.isdigit())
    if any(mark.isalpha() for mark in text):
        letters = sum(mark.isalpha() for word in words for mark in word)
        if letters < LEAST_LETTERS:
            return None
        by_name = Q()
        for word in words:
            by_name &= Q(person__search_text__contains=word)
        asked = by_name | Q(pk__in=brought_along(event_id, words))
        return asked | _with_ticket(event_id, Q(spoken_number__startswith=spoken(text))) if digits else asked
    return _numbered(digits) if digits else None


def _numbered(digits: str) -> Q:
    asked = Q(pk=None)
    if len(digits) >= LEAST_OF_PHONE:
        asked |= Q(person__phone__endswith=digits.lstrip("0") if len(digits) > LONGEST_NUMBER else digits)
    if len(digits) <= LONGEST_NUMBER:
        asked |= Q(number=int(digits))
    return asked


def _with_ticket(event_id: int, asked: Q) -> Q:
    return Q(pk__in=Ticket.objects.filter(asked, event=event_id).values("registration"))


def _with_tickets(
    living: Iterable[Reading], registrations: dict[int, Registration], facts: ListFacts, words: list[str]
) -> Iterator[Found]:
    """Everybody of a registration that was found by a number; of one that was found by a name, who bears it."""
    by_name = any(mark.isalpha() for word in words for mark in word) and not any(
        mark.isdigit() for word in words for mark in word
    )
    for reading in living:
        guest = reading.guest
        assert guest is not None
        if by_name and not all(word in fold(guest.name) for word in words):
            continue
        yield Found(
            number=guest.number,
            name=guest.name,
            ticket_type_vi=guest.ticket_type_vi,
            ticket_type_en=guest.ticket_type_en,
            state=_state(reading, facts),
            registration_number=registrations[guest.registration_id].number,
            party=guest.places,
        )


def _state(reading: Reading, facts: ListFacts) -> str:
    assert reading.guest is not None
    if visits.is_inside(reading.guest.visits):
        return "INSIDE"
    return door_rules.dead(reading, facts=facts).upper() or "GOOD"


def _without(living: Iterable[Reading], registrations: dict[int, Registration]) -> Iterator[Found]:
    """Registrations without a ticket that lives: they wait, or are no more."""
    have = {reading.guest.registration_id for reading in living if reading.guest}
    for row in registrations.values():
        if row.pk not in have:
            yield Found(
                number=None,
                name=row.person.full_name,
                ticket_type_vi=row.ticket_type.name_vi or "",  # type: ignore[attr-defined]  # modeltranslation's
                ticket_type_en=row.ticket_type.name_en or "",  # type: ignore[attr-defined]  # as above
                state=STATES.get(Status(row.status), "CANCELED"),
                registration_number=row.number,
                party=row.quantity,
            )
