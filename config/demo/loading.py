"""The order in which the demo is written down."""

from datetime import datetime

from django.db import transaction

from config.demo import (
    attendance,
    contact,
    desk,
    directory,
    doors,
    entries,
    events,
    hours,
    logins,
    newsletters,
    organisations,
    pages,
    people,
    tide,
    venues,
)
from config.demo.dates import Calendar
from events.models import Event
from network.directory import index


def load(*, at: datetime) -> int:
    """Write what is missing and bring the dates up to `at`, all or nothing; return how many events are new."""
    calendar = Calendar(now=at)
    with transaction.atomic():
        hours.follow(tide.follow(calendar))
        logins.load()
        organisations.load_sectors()
        anew = directory.load_skills()
        organisations.load(at=at, anew=anew)
        people.load()
        entries.load(at=at, anew=anew)
        directory.load_ties()
        index.catch_up(at=at)
        hours.load(calendar)
        venues.load()
        made = events.load(calendar)
        attendance.load(made, calendar)
        desk.load(made, calendar)
        doors.load(made, calendar)
        events.cancel(made, calendar)
        pages.load(calendar)
        contact.load(calendar)
        newsletters.load(calendar)
    return len(made)


def is_loaded() -> bool:
    """Whether the demo was loaded before."""
    return Event.objects.filter(code="CAFE 046").exists()
