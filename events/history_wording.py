"""What happened to a registration, in sentences: every act that a rule writes down has its wording here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.letters.matter import money
from events.models import HistoryEntry, Message, TicketType

ACTS: Mapping[str, Any] = {
    "applied": gettext_lazy("%(who)s asked for a place; an organiser decides."),
    "waitlisted": gettext_lazy("%(who)s: on the waiting list."),
    "offered": gettext_lazy("%(who)s offered a place that came free."),
    "accepted": gettext_lazy("%(who)s accepted the offered place."),
    "declined": gettext_lazy("%(who)s declined the offered place."),
    "expired": gettext_lazy("%(who)s ended the offer: nobody accepted it in time."),
    "confirmed": gettext_lazy("%(who)s: place confirmed, tickets issued (%(places)s)."),
    "approved": gettext_lazy("%(who)s approved the registration."),
    "rejected": gettext_lazy("%(who)s turned the registration down."),
    "cancelled": gettext_lazy("%(who)s cancelled the registration."),
    "moved": gettext_lazy("%(who)s moved it from “%(left)s” to “%(entered)s”."),
    "prioritised": gettext_lazy("%(who)s set the priority in the queue to %(priority)s."),
    "resent": gettext_lazy("%(who)s had the tickets sent once more."),
    "paid": gettext_lazy("%(who)s marked the fee of %(fee)s as received."),
    "payment_taken_back": gettext_lazy("%(who)s took the mark back: the fee of %(fee)s is due again."),
    "answers_changed": gettext_lazy("%(who)s changed answers."),
    "people_added": gettext_lazy("%(who)s added people to the group: %(places)s."),
    "place_given_back": gettext_lazy("%(who)s gave the place of ticket %(ticket)s back."),
    "transferred": gettext_lazy("%(who)s handed ticket %(ticket)s on; its old code is dead."),
    "blocked": gettext_lazy("%(who)s blocked ticket %(ticket)s: nobody is let in with it."),
    "unblocked": gettext_lazy("%(who)s unblocked ticket %(ticket)s."),
    "written_to": gettext_lazy("%(who)s wrote: “%(message)s”."),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of a history."""

    at: datetime
    act: str
    sentence: str


def told(entries: Iterable[HistoryEntry]) -> list[Told]:
    """Return a history in sentences of the active language; the entries come with their actors."""
    known = list(entries)
    types = TicketType.objects.in_bulk(_named(known, "left") | _named(known, "entered"))
    messages = Message.objects.in_bulk(_named(known, "message"))
    lines = []
    for entry in known:
        facts = {name: str(value) for name, value in entry.facts.items()}
        facts |= {name: str(types.get(entry.facts.get(name), "–")) for name in ("left", "entered")}
        facts["message"] = str(messages.get(entry.facts.get("message"), "–"))
        facts["fee"] = money(int(entry.facts.get("fee") or 0))
        lines.append(Told(at=entry.at, act=entry.act, sentence=_sentence(entry, facts)))
    return lines


def _named(entries: list[HistoryEntry], fact: str) -> set[int]:
    return {entry.facts[fact] for entry in entries if entry.facts.get(fact)}


def _sentence(entry: HistoryEntry, facts: Mapping[str, str]) -> str:
    who = entry.actor.full_name if entry.actor else _("The platform")
    wording = ACTS.get(entry.act)
    return str(wording) % {"places": "–", "priority": "–", "ticket": "–", **facts, "who": who} if wording else entry.act
