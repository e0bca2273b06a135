"""An hour is booked, moved, cancelled: who may, until when, what is refused, and that a refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction

from network.mentoring import booking, offers
from network.mentoring.refusals import (
    AnotherHourThen,
    BookingBegun,
    BookingNotFound,
    BookingNotStanding,
    MentorNotBookable,
    OwnHour,
    SlotTaken,
    TooManyBookings,
)
from network.models import Booking, BusyTime, HoursException, MentorHours, OutgoingMail, Profile, WeeklyHours
from network.refusals import Invalid, NotPermitted
from tests.factories import NOW, OrganisationFactory
from tests.network.mentoring_scenes import DAY, NEXT_MONDAY, booker, mentor, standing, startup

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def book(profile: Profile, by: Any, starts_at: Any = NEXT_MONDAY, **facts: Any) -> Booking:
    """Book next Monday at nine."""
    known = {"topic": "Định giá phần mềm", "at": NOW, **facts}
    return booking.book(profile_id=profile.pk, booker=by, starts_at=starts_at, **known)


def starts(profile: Profile, at: Any = NOW) -> list[Any]:
    """When free slots of the week from next Monday on begin."""
    found = offers.free_slots(profile=profile, since=NEXT_MONDAY - DAY, until=NEXT_MONDAY + 6 * DAY, at=at)
    return [slot.starts_at for slot in found]


def test_an_hour_is_booked_for_a_startup_and_its_slot_is_free_no_more() -> None:
    profile, person = mentor(buffer_after=10), booker()
    organisation = startup(person)

    made = book(profile, person, organisation_id=organisation.pk, topic="  Định giá\x00 phần mềm ")

    made.refresh_from_db()
    assert (made.mentor, made.booker, made.organisation) == (profile.person, person, organisation)
    assert (made.starts_at, made.ends_at) == (NEXT_MONDAY, NEXT_MONDAY + HOUR / 2)
    assert (made.held_from, made.held_until) == (NEXT_MONDAY, NEXT_MONDAY + HOUR / 2 + timedelta(minutes=10))
    assert (made.topic, made.state, made.sequence) == ("Định giá phần mềm", "BOOKED", 0)
    assert made.link == "https://meet.example.org/co-van"
    assert starts(profile)[0] == NEXT_MONDAY + HOUR
    letters = OutgoingMail.objects.order_by("pk").values_list("recipient", "kind")
    assert list(letters) == [(profile.person.email, "hours.booked"), (person.email, "hours.booked")]


REFUSED: dict[str, tuple[Callable[[Profile], Any], type[Exception]]] = {
    "not on the grid": (lambda profile: book(profile, booker(), NEXT_MONDAY + HOUR / 4), SlotTaken),
    "outside the hours": (lambda profile: book(profile, booker(), NEXT_MONDAY + 3 * HOUR), SlotTaken),
    "within the notice": (lambda profile: book(profile, booker(), at=NEXT_MONDAY - 23 * HOUR), SlotTaken),
    "beyond the horizon": (lambda profile: book(profile, booker(), NEXT_MONDAY + 28 * DAY), SlotTaken),
    "in the past": (lambda profile: book(profile, booker(), at=NEXT_MONDAY + DAY), SlotTaken),
    "with oneself": (lambda profile: book(profile, profile.person), OwnHour),
    "without a topic": (lambda profile: book(profile, booker(), topic=" "), Invalid),
    "with a topic that is too long": (lambda profile: book(profile, booker(), topic="a" * 601), Invalid),
    "for an organisation of others": (
        lambda profile: book(profile, booker(), organisation_id=OrganisationFactory().pk),
        NotPermitted,
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused_books_nothing_and_writes_to_nobody(why: str) -> None:
    profile = mentor()
    act, refusal = REFUSED[why]

    with pytest.raises(refusal):
        act(profile)

    assert (Booking.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert len(starts(profile)) == 6


def test_a_mentor_of_ones_own_organisation_is_fine() -> None:
    profile, person = mentor(), booker()
    organisation = startup(person)
    organisation.memberships.create(person=profile.person)

    assert book(profile, person, organisation_id=organisation.pk).state == "BOOKED"


CLOSED: dict[str, Callable[[Profile], Any]] = {
    "pausing": lambda profile: Profile.objects.filter(pk=profile.pk).update(availability="PAUSED"),
    "not listed": lambda profile: Profile.objects.filter(pk=profile.pk).update(is_listed=False),
    "no mentor any more": lambda profile: profile.roles.update(until=NOW.date()),
    "hours closed": lambda profile: MentorHours.objects.update(is_open=False),
    "not active": lambda profile: type(profile.person).objects.filter(pk=profile.person_id).update(is_active=False),
}


@pytest.mark.parametrize("why", CLOSED)
def test_a_mentor_who_takes_nobody_offers_nothing(why: str) -> None:
    profile = mentor()
    assert len(starts(profile)) == 6
    CLOSED[why](profile)
    profile = Profile.objects.select_related("person").get(pk=profile.pk)

    assert starts(profile) == []
    with pytest.raises(MentorNotBookable):
        book(profile, booker())
    assert Booking.objects.count() == 0


def test_who_has_no_hours_cannot_be_booked() -> None:
    profile = mentor()
    MentorHours.objects.all().delete()
    with pytest.raises(MentorNotBookable):
        book(profile, booker())


def test_exceptions_and_busy_times_of_the_database_count() -> None:
    profile = mentor()
    hours = MentorHours.objects.get()
    BusyTime.objects.create(hours=hours, source="FILE", starts_at=NEXT_MONDAY, ends_at=NEXT_MONDAY + 2 * HOUR)
    assert starts(profile) == [NEXT_MONDAY + 2 * HOUR, NEXT_MONDAY + 2.5 * HOUR]

    HoursException.objects.create(hours=hours, day=NEXT_MONDAY.date())
    assert starts(profile) == []

    HoursException.objects.create(hours=hours, day=NEXT_MONDAY.date(), starts="14:00", ends="15:00")
    assert starts(profile) == [NEXT_MONDAY + 5 * HOUR, NEXT_MONDAY + 5.5 * HOUR]


def test_nobody_is_in_two_hours_at_a_time() -> None:
    person = booker()
    book(mentor(), person)
    other = mentor(slot_minutes=60)

    with pytest.raises(AnotherHourThen):
        book(other, person)

    assert Booking.objects.count() == 1
    assert book(other, person, NEXT_MONDAY + HOUR).state == "BOOKED"


def test_a_mentors_own_hour_with_somebody_else_is_not_offered_to_others() -> None:
    profile = mentor()
    book(mentor(), profile.person)

    assert starts(profile)[0] == NEXT_MONDAY + HOUR / 2
    with pytest.raises(SlotTaken):
        book(profile, booker())


def test_who_gives_an_hour_cannot_have_one_at_the_same_time() -> None:
    profile = mentor()
    book(profile, booker())
    with pytest.raises(AnotherHourThen):
        book(mentor(), profile.person)


def test_a_person_has_at_most_five_hours_to_come() -> None:
    person, profile = booker(), mentor(daily_limit=20)
    for half in range(4):
        book(profile, person, NEXT_MONDAY + half * HOUR / 2)
    past = standing(mentor(), NOW - DAY, by=person)
    book(profile, person, NEXT_MONDAY + 2 * HOUR)

    with pytest.raises(TooManyBookings) as refused:
        book(profile, person, NEXT_MONDAY + 2.5 * HOUR)

    assert refused.value.facts == {"most": 5}
    assert Booking.objects.exclude(pk=past.pk).count() == 5


class TestMoving:
    """Either of the two moves an hour to another free slot."""

    @pytest.mark.parametrize("side", ["mentor", "booker"])
    def test_it_has_a_new_time_and_a_higher_number(self, side: str) -> None:
        profile = mentor()
        made = book(profile, booker())
        later = NEXT_MONDAY + HOUR

        booking.reschedule(booking_id=made.pk, actor=getattr(made, side), starts_at=later, at=NOW + HOUR)

        made.refresh_from_db()
        assert (made.starts_at, made.ends_at, made.sequence) == (later, later + HOUR / 2, 1)
        assert (made.held_from, made.changed_at) == (later, NOW + HOUR)
        assert NEXT_MONDAY in starts(profile)
        assert later not in starts(profile)
        assert OutgoingMail.objects.filter(kind="hours.moved").count() == 2

    def test_it_may_move_onto_its_own_break_and_in_a_day_that_is_full_by_itself(self) -> None:
        made = book(mentor(buffer_after=30, daily_limit=1), booker())
        booking.reschedule(booking_id=made.pk, actor=made.booker, starts_at=NEXT_MONDAY + HOUR / 2, at=NOW)
        made.refresh_from_db()
        assert made.starts_at == NEXT_MONDAY + HOUR / 2

    def test_reminders_come_anew(self) -> None:
        made = book(mentor(), booker())
        Booking.objects.update(day_reminder_at=NOW, hour_reminder_at=NOW)
        booking.reschedule(booking_id=made.pk, actor=made.booker, starts_at=NEXT_MONDAY + HOUR, at=NOW)
        made.refresh_from_db()
        assert (made.day_reminder_at, made.hour_reminder_at) == (None, None)

    def test_not_to_what_is_taken_or_where_it_is(self) -> None:
        profile = mentor()
        made = book(profile, booker())
        book(profile, booker(), NEXT_MONDAY + HOUR)
        for taken in (NEXT_MONDAY + HOUR, NEXT_MONDAY):
            with pytest.raises(SlotTaken):
                booking.reschedule(booking_id=made.pk, actor=made.booker, starts_at=taken, at=NOW)
        made.refresh_from_db()
        assert (made.starts_at, made.sequence) == (NEXT_MONDAY, 0)

    def test_not_into_another_hour_of_who_booked(self) -> None:
        person = booker()
        made = book(mentor(), person)
        book(mentor(), person, NEXT_MONDAY + HOUR)
        with pytest.raises(AnotherHourThen):
            booking.reschedule(booking_id=made.pk, actor=made.mentor, starts_at=NEXT_MONDAY + HOUR, at=NOW)

    def test_not_by_somebody_else_and_not_once_it_has_begun(self) -> None:
        made = book(mentor(), booker())
        with pytest.raises(BookingNotFound):
            booking.reschedule(booking_id=made.pk, actor=booker(), starts_at=NEXT_MONDAY + HOUR, at=NOW)
        with pytest.raises(BookingBegun):
            booking.reschedule(booking_id=made.pk, actor=made.booker, starts_at=NEXT_MONDAY + 7 * DAY, at=NEXT_MONDAY)


class TestCancelling:
    """Either of the two cancels an hour, until it begins."""

    def test_who_booked_need_say_nothing_and_the_slot_is_free_again(self) -> None:
        profile = mentor()
        made = book(profile, booker())

        booking.cancel(booking_id=made.pk, actor=made.booker, at=NOW + HOUR)

        made.refresh_from_db()
        assert (made.state, made.sequence, made.cancelled_by) == ("CANCELLED", 1, made.booker)
        assert (made.cancelled_at, made.cancel_words) == (NOW + HOUR, "")
        assert NEXT_MONDAY in starts(profile)
        assert book(profile, booker()).uid != made.uid
        assert OutgoingMail.objects.filter(kind="hours.cancelled").count() == 2

    def test_a_mentor_says_why(self) -> None:
        made = book(mentor(), booker())
        with pytest.raises(Invalid) as refused:
            booking.cancel(booking_id=made.pk, actor=made.mentor, words=" ", at=NOW)
        assert (refused.value.field, refused.value.facts["reason"]) == ("words", "required")
        made.refresh_from_db()
        assert made.state == "BOOKED"

        booking.cancel(booking_id=made.pk, actor=made.mentor, words="Tôi ốm.", at=NOW)
        made.refresh_from_db()
        assert (made.state, made.cancel_words) == ("CANCELLED", "Tôi ốm.")

    def test_staff_with_the_right_may_and_others_know_of_nothing(self) -> None:
        made, staff = book(mentor(), booker()), booker()
        with pytest.raises(BookingNotFound):
            booking.cancel(booking_id=made.pk, actor=staff, words="…", at=NOW)
        staff.user_permissions.add(Permission.objects.get(codename="change_booking"))
        staff = type(staff).objects.get(pk=staff.pk)

        assert booking.cancel(booking_id=made.pk, actor=staff, words="Trung tâm đóng cửa.", at=NOW).state == "CANCELLED"

    def test_not_twice_and_not_once_it_has_begun(self) -> None:
        made = book(mentor(), booker())
        with pytest.raises(BookingBegun):
            booking.cancel(booking_id=made.pk, actor=made.booker, at=NEXT_MONDAY)
        booking.cancel(booking_id=made.pk, actor=made.booker, at=NOW)
        with pytest.raises(BookingNotStanding):
            booking.cancel(booking_id=made.pk, actor=made.booker, at=NOW)
        made.refresh_from_db()
        assert made.sequence == 1

    def test_also_when_the_mentor_pauses_meanwhile(self) -> None:
        profile = mentor()
        made = book(profile, booker())
        Profile.objects.update(availability="PAUSED")
        assert booking.cancel(booking_id=made.pk, actor=made.booker, at=NOW).state == "CANCELLED"


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"starts_at": NEXT_MONDAY, "held_from": NEXT_MONDAY}, "booking_slot_once|UNIQUE.*mentor_id"),
        ({"ends_at": NEXT_MONDAY}, "booking_end_after_start"),
        ({"held_from": NEXT_MONDAY + 2 * DAY}, "booking_held_whole"),
    ],
)
def test_the_database_refuses_what_must_never_be(wrong: dict[str, Any], name: str) -> None:
    profile = mentor()
    standing(profile, NEXT_MONDAY)
    row = standing(profile, NEXT_MONDAY + DAY)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Booking.objects.filter(pk=row.pk).update(**wrong)


def test_what_no_lock_held_back_is_the_same_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second guard alone: the slot is reckoned free, and the constraint refuses it."""
    profile, person = mentor(), booker()
    book(profile, person)
    slot = offers.Span(NEXT_MONDAY, NEXT_MONDAY + HOUR / 2)
    monkeypatch.setattr(booking, "_free_slot", lambda *_, **__: slot)
    monkeypatch.setattr(booking, "_refuse_second_hour", lambda *_, **__: None)
    with pytest.raises(SlotTaken):
        book(profile, booker())
    with pytest.raises(AnotherHourThen):
        book(mentor(), person)
    assert Booking.objects.count() == 1


def test_the_nearest_free_slots_are_offered_in_their_order() -> None:
    profile = mentor()
    book(profile, booker(), NEXT_MONDAY + HOUR)
    found = offers.nearest(profile=profile, to=NEXT_MONDAY + HOUR, at=NOW, most=3)
    assert [slot.starts_at for slot in found] == [NEXT_MONDAY + n * HOUR / 2 for n in (0, 1, 3)]


def test_slots_cost_the_same_statements_however_much_is_booked(django_assert_max_num_queries: Any) -> None:
    profile = mentor(weekdays=range(7), daily_limit=20)
    for day in range(1, 20):
        standing(profile, NOW + day * DAY)
    with django_assert_max_num_queries(5):
        assert len(starts(profile)) == 35
    assert WeeklyHours.objects.count() == 7
