"""How many sockets of this process stand open to each address."""

from collections import Counter
from collections.abc import Sequence

_open: Counter[str] = Counter()


class Seat:
    """One socket's place among those of its address; sockets without one (a local proxy's) are not counted."""

    def __init__(self, client: Sequence[object] | None) -> None:
        self.address = str(client[0]) if client and client[0] else ""
        self.is_taken = False

    def take(self, most: int) -> bool:
        """Sit down; False if `most` sockets of this address are open already."""
        if self.address and _open[self.address] >= most:
            return False
        _open[self.address] += bool(self.address)
        self.is_taken = True
        return True

    def leave(self) -> None:
        """Give the place back, once."""
        if self.is_taken:
            self.is_taken = False
            _open[self.address] -= 1
            if _open[self.address] <= 0:
                del _open[self.address]
