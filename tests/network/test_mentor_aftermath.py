"""What comes of an hour: no-show, feedback that is shown when both gave it, notes for oneself alone, reminders."""

from datetime import timedelta

import pytest

from network import outbox
from network.mentoring import aftermath, booking, reminders
from network.mentoring.refusals import (
    BookingNotFound,
    BookingNotOver,
    BookingNotStanding,
    FeedbackGiven,
    TooLateForNoShow,
)
from network.models import Booking, BookingFeedback, OutgoingMail
from network.refusals import Invalid
from tests.factories import NOW, PersonFactory
from tests.network.mentoring_scenes import DAY, NEXT_MONDAY, mentor, standing

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def hour() -> Booking:
    """An hour that began at NOW."""
    return standing(mentor(), NOW)


@pytest.mark.parametrize(("actor", "missed"), [("mentor", "BOOKER"), ("booker", "MENTOR")])
def test_the_other_one_did_not_come(hour: Booking, actor: str, missed: str) -> None:
    aftermath.mark_no_show(booking_id=hour.pk, actor=getattr(hour, actor), at=NOW + HOUR)
    hour.refresh_from_db()
    assert (hour.state, hour.missed_by) == ("NO_SHOW", missed)


def test_no_show_is_said_from_the_start_until_a_week_after(hour: Booking) -> None:
    with pytest.raises(BookingNotOver):
        aftermath.mark_no_show(booking_id=hour.pk, actor=hour.mentor, at=NOW - HOUR)
    with pytest.raises(TooLateForNoShow):
        aftermath.mark_no_show(booking_id=hour.pk, actor=hour.mentor, at=NOW + 8 * DAY)
    with pytest.raises(BookingNotFound):
        aftermath.mark_no_show(booking_id=hour.pk, actor=PersonFactory(), at=NOW + HOUR)
    hour.refresh_from_db()
    assert (hour.state, hour.missed_by) == ("BOOKED", "")


def test_an_hour_that_is_over_took_place_unless_somebody_says_otherwise(hour: Booking) -> None:
    assert aftermath.settle_past(at=NOW) == 0
    assert aftermath.settle_past(at=NOW + HOUR) == 1
    aftermath.mark_no_show(booking_id=hour.pk, actor=hour.mentor, at=NOW + 2 * HOUR)
    assert aftermath.settle_past(at=NOW + 3 * HOUR) == 0
    hour.refresh_from_db()
    assert hour.state == "NO_SHOW"


class TestFeedback:
    """Both say what they thought; neither reads the other's before."""

    def given(self, hour: Booking, side: str, stars: int = 5) -> BookingFeedback:
        """Give feedback an hour later."""
        facts = {"booking_id": hour.pk, "actor": getattr(hour, side), "stars": stars, "words": f"Lời {side}"}
        return aftermath.give_feedback(**facts, at=NOW + HOUR)

    def read(self, hour: Booking, person: object, at: object = NOW + 2 * HOUR) -> dict[str, str]:
        """What somebody reads."""
        fresh = Booking.objects.get(pk=hour.pk)
        return {side: row.words for side, row in aftermath.feedback_for(fresh, person, at=at).items()}  # type: ignore[arg-type]

    def test_it_is_shown_to_the_other_once_both_gave_theirs(self, hour: Booking) -> None:
        self.given(hour, "mentor")
        assert self.read(hour, hour.mentor) == {"MENTOR": "Lời mentor"}
        assert self.read(hour, hour.booker) == {}
        self.given(hour, "booker", stars=3)
        both = {"MENTOR": "Lời mentor", "BOOKER": "Lời booker"}
        assert self.read(hour, hour.mentor) == self.read(hour, hour.booker) == both

    def test_or_after_a_fortnight(self, hour: Booking) -> None:
        self.given(hour, "mentor")
        assert self.read(hour, hour.booker, NOW + HOUR / 2 + 14 * DAY - timedelta(seconds=1)) == {}
        assert self.read(hour, hour.booker, NOW + HOUR / 2 + 14 * DAY) == {"MENTOR": "Lời mentor"}

    def test_strangers_read_none_and_keepers_what_the_two_may(self, hour: Booking) -> None:
        self.given(hour, "mentor")
        stranger, keeper = PersonFactory(), PersonFactory(is_superuser=True)
        assert self.read(hour, keeper) == {}
        self.given(hour, "booker")
        assert self.read(hour, stranger) == {}
        assert set(self.read(hour, keeper)) == {"MENTOR", "BOOKER"}

    def test_once_and_only_of_an_hour_that_took_place(self, hour: Booking) -> None:
        with pytest.raises(BookingNotOver):
            aftermath.give_feedback(booking_id=hour.pk, actor=hour.mentor, stars=5, at=NOW)
        for stars in (0, 6):
            with pytest.raises(Invalid):
                self.given(hour, "mentor", stars)
        self.given(hour, "mentor")
        with pytest.raises(FeedbackGiven):
            self.given(hour, "mentor", 1)
        Booking.objects.update(state="CANCELLED")
        with pytest.raises(BookingNotStanding):
            self.given(hour, "booker")
        assert list(BookingFeedback.objects.values_list("side", "stars")) == [("MENTOR", 5)]


def test_notes_are_read_by_nobody_else(hour: Booking) -> None:
    aftermath.keep_notes(booking_id=hour.pk, actor=hour.mentor, notes="Hỏi lại về giá", at=NOW)
    aftermath.keep_notes(booking_id=hour.pk, actor=hour.booker, notes="Gửi bản kế hoạch", at=NOW)
    hour.refresh_from_db()
    assert aftermath.notes_of(hour, hour.mentor) == "Hỏi lại về giá"
    assert aftermath.notes_of(hour, hour.booker) == "Gửi bản kế hoạch"
    assert aftermath.notes_of(hour, PersonFactory(is_superuser=True)) == ""
    with pytest.raises(BookingNotFound):
        aftermath.keep_notes(booking_id=hour.pk, actor=PersonFactory(is_superuser=True), notes="x", at=NOW)


class TestReminders:
    """The day before, and an hour before; each once."""

    def kinds(self) -> list[str]:
        """Which letters were left, in their order."""
        return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))

    def test_each_is_sent_once_to_both(self) -> None:
        standing(mentor(), NEXT_MONDAY)
        assert reminders.remind_due(at=NEXT_MONDAY - DAY - timedelta(minutes=1)) == 0
        assert reminders.remind_due(at=NEXT_MONDAY - DAY) == 1
        assert reminders.remind_due(at=NEXT_MONDAY - DAY) == 0
        assert reminders.remind_due(at=NEXT_MONDAY - HOUR) == 1
        assert reminders.remind_due(at=NEXT_MONDAY - HOUR) == 0
        assert self.kinds() == ["hours.tomorrow"] * 2 + ["hours.soon"] * 2

    def test_who_just_booked_is_reminded_an_hour_before_alone(self) -> None:
        row = standing(mentor(notice_hours=0), NEXT_MONDAY, changed_at=NEXT_MONDAY - DAY / 2)
        assert reminders.remind_due(at=NEXT_MONDAY - DAY / 2) == 0
        assert reminders.remind_due(at=NEXT_MONDAY - HOUR / 2) == 1
        row.refresh_from_db()
        assert row.hour_reminder_at == NEXT_MONDAY - HOUR / 2
        assert self.kinds() == ["hours.soon"] * 2

    def test_a_worker_that_was_down_tells_no_tomorrow_of_what_begins_at_once(self) -> None:
        standing(mentor(), NEXT_MONDAY)
        assert reminders.remind_due(at=NEXT_MONDAY - HOUR / 2) == 1
        assert reminders.remind_due(at=NEXT_MONDAY - HOUR / 4) == 0
        assert self.kinds() == ["hours.soon"] * 2

    def test_neither_for_what_is_cancelled_nor_for_what_has_begun(self) -> None:
        made = standing(mentor(), NEXT_MONDAY)
        assert reminders.remind_due(at=NEXT_MONDAY) == 0
        booking.cancel(booking_id=made.pk, actor=made.booker, at=NOW)
        assert reminders.remind_due(at=NEXT_MONDAY - HOUR) == 0

    def test_a_reminder_that_was_left_is_dropped_when_the_hour_moves_before_it_is_sent(self) -> None:
        made = standing(mentor(), NEXT_MONDAY)
        reminders.remind_due(at=NEXT_MONDAY - DAY)
        booking.reschedule(booking_id=made.pk, actor=made.booker, starts_at=NEXT_MONDAY + 7 * DAY, at=NEXT_MONDAY - DAY)
        outbox.deliver_due(at=NEXT_MONDAY - DAY)
        outbox.deliver_due(at=NEXT_MONDAY - DAY)
        sent = OutgoingMail.objects.exclude(sent_at=None).values_list("kind", flat=True)
        assert sorted(sent) == ["hours.moved"] * 2
