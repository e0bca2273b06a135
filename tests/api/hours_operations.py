"""Operations about hours with mentors, asking for as much as there is (see `operations`)."""

from collections.abc import Callable

BOOKING = (
    "id state mySide startsAt endsAt topic mentorName bookerName mentor { slug } organisation { name } link place "
    "sequence cancelledByMe cancelWords missedBy myNotes myFeedback { stars words givenAt } "
    "theirFeedback { stars words givenAt } url"
)
MY_HOURS = (
    "isOpen slotMinutes bufferBefore bufferAfter noticeHours horizonDays dailyLimit link place timeZone busyAddress "
    "busyTriedAt busyProblem weekly { weekday starts ends } exceptions { day starts ends }"
)
SUBSCRIPTIONS = {
    "myBookingsChanged": f"subscription {{ myBookingsChanged {{ {BOOKING} }} }}",
}


def queries(page_info: str) -> dict[str, str]:
    """Questions; `page_info` is what is asked of every list."""
    return {
        "mentorHours": "query ($mentor: String!) { mentorHours(slug: $mentor) "
        "{ isBookable timeZone slots { startsAt endsAt } } }",
        "myBookings": f"{{ myBookings {{ nodes {{ {BOOKING} }} {page_info} }} }}",
        "myMentorHours": f"{{ myMentorHours {{ {MY_HOURS} }} }}",
    }


def mutations(act: Callable[..., str]) -> dict[str, str]:
    """Acts, as `act` writes them."""
    return {
        "bookHour": act(
            "bookHour",
            'mentorSlug: $mentor, startsAt: $slot, topic: "Giá"',
            f"booking {{ {BOOKING} }}",
            mentor="String!",
            slot="DateTime!",
        ),
        "rescheduleBooking": act(
            "rescheduleBooking",
            "bookingId: $hour, startsAt: $slot",
            f"booking {{ {BOOKING} }}",
            hour="ID!",
            slot="DateTime!",
        ),
        "cancelBooking": act("cancelBooking", 'bookingId: $hour, words: "Ốm"', f"booking {{ {BOOKING} }}", hour="ID!"),
        "markNoShow": act("markNoShow", "bookingId: $past", f"booking {{ {BOOKING} }}", past="ID!"),
        "keepBookingNotes": act(
            "keepBookingNotes", 'bookingId: $hour, notes: "x"', f"booking {{ {BOOKING} }}", hour="ID!"
        ),
        "giveFeedback": act("giveFeedback", "bookingId: $past, stars: 5", f"booking {{ {BOOKING} }}", past="ID!"),
        "setMentorHours": act(
            "setMentorHours",
            'isOpen: true, place: "A4", weekly: [{weekday: 0, starts: "09:00:00", ends: "11:00:00"}]',
            f"hours {{ {MY_HOURS} }}",
        ),
    }
