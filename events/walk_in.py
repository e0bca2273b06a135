"""Somebody comes without a ticket: registered on the spot by the registration rule, and let in by the same scan.

What is typed at a door goes to the registration and its letters, and is shown to no other door but the name.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from events import checkin, permissions, registration, scan_rows
from events.checkin import Answer
from events.models import CheckIn, CheckInList, GateDevice, Registration, Ticket, TicketType
from events.refusals import AlreadyRegistered, CheckInListNotFound, NonceReused, TicketTypeNotOffered
from events.scan_rows import Actor, Scan
from network import names, people
from network.models import Consent, Person
from network.refusals import ConsentRequired, Invalid, gather


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """What somebody says at the door. `agrees`: that their data are used to run the event, asked and said aloud."""

    name: str
    email: str
    phone: str = ""
    agrees: bool = False
    ticket_type_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """What became of it: the registration, and the gate's answer, which may be a question or a fee that is due."""

    registration: Registration
    answer: Answer


def register(
    *,
    list_id: int,
    newcomer: Newcomer,
    nonce: UUID,
    actor: Actor,
    at: datetime,
    device: str = "",
    gate_id: int | None = None,
    language: str = "vi",
) -> WalkIn:
    """Register somebody who stands at the door, and let them in; both or neither. The same nonce is the same act.

    Also while registration is closed, until the event ends; full stays full. Only types that anybody may have without
    approval. A fee is due as anywhere: then the gate's answer is `unpaid`. Raises CheckInListNotFound, NonceReused,
    Invalid at `name`, `email` and `phone`, ConsentRequired, TicketTypeNotOffered, AlreadyRegistered, EventFull,
    RegistrationClosed.
    """
    found = CheckInList.objects.filter(pk=list_id).first()
    if found is None or not permissions.may_scan(actor, event_id=found.event_id, list_id=list_id):
        raise CheckInListNotFound()
    scan = Scan(code="", nonce=nonce, device=device, gate_id=gate_id)
    name, email, phone, _agreed = gather(
        lambda: _name(newcomer),
        lambda: people.email_cleaned(newcomer.email),
        lambda: people.phone_cleaned(newcomer.phone),
        lambda: _consent(newcomer),
    )
    repeated = _repeated(scan, list_id, email, actor, at)
    if repeated is not None:
        return repeated
    try:
        with transaction.atomic():
            person = _person(name, email, phone, language)
            made = _registered(found, person, newcomer, actor, at, language)
            Ticket.objects.filter(registration=made).update(holder_name=name)
            return WalkIn(registration=made, answer=_let_in(made, list_id, scan, actor, at))
    except AlreadyRegistered:
        # Sent twice at once: the other one was faster, and its answer is ours.
        repeated = _repeated(scan, list_id, email, actor, at)
        if repeated is None:
            raise
        return repeated


def _repeated(scan: Scan, list_id: int, email: str, actor: Actor, at: datetime) -> WalkIn | None:
    """The answer that this nonce of this sender was given before. Raises NonceReused if it was another act's."""
    rows = CheckIn.objects.filter(nonce=scan.nonce, **scan_rows.sender(actor))
    row = rows.select_related("ticket__registration__person").first()
    if row is None:
        return None
    made = row.ticket.registration if row.ticket else None
    if made is None or made.channel != Registration.Channel.DOOR or made.person.email != email:
        raise NonceReused()
    return WalkIn(registration=made, answer=_let_in(made, list_id, scan, actor, at))


def _let_in(made: Registration, list_id: int, scan: Scan, actor: Actor, at: datetime) -> Answer:
    number = made.tickets.get().number
    scan = Scan(code=number, nonce=scan.nonce, device=scan.device, gate_id=scan.gate_id)
    return checkin.redeem(list_id=list_id, scan=scan, actor=actor, at=at)


def _registered(
    found: CheckInList, person: Person, newcomer: Newcomer, actor: Actor, at: datetime, language: str
) -> Registration:
    return registration.register(
        event_id=found.event_id,
        person=person,
        at=at,
        channel=Registration.Channel.DOOR,
        language=language,
        ticket_type_id=_type_for(found, newcomer, at),
        consents=[Consent.Purpose.REGISTRATION],
        actor=actor.invited_by if isinstance(actor, GateDevice) else actor,
        at_door=True,
    )


def _type_for(found: CheckInList, newcomer: Newcomer, at: datetime) -> int:
    """The type that is named, or the first that this list lets in; hidden ones, and those to be approved, are none."""
    offered = TicketType.objects.filter(event=found.event_id, is_hidden=False, needs_approval=False)
    limits = set(found.ticket_types.values_list("pk", flat=True))
    for each in offered:
        is_meant = newcomer.ticket_type_id == each.pk if newcomer.ticket_type_id else True
        if is_meant and each.is_active and (not limits or each.pk in limits):
            return each.pk
    raise TicketTypeNotOffered()


def _person(name: str, email: str, phone: str, language: str) -> Person:
    """Whoever has this address, as they are; a new one with the phone number, too."""
    person = people.known_or_new(email=email, full_name=name, language=language)
    if phone and not person.phone and person.last_login is None and not person.has_usable_password():
        person.phone = phone
        person.save(update_fields=["phone"])
    return person


def _name(newcomer: Newcomer) -> str:
    try:
        return names.cleaned(newcomer.name)
    except Invalid as refusal:
        raise Invalid(field="name", **refusal.facts) from refusal


def _consent(newcomer: Newcomer) -> None:
    if not newcomer.agrees:
        raise ConsentRequired()
