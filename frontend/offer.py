"""What a registration form offers its reader: ticket types, questions, and the consents that do not stand yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from events import answers, choices
from events.answer_shapes import Asked
from events.choices import Choice
from events.models import Event, Invitation
from network import consents
from network.consents import Purpose
from network.models import Person

PURPOSES = (Purpose.REGISTRATION, Purpose.PHOTO, Purpose.NEWSLETTER)
"""What registering may ask consent for, the one that it needs first; the directory is asked about where one enters."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One reader's way into one event."""

    event: Event
    invitation: Invitation | None
    choices: Sequence[Choice]
    asked: Sequence[Asked]
    purposes: Sequence[Purpose]

    @property
    def most_companions(self) -> int:
        """How many people one may bring along, with whichever type allows most."""
        return (
            max((choice.ticket_type.most_per_person for choice in self.choices if choice.can_be_chosen), default=1) - 1
        )

    @property
    def is_one_tap(self) -> bool:
        """Whether there is nothing left to say but yes."""
        return len(self.choices) == 1 and not self.asked and Purpose.REGISTRATION not in self.purposes

    @property
    def is_long_full(self) -> bool:
        """Whether nothing that can be chosen has places left, and an organiser who approves could not help either."""
        on_offer = [choice for choice in self.choices if choice.can_be_chosen]
        applies = any(choice.ticket_type.needs_approval for choice in on_offer)
        return bool(on_offer) and not applies and all(choice.left == 0 for choice in on_offer)

    def asked_of(self, ticket_type_id: int) -> list[Asked]:
        """What is asked of whoever wants this ticket type."""
        return [each for each in self.asked if each.is_for(ticket_type_id)]


def offer(
    *,
    event: Event,
    person: Person,
    at: datetime,
    invitation: Invitation | None = None,
    known: Sequence[Choice] | None = None,
) -> Offer:
    """Return what the event offers this person; `known` are its choices where they are at hand.

    The questions are those of the types that can be chosen now. At most six statements.
    """
    found = choices.choices(event=event, at=at, invitation=invitation) if known is None else known
    chosen = [choice.ticket_type.pk for choice in found if choice.can_be_chosen]
    asked = [each for each in answers.asked_at(event_id=event.pk) if any(each.is_for(key) for key in chosen)]
    missing = consents.to_ask(person)
    return Offer(
        event=event,
        invitation=invitation,
        choices=found,
        asked=asked,
        purposes=[purpose for purpose in PURPOSES if purpose in missing],
    )
