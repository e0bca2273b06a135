"""What the rules of registration must do, told once more in plain Python: lists and numbers, no database.

The machine in `test_registration_machine` does everything twice, here and by the rules, and compares after each step.
"""

from dataclasses import dataclass, field

HOLDING = {"OFFERED", "CONFIRMED"}
ACTIVE = {"PENDING", "WAITLISTED", "OFFERED", "CONFIRMED"}


@dataclass
class Kind:
    """A ticket type: the pools it takes from, how many places one may have, whether somebody approves, its fee."""

    pools: set[str]
    most: int
    approves: bool = False
    fee: int = 0


@dataclass
class Entry:
    """A registration. `tickets` are those that live."""

    person: str
    kind: str
    places: int
    status: str
    priority: int = 0
    joined: int = 0
    offer_ends: int = 0
    tickets: int = 0
    payment: str = "NONE"
    fee: int = 0
    received: int = 0


@dataclass
class Model:
    """An event at some hour. Every act returns OK or the code of its refusal."""

    capacity: int | None
    pools: dict[str, int]
    kinds: dict[str, Kind]
    offer_hours: int
    starts: int
    hour: int = 0
    entries: list[Entry] = field(default_factory=list)

    def taken(self, pool: str | None = None) -> int:
        """How many places are taken, of the event or of a pool."""
        return sum(
            entry.places
            for entry in self.entries
            if entry.status in HOLDING and (pool is None or pool in self.kinds[entry.kind].pools)
        )

    def fits(self, kind: str, places: int) -> bool:
        """Whether so many more places of a kind are free."""
        if self.capacity is not None and self.taken() + places > self.capacity:
            return False
        return all(self.taken(pool) + places <= self.pools[pool] for pool in self.kinds[kind].pools)

    def queue(self) -> list[Entry]:
        """Who waits, first come first; the order of `entries` is that of registering."""
        waiting = [entry for entry in self.entries if entry.status == "WAITLISTED"]
        return sorted(waiting, key=lambda entry: (entry.priority, entry.joined, self.entries.index(entry)))

    def promote(self) -> None:
        """Offer what is free, in order, to whoever fits."""
        if self.hour >= self.starts:
            return
        for entry in self.queue():
            if self.fits(entry.kind, entry.places):
                entry.status = "OFFERED"
                entry.offer_ends = min(self.hour + self.offer_hours, self.starts)

    def confirm(self, entry: Entry) -> None:
        """Tickets and fee."""
        entry.status, entry.tickets = "CONFIRMED", entry.places
        self.charge(entry, self.kinds[entry.kind].fee * entry.places)

    def charge(self, entry: Entry, fee: int) -> None:
        """What was received counts."""
        entry.fee = fee
        entry.payment = "NONE" if not fee else "DUE" if entry.received < fee else "RECEIVED"

    def register(self, person: str, kind: str, places: int, waits: bool) -> str:
        """Take places, apply, or wait."""
        chosen = self.kinds[kind]
        is_known = any(entry.person == person and entry.status in ACTIVE for entry in self.entries)
        if self.taken() == self.capacity and not waits and not chosen.approves:
            # Full to the last place: said before anything else is looked at.
            return "ALREADY_REGISTERED" if is_known else "EVENT_FULL"
        if places > chosen.most:
            return "TOO_MANY_PLACES"
        if is_known:
            return "ALREADY_REGISTERED"
        entry = Entry(person=person, kind=kind, places=places, status="PENDING")
        if not chosen.approves:
            if self.fits(kind, places):
                self.confirm(entry)
            elif waits:
                entry.status, entry.joined = "WAITLISTED", self.hour
            else:
                return "EVENT_FULL"
        self.entries.append(entry)
        return "OK"

    def cancel(self, entry: Entry) -> str:
        """Give everything back."""
        if entry.status not in ACTIVE:
            return "REGISTRATION_NOT_ACTIVE"
        held = entry.status in HOLDING
        entry.status, entry.tickets = "CANCELLED", 0
        if held:
            self.promote()
        return "OK"

    def accept(self, entry: Entry) -> str:
        """Take what was offered."""
        if entry.status != "OFFERED":
            return "REGISTRATION_NOT_IN_STATE"
        if entry.offer_ends <= self.hour:
            return "OFFER_EXPIRED"
        self.confirm(entry)
        return "OK"

    def decline(self, entry: Entry) -> str:
        """Leave it to the next."""
        if entry.status != "OFFERED":
            return "REGISTRATION_NOT_IN_STATE"
        entry.status = "DECLINED"
        self.promote()
        return "OK"

    def expire(self) -> str:
        """Let offers end."""
        due = [entry for entry in self.entries if entry.status == "OFFERED" and entry.offer_ends <= self.hour]
        for entry in due:
            entry.status = "EXPIRED"
        if due:
            self.promote()
        return "OK"

    def approve(self, entry: Entry, waits: bool) -> str:
        """Let an applicant in."""
        if entry.status != "PENDING":
            return "REGISTRATION_NOT_IN_STATE"
        if self.fits(entry.kind, entry.places):
            self.confirm(entry)
        elif waits:
            entry.status, entry.joined = "WAITLISTED", self.hour
        else:
            return "EVENT_FULL"
        return "OK"

    def reject(self, entry: Entry) -> str:
        """Turn an applicant or somebody who waits down."""
        if entry.status not in {"PENDING", "WAITLISTED"}:
            return "REGISTRATION_NOT_IN_STATE"
        entry.status = "REJECTED"
        return "OK"

    def add(self, entry: Entry, places: int) -> str:
        """More people for a group."""
        if entry.status != "CONFIRMED":
            return "REGISTRATION_NOT_IN_STATE"
        if entry.places + places > self.kinds[entry.kind].most:
            return "TOO_MANY_PLACES"
        if not self.fits(entry.kind, places):
            return "EVENT_FULL"
        self.charge(entry, entry.fee + entry.fee // entry.places * places)
        entry.places += places
        entry.tickets += places
        return "OK"

    def leave(self, entry: Entry) -> str:
        """One fewer."""
        if entry.status != "CONFIRMED":
            return "REGISTRATION_NOT_IN_STATE"
        if entry.places < 2:
            return "TICKET_NOT_VALID"
        self.charge(entry, entry.fee - entry.fee // entry.places)
        entry.places -= 1
        entry.tickets -= 1
        self.promote()
        return "OK"

    def move(self, entry: Entry, kind: str) -> str:
        """To another ticket type."""
        if entry.status not in ACTIVE:
            return "REGISTRATION_NOT_IN_STATE"
        if kind == entry.kind:
            return "OK"
        if entry.places > self.kinds[kind].most:
            return "TOO_MANY_PLACES"
        before = entry.kind
        if entry.status in HOLDING:
            status, entry.status = entry.status, "PENDING"
            fits = self.fits(kind, entry.places)
            entry.status = status
            if not fits:
                return "EVENT_FULL"
        entry.kind = kind
        if entry.status == "CONFIRMED":
            self.charge(entry, self.kinds[kind].fee * entry.places)
        assert before != kind
        self.promote()
        return "OK"

    def receive(self, entry: Entry) -> str:
        """A fee is paid."""
        if entry.payment != "DUE" or entry.status != "CONFIRMED":
            return "NO_FEE"
        entry.payment, entry.received = "RECEIVED", entry.fee
        return "OK"

    def prioritise(self, entry: Entry, priority: int) -> str:
        """Elsewhere in the queue."""
        if entry.status != "WAITLISTED":
            return "REGISTRATION_NOT_IN_STATE"
        entry.priority = priority
        self.promote()
        return "OK"

    def resize(self, capacity: int | None) -> str:
        """Another capacity of the event."""
        if capacity is not None and capacity < self.taken():
            return "CAPACITY_BELOW_TAKEN"
        self.capacity = capacity
        self.promote()
        return "OK"

    def resize_pool(self, pool: str, capacity: int) -> str:
        """Another capacity of a pool."""
        if capacity < self.taken(pool):
            return "CAPACITY_BELOW_TAKEN"
        self.pools[pool] = capacity
        self.promote()
        return "OK"
