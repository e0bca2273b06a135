"""What the rules of the room say to the world after commit (`network.notices`): what the numbers are now."""

from dataclasses import dataclass

from network import notices
from network.notices import announce, carry_by

__all__ = ["CheckedIn", "EventChanged", "Notice", "RegistrationChanged", "SeatsChanged", "announce", "carry_by"]


@dataclass(frozen=True, kw_only=True)
class Notice(notices.Notice):
    """Something happened at an event."""

    event_id: int


@dataclass(frozen=True, kw_only=True)
class SeatsChanged(Notice):
    """The number of taken places, or the capacity (None: without limit), is another now."""

    taken: int
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class CheckedIn(Notice):
    """Somebody went in or out, or that was taken back: `sequence` says up to where the log has grown."""

    sequence: int
    admitted: int
    inside: int


@dataclass(frozen=True, kw_only=True)
class EventChanged(Notice):
    """Time, place or status of an event changed."""


@dataclass(frozen=True, kw_only=True)
class RegistrationChanged(Notice):
    """A registration or one of its tickets is another now."""

    registration_id: int
