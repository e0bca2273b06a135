"""What the rules of mentor hours refuse."""

from network.refusals import Refusal


class MentorNotBookable(Refusal):
    """The mentor takes no bookings now: not listed, pausing, or without open hours."""

    code = "MENTOR_NOT_BOOKABLE"


class SlotTaken(Refusal):
    """The slot is not free, or no longer."""

    code = "SLOT_TAKEN"
    field = "starts_at"


class AnotherHourThen(Refusal):
    """Whoever books has another hour at that time."""

    code = "ANOTHER_HOUR_THEN"
    field = "starts_at"


class TooManyBookings(Refusal):
    """Whoever books has as many hours to come as anybody may. Facts: `most`."""

    code = "TOO_MANY_BOOKINGS"


class OwnHour(Refusal):
    """Nobody books an hour with themselves."""

    code = "OWN_HOUR"


class BookingNotFound(Refusal):
    """There is no such booking, or it is of two other people."""

    code = "BOOKING_NOT_FOUND"


class BookingNotStanding(Refusal):
    """The booking was cancelled, or something came of it already."""

    code = "BOOKING_NOT_STANDING"


class BookingBegun(Refusal):
    """The hour has begun: it can be neither moved nor cancelled."""

    code = "BOOKING_BEGUN"


class BookingNotOver(Refusal):
    """The hour is still to come, or not over yet. Facts: `from_at`, when it can be done."""

    code = "BOOKING_NOT_OVER"


class TooLateForNoShow(Refusal):
    """That somebody did not come is said within some days. Facts: `days`."""

    code = "TOO_LATE_FOR_NO_SHOW"


class FeedbackGiven(Refusal):
    """Feedback is given once."""

    code = "FEEDBACK_GIVEN"
