"""May this ticket pass this gate? One pure function over what was read, in pretix's words."""

from dataclasses import dataclass
from datetime import datetime

from events import visits
from events.door_facts import ListFacts
from events.door_reading import Reading
from events.models import CheckIn, Registration
from events.visits import Visit

Reason = CheckIn.Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is empty where the way is free; `first` is the entry that stands in it."""

    reason: str
    first: Visit | None = None


def judge(reading: Reading, *, facts: ListFacts, direction: str, at: datetime, entered_needed: bool = True) -> Verdict:
    """Return whether a ticket may go in, or out, at `at`; the first reason against it counts.

    `entered_needed`: whether it went into the list that must come first, if the list has one.
    """
    guest = reading.guest
    if guest is None:
        return Verdict(reading.reason)
    if guest.event_id != facts.event_id:
        return Verdict(Reason.PRODUCT)
    if direction == visits.EXIT:
        return Verdict("")  # nobody is kept in
    reason = dead(reading, facts=facts) or _ruled_out(reading, facts=facts, at=at, entered_needed=entered_needed)
    if reason:
        return Verdict(reason)
    first = visits.in_the_way(guest.visits, manners=facts.manners, at=at)
    return Verdict(Reason.ALREADY_REDEEMED if first else "", first)


def dead(reading: Reading, *, facts: ListFacts) -> str:
    """Return why a ticket of the event is good for nothing at this list, whatever the time; or nothing."""
    guest = reading.guest
    assert guest is not None
    if reading.is_outdated:
        return Reason.REVOKED
    if guest.is_revoked or guest.status != Registration.Status.CONFIRMED or facts.is_cancelled:
        return Reason.CANCELED
    if guest.is_blocked:
        return Reason.BLOCKED
    if guest.payment == Registration.Payment.DUE and not facts.includes_pending:
        return Reason.UNPAID
    if facts.ticket_types and guest.ticket_type_id not in facts.ticket_types:
        return Reason.PRODUCT
    return ""


def _ruled_out(reading: Reading, *, facts: ListFacts, at: datetime, entered_needed: bool) -> str:
    if (facts.opens_at and at < facts.opens_at) or (facts.closes_at and at >= facts.closes_at):
        return Reason.INVALID_TIME
    return "" if entered_needed else Reason.RULES
