"""What the relay's rules call when somebody is to be told: drafts in the outbox, written by `network.contact.letters`.

A draft knows numbers alone; the alias to answer to is made as the letter is written.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from network import outbox
from network.models import ContactMessage, ContactPlace, OutgoingMail, Person
from network.refusals import Refusal
from network.wording import key

MESSAGE, RETURNED, WARNED, STOPPED = "contact.message", "contact.returned", "contact.warned", "contact.stopped"
RETURNS_A_DAY = 5
"""So many letters a day say that an answer by mail was not passed on: two machines stop writing to each other."""


def passed_on(*, message: ContactMessage, places: Iterable[ContactPlace], at: datetime) -> None:
    """Pass a message on to whoever has these places in its thread."""
    facts = {"message": message.pk}
    outbox.post([_draft(MESSAGE, place, {**facts, "place": place.pk}) for place in places], at=at)


def returned(*, place: ContactPlace, refusal: Refusal, at: datetime) -> None:
    """Tell who answered by mail that it was not passed on, or not all of it, to the address of their account."""
    thread = f"{RETURNED}:{place.pk}"
    told = OutgoingMail.objects.filter(kind=RETURNED, thread=thread, queued_at__gt=at - timedelta(days=1))
    if told.count() >= RETURNS_A_DAY:
        return
    facts = {"place": place.pk, "said": key(refusal), "facts": refusal.facts}
    draft = _draft(RETURNED, place, facts)
    outbox.post([outbox.Draft(**{**vars(draft), "thread": thread})], at=at)


def settled(*, message: ContactMessage, kind: str, at: datetime) -> None:
    """Tell a sender that they are warned, or stopped from writing, and for which message."""
    person: Person = message.sender
    draft = outbox.Draft(
        kind=kind, facts={"message": message.pk}, recipient=person.email, language=person.preferred_language
    )
    outbox.post([draft], at=at)


def _draft(kind: str, place: ContactPlace, facts: dict[str, object]) -> outbox.Draft:
    return outbox.Draft(
        kind=kind,
        facts=facts,
        recipient=place.person.email,
        language=place.person.preferred_language,
        thread=f"contact:{place.pk}",
    )
