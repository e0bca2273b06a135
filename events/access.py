"""Who looked at, or took away, the list of an event's attendees: every door that shows it writes that down."""

from datetime import datetime

from events.models import AttendeeAccess
from network.models import Person


def note(
    *, event_id: int, person: Person, act: AttendeeAccess.Act, people: int, by: str = "ADMIN", at: datetime
) -> None:
    """Write down that `person` did `act` with the data of so many `people`, by which door."""
    AttendeeAccess.objects.create(event_id=event_id, person=person, act=act, people=people, by=by, at=at)
