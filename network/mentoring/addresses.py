"""Addresses that letters and calendars carry: whole, because they are read outside the site."""

from django.conf import settings

from network.models import Booking


def _address(path: str, language: str) -> str:
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}{path}"


def booking_address(booking: Booking, language: str) -> str:
    """The booking's page, for its two people alone."""
    return _address(f"/hen/{booking.uid}/", language)


def slots_address(slug: str, language: str) -> str:
    """Where an hour with a mentor is booked."""
    return _address(f"/hen/dat/{slug}/", language)
