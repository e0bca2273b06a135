"""Planning: an event comes into being as a draft, is revised freely, and is opened once."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Value
from django.db.models.functions import Replace

from events import permissions
from events.models import CheckInList, CheckInTally, Event, EventSeries, Gate, Seats, TicketType, Venue
from events.notices import EventChanged, announce
from events.refusals import AlreadyDecided, EventNotFound
from network.models import Person
from network.refusals import Invalid, NotPermitted
from network.vietnamese import slug

DRAWS = 20
"""How often a code is drawn before we give up: more people than that plan nothing in the same moment."""

CODE = re.compile(r"[A-Z]{2,10}( [0-9]{2,4}){1,2}")


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What an editor says of an event. Empty `code` and `slug` are made from series, edition and title."""

    kind: str
    title_vi: str
    starts_at: datetime
    ends_at: datetime
    title_en: str = ""
    summary_vi: str = ""
    summary_en: str = ""
    series_id: int | None = None
    edition: int | None = None
    code: str = ""
    slug: str = ""
    attendance: str = Event.Attendance.ONSITE
    venue_id: int | None = None
    online_url: str = ""
    organiser_id: int | None = None
    capacity: int | None = None
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    shows_counter: bool = True


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """What may change while an event is open, since it moves nobody's calendar and no seat."""

    title_vi: str
    title_en: str
    summary_vi: str
    summary_en: str
    online_url: str
    organiser_id: int | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    shows_counter: bool


def plan_event(*, facts: EventFacts, actor: Person) -> Event:
    """Create a draft with its seats, a ticket type, its check-in list and gate A; return it.

    Raises NotPermitted, and Invalid at the field: `ends_at` before_start, `code` malformed or taken, `slug` taken,
    `title_vi` required, `edition` taken, `venue_id` required, `registration_closes_at` before_opening.
    """
    _permitted(actor)
    with transaction.atomic():
        event = Event(status=Event.Status.DRAFT)
        _write(event, facts)
        Seats.objects.create(event=event, capacity=facts.capacity)
        CheckInTally.objects.create(event=event)
        CheckInList.objects.create(event=event, name_vi="Danh sách chính", name_en="Main list", is_main=True)
        Gate.objects.create(event=event, name="A")
        TicketType.objects.create(event=event, name_vi="Vé tham dự", name_en="Admission")
    return event


def revise_draft(*, event_id: int, facts: EventFacts, actor: Person) -> Event:
    """Change the facts of a draft; return it. Raises as `plan_event`, and AlreadyDecided once it is open."""
    _permitted(actor)
    with transaction.atomic():
        event = locked_event(event_id)
        if event.status != Event.Status.DRAFT:
            raise AlreadyDecided(status=event.status)
        _write(event, facts)
        Seats.objects.filter(event=event).update(capacity=facts.capacity)
    return event


def sketch(*, facts: EventFacts, event_id: int | None = None) -> Event:
    """Return the event as these facts make it, with its seats, and write nothing: for forms and previews.

    A new event gets the number 0, which no row has, so that questions about its programme find nothing instead of
    failing. Raises Invalid as `plan_event`, and EventNotFound.
    """
    event = Event(pk=0) if event_id is None else Event.objects.filter(pk=event_id).first()
    if event is None:
        raise EventNotFound()
    _describe(event, facts, _code(event, facts))
    Seats(event=event, capacity=facts.capacity)
    CheckInTally(event=event)
    return event


def open_event(*, event_id: int, actor: Person) -> Event:
    """Show a draft to everybody. An open, postponed or cancelled event stays as it is: no story decides that."""
    _permitted(actor)
    with transaction.atomic():
        event = locked_event(event_id)
        if event.status == Event.Status.DRAFT:
            event.status = Event.Status.SCHEDULED
            event.save(update_fields=["status", "updated_at"])
            announce(EventChanged(event_id=event.pk))
    return event


def amend_event(*, event_id: int, details: EventDetails, actor: Person) -> Event:
    """Change an event's words, link and registration window in any state; return it.

    Raises NotPermitted, EventNotFound, and Invalid at `title_vi` (required) or `registration_closes_at`
    (before_opening).
    """
    _permitted(actor)
    with transaction.atomic():
        event = locked_event(event_id)
        _refuse_closed_window(details.registration_opens_at, details.registration_closes_at)
        _refuse_invalid_words(details)
        for name, value in asdict(details).items():
            setattr(event, name, value)
        event.save()
        announce(EventChanged(event_id=event.pk))
    return event


def suggested_code(series: EventSeries, edition: int | None = None) -> str:
    """Return the code of the series' next (or the given) edition: "CAFE 047"."""
    number = edition or next_edition(series)
    return f"{series.code} {number:03d}"


def next_edition(series: EventSeries) -> int:
    """Return the number of the series' next edition, counted from 1."""
    return (series.events.aggregate(last=Max("edition"))["last"] or 0) + 1


def locked_event(event_id: int) -> Event:
    """Return the event, locked until the transaction ends. Raises EventNotFound."""
    # NO KEY: a registration that is being written refers to the event and need not wait for this.
    event = (
        Event.objects.select_for_update(of=("self",), no_key=True).select_related("venue").filter(pk=event_id).first()
    )
    if event is None:
        raise EventNotFound()
    return event


def _permitted(actor: Person) -> None:
    if not permissions.may_plan_events(actor):
        raise NotPermitted()


def _write(event: Event, facts: EventFacts) -> None:
    """Save; where the code was left to us and somebody was given the same at once, draw another."""
    for _ in range(DRAWS):
        code = _code(event, facts)
        try:
            _describe(event, facts, code)
            with transaction.atomic():
                event.save()
        except IntegrityError:
            continue  # theirs is there now: the next look says which input is taken, or draws the code behind it
        except Invalid:
            if _code(event, facts) == code:
                raise
        else:
            return
    raise Invalid(field="code", reason="taken", value=code)


def _describe(event: Event, facts: EventFacts, code: str) -> None:
    address = facts.slug or slug(f"{code} {facts.title_vi}")
    _refuse_invalid(event, facts, code, address)
    for name, value in asdict(facts).items():
        if name != "capacity":
            setattr(event, name, value)
    event.code, event.slug = code, address


def _code(event: Event, facts: EventFacts) -> str:
    return facts.code.strip().upper() or _made_code(event, facts)


def _made_code(event: Event, facts: EventFacts) -> str:
    if facts.series_id is not None:
        series = EventSeries.objects.filter(pk=facts.series_id).first()
        if series is None:
            raise Invalid(field="series_id", reason="unknown")
        return suggested_code(series, facts.edition)
    prefix = {"STARTUP_DAY": "DAY", "TRAINING": "TRAIN", "INVESTOR_MEETING": "INVEST", "COMPETITION": "CONTEST"}
    start = f"{prefix.get(facts.kind, 'EVENT')} {facts.starts_at:%y%m}"
    if event.pk and event.code:
        return event.code
    taken = Event.objects.filter(code__startswith=f"{start} ").values_list("code", flat=True)
    return f"{start} {max((int(code.split()[-1]) for code in taken), default=0) + 1:03d}"


def _refuse_invalid(event: Event, facts: EventFacts, code: str, address: str) -> None:
    others = Event.objects.exclude(pk=event.pk)
    _refuse_invalid_words(facts)
    if facts.ends_at <= facts.starts_at:
        raise Invalid(field="ends_at", reason="before_start")
    if facts.capacity is not None and facts.capacity < 0:
        raise Invalid(field="capacity", reason="negative")
    if not CODE.fullmatch(code):
        raise Invalid(field="code", reason="malformed", example="CAFE 047")
    # Compared without spaces, as they are typed at the door: "DAY 26 11" and "DAY 2611" would share ticket numbers.
    squeezed = others.annotate(squeezed=Replace("code", Value(" "), Value("")))
    if squeezed.filter(squeezed=code.replace(" ", "")).exists():
        raise Invalid(field="code", reason="taken", value=code)
    if others.filter(slug=address).exists():
        raise Invalid(field="slug", reason="taken", value=address)
    if facts.edition and facts.series_id and others.filter(series_id=facts.series_id, edition=facts.edition).exists():
        raise Invalid(field="edition", reason="taken", value=facts.edition)
    if facts.venue_id is None and facts.attendance != Event.Attendance.ONLINE:
        raise Invalid(field="venue_id", reason="required")
    if facts.venue_id is not None and not Venue.objects.filter(pk=facts.venue_id).exists():
        raise Invalid(field="venue_id", reason="unknown")
    _refuse_closed_window(facts.registration_opens_at, facts.registration_closes_at)


def _refuse_invalid_words(words: EventFacts | EventDetails) -> None:
    if not words.title_vi.strip():
        raise Invalid(field="title_vi", reason="required")
    for name in ("title_vi", "title_en", "summary_vi", "summary_en"):
        limit = 160 if name.startswith("title") else 400
        if len(getattr(words, name)) > limit:
            raise Invalid(field=name, reason="too_long", limit=limit)


def _refuse_closed_window(opens: datetime | None, closes: datetime | None) -> None:
    if opens and closes and closes <= opens:
        raise Invalid(field="registration_closes_at", reason="before_opening")
