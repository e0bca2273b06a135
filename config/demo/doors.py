"""Doors of the Startup Day to come and of today's open doors: lists, gates, and phones that stand there.

All of it is done by the rules. Of the phones nobody knows the tokens: they show what an organiser sees of them.
"""

from dataclasses import dataclass
from datetime import timedelta

from config.demo import logins
from config.demo.dates import Calendar
from config.demo.gatherings import Gathering
from events import checkin_lists, gate_devices, gates
from events.checkin_lists import ListFacts
from events.gate_devices import DeviceFacts
from events.models import CheckInList, Event, GateDevice
from network.models import Person

STARTUP_DAY, TODAY = "HOI 002", "MO 001"
GATES = "ABCD"
VERSION = "1.0.0"


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A phone at a gate; `silent` minutes without contact, None while nobody has scanned its code."""

    name: str
    gate: str
    silent: int | None = 0
    waiting: int = 0
    lists: tuple[str, ...] = ()


PHONES = {
    STARTUP_DAY: (
        Phone(name="Cửa A – máy 1", gate="A"),
        Phone(name="Cửa B – máy 1", gate="B", silent=26, waiting=14),
        Phone(name="Hội trường", gate="C", silent=1, lists=("Hội trường",)),
        Phone(name="Máy của Lan", gate="D", silent=None),
    ),
    TODAY: (Phone(name="Cửa A – máy 1", gate="A"), Phone(name="Cửa B – máy 1", gate="B", silent=3)),
}


def load(loaded: list[Gathering], calendar: Calendar) -> None:
    """Set the doors up of those that were just made."""
    organiser = logins.person(logins.ORGANISER)
    codes = {each.code for each in loaded}
    if STARTUP_DAY in codes:
        _startup_day(Event.objects.get(code=STARTUP_DAY), organiser)
    for code in codes & set(PHONES):
        event = Event.objects.get(code=code)
        for phone in PHONES[code]:
            _stand(phone, event, organiser, calendar)


def _startup_day(event: Event, organiser: Person) -> None:
    """Gates A to D; an exhibition to walk in and out of, a hall that one enters from it, and a session."""
    for name in GATES:
        if not event.gates.filter(name=name).exists():
            gates.add(event_id=event.pk, name=name, actor=organiser)
    main = event.checkin_lists.get(is_main=True)
    zone = {"scope": CheckInList.Scope.ZONE, "needs_id": main.pk}
    fair = _add(event, organiser, ListFacts(name_vi="Khu triển lãm", name_en="Exhibition", **zone))
    hall = ListFacts(name_vi="Hội trường", name_en="Main hall", leaves_ids=(fair.pk,), **zone)
    _add(event, organiser, hall)
    session = event.sessions.order_by("starts_at", "pk")[1]
    _add(
        event,
        organiser,
        ListFacts(
            name_vi=session.title_vi[:80],
            name_en=(session.title_en or "")[:80],
            scope=CheckInList.Scope.SESSION,
            session_id=session.pk,
            allows_reentry=False,
            needs_id=main.pk,
            opens_at=session.starts_at - timedelta(minutes=30),
            closes_at=session.ends_at,
        ),
    )


def _add(event: Event, organiser: Person, facts: ListFacts) -> CheckInList:
    return checkin_lists.add(event_id=event.pk, facts=facts, actor=organiser)


def _stand(phone: Phone, event: Event, organiser: Person, calendar: Calendar) -> None:
    at = calendar.now - timedelta(minutes=phone.silent or 0)
    facts = DeviceFacts(
        name=phone.name,
        gate_id=event.gates.get(name=phone.gate).pk,
        list_ids=tuple(event.checkin_lists.filter(name_vi__in=phone.lists).values_list("pk", flat=True)),
    )
    invited = gate_devices.invite(event_id=event.pk, facts=facts, actor=organiser, at=at)
    if phone.silent is not None:
        device: GateDevice = gate_devices.enrol(code=invited.code, at=at, app_version=VERSION).device
        gate_devices.seen(device=device, at=at, waiting=phone.waiting)
