from .checkin import CheckIn, CheckInList, CheckInTally, Gate
from .event import Event
from .programme import Session, Speaker, Track
from .registration import Registration
from .seats import Seats
from .series import EventSeries
from .staff import EventStaff
from .ticket import Ticket
from .venue import Venue

__all__ = [
    "CheckIn", "CheckInList", "CheckInTally", "Event", "EventSeries", "EventStaff", "Gate", "Registration", "Seats",
    "Session", "Speaker", "Ticket", "Track", "Venue",
]  # fmt: skip
