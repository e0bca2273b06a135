"""Rows of scans before they are written: by whom, of what, and how they move the counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from events import visits
from events.door_facts import ListFacts
from events.models import CheckIn, Gate, GateDevice
from events.visits import Visit
from network.models import Person

Actor = Person | GateDevice
"""Who stands at a gate: somebody on duty, or a phone that an organiser enrolled."""

DEVICE_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What a device sends. `nonce` is chosen by the device and stays the same when it sends the scan again."""

    code: str
    nonce: UUID
    device: str = ""
    gate_id: int | None = None
    direction: str = visits.ENTRY
    scanned_at: datetime | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)


def following(lead: CheckIn, ticket_id: UUID, *, nonce: UUID, at: datetime) -> CheckIn:
    """Return a standing row that another led to, by the same sender at the same gate and list, not written.

    Direction and turn are left to be said. `nonce` is made of the lead's, so that the same act gives the same row.
    """
    return CheckIn(
        list_id=lead.list_id,
        event_id=lead.event_id,
        ticket_id=ticket_id,
        gate_id=lead.gate_id,
        nonce=nonce,
        device=lead.device,
        gate_device_id=lead.gate_device_id,
        scanned_by_id=lead.scanned_by_id,
        scanned_at=lead.scanned_at if lead.was_offline or lead._state.adding else at,
        received_at=at,
        was_offline=lead.was_offline,
        status=CheckIn.Status.OK,
        lead=lead,
    )


def has_entered(list_id: int | None, ticket_id: UUID) -> bool:
    """Whether a ticket was let in by a list; None: by none, and so it was."""
    return list_id is None or visits.has_arrived(visits.standing(list_id=list_id, ticket_ids=[ticket_id])[ticket_id])


def movement(facts: ListFacts, before: Sequence[Visit], after: Sequence[Visit]) -> tuple[int, int]:
    """Return by how much the event's counts (arrived, inside) move when a ticket's visits become others."""
    if not facts.is_main:
        return 0, 0
    after = visits.in_order(after)
    return (
        visits.has_arrived(after) - visits.has_arrived(before),
        visits.is_inside(after) - visits.is_inside(before),
    )


def new(facts: ListFacts, scan: Scan, actor: Actor, at: datetime) -> CheckIn:
    """Return the row of a scan, without its outcome, not written."""
    return CheckIn(
        list_id=facts.pk,
        event_id=facts.event_id,
        gate_id=gate_of(scan.gate_id, facts),
        direction=scan.direction,
        nonce=scan.nonce,
        device=scan.device[:DEVICE_LENGTH],
        scanned_at=scan.scanned_at or at,
        received_at=at,
        **sender(actor),
    )


def sender(actor: Actor) -> dict[str, Any]:
    """Return the fields that say who sent a scan: a nonce is known among the same sender's."""
    if isinstance(actor, GateDevice):
        return {"gate_device_id": actor.pk}
    return {"gate_device_id": None, "scanned_by_id": actor.pk}


def visit_of(row: CheckIn, *, gate: str | None = None) -> Visit:
    """Return the visit that a row, written or not, is; `gate` is the name of its gate, where somebody wants to know."""
    return Visit(
        pk=row.pk or 0,
        direction=row.direction,
        at=row.scanned_at,
        nonce=row.nonce,
        turn=row.turn or 0,
        forced=row.forced,
        reason=row.reason,
        gate=gate,
        device=row.device,
    )


def gate_of(gate_id: int | None, facts: ListFacts) -> int | None:
    """Return the gate, if it is one of the event's; None if not."""
    if gate_id is None or gate_id in facts.gates:
        return gate_id
    return Gate.objects.filter(pk=gate_id, event=facts.event_id).values_list("pk", flat=True).first()
