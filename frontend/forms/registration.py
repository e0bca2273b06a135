"""The registration form: ticket type, companions, questions, consents. It carries; `events.registration` judges."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.choices import Choice
from events.refusals import EventFull, TicketTypeNotOffered
from frontend.forms.answers import AnswersForm
from frontend.forms.companions import CompanionRows
from frontend.offer import Offer
from network.consents import TEXTS, Purpose
from network.models import Person
from network.refusals import ConsentRequired, Invalid, Refusal


@dataclass(frozen=True, kw_only=True)
class Card:
    """A ticket type to choose on the form."""

    choice: Choice
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class ConsentField:
    """One consent to be asked for, in the words of its current text."""

    purpose: Purpose
    bound: forms.BoundField
    text: str

    @property
    def is_needed(self) -> bool:
        """Whether nobody is registered without it."""
        return self.purpose == Purpose.REGISTRATION


class RegistrationForm(AnswersForm, CompanionRows):
    """One page: everything that registering for an event may ask."""

    def __init__(self, *, offer: Offer, person: Person, more_rows: int = 0, **form: Any) -> None:
        super().__init__(person=person, asked=offer.asked, **form)
        self.offer = offer
        self.may_wait = False
        invitation = offer.invitation.code if offer.invitation else ""
        hidden = forms.CharField(required=False, widget=forms.HiddenInput(), initial=invitation)
        asked, language = self.fields, get_language() or "vi"
        self.fields = {"invitation": hidden}
        self.fields["ticket_type_id"] = forms.CharField(required=False, label=_("Ticket type"))
        self.set_rows(most=offer.most_companions, more=more_rows)
        self.fields |= asked
        for purpose in offer.purposes:
            self.fields[f"consents.{purpose}"] = forms.BooleanField(
                required=False, label=TEXTS[purpose].title(language)
            )

    @property
    def cards(self) -> list[Card]:
        """The ticket types; the first that has places is chosen until the reader chooses."""
        wanted = self.ticket_type_id
        return [Card(choice=each, is_chosen=each.ticket_type.pk == wanted) for each in self.offer.choices]

    @property
    def ticket_type_id(self) -> int | None:
        """The ticket type that stands chosen: the one that was sent, else the first with places."""
        known = {each.ticket_type.pk: each for each in self.offer.choices if each.can_be_chosen}
        sent = self._sent_type()
        if sent in known:
            return sent
        with_places = [key for key, each in known.items() if each.left is None or each.left > 0]
        return next(iter([*with_places, *known]), None)

    def chosen_type(self) -> int:
        """Return the ticket type to register for. Raises TicketTypeNotOffered, Invalid at `ticket_type_id` (required).

        Where there is only one, nobody has to choose.
        """
        known = [each.ticket_type.pk for each in self.offer.choices if each.can_be_chosen]
        sent = self._sent_type()
        if sent is None and len(known) > 1:
            raise Invalid(field="ticket_type_id", reason="required")
        if sent is None and known:
            return known[0]
        if sent is None or sent not in known:
            raise TicketTypeNotOffered()
        return sent

    def _sent_type(self) -> int | None:
        sent = str(self["ticket_type_id"].value() or "") if self.is_bound else ""
        if not sent:
            return None
        return int(sent) if sent.isdecimal() and len(sent) < 19 else 0

    @property
    def consents(self) -> list[ConsentField]:
        """The consents to ask for."""
        language = get_language() or "vi"
        return [
            ConsentField(purpose=purpose, bound=self[f"consents.{purpose}"], text=TEXTS[purpose].text(language))
            for purpose in self.offer.purposes
        ]

    def place_of(self, refusal: Refusal) -> str | None:
        """As above; a missing consent stands at its box."""
        if isinstance(refusal, ConsentRequired):
            return f"consents.{Purpose.REGISTRATION}"
        return super().place_of(refusal)

    def refuse_full(self, refusal: EventFull) -> None:
        """Offer to wait in line, or say that it is full where nobody waits."""
        self.may_wait = bool(refusal.facts.get("may_wait"))
        if not self.may_wait:
            self.refuse([refusal])

    def agreed(self) -> list[Purpose]:
        """Return the purposes whose box was ticked."""
        return [each.purpose for each in self.consents if each.bound.value()]
