"""Carries the notices of the rules to the bus."""

from events.notices import Notice, RegistrationChanged

from .bus import bus


def topic_of(event_id: int) -> str:
    """Return the topic on which everything about an event changes."""
    return f"event:{event_id}"


def topic_of_registration(registration_id: int) -> str:
    """Return the topic on which a registration and its tickets change."""
    return f"registration:{registration_id}"


def relay(notice: Notice) -> None:
    """Publish that something has changed; what, each stream reads from the database."""
    if isinstance(notice, RegistrationChanged):
        bus.publish(topic_of_registration(notice.registration_id))
    else:
        bus.publish(topic_of(notice.event_id))
