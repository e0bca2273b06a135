"""Addresses that letters and calendars carry: whole, because they are read outside the site."""

from django.conf import settings

from events.models import Event, Ticket


def _address(path: str, language: str) -> str:
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}{path}"


def event_address(event: Event, language: str) -> str:
    """The event's page on the site."""
    return _address(f"/su-kien/{event.slug}/", language)


def ticket_address(ticket: Ticket, language: str) -> str:
    """The ticket's page, for its holder alone."""
    return _address(f"/ve/{ticket.pk}/", language)


def my_tickets_address(language: str) -> str:
    """The list of the reader's own tickets."""
    return _address("/ve/", language)


def programme_address(language: str) -> str:
    """What else is on."""
    return _address("/su-kien/", language)


def certificate_address(code: str, language: str) -> str:
    """Where anybody who has a certificate's code can check it."""
    return _address(f"/chung-nhan/{code}/", language)


def enrolment_address(code: str) -> str:
    """What the QR of a gate phone's code says: the door app. The code stands behind the #, which no server is sent."""
    return f"{settings.SITE_URL}/soat-ve/#ghep={code}"
