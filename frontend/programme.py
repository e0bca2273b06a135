"""The programme of an event as a page shows it: days, slots, sessions beside one another, and who speaks."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localtime

from events.models import Event, Session, Speaker, Track


@dataclass(frozen=True, kw_only=True)
class Item:
    """A session in its place; `number` is its track's, counted from 1, or 0 for one that is for everybody."""

    title: str
    summary: str
    names: str
    room: str
    track: Track | None
    number: int
    is_pause: bool
    is_now: bool


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What begins at one moment."""

    starts_at: datetime
    ends_at: datetime
    sessions: list[Item]


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the programme."""

    date: date
    slots: list[Slot]


def days(*, event: Event, at: datetime) -> list[Day]:
    """Return the programme of an event (as `queries.event_page` loads it), day by day; empty if there is none."""
    numbers = {track.pk: number for number, track in enumerate(event.tracks.all(), start=1)}
    sessions = sorted(event.sessions.all(), key=lambda row: (row.starts_at, numbers.get(row.track_id or 0, 0), row.pk))
    slots = [_slot(list(group), numbers, at) for _, group in groupby(sessions, lambda session: session.starts_at)]
    by_day = groupby(slots, lambda slot: localtime(slot.starts_at).date())
    return [Day(date=day, slots=list(group)) for day, group in by_day]


def speakers(event: Event) -> list[Speaker]:
    """Return who speaks at an event, each once, in the order of their first appearance."""
    rows = (speaker for session in event.sessions.all() for speaker in session.speakers.all())
    return list({speaker.pk: speaker for speaker in rows}.values())


def _slot(sessions: list[Session], numbers: dict[int, int], at: datetime) -> Slot:
    items = [_item(session, numbers, at) for session in sessions]
    return Slot(starts_at=sessions[0].starts_at, ends_at=max(session.ends_at for session in sessions), sessions=items)


def _item(session: Session, numbers: dict[int, int], at: datetime) -> Item:
    names = [speaker.name for speaker in session.speakers.all()]
    return Item(
        title=session.title,
        summary=session.summary,
        names=", ".join(names),
        room=session.room,
        track=session.track,
        number=numbers.get(session.track_id or 0, 0),
        # Nobody speaks, and it is for everybody: people eat, talk or find their seats.
        is_pause=session.track is None and not names and not session.summary,
        is_now=session.starts_at <= at < session.ends_at,
    )
