"""Questions about many rows of events, loaded for their reader and limited to what the viewer may see."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from events import permissions
from events.models import (
    Answer,
    CheckIn,
    CheckInList,
    Event,
    EventSeries,
    Gate,
    GateDevice,
    Registration,
    Session,
    Speaker,
    Ticket,
)
from network.models import Person
from network.statements import compiled
from network.vietnamese import search_words


class When(StrEnum):
    """Which events, by their end."""

    UPCOMING = "UPCOMING"
    PAST = "PAST"
    ALL = "ALL"


def public_events(
    *, at: datetime, when: When = When.ALL, kind: str = "", series: str = "", organiser: str = "", search: str = ""
) -> QuerySet[Event]:
    """Events that anybody may see, with series, venue, organiser and seats; soonest first, past ones latest first.

    `series` and `organiser` are slugs.
    """
    rows = Event.objects.exclude(status=Event.Status.DRAFT)
    for word in search_words(search):
        rows = rows.filter(search_text__contains=word)
    if kind:
        rows = rows.filter(kind=kind)
    if series:
        rows = rows.filter(series__slug=series)
    if organiser:
        rows = rows.filter(organiser__slug=organiser)
    if when == When.UPCOMING:
        rows = rows.filter(ends_at__gt=at)
    elif when == When.PAST:
        rows = rows.filter(ends_at__lte=at)
    order = ("-starts_at", "-pk") if when == When.PAST else ("starts_at", "pk")
    return rows.select_related("series", "venue", "organiser", "seats", "tally").order_by(*order)


def next_event(*, at: datetime) -> Event | None:
    """The next event that is to take place: the one that the site puts first."""
    rows = public_events(at=at, when=When.UPCOMING).filter(status=Event.Status.SCHEDULED, starts_at__gt=at)
    return rows.filter(kind=Event.Kind.CAFE).first() or rows.first()


def event_page(*, slug: str, viewer: permissions.Viewer) -> Event | None:
    """One event with its whole programme, if the viewer may see it."""
    speakers = Speaker.objects.select_related("organisation", "person__profile")
    sessions = Session.objects.select_related("track").prefetch_related(Prefetch("speakers", speakers))
    rows = Event.objects.select_related("series", "venue", "organiser", "seats", "tally")
    event = rows.prefetch_related("tracks", Prefetch("sessions", sessions)).filter(slug=slug).first()
    return event if event is not None and permissions.may_see_event(viewer, event) else None


def event_facts(*, viewer: permissions.Viewer, slug: str = "", code: str = "", event_id: int = 0) -> Event | None:
    """One event by whichever of its names is given, without its programme, if the viewer may see it."""
    named = Q(slug=slug) if slug else Q(code=code) if code else Q(pk=event_id)
    event = Event.objects.select_related("series", "venue", "organiser", "seats", "tally").filter(named).first()
    return event if event is not None and permissions.may_see_event(viewer, event) else None


def event_to_register_for(*, viewer: permissions.Viewer, slug: str) -> Event | None:
    """One event as its registration form shows it, with series, venue and seats, if the viewer may see it."""
    event = _to_register_for.first(slug=slug)
    return event if event is not None and permissions.may_see_event(viewer, event) else None


@compiled
def _to_register_for(slug: Any) -> QuerySet[Event]:
    return Event.objects.filter(slug=slug).select_related("series", "venue", "seats").order_by()


def series_list() -> QuerySet[EventSeries]:
    """All series with the number of their public events as `editions`."""
    return EventSeries.objects.annotate(editions=Count("events", filter=~Q(events__status=Event.Status.DRAFT)))


def editions_of(series_ids: Iterable[int]) -> dict[int, int]:
    """The number of public events of each of these series."""
    rows = Event.objects.exclude(status=Event.Status.DRAFT).filter(series__in=list(series_ids)).order_by()
    return dict(rows.values_list("series_id").annotate(Count("pk")))


def calendar_events(*, since: datetime, series: str = "") -> QuerySet[Event]:
    """What a calendar feed holds: public events that end after `since`, the cancelled ones among them."""
    return public_events(at=since, when=When.UPCOMING, series=series)


def shown_by(person: Person) -> Q:
    """Which tickets a person shows at the door: those handed to them, and those of their registration that went to
    nobody else."""
    return Q(holder=person) | Q(holder=None, registration__person=person)


def registrations_of(person: Person) -> QuerySet[Registration]:
    """A person's registrations with event, ticket type and all their tickets, the newest event first."""
    rows = Registration.objects.filter(person=person).prefetch_related(_tickets_with_holders())
    rows = rows.select_related("ticket_type", "event__series", "event__venue", "event__seats")
    return rows.order_by("-event__starts_at", "-pk")


def own_registration(*, registration_id: int, person: permissions.Viewer) -> Registration | None:
    """A registration with event, ticket type, tickets, answers and history, for its person alone."""
    if not person.is_authenticated:
        return None
    rows = Registration.objects.filter(pk=registration_id, person=person)
    rows = rows.select_related("person", "ticket_type", "event__series", "event__venue", "event__seats")
    answers = Answer.objects.select_related("question", "version").prefetch_related("files")
    return rows.prefetch_related(_tickets_with_holders(), Prefetch("answers", answers), "history").first()


def _tickets_with_holders() -> "Prefetch[str]":
    rows = Ticket.objects.select_related("holder").prefetch_related(standing_admissions())
    return Prefetch("tickets", rows.order_by("issued_at", "number"))


def active_registration(*, person: permissions.Viewer, event: Event) -> Registration | None:
    """The registration that the person holds for the event."""
    if not person.is_authenticated:
        return None
    return _active.first(person_id=person.pk, event_id=event.pk)


@compiled
def _active(person_id: Any, event_id: Any) -> QuerySet[Registration]:
    return Registration.objects.filter(
        person_id=person_id, event_id=event_id, status__in=Registration.ACTIVE
    ).order_by()


def shown_ticket(*, person: permissions.Viewer, event: Event) -> Ticket | None:
    """The first ticket that the person would show at the event's door."""
    if not person.is_authenticated:
        return None
    return _shown.first(person_id=person.pk, event_id=event.pk)


@compiled
def _shown(person_id: Any, event_id: Any) -> QuerySet[Ticket]:
    shown = Q(holder_id=person_id) | Q(holder=None, registration__person_id=person_id)
    return Ticket.objects.filter(shown, event_id=event_id, revoked_at=None).order_by("issued_at", "number")[:1]


def active_registrations(*, person: Person, events: Iterable[Event]) -> dict[int, Registration]:
    """The registrations that the person holds for these events, by the event's number."""
    rows = Registration.objects.filter(person=person, event__in=list(events), status__in=Registration.ACTIVE)
    return {registration.event_id: registration for registration in rows}


def tickets_of(person: Person) -> QuerySet[Ticket]:
    """The tickets that a person shows, with event and admissions, those of the newest event first."""
    rows = Ticket.objects.filter(shown_by(person)).prefetch_related(standing_admissions())
    rows = rows.select_related("registration", "event__series", "event__venue")
    return rows.order_by("-event__starts_at", "-event", "issued_at", "number")


def tickets_handed_to(person: Person) -> QuerySet[Ticket]:
    """The tickets of other people's registrations that a person shows, as `tickets_of`, with who registered."""
    rows = tickets_of(person).exclude(registration__person=person)
    return rows.select_related("registration__person", "event__series", "event__venue")


def standing_admissions() -> "Prefetch[str]":
    """A ticket's `admissions`: the check-ins that stand, with their gates."""
    standing = CheckIn.objects.filter(status=CheckIn.Status.OK, annulled_at=None).select_related("gate")
    return Prefetch("checkins", standing, to_attr="admissions")


def own_ticket(*, ticket_id: UUID, person: permissions.Viewer) -> Ticket | None:
    """A ticket with its admissions and the event's gates, for whoever shows it: its holder, or the registrant as long
    as it was handed to nobody else."""
    if not person.is_authenticated:
        return None
    rows = Ticket.objects.filter(shown_by(person), pk=ticket_id)
    rows = rows.select_related("registration__person", "registration__ticket_type", "event__series", "event__venue")
    return rows.prefetch_related(standing_admissions(), "event__gates").first()


def registered_ticket(*, ticket_id: UUID, person: permissions.Viewer) -> Ticket | None:
    """A ticket of the person's own registration, whoever shows it: they may give its place back."""
    if not person.is_authenticated:
        return None
    rows = Ticket.objects.filter(pk=ticket_id, registration__person=person)
    return rows.select_related("registration", "event").prefetch_related(standing_admissions()).first()


def door_events(*, person: permissions.Viewer, at: datetime) -> QuerySet[Event]:
    """Events at which the person may check in and that are not over since yesterday, with lists and gates."""
    rows = permissions.events_to_check_in(person).exclude(status__in=[Event.Status.DRAFT, Event.Status.CANCELLED])
    rows = rows.filter(ends_at__gt=at - timedelta(days=1)).order_by("starts_at", "pk")
    return _with_doors(rows, CheckInList.objects.all())


def door_event(*, device: GateDevice) -> Event:
    """The event of a gate phone, as `door_events`, with the lists at which the phone may scan."""
    limits = list(device.lists.values_list("pk", flat=True))
    lists = CheckInList.objects.filter(pk__in=limits) if limits else CheckInList.objects.all()
    return _with_doors(Event.objects.filter(pk=device.event_id), lists).get()


def _with_doors(rows: QuerySet[Event], lists: QuerySet[CheckInList]) -> QuerySet[Event]:
    standing = Q(checkins__status=CheckIn.Status.OK, checkins__annulled_at=None)
    counted = lists.annotate(admitted=Count("checkins", filter=standing)).order_by("order", "pk")
    counted = counted.select_related("session").prefetch_related("gates")
    rows = rows.select_related("series", "venue", "seats", "tally")
    return rows.prefetch_related(Prefetch("checkin_lists", counted), Prefetch("gates", Gate.objects.order_by("name")))


def registrations_at(*, event: Event, viewer: permissions.Viewer) -> QuerySet[Registration]:
    """An event's registrations with people, tickets and admissions, for those who run it; else none."""
    if not (permissions.may_watch_board(viewer, event.pk) or permissions.may_plan_events(viewer)):
        return Registration.objects.none()
    admissions = CheckIn.objects.filter(status=CheckIn.Status.OK, annulled_at=None)
    tickets = Ticket.objects.prefetch_related(Prefetch("checkins", admissions, to_attr="admissions"))
    rows = Registration.objects.filter(event=event).select_related("person", "event")
    return rows.prefetch_related(Prefetch("tickets", tickets)).order_by("number")
