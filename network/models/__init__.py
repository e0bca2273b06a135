from .application import Application
from .booking import Booking, BookingFeedback
from .change import Change
from .chore import Chore
from .claim import Claim, ClaimCode
from .colleague import ColleagueInvitation
from .consent import Consent
from .contact import ContactBlock, ContactMessage, ContactPlace, ContactReport, ContactStop, ContactThread
from .directory import DirectoryEntry, DirectoryStamp, SavedEntry, SavedList
from .facts import CentreFacts, ClubFacts, Currency, FundFacts, FundingRound, IntellectualProperty, Stage, StartupFacts
from .freshness import FreshnessReminder
from .hours import BusyTime, HoursException, MentorHours, WeeklyHours
from .idempotency import IdempotencyKey
from .job import Job
from .mail import OutgoingMail
from .membership import Membership
from .newsletter import Mailing, MailingRecipient, Subscription
from .organisation import Organisation
from .person import Person
from .profile import Profile, Role
from .relationship import Relationship
from .sector import Sector
from .skill import Skill
from .suggestion import SuggestionDismissal
from .visibility import Visibility

__all__ = [
    "Application", "Booking", "BookingFeedback", "BusyTime", "CentreFacts", "Change", "Chore", "Claim", "ClaimCode",
    "ClubFacts", "ColleagueInvitation", "Consent", "ContactBlock", "ContactMessage", "ContactPlace", "ContactReport",
    "ContactStop", "ContactThread", "Currency", "DirectoryEntry", "DirectoryStamp", "FreshnessReminder", "FundFacts",
    "FundingRound", "HoursException", "IdempotencyKey", "IntellectualProperty", "Job", "Mailing", "MailingRecipient",
    "Membership", "MentorHours", "Organisation", "OutgoingMail", "Person", "Profile", "Relationship", "Role",
    "SavedEntry", "SavedList", "Sector", "Skill", "Stage", "StartupFacts", "Subscription", "SuggestionDismissal",
    "Visibility", "WeeklyHours",
]  # fmt: skip
