"""Carries the notices of the rules to the bus."""

from events.notices import Notice

from .bus import bus


def topic_of(event_id: int) -> str:
    """Return the topic on which everything about an event changes."""
    return f"event:{event_id}"


def relay(notice: Notice) -> None:
    """Publish that something about the event has changed; what, each stream reads from the database."""
    bus.publish(topic_of(notice.event_id))
