"""Carries the demo forward in time by whole weeks, so that its next café is always still to come.

The week in which the demo stands is read from its events themselves: the one that most of them agree on. An event
that does not agree was rescheduled by somebody, and is left alone.
"""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db.models import F, Max, QuerySet

from config.demo import gatherings
from config.demo.dates import HAI_PHONG, WEEK, Calendar, monday_of
from config.demo.gatherings import Gathering
from events.models import CheckIn, CheckInList, Event, Registration, Session, Ticket


def follow(calendar: Calendar) -> timedelta:
    """Move the demo to the week of `calendar`; return by how much. Calendars that hold an event will notice."""
    told = gatherings.told()
    present = list(Event.objects.filter(code__in=told))
    _follow_the_day([event for event in present if told[event.code].follows_the_day], calendar)
    stands = {event.pk: week for event in present if (week := _week_of(event, told[event.code]))}
    if not stands:
        return timedelta()
    anchor, _ = Counter(stands.values()).most_common(1)[0]
    distance = calendar.monday - anchor
    if distance > timedelta():
        _move([pk for pk, week in stands.items() if week == anchor], distance, calendar.now)
    return max(distance, timedelta())


def _week_of(event: Event, each: Gathering) -> date | None:
    """The Monday that the event's date was counted from; None if nobody can have counted it so."""
    if each.follows_the_day:
        return None
    starts = event.starts_at.astimezone(HAI_PHONG)
    if (starts.weekday(), f"{starts:%H:%M}") != (each.when["day"], each.when["at"]):
        return None
    return monday_of(starts.date()) - each.when["week"] * WEEK


def _follow_the_day(open_doors: list[Event], calendar: Calendar) -> None:
    """Open doors that are over open again today."""
    for event in open_doors:
        behind = calendar.today - event.starts_at.astimezone(HAI_PHONG).date()
        if behind > timedelta():
            _move([event.pk], behind, calendar.now)


def _move(pks: list[int], distance: timedelta, now: datetime) -> None:
    Event.objects.filter(pk__in=pks).update(
        starts_at=F("starts_at") + distance,
        ends_at=F("ends_at") + distance,
        registration_opens_at=F("registration_opens_at") + distance,
        registration_closes_at=F("registration_closes_at") + distance,
        calendar_sequence=F("calendar_sequence") + 1,
    )
    Session.objects.filter(event__in=pks).update(starts_at=F("starts_at") + distance, ends_at=F("ends_at") + distance)
    CheckInList.objects.filter(event__in=pks).update(
        opens_at=F("opens_at") + distance,
        closes_at=F("closes_at") + distance,
        auto_exit_at=F("auto_exit_at") + distance,
    )
    for pk in pks:
        _bring(Registration.objects.filter(event=pk), ["created_at"], distance, now)
        _bring(Ticket.objects.filter(event=pk), ["issued_at"], distance, now)
        _bring(CheckIn.objects.filter(event=pk), ["received_at", "scanned_at"], distance, now)


def _bring(rows: QuerySet, names: list[str], distance: timedelta, now: datetime) -> None:
    """Move what happened together, at most so far that the last of it is not yet to come."""
    latest = rows.aggregate(latest=Max(names[0]))["latest"]
    if latest is not None and latest < now:
        rows.update(**{name: F(name) + min(distance, now - latest) for name in names})
