"""What happened to a registration, and what was answered, in words for its own person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events.models import Answer, HistoryEntry, Question
from network.models import Person
from network.vietnamese import phone_as_read

Kind = Question.Kind

ACTS: Mapping[str, Any] = {
    "applied": gettext_lazy("Registered; an organiser looks at it"),
    "confirmed": gettext_lazy("Confirmed"),
    "waitlisted": gettext_lazy("Put on the waiting list"),
    "offered": gettext_lazy("A place was offered"),
    "accepted": gettext_lazy("Offer accepted"),
    "declined": gettext_lazy("Offer declined"),
    "expired": gettext_lazy("The offer ended"),
    "approved": gettext_lazy("Approved by the organiser"),
    "rejected": gettext_lazy("Not accepted by the organiser"),
    "cancelled": gettext_lazy("Cancelled"),
    "moved": gettext_lazy("Moved to another ticket type"),
    "transferred": gettext_lazy("Ticket %(ticket)s handed on"),
    "place_given_back": gettext_lazy("Place of ticket %(ticket)s given back"),
    "people_added": gettext_lazy("%(places)s more people added"),
    "answers_changed": gettext_lazy("Answers changed"),
    "resent": gettext_lazy("Tickets sent once more"),
    "paid": gettext_lazy("Fee received"),
    "payment_taken_back": gettext_lazy("Fee marked as not received"),
}
"""What its own person is told; what an organiser does with the queue is not among it."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One thing that happened."""

    at: datetime
    text: str
    by_organiser: bool


def turns(entries: Iterable[HistoryEntry], *, reader: Person) -> list[Turn]:
    """Return what happened, oldest first, as the reader is told; nobody of the staff is named."""
    return [
        Turn(
            at=entry.at,
            text=str(ACTS[entry.act]) % {"ticket": "", "places": "", **entry.facts},
            by_organiser=entry.actor_id not in (None, reader.pk),
        )
        for entry in entries
        if entry.act in ACTS
    ]


def answered(answer: Answer) -> str:
    """Return an answer as people read it; a file has no words but its name."""
    kind, value = answer.question.kind, answer.value
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return ", ".join(_chosen(answer, each) for each in (value if isinstance(value, list) else [value]))
    if kind == Kind.DATE:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if kind == Kind.FILE:
        return next((file.name for file in answer.files.all()), _("A file"))
    return phone_as_read(value) if kind == Kind.PHONE else str(value)


def _chosen(answer: Answer, value: str) -> str:
    language = (get_language() or "vi")[:2]
    found = next((each for each in answer.version.choices if each["value"] == value), None)
    return (found.get(language) or found["vi"]) if found else value
