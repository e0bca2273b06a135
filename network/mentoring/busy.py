"""When a mentor's own calendar says that they are busy: read from its address by a chore, or from a file.

Of a calendar nothing is kept but from when until when: no titles, no people, no places.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from network.mentoring import fetching
from network.mentoring.hours import own_hours
from network.mentoring.offers import zone_of
from network.mentoring.slots import Span, moment
from network.models import BusyTime, MentorHours, Person
from network.refusals import Invalid

EVERY = timedelta(minutes=30)
A_TURN = 40
"""So many calendars are fetched in one turn of the chore, which has ten minutes for it."""
FILE_REACHES = timedelta(days=366)
MOST_SERIES, MOST_SPANS = 2_000, 3_000
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
"""What repeats like this is no appointment, and could be unrolled for ever."""
Source = BusyTime.Source


class Unreadable(ValueError):
    """It is no calendar, or one beyond what anybody's is."""


def refresh_due(*, at: datetime) -> int:
    """Read the calendars that were last looked at half an hour ago; return how many could be read. A chore."""
    rows = MentorHours.objects.exclude(busy_address="").filter(is_open=True).select_related("profile")
    due = rows.filter(Q(busy_tried_at=None) | Q(busy_tried_at__lte=at - EVERY))
    return sum(refresh(hours, at=at) for hours in due.order_by(F("busy_tried_at").asc(nulls_first=True))[:A_TURN])


def refresh(hours: MentorHours, *, at: datetime) -> bool:
    """Read one mentor's calendar from its address. If that fails, what was read before stands, and why is kept."""
    problem, spans = "", []
    until = at + timedelta(days=hours.horizon_days + 7)
    try:
        spans = busy_spans(fetching.fetch(hours.busy_address), zone=zone_of(hours.profile), since=at, until=until)
    except fetching.NotFetched as error:
        problem = error.reason
    except Unreadable:
        problem = "unreadable"
    with transaction.atomic():
        # Whoever changed the address meanwhile shall not be given times of the former one.
        same = MentorHours.objects.select_for_update(of=("self",)).filter(pk=hours.pk, busy_address=hours.busy_address)
        if same.first() is None:
            return False
        if not problem:
            _replace(hours, Source.ADDRESS, spans)
        MentorHours.objects.filter(pk=hours.pk).update(busy_tried_at=at, busy_problem=problem)
    return not problem


def keep_file(*, profile_id: int, actor: Person, content: bytes, at: datetime) -> int:
    """Take the busy times of a year from an .ics file, in place of those of a file before; return how many.

    Raises NotFound, NotPermitted, and Invalid at `busy_file` (too_big, not_a_calendar).
    """
    if len(content) > fetching.MOST_BYTES:
        raise Invalid(field="busy_file", reason="too_big", megabytes=fetching.MOST_BYTES // 1_000_000)
    with transaction.atomic():
        hours = own_hours(profile_id=profile_id, actor=actor)
        try:
            spans = busy_spans(content, zone=zone_of(hours.profile), since=at, until=at + FILE_REACHES)
        except Unreadable as error:
            raise Invalid(field="busy_file", reason="not_a_calendar") from error
        _replace(hours, Source.FILE, spans)
    return len(spans)


def forget_file(*, profile_id: int, actor: Person) -> None:
    """Drop the busy times that came from a file. Raises NotFound, NotPermitted."""
    with transaction.atomic():
        BusyTime.objects.filter(hours=own_hours(profile_id=profile_id, actor=actor), source=Source.FILE).delete()


def _replace(hours: MentorHours, source: Source, spans: Iterable[Span]) -> None:
    BusyTime.objects.filter(hours=hours, source=source).delete()
    BusyTime.objects.bulk_create(
        BusyTime(hours=hours, source=source, starts_at=span.starts_at, ends_at=span.ends_at) for span in spans
    )


def busy_spans(content: bytes, *, zone: ZoneInfo, since: datetime, until: datetime) -> list[Span]:
    """Return when a calendar is busy between two moments, overlapping times as one, recurring events unrolled.

    What is marked free or cancelled does not count, nor what our own letters put there. Times without a zone are by
    the mentor's clock, and a whole day is from midnight to midnight there. Raises Unreadable.
    """
    try:
        calendar = icalendar.Calendar.from_ical(content.decode("utf-8", errors="replace"))
        if not isinstance(calendar, icalendar.Calendar):
            raise Unreadable("no calendar")
        _keep_only_busy(calendar)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(since, until)
        spans = [span for event in found if (span := _span(event, zone)) is not None]
    except Unreadable:
        raise
    except Exception as error:  # whatever a parser can say about a stranger's file
        raise Unreadable(str(error)) from error
    if len(spans) > MOST_SPANS:
        raise Unreadable("too many")
    return list(_joined(spans))


def _keep_only_busy(calendar: icalendar.Calendar) -> None:
    events = calendar.events
    if len(events) > MOST_SERIES:
        raise Unreadable("too many")
    calendar.subcomponents = [*calendar.timezones, *(event for event in events if _is_kept(event))]


def _is_kept(event: icalendar.Event) -> bool:
    """Ours are known to the platform better. Cancelled single dates of a series must stay to be taken out of it."""
    uid = str(event.get("UID", ""))
    rules = event.get("RRULE", [])
    often = {
        str(part).upper() for rule in (rules if isinstance(rules, list) else [rules]) for part in rule.get("FREQ", [])
    }
    return not uid.endswith(f"@{settings.CALENDAR_DOMAIN}") and not often & TOO_OFTEN


def _span(event: icalendar.Event, zone: ZoneInfo) -> Span | None:
    is_free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    is_cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    if is_free or is_cancelled or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE":
        return None
    starts_at, ends_at = _moment(event.start, zone), _moment(event.end, zone)
    return Span(starts_at, ends_at) if starts_at < ends_at else None


def _moment(given: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(given, datetime):
        given = datetime.combine(given, time(0))
    return given if given.tzinfo is not None else moment(given, zone)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    current: Span | None = None
    for span in sorted(spans):
        if current is None or span.starts_at > current.ends_at:
            if current is not None:
                yield current
            current = span
        else:
            current = Span(current.starts_at, max(current.ends_at, span.ends_at))
    if current is not None:
        yield current
