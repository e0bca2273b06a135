"""Bounds on one socket."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """`settings.GRAPHQL_SOCKET` overrides any of them by name. Times are in seconds."""

    init_within: float = 10.0
    subscriptions: int = 20
    per_address: int = 2_000
    """Sockets that one client address may hold open in one process: a hall of 3,000 may stand behind one address, and a
    socket costs some 60 kB."""
    message_bytes: int = 30_000
    messages_per_second: float = 20.0
    burst: int = 60
    """Messages that may come at once before the rate counts."""
    ping_every: float = 25.0
    watch_every: float = 3.0
    """How often the session and the roles of a logged-in socket are asked again: within 5 s of a logout it is shut."""
    fresh: float = 1.0
    """How long an answered permission holds: between two deliveries, and for all sockets of one login."""
    outbox: int = 64
    """Frames that may wait for a slow reader; then the streams themselves wait and later read on where they stood."""
    stalled_after: float = 30.0
    """How long a reader may take nothing at all before the socket is given up."""


def socket_limits() -> SocketLimits:
    """Return the bounds in force."""
    return SocketLimits(**getattr(settings, "GRAPHQL_SOCKET", {}))


class Rate:
    """A bucket of `burst` messages that fills again by `per_second`."""

    def __init__(self, bounds: SocketLimits, now: float) -> None:
        self.burst, self.per_second = float(bounds.burst), bounds.messages_per_second
        self.left, self.at = self.burst, now

    def allows(self, now: float) -> bool:
        """Take one message out of the bucket; False if it is empty."""
        self.left = min(self.burst, self.left + (now - self.at) * self.per_second)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True
