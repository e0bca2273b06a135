"""Named questions about events, asked by every door."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from events.models import Event, EventStaff, GateDevice
from network.models import Job, Person, Profile
from network.statements import compiled

Viewer = Person | AnonymousUser

DoorActor = Person | GateDevice
"""Who works at a door: somebody with that role, or an enrolled phone, which is as good as the role at its lists."""


def _works_at(person: Viewer, event_id: int, roles: list[str]) -> bool:
    if not person.is_authenticated or not person.is_active:
        return False
    at_event = Q(event_id=event_id) | Q(event=None)
    return EventStaff.objects.filter(at_event, person=person, role__in=roles).exists()


def may_plan_events(person: Viewer) -> bool:
    """Create events and change their facts: the comms team and the organisers, through the admin's permissions."""
    return person.is_authenticated and person.has_perm("events.change_event")


def may_see_event(person: Viewer, event: Event) -> bool:
    """A draft is seen by those who plan events."""
    return event.is_public or may_plan_events(person)


def may_check_in(actor: Viewer | GateDevice, event_id: int) -> bool:
    """Door volunteers and organisers of the event, and its phones (at their lists alone: `may_scan`)."""
    if isinstance(actor, GateDevice):
        return _is_enrolled(actor) and actor.event_id == event_id
    return _works_at(actor, event_id, [EventStaff.Role.DOOR, EventStaff.Role.ORGANISER])


def may_scan(actor: Viewer | GateDevice, *, event_id: int, list_id: int) -> bool:
    """Let people in and out by this list: who may check in at its event; a phone, if it is not limited to others.

    Whether the event is long over is asked when a phone's token is read (`gate_devices.of_token`).
    """
    return may_check_in(actor, event_id) and _has_list(actor, list_id)


def may_follow_arrivals(actor: Viewer | GateDevice, event_id: int, list_id: int | None = None) -> bool:
    """Hear who comes in: at the event, or by one of its lists. A phone limited to lists hears of these alone."""
    if not may_check_in(actor, event_id):
        return False
    if list_id is None:
        return not isinstance(actor, GateDevice) or not actor.lists.all()
    return _has_list(actor, list_id)


def _is_enrolled(device: GateDevice) -> bool:
    return device.token_hash is not None and device.revoked_at is None


def _has_list(actor: Viewer | GateDevice, list_id: int) -> bool:
    if not isinstance(actor, GateDevice):
        return True
    # Read where they were prefetched: a scan costs no statement for what its phone may.
    limits = {each.pk for each in actor.lists.all()}
    return not limits or list_id in limits


def may_watch_board(person: Viewer, event_id: int) -> bool:
    """The live board names people: organisers of the event."""
    return _works_at(person, event_id, [EventStaff.Role.ORGANISER])


def may_run_desk(person: Viewer, event_id: int) -> bool:
    """Read and decide registrations: organisers of the event, and who has that permission for all events."""
    if person.is_authenticated and person.is_active and person.has_perm("events.change_registration"):
        return True
    return _works_at(person, event_id, [EventStaff.Role.ORGANISER])


def may_have_job(person: Viewer, job: Job) -> bool:
    """Look at long work about an event and have what came of it: who runs the desk, at the time of asking."""
    subject, _colon, number = job.about.partition(":")
    return subject == "event" and number.isdecimal() and may_run_desk(person, int(number))


def may_take_fees(person: Viewer, event_id: int) -> bool:
    """Mark a fee as received: who runs the desk, and door volunteers, who take it on the spot."""
    return may_run_desk(person, event_id) or may_check_in(person, event_id)


def events_to_check_in(person: Viewer) -> QuerySet[Event]:
    """The events at which the person may check in."""
    if not person.is_authenticated:
        return Event.objects.none()
    roles = EventStaff.objects.filter(person=person)
    if roles.filter(event=None).exists():
        return Event.objects.all()
    return Event.objects.filter(pk__in=roles.values("event_id"))


@dataclass(frozen=True)
class Tasks:
    """What somebody has to do here beside taking part: what the site's menu offers."""

    edits_mentor_entry: bool = False
    checks_tickets: bool = False


def tasks_of(person: Viewer) -> Tasks:
    """Whether the person has a mentor's entry, listed or not, and stands at the door or organises at any event."""
    found = _tasks.first(person_id=person.pk) if person.is_authenticated else None
    return Tasks(*found) if found else Tasks()


@compiled
def _tasks(person_id: Any) -> "QuerySet[Person, tuple[bool, bool]]":
    entry = Profile.objects.filter(person=OuterRef("pk"))
    duty = EventStaff.objects.filter(person=OuterRef("pk"), role__in=[EventStaff.Role.DOOR, EventStaff.Role.ORGANISER])
    return Person.objects.filter(pk=person_id).values_list(Exists(entry), Exists(duty))
