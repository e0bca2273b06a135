"""Handing a ticket on: another person, another code. A forwarded screenshot of the old one dies."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from events import doors, history, mails, seats
from events.models import CheckIn, Event, Registration, Ticket
from events.refusals import TicketNotFound, TicketNotValid
from network import names, people
from network.models import Person
from network.refusals import Invalid


def hand_on(*, ticket_id: UUID, name: str, email: str, actor: Person, at: datetime) -> Ticket:
    """Hand a ticket on to the person of this address: its code is replaced at once, both get a letter.

    May: whoever holds the ticket. Returns the ticket. Raises TicketNotFound (also for somebody else's), TicketNotValid
    (given back, event over, or let in already), Invalid at `name` or `email` (malformed; repeated for oneself).
    """
    name, email = _cleaned(name, email, actor)
    known = Ticket.objects.filter(pk=ticket_id).values_list("event", flat=True).first()
    if known is None:
        raise TicketNotFound()
    with transaction.atomic():
        held = seats.hold(event_id=known)
        doors.hold(event_id=known)
        ticket = Ticket.objects.select_related("registration__person", "holder").get(pk=ticket_id)
        ticket.event = held.event
        former = ticket.holder or ticket.registration.person
        if former.pk != actor.pk:
            raise TicketNotFound()
        _refuse_dead(ticket, at)
        ticket.holder = people.known_or_new(email=email, full_name=name, language=ticket.registration.language)
        ticket.holder_name, ticket.transferred_at = name, at
        ticket.version += 1
        ticket.save(update_fields=["holder", "holder_name", "transferred_at", "version"])
        doors.changed(event_id=known)
        history.note(ticket.registration, "transferred", actor=actor, at=at, ticket=ticket.number)
        mails.transferred(ticket=ticket, former=former, at=at)
    return ticket


def _refuse_dead(ticket: Ticket, at: datetime) -> None:
    confirmed = ticket.registration.status == Registration.Status.CONFIRMED
    over = ticket.event.status == Event.Status.CANCELLED or ticket.event.ends_at <= at
    if ticket.revoked_at is not None or not confirmed or over:
        raise TicketNotValid()
    if CheckIn.objects.filter(ticket=ticket, status="ok", annulled_at=None).exists():
        raise TicketNotValid()


def _cleaned(name: str, email: str, actor: Person) -> tuple[str, str]:
    try:
        name = names.cleaned(name)
    except Invalid as refusal:
        raise Invalid(field="name", **refusal.facts) from refusal
    email = people.email_cleaned(email)
    if email == actor.email.lower():
        raise Invalid(field="email", reason="repeated")
    return name, email
