"""How much anybody may write: counted in the database, so that it holds whatever door or cache there is.

New accounts may less. To one who has not answered, somebody writes twice; then it is the other's turn.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from network.contact.parties import Side
from network.contact.refusals import WaitsForAnswer
from network.models import ContactMessage, ContactThread, Person
from network.refusals import TooManyTries

DAY = timedelta(days=1)
NEW_FOR = timedelta(days=7)
"""So long an account counts as new."""
THREADS, THREADS_OF_NEW = 20, 3
MESSAGES, MESSAGES_OF_NEW = 100, 20
"""By one account in 24 hours."""
THREADS_TO_ONE = 3
"""By one account to one entry in 24 hours."""
THREADS_TO_ENTRY = 30
"""To one entry in 24 hours, by everybody."""
UNANSWERED = 2
IN_A_ROW = 10


def is_new(person: Person, at: datetime) -> bool:
    """Whether an account is only days old. Those who belong to the directory are known to its keepers."""
    if at - person.date_joined >= NEW_FOR:
        return False
    return not (hasattr(person, "profile") and person.profile.is_listed)


def refuse_too_many_messages(person: Person, at: datetime) -> None:
    """Raise TooManyTries if `person` has written enough within the last day."""
    most = MESSAGES_OF_NEW if is_new(person, at) else MESSAGES
    sent = ContactMessage.objects.filter(sender=person, sent_at__gt=at - DAY).order_by("-sent_at")
    _refuse(sent.values_list("sent_at", flat=True), most, at)


def refuse_too_many_threads(person: Person, entry: Q, at: datetime) -> None:
    """Raise TooManyTries if `person` has begun enough threads today, or if the entry has got enough."""
    begun = ContactThread.objects.filter(started_at__gt=at - DAY).order_by("-started_at")
    _refuse(_times(begun.filter(writer=person)), THREADS_OF_NEW if is_new(person, at) else THREADS, at)
    _refuse(_times(begun.filter(entry, writer=person)), THREADS_TO_ONE, at)
    _refuse(_times(begun.filter(entry)), THREADS_TO_ENTRY, at)


def refuse_unanswered(person: Person, entry: Q) -> None:
    """Raise WaitsForAnswer if `person` has begun enough threads with the entry that it has not answered."""
    waiting = ContactThread.objects.filter(entry, writer=person).exclude(messages__by_writer=False)
    if waiting.count() >= UNANSWERED:
        raise WaitsForAnswer(most=UNANSWERED)


def refuse_out_of_turn(thread: ContactThread, side: Side) -> None:
    """Raise WaitsForAnswer if a side has said enough in a row. Whoever began waits for a first answer earlier."""
    said = list(thread.messages.order_by("-sent_at", "-pk").values_list("by_writer", flat=True)[:IN_A_ROW])
    mine = side is Side.WRITER
    in_a_row = next((number for number, by_writer in enumerate(said) if by_writer != mine), len(said))
    is_answered = not mine or thread.messages.filter(by_writer=False).exists()
    most = IN_A_ROW if is_answered else UNANSWERED
    if in_a_row >= most:
        raise WaitsForAnswer(most=most)


def _times(threads: QuerySet[ContactThread]) -> "QuerySet[ContactThread, datetime]":
    return threads.values_list("started_at", flat=True)


def _refuse(
    times: "QuerySet[ContactThread, datetime] | QuerySet[ContactMessage, datetime]", most: int, at: datetime
) -> None:
    """`times` newest first: the oldest of the last `most` says when there is room again."""
    last = list(times[:most])
    if len(last) >= most:
        seconds = max(1, int((last[-1] + DAY - at).total_seconds()))
        raise TooManyTries(seconds=seconds, minutes=-(-seconds // 60))
