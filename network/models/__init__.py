from .mail import OutgoingMail
from .mentor import MentorProfile
from .organisation import Membership, Organisation
from .person import Person
from .sector import Sector

__all__ = ["Membership", "MentorProfile", "Organisation", "OutgoingMail", "Person", "Sector"]
