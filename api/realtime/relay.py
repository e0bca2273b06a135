"""Carries the notices of the rules to the bus."""

from events import notices as of_events
from events.notices import RegistrationChanged
from network.notices import BookingChanged, Notice

from .bus import bus


def topic_of(event_id: int) -> str:
    """Return the topic on which everything about an event changes."""
    return f"event:{event_id}"


def topic_of_registration(registration_id: int) -> str:
    """Return the topic on which a registration and its tickets change."""
    return f"registration:{registration_id}"


def topic_of_bookings(person_id: int) -> str:
    """Return the topic on which a person's hours with others change, those that they give and those that they have."""
    return f"bookings:{person_id}"


def relay(notice: Notice) -> None:
    """Publish that something has changed; what, each stream reads from the database."""
    if isinstance(notice, RegistrationChanged):
        bus.publish(topic_of_registration(notice.registration_id))
    elif isinstance(notice, BookingChanged):
        for person_id in notice.person_ids:
            bus.publish(topic_of_bookings(person_id))
    elif isinstance(notice, of_events.Notice):
        bus.publish(topic_of(notice.event_id))
