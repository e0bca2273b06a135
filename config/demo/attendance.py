"""Who came: registrations, tickets and check-ins of the demo's events.

The crowd is written in bulk, in the form in which the rules would have written it, and the counters are set from the
very rows. The demo's own attendee and mentor register by the rule, and the last guests of the open doors are scanned
by the rule, so that the demo starts with real mail and real scans.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import uuid5

from config.demo import logins, people
from config.demo.dates import Calendar
from config.demo.gatherings import Gathering
from events import checkin, registration, tickets
from events.checkin import Scan
from events.models import CheckIn, CheckInList, CheckInTally, Event, Gate, Registration, Seats, Ticket
from network.models import Consent, Person

BY_RULE = {"MO 001": [logins.ATTENDEE], "HOI 002": [logins.ATTENDEE], "CAFE 047": [logins.MENTOR]}
"""Who registers by the rule, and for what."""

REMEMBERED = {"CAFE 045", "CAFE 046", "HOI 001"}
"""Past events that the demo's attendee went to."""

SCANNED_BY_RULE = 3


def load(loaded: list[Gathering], calendar: Calendar) -> None:
    """Fill the events that were just made."""
    guests, attendee = people.guests(), logins.person(logins.ATTENDEE)
    events = {event.code: event for event in Event.objects.filter(code__in=[each.code for each in loaded])}
    for each in loaded:
        crowd = Random(each.code).sample(guests, each.taken - len(BY_RULE.get(each.code, [])))
        if each.code in REMEMBERED:
            crowd[0] = attendee
        if crowd:
            _fill(each, events[each.code], crowd, calendar)
        for login in BY_RULE.get(each.code, []):
            _register(login, events[each.code], calendar)


def _register(login: logins.Login, event: Event, calendar: Calendar) -> None:
    person, channel = logins.person(login), Registration.Channel.SITE
    agreed = [Consent.Purpose.REGISTRATION]
    registration.register(event_id=event.pk, person=person, at=calendar.now, channel=channel, consents=agreed)


def _fill(each: Gathering, event: Event, crowd: list[Person], calendar: Calendar) -> None:
    rows = Registration.objects.bulk_create(_registrations(event, crowd, calendar))
    made = Ticket.objects.bulk_create(_ticket(row) for row in rows)
    Seats.objects.filter(event=event).update(taken=len(rows), last_number=len(rows))
    if each.came:
        by_rule = SCANNED_BY_RULE if each.follows_the_day else 0
        _admit(event, made[: each.came - by_rule], calendar)
        _scan(event, made[each.came - by_rule : each.came], calendar)


def _registrations(event: Event, crowd: list[Person], calendar: Calendar) -> Iterator[Registration]:
    """In the weeks before the event or before now, whichever comes first, in the order of their numbers."""
    chance, until = Random(f"{event.code} registered"), min(event.starts_at, calendar.now)
    admission = event.ticket_types.get()
    moments = sorted(until - timedelta(minutes=chance.randint(30, 20 * 24 * 60)) for _ in crowd)
    for number, (person, at) in enumerate(zip(crowd, moments, strict=True), start=1):
        yield Registration(
            event=event,
            person=person,
            ticket_type=admission,
            number=number,
            channel=chance.choices(["SITE", "API", "ADMIN"], [80, 16, 4])[0],
            language=person.preferred_language,
            created_at=at,
        )


def _ticket(row: Registration) -> Ticket:
    readable = tickets.number(row.event.code, row.number)
    return Ticket(
        registration=row,
        event=row.event,
        number=readable,
        spoken_number=tickets.spoken(readable),
        holder_name=row.person.full_name,
        issued_at=row.created_at,
    )


def _admit(event: Event, arrived: list[Ticket], calendar: Calendar) -> None:
    door, main = logins.person(logins.DOOR), CheckInList.objects.get(event=event, is_main=True)
    gates = list(Gate.objects.filter(event=event))
    chance = Random(f"{event.code} arrived")
    moments = _arrivals(event, len(arrived), calendar, chance)
    CheckIn.objects.bulk_create(
        CheckIn(
            list=main,
            event=event,
            ticket=ticket,
            gate=(gate := chance.choice(gates)),
            nonce=uuid5(ticket.pk, "demo"),
            device=_device(gate),
            scanned_by=door,
            scanned_at=at,
            received_at=at,
            status=CheckIn.Status.OK,
            sequence=sequence,
            turn=1,
        )
        for sequence, (ticket, at) in enumerate(zip(arrived, moments, strict=True), start=1)
    )
    CheckInTally.objects.filter(event=event).update(
        last_sequence=len(arrived), admitted=len(arrived), inside=len(arrived)
    )


def _arrivals(event: Event, count: int, calendar: Calendar, chance: Random) -> list[datetime]:
    """Around the beginning; where that is not past, within the last hour and a half."""
    over = event.ends_at <= calendar.now
    last = event.starts_at + timedelta(minutes=40) if over else calendar.now - timedelta(minutes=5)
    return sorted(last - timedelta(seconds=chance.randint(0, 80 * 60)) for _ in range(count))


def _scan(event: Event, arrived: list[Ticket], calendar: Calendar) -> None:
    door, main = logins.person(logins.DOOR), CheckInList.objects.get(event=event, is_main=True)
    gate = Gate.objects.filter(event=event).first()
    for ticket in arrived:
        scan = Scan(code=tickets.code(ticket), nonce=uuid5(ticket.pk, "demo"), device=_device(gate), gate_id=gate.pk)
        checkin.redeem(list_id=main.pk, scan=scan, actor=door, at=calendar.now)


def _device(gate: Gate) -> str:
    return f"Điện thoại cửa {gate.name}"
