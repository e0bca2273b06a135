"""Letters about a registration: rendered in the person's language, queued in the transaction of their cause."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from events import calendar, tickets
from events.addresses import event_address, my_tickets_address, ticket_address
from events.models import Registration, Ticket
from network import outbox
from network.models import Person


def received(*, registration: Registration, at: datetime) -> None:
    """We have your registration; an organiser will look at it."""
    with override(registration.language):
        _notice(registration, subject=_("We have your registration: %(event)s"), at=at)


def waitlisted(*, registration: Registration, at: datetime) -> None:
    """You are on the waiting list."""
    with override(registration.language):
        _notice(registration, subject=_("You are on the waiting list: %(event)s"), at=at)


def offered(*, registration: Registration, at: datetime) -> None:
    """A place is held for you until the offer ends."""
    with override(registration.language):
        _notice(registration, subject=_("A place for you: %(event)s"), at=at)


def offer_expired(*, registration: Registration, at: datetime) -> None:
    """The offered place went on to the next person."""
    with override(registration.language):
        _notice(registration, subject=_("The offered place went on: %(event)s"), at=at)


def declined(*, registration: Registration, at: datetime) -> None:
    """You did not want the offered place."""
    with override(registration.language):
        _notice(registration, subject=_("You declined the place: %(event)s"), at=at)


def rejected(*, registration: Registration, at: datetime) -> None:
    """The organiser could not give you a place."""
    with override(registration.language):
        _notice(registration, subject=_("No place this time: %(event)s"), at=at)


def paid(*, registration: Registration, at: datetime) -> None:
    """Your fee arrived."""
    with override(registration.language):
        _notice(registration, subject=_("Your fee arrived: %(event)s"), at=at)


def reminder(*, registration: Registration, at: datetime) -> None:
    """It is tomorrow."""
    with override(registration.language):
        _notice(registration, subject=_("Soon: %(event)s"), at=at)


def transferred(*, ticket: Ticket, former: Person, at: datetime) -> None:
    """A ticket was handed on: to who has it now, and to `former`, who had it."""
    registration = ticket.registration
    with override(registration.language):
        subject = _("A ticket was handed on: %(event)s")
        _notice(registration, subject=subject, at=at, to=ticket.holder or registration.person)
        _notice(registration, subject=subject, at=at, to=former)


def people_added(*, registration: Registration, tickets: Iterable[Ticket], at: datetime) -> None:
    """More people joined your group."""
    with override(registration.language):
        _notice(registration, subject=_("More tickets: %(event)s"), at=at)


def resent(*, registration: Registration, at: datetime) -> None:
    """Your ticket once more."""
    confirmed(registration=registration, at=at)


def confirmed(*, registration: Registration, at: datetime) -> None:
    """The place is yours: ticket with its QR picture, and the invitation."""
    ticket = registration.tickets.all()[0]
    with override(registration.language):
        _queue(
            registration,
            "confirmed",
            subject=_("Your ticket: %(event)s") % {"event": registration.event.title},
            at=at,
            ticket=ticket,
            pictures=(outbox.Picture(cid="ticket-code", png=tickets.picture(ticket, scale=6)),),
            ics=calendar.invitation(registration, at=at),
        )


def cancelled(*, registration: Registration, at: datetime) -> None:
    """You gave your place back: the invitation is withdrawn."""
    with override(registration.language):
        subject = _("Your place is given back: %(event)s") % {"event": registration.event.title}
        ics = calendar.withdrawal(registration, at=at)
        _queue(registration, "cancelled", subject=subject, at=at, ics=ics, method="CANCEL")


def moved(*, registration: Registration, at: datetime) -> None:
    """Time or place changed: the updated invitation. The ticket stays good."""
    with override(registration.language):
        subject = _("New time or place: %(event)s") % {"event": registration.event.title}
        _queue(registration, "moved", subject=subject, at=at, ics=calendar.invitation(registration, at=at))


def event_cancelled(*, registration: Registration, at: datetime) -> None:
    """The event will not take place: the invitation is withdrawn."""
    with override(registration.language):
        subject = _("Cancelled: %(event)s") % {"event": registration.event.title}
        ics = calendar.withdrawal(registration, at=at)
        _queue(registration, "event_cancelled", subject=subject, at=at, ics=ics, method="CANCEL")


def _notice(registration: Registration, *, subject: str, at: datetime, to: Person | None = None) -> None:
    _queue(registration, "notice", subject=subject % {"event": registration.event.title}, at=at, to=to)


def _queue(
    registration: Registration,
    template: str,
    *,
    subject: str,
    at: datetime,
    to: Person | None = None,
    ics: bytes | None = None,
    method: str = "REQUEST",
    ticket: Ticket | None = None,
    pictures: tuple[outbox.Picture, ...] = (),
) -> None:
    language = registration.language
    event = registration.event
    person = to or registration.person
    context: dict[str, Any] = {
        "subject": subject,
        "language": language,
        "registration": registration,
        "event": event,
        "person": person,
        "ticket": ticket,
        "place": calendar.place(event),
        "event_address": event_address(event, language),
        "ticket_address": ticket_address(ticket, language) if ticket else my_tickets_address(language),
    }
    letter = outbox.Letter(
        recipient=person.email,
        recipient_name=person.full_name,
        subject=subject,
        text=render_to_string(f"mail/{template}.txt", context),
        html=render_to_string(f"mail/{template}.html", context),
        language=language,
        pictures=pictures,
        calendar=ics,
        calendar_method=method,
    )
    outbox.queue(letter, at=at)
