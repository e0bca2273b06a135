"""Scenes at the doors: tickets, gates, scans with and without a network, and what must hold after each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from events import annulment, checkin, conflicts, doors, parties, registration, scan_upload, tickets
from events.checkin import Answer
from events.models import STANDING, CheckIn, CheckInList, CheckInTally, Event, Gate, Registration, Ticket
from events.party import Companion
from events.scan_rows import Actor, Scan
from events.scan_upload import OfflineScan, Taken
from network.models import Person
from tests.factories import NOW, PersonFactory, gate, main_list, on_duty, open_event

MINUTE = timedelta(minutes=1)
DEVICE = "Lan 2"


def ticket_of(event: Event, *, guests: int = 0, name: str = "Phạm Thu Hà", kind: int | None = None) -> Ticket:
    """The first ticket of somebody who registers, with `guests` others."""
    held = registration.register(
        event_id=event.pk,
        person=PersonFactory.create(full_name=name),
        at=NOW,
        channel=Registration.Channel.SITE,
        ticket_type_id=kind,
        companions=[Companion(name=f"Bạn {letter}") for letter in "ABCDEFGH"[:guests]],
    )
    return held.tickets.order_by("number").first()


def tickets_of(event: Event, number: int) -> list[Ticket]:
    """So many tickets of as many people, written past the rules: for tests that need hundreds."""
    kind, begun = event.ticket_types.earliest("pk"), Registration.objects.filter(event=event).count()
    holders = Person.objects.bulk_create(
        Person(email=f"{uuid4()}@example.org", full_name=f"Người {n}", search_text="", sort_key="")
        for n in range(number)
    )
    known = {"event": event, "ticket_type": kind, "status": "CONFIRMED", "created_at": NOW}
    rows = Registration.objects.bulk_create(
        Registration(person=person, number=begun + n + 1, **known) for n, person in enumerate(holders)
    )
    made = []
    for row in rows:
        readable = tickets.number(event.code, row.number)
        numbers = {"number": readable, "spoken_number": tickets.spoken(readable)}
        made.append(Ticket(registration=row, event=event, holder_name=row.person.full_name, issued_at=NOW, **numbers))
    return Ticket.objects.bulk_create(made)


def group_of(ticket: Ticket) -> list[Ticket]:
    """The tickets of a registration, in the order of their numbers."""
    return list(Ticket.objects.filter(registration=ticket.registration_id).order_by("number"))


def list_of(event: Event, name: str = "Hội thảo", **rules: Any) -> CheckInList:
    """Another check-in list of the event. `leaves` and `ticket_types` are set behind it."""
    many = {name: rules.pop(name) for name in ("leaves", "ticket_types") if name in rules}
    made = CheckInList.objects.create(event=event, name_vi=name, name_en=name, scope="ZONE", **rules)
    for name, rows in many.items():
        getattr(made, name).set(rows)
    doors.changed(event_id=event.pk)
    return made


def ruled(checkin_list: CheckInList, **rules: Any) -> CheckInList:
    """The list with other rules."""
    CheckInList.objects.filter(pk=checkin_list.pk).update(**rules)
    doors.changed(event_id=checkin_list.event_id)
    return CheckInList.objects.get(pk=checkin_list.pk)


def said(answer: Answer) -> tuple[str, str]:
    """Status and reason."""
    return str(answer.checkin.status), str(answer.checkin.reason)


@dataclass
class Door:
    """Somebody at gate A of an event's list."""

    event: Event = field(default_factory=open_event)
    actor: Actor = None  # type: ignore[assignment]  # made behind, of the event
    at: CheckInList = None  # type: ignore[assignment]
    device: str = DEVICE

    def __post_init__(self) -> None:
        self.actor = self.actor or on_duty(self.event)
        self.at = self.at or main_list(self.event)

    def by(self, checkin_list: CheckInList) -> "Door":
        """The same at another list."""
        return Door(self.event, self.actor, checkin_list, self.device)

    def gate(self) -> Gate:
        """Gate A."""
        return gate(self.event)

    def scan(self, shown: Ticket | str, when: datetime = NOW, *, nonce: UUID | None = None, **more: Any) -> Answer:
        """Let somebody in."""
        code = shown if isinstance(shown, str) else tickets.code(shown)
        scan = Scan(code=code, nonce=nonce or uuid4(), device=self.device, gate_id=self.gate().pk, **more)
        return checkin.redeem(list_id=self.at.pk, scan=scan, actor=self.actor, at=when)

    def out(self, shown: Ticket | str, when: datetime = NOW, **more: Any) -> Answer:
        """Let somebody out."""
        return self.scan(shown, when, direction="EXIT", **more)

    def says(self, shown: Ticket | str, when: datetime = NOW, **more: Any) -> tuple[str, str]:
        """Let somebody in; status and reason."""
        return said(self.scan(shown, when, **more))

    def annul(self, answer: Answer, when: datetime = NOW, **more: Any) -> CheckIn:
        """Take a scan back."""
        asked = {"nonce": answer.checkin.nonce, "device": self.device, "actor": self.actor} | more
        return annulment.annul(at=when, **asked)

    def admit(self, answer: Answer, count: int, when: datetime = NOW, **more: Any) -> parties.Joined:
        """Let in `count` others of the group."""
        asked = {"nonce": answer.checkin.nonce, "device": self.device, "actor": self.actor} | more
        return parties.admit(count=count, at=when, **asked)

    def kept(self, shown: Ticket | str, when: datetime, *, nonce: UUID | None = None, **more: Any) -> OfflineScan:
        """A scan that the phone decided alone."""
        code = shown if isinstance(shown, str) else tickets.code(shown)
        said = {name: more.pop(name) for name in ("reason", "lead_nonce") if name in more}
        let_in = more.pop("let_in", True)
        scan = Scan(code=code, nonce=nonce or uuid4(), gate_id=self.gate().pk, scanned_at=when, **more)
        return OfflineScan(scan=scan, list_id=self.at.pk, was_let_in=let_in, **said)

    def upload(self, *scans: OfflineScan, when: datetime = NOW, sent: datetime | None = None) -> list[Taken]:
        """Send what was kept."""
        return scan_upload.upload(scans=scans, device=self.device, sent_at=sent or when, actor=self.actor, at=when)

    def keep(self, shown: Ticket | str, when: datetime, **more: Any) -> CheckIn:
        """Send one kept scan at NOW; its row."""
        row = self.upload(self.kept(shown, when, **more))[0].row
        assert row is not None
        return row


def tally(event: Event) -> tuple[int, int]:
    """Arrived and inside, as the counter says."""
    return CheckInTally.objects.values_list("admitted", "inside").get(event=event)


def standing(ticket: Ticket, checkin_list: CheckInList) -> list[CheckIn]:
    """What a ticket did at a list, in order."""
    return list(CheckIn.objects.filter(STANDING, ticket=ticket, list=checkin_list).order_by("scanned_at", "nonce"))


def way(ticket: Ticket, checkin_list: CheckInList) -> str:
    """The same in short: "in out in!" (a forced one has a mark)."""
    words = {"ENTRY": "in", "EXIT": "out"}
    return " ".join(words[row.direction] + ("!" if row.forced else "") for row in standing(ticket, checkin_list))


def counts_agree(event: Event) -> bool:
    """The counter equals a recount of the log, and the log has a number for each thing that happened, without a gap."""
    ways: dict[Any, list[str]] = defaultdict(list)
    rows = CheckIn.objects.filter(STANDING, list__event=event, list__is_main=True)
    for ticket, direction in rows.order_by("scanned_at", "nonce").values_list("ticket", "direction"):
        ways[ticket].append(direction)
    arrived = sum("ENTRY" in directions for directions in ways.values())
    inside = sum(directions[-1] == "ENTRY" for directions in ways.values())
    assert tally(event) == (arrived, inside)
    log = CheckIn.objects.filter(event=event)
    numbers = [*log.values_list("sequence", flat=True), *log.values_list("annulled_sequence", flat=True)]
    taken = sorted(number for number in numbers if number is not None)
    last = CheckInTally.objects.values_list("last_sequence", flat=True).get(event=event)
    assert taken == list(range(1, last + 1))
    assert not log.filter(STANDING, sequence=None).exists()
    assert conflicts.count(event_id=event.pk) == len(conflicts.unsettled(event_id=event.pk))
    return True


def everything(event: Event) -> list[tuple[Any, ...]]:
    """Every row of the log and the tally: to be compared with itself later."""
    return [*CheckIn.objects.order_by("pk").values_list(), *CheckInTally.objects.filter(event=event).values_list()]
