"""What the rules of mentor hours call when the two are to be told: drafts in the outbox, in the cause's transaction.

A draft remembers ids, and what must be said as it was: when the hour was then, and the calendar's SEQUENCE. Letters of
one booking to one person are a thread: no calendar is told to drop an entry that it does not have yet.
`network.mentoring.letters` writes them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from network import outbox
from network.mentoring.slots import Span
from network.models import Booking, Person

PREFIX = "hours."


def booked(*, booking: Booking, at: datetime) -> None:
    """An hour is booked: to both, with the invitation for their calendars."""
    _post("booked", booking, at)


def moved(*, booking: Booking, former: Span, by: Person, at: datetime) -> None:
    """The hour is at another time: to both, with the updated invitation."""
    _post("moved", booking, at, {"by": by.pk, "former": former.starts_at.isoformat()})


def cancelled(*, booking: Booking, at: datetime) -> None:
    """The hour will not take place: to both; the invitations are withdrawn."""
    _post("cancelled", booking, at, {"by": booking.cancelled_by_id})


def reminder(*, booking: Booking, is_soon: bool, at: datetime) -> None:
    """The hour is tomorrow, or (`is_soon`) within an hour: to both."""
    _post("soon" if is_soon else "tomorrow", booking, at)


def _post(kind: str, booking: Booking, at: datetime, more: Mapping[str, Any] | None = None) -> None:
    facts = {
        "booking": booking.pk,
        "sequence": booking.sequence,
        "starts": booking.starts_at.isoformat(),
        "ends": booking.ends_at.isoformat(),
        **(more or {}),
    }
    outbox.post(
        [
            outbox.Draft(
                kind=f"{PREFIX}{kind}",
                facts={**facts, "reader": reader.pk},
                recipient=reader.email,
                language=reader.preferred_language,
                thread=f"booking:{booking.pk}:{reader.pk}",
            )
            for reader in (booking.mentor, booking.booker)
        ],
        at=at,
    )
