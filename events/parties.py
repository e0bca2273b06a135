"""Groups at the door: one scan, and then as many more of the group as came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError

from events import admissions, door_facts, door_reading, door_rules, doors, permissions, scan_rows, visits, zones
from events.admissions import Count, Outdated
from events.door_facts import ListFacts
from events.door_reading import Guest, Reading
from events.models import CheckIn, Ticket
from events.refusals import ScanNotFound
from events.scan_rows import Actor

TRIES = 20


@dataclass(frozen=True, kw_only=True)
class Party:
    """The group of a ticket at a list: how many hold a ticket, how many of them are inside, who may still come in."""

    size: int
    inside: int
    waiting: list[Guest]


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Who came in with a scan, all of them; `counted` is None if nobody did."""

    guests: list[Guest]
    counted: Count | None


def of(*, registration_id: int, list_id: int, at: datetime) -> Party:
    """Return the group of a registration at a list, in the order of the tickets' numbers."""
    facts = door_facts.known(list_id)
    readings = _readings(registration_id, list_id)
    guests = [reading.guest for reading in readings if reading.guest is not None]
    return Party(
        size=len(guests),
        inside=sum(visits.is_inside(guest.visits) for guest in guests),
        waiting=[] if facts is None else _waiting(readings, facts, at),
    )


def admit(*, nonce: UUID, device: str, count: int, actor: Actor, at: datetime) -> Joined:
    """Let in `count` others of a group with the scan that let in the first; asked again, it lets in nobody more.

    Who comes first is the order of the tickets' numbers; if fewer may come, those do. Raises ScanNotFound (no such scan
    of this sender, or it was taken back).
    """
    lead = _lead(nonce, device, actor)
    for _try in range(TRIES):
        facts = door_facts.fresh(lead.list_id)
        assert facts is not None and lead.ticket_id is not None  # noqa: PT018  # the scan has both
        readings = _readings(Ticket.objects.values_list("registration", flat=True).get(pk=lead.ticket_id), facts.pk)
        joined = CheckIn.objects.filter(lead=lead, list=facts.pk, direction=visits.ENTRY)
        stands = dict(joined.values_list("ticket", "annulled_at"))
        came = {ticket_id for ticket_id, annulled_at in stands.items() if annulled_at is None}
        # Nobody comes in twice by one scan, not even who went out since, or was sent back.
        wanted = [guest for guest in _waiting(readings, facts, at) if guest.ticket_id not in {lead.ticket_id, *stands}]
        chosen = wanted[: max(count - len(came), 0)]
        try:
            counted = _write(chosen, lead, facts, at) if chosen else None
        except (Outdated, IntegrityError):
            continue
        with_lead = came | {guest.ticket_id for guest in chosen}
        guests = [reading.guest for reading in readings if reading.guest and reading.guest.ticket_id in with_lead]
        return Joined(guests=guests, counted=counted)
    raise Outdated


def _lead(nonce: UUID, device: str, actor: Actor) -> CheckIn:
    rows = CheckIn.objects.filter(nonce=nonce, device=device[: scan_rows.DEVICE_LENGTH], **scan_rows.sender(actor))
    lead = rows.filter(status="ok", annulled_at=None, direction=visits.ENTRY).first()
    facts = door_facts.known(lead.list_id) if lead else None
    if lead is None or facts is None:
        raise ScanNotFound()
    if not permissions.may_scan(actor, event_id=facts.event_id, list_id=facts.pk):
        raise ScanNotFound()
    return lead


def _readings(registration_id: int, list_id: int) -> list[Reading]:
    return door_reading.of_registration(registration_id, list_id=list_id)


def _waiting(readings: Sequence[Reading], facts: ListFacts, at: datetime) -> list[Guest]:
    """Who is outside and may come in."""
    guests = [reading.guest for reading in readings if reading.guest is not None]
    needed = facts.needs_id and visits.standing(list_id=facts.needs_id, ticket_ids=[each.ticket_id for each in guests])
    waiting = []
    for reading, guest in zip(readings, guests, strict=True):
        entered = not needed or visits.has_arrived(needed[guest.ticket_id])
        verdict = door_rules.judge(reading, facts=facts, direction=visits.ENTRY, at=at, entered_needed=entered)
        if not verdict.reason and not visits.is_inside(guest.visits):
            waiting.append(guest)
    return waiting


def _write(guests: list[Guest], lead: CheckIn, facts: ListFacts, at: datetime) -> Count:
    rows, admitted, inside = [], 0, 0
    for guest in guests:
        row = scan_rows.following(lead, guest.ticket_id, nonce=uuid5(lead.nonce, f"party {guest.ticket_id}"), at=at)
        row.direction, row.turn = visits.ENTRY, visits.next_turn(guest.visits)
        moved = scan_rows.movement(facts, guest.visits, [*guest.visits, scan_rows.visit_of(row)])
        left = zones.left_by(row, facts=facts)
        admitted, inside = admitted + moved[0], inside + moved[1] + sum(step.inside for step in left)
        rows += [row, *(step.row for step in left)]
    counted = admissions.write(
        rows=rows, event_id=facts.event_id, changes=facts.changes, admitted=admitted, inside=inside
    )
    doors.tell_guests(event_id=facts.event_id, registration_ids={guest.registration_id for guest in guests})
    return counted
