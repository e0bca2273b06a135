from .chore import Chore
from .consent import Consent
from .idempotency import IdempotencyKey
from .job import Job
from .mail import OutgoingMail
from .mentor import MentorProfile
from .organisation import Membership, Organisation
from .person import Person
from .sector import Sector

__all__ = [
    "Chore", "Consent", "IdempotencyKey", "Job", "Membership", "MentorProfile", "Organisation", "OutgoingMail",
    "Person", "Sector",
]  # fmt: skip
