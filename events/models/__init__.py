from .checkin import CheckInList, CheckInTally, Gate, GateDevice
from .desk import AttendeeAccess, Certificate, HistoryEntry, LetterWording, Message
from .event import Event
from .programme import Session, Speaker, Track
from .question import Answer, AnswerFile, Question, QuestionVersion
from .registration import Registration
from .scan import STANDING, CheckIn
from .seats import Seats
from .series import EventSeries
from .staff import EventStaff
from .ticket import Ticket
from .ticket_type import Invitation, Quota, TicketType
from .venue import Venue

__all__ = [
    "STANDING", "Answer", "AnswerFile", "AttendeeAccess", "Certificate", "CheckIn", "CheckInList", "CheckInTally",
    "Event", "EventSeries", "EventStaff", "Gate", "GateDevice", "HistoryEntry", "Invitation", "LetterWording",
    "Message", "Question", "QuestionVersion", "Quota", "Registration", "Seats", "Session", "Speaker", "Ticket",
    "TicketType", "Track", "Venue",
]  # fmt: skip
