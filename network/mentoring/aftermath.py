"""What comes of an hour: it took place, or somebody did not come; notes for oneself, and feedback both ways."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from network.mentoring.booking import changed, of_person
from network.mentoring.refusals import BookingNotOver, BookingNotStanding, FeedbackGiven, TooLateForNoShow
from network.mentoring.texts import told
from network.models import Booking, BookingFeedback, Person
from network.refusals import Invalid

NO_SHOW_WITHIN = timedelta(days=7)
SHOWN_AFTER = timedelta(days=14)
"""Feedback is shown to the other side once both gave theirs, or when so long has passed since the hour."""
NOTES_LIMIT, FEEDBACK_LIMIT = 4000, 1000
State, Side = Booking.State, Booking.Side


def mark_no_show(*, booking_id: int, actor: Person, at: datetime) -> Booking:
    """Say that the other one did not come, from the start of the hour until a week after.

    Raises BookingNotFound, BookingNotStanding, BookingNotOver before it begins, TooLateForNoShow.
    """
    with transaction.atomic():
        booking = of_person(booking_id, actor, locked=True)
        if booking.state not in (State.BOOKED, State.DONE):
            raise BookingNotStanding()
        if at < booking.starts_at:
            raise BookingNotOver(from_at=booking.starts_at)
        if at > booking.ends_at + NO_SHOW_WITHIN:
            raise TooLateForNoShow(days=NO_SHOW_WITHIN.days)
        booking.state = State.NO_SHOW
        booking.missed_by = Side.BOOKER if booking.side_of(actor.pk) == Side.MENTOR else Side.MENTOR
        booking.changed_at = at
        booking.save(update_fields=["state", "missed_by", "changed_at"])
        changed(booking)
    return booking


def give_feedback(*, booking_id: int, actor: Person, stars: int, words: str = "", at: datetime) -> BookingFeedback:
    """Say what one thought of an hour that is over; once, and the other reads it later (`feedback_for`).

    Raises BookingNotFound, BookingNotStanding for an hour that did not take place, BookingNotOver, FeedbackGiven, and
    Invalid at `stars` (out_of_range) and `words` (too_long).
    """
    if not 1 <= stars <= 5:
        raise Invalid(field="stars", reason="out_of_range", least=1, most=5)
    said = told(words, field="words", limit=FEEDBACK_LIMIT)
    with transaction.atomic():
        booking = of_person(booking_id, actor, locked=True)
        if booking.state not in (State.BOOKED, State.DONE):
            raise BookingNotStanding()
        if at < booking.ends_at:
            raise BookingNotOver(from_at=booking.ends_at)
        side = booking.side_of(actor.pk) or Side.BOOKER
        if BookingFeedback.objects.filter(booking=booking, side=side).exists():
            raise FeedbackGiven()
        try:
            with transaction.atomic():
                given = BookingFeedback.objects.create(booking=booking, side=side, stars=stars, words=said, given_at=at)
        except IntegrityError as error:
            raise FeedbackGiven() from error
        changed(booking)
    return given


def feedback_for(booking: Booking, viewer: Person, *, at: datetime) -> dict[str, BookingFeedback]:
    """Return by side what the viewer may read: their own; the other's once both gave theirs or a fortnight passed.

    Staff who keep the directory read what the two may read. `booking.feedback` is best loaded before.
    """
    given = {row.side: row for row in booking.feedback.all()}
    side = booking.side_of(viewer.pk)
    if side is None and not viewer.has_perm("network.view_booking"):
        return {}
    if len(given) == len(Side.values) or at >= booking.ends_at + SHOWN_AFTER:
        return given
    return {known: row for known, row in given.items() if known == side}


def keep_notes(*, booking_id: int, actor: Person, notes: str, at: datetime) -> Booking:
    """Keep notes that nobody but the actor ever reads. Raises BookingNotFound, Invalid at `notes` (too_long)."""
    said = told(notes, field="notes", limit=NOTES_LIMIT)
    with transaction.atomic():
        booking = of_person(booking_id, actor, locked=True)
        name = "mentor_notes" if booking.side_of(actor.pk) == Side.MENTOR else "booker_notes"
        setattr(booking, name, said)
        booking.save(update_fields=[name])
        changed(booking)
    return booking


def notes_of(booking: Booking, viewer: Person) -> str:
    """Return the viewer's own notes, never the other's."""
    own = {Side.MENTOR: booking.mentor_notes, Side.BOOKER: booking.booker_notes}
    side = booking.side_of(viewer.pk)
    return own[side] if side is not None else ""


def settle_past(*, at: datetime) -> int:
    """Hours that are over and of which nobody said otherwise took place; return how many. A chore."""
    return Booking.objects.filter(state=State.BOOKED, ends_at__lte=at).update(state=State.DONE)
