"""Letters about a registration: rendered in the person's language, queued in the transaction of their cause."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from events import calendar, tickets
from events.addresses import event_address, my_tickets_address, ticket_address
from events.models import Registration, Ticket
from network import outbox


def confirmed(*, registration: Registration, ticket: Ticket, at: datetime) -> None:
    """The place is yours: ticket with its QR picture, and the invitation."""
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


def _queue(
    registration: Registration,
    template: str,
    *,
    subject: str,
    at: datetime,
    ics: bytes,
    method: str = "REQUEST",
    ticket: Ticket | None = None,
    pictures: tuple[outbox.Picture, ...] = (),
) -> None:
    language = registration.language
    event = registration.event
    context: dict[str, Any] = {
        "subject": subject,
        "language": language,
        "registration": registration,
        "event": event,
        "person": registration.person,
        "ticket": ticket,
        "place": calendar.place(event),
        "event_address": event_address(event, language),
        "ticket_address": ticket_address(ticket, language) if ticket else my_tickets_address(language),
    }
    letter = outbox.Letter(
        recipient=registration.person.email,
        recipient_name=registration.person.full_name,
        subject=subject,
        text=render_to_string(f"mail/{template}.txt", context),
        html=render_to_string(f"mail/{template}.html", context),
        language=language,
        pictures=pictures,
        calendar=ics,
        calendar_method=method,
    )
    outbox.queue(letter, at=at)
