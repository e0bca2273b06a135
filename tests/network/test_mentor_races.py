"""Many want one mentor's time at once: nobody's hour overlaps another's.

The control takes the lock away (and on SQLite the transaction, which holds everybody else there): then hours overlap,
which proves that the races are real.
"""

import time as clock
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from network.mentoring import booking
from network.models import Booking, MentorHours, OutgoingMail, Profile
from network.refusals import Refusal
from tests.events.crowd import at_once, people
from tests.factories import NOW
from tests.network.mentoring_scenes import NEXT_MONDAY, mentor, standing

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HALF = timedelta(minutes=30)
CLIENTS = 25


def told(act: Any) -> str:
    """What came of it: the code of a refusal, or "done"."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


def booking_at(profile: Profile, starts_at: Any) -> Any:
    """Book this time with this mentor, for whoever is given."""
    facts = {"profile_id": profile.pk, "starts_at": starts_at, "topic": "Giá", "at": NOW}
    return lambda person: told(lambda: booking.book(booker=person, **facts))


def overlapping() -> int:
    """How many pairs of standing hours of a mentor overlap, their breaks counted."""
    rows = list(Booking.objects.filter(state="BOOKED"))
    return sum(
        one.pk < other.pk and one.held_from < other.ends_at and other.starts_at < one.held_until
        for one in rows
        for other in rows
    )


def test_of_fifty_who_book_one_slot_one_has_it() -> None:
    profile = mentor()

    counted = at_once(booking_at(profile, NEXT_MONDAY), people(50), CLIENTS)

    assert counted == {"done": 1, "SLOT_TAKEN": 49}
    assert Booking.objects.filter(state="BOOKED").count() == 1
    assert OutgoingMail.objects.filter(kind="hours.booked").count() == 2


def test_slots_that_overlap_though_they_start_apart_are_not_both_booked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half the clients saw the hours before the mentor changed their length: their slots start between the others'."""
    profile, wanted = mentor(slot_minutes=60), _mixed_grid(monkeypatch)

    counted = at_once(lambda task: booking_at(profile, wanted[task.pk % 2])(task), people(24), 12)

    assert counted == {"done": 1, "SLOT_TAKEN": 23}
    assert overlapping() == 0


def test_the_last_place_of_a_day_is_booked_once() -> None:
    profile = mentor(daily_limit=1)
    times = [NEXT_MONDAY + n * HALF for n in range(6)]

    counted = at_once(lambda person: booking_at(profile, times[person.pk % 6])(person), people(24), 12)

    assert counted == {"done": 1, "SLOT_TAKEN": 23}


def test_two_hours_moved_to_one_slot_do_not_meet_there() -> None:
    profile = mentor(weekdays=range(5), daily_limit=20)
    rows = [standing(profile, NEXT_MONDAY + timedelta(days=day)) for day in range(4)]
    rows += [standing(profile, NEXT_MONDAY + timedelta(days=day) + HALF) for day in range(4)]
    target = NEXT_MONDAY + 4 * HALF

    def move(row: Booking) -> str:
        return told(lambda: booking.reschedule(booking_id=row.pk, actor=row.booker, starts_at=target, at=NOW))

    assert at_once(move, rows, len(rows)) == {"done": 1, "SLOT_TAKEN": 7}
    assert Booking.objects.filter(starts_at=target).count() == 1
    assert Booking.objects.filter(state="BOOKED").count() == 8
    assert sorted(Booking.objects.values_list("sequence", flat=True)) == [0] * 7 + [1]


def test_one_person_does_not_get_two_hours_at_a_time_from_two_mentors() -> None:
    person, *_others = people(1)
    profiles = [mentor(slot_minutes=minutes) for minutes in (30, 45, 60)] * 4

    counted = at_once(lambda profile: booking_at(profile, NEXT_MONDAY)(person), profiles, len(profiles))

    assert counted["done"] == 1
    assert set(counted) <= {"done", "SLOT_TAKEN", "ANOTHER_HOUR_THEN"}


def test_the_control_without_the_guard_books_hours_that_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    profile, wanted = mentor(slot_minutes=60), _mixed_grid(monkeypatch)

    def unlocked(profile_id: int | None) -> MentorHours:
        return MentorHours.objects.select_related("profile__person").get(profile=profile_id)

    reckoned = booking._free_slot

    def slowly(*given: Any, **named: Any) -> Any:
        slot = reckoned(*given, **named)
        clock.sleep(0.05)  # what happens between a check and a write on a busy day
        return slot

    monkeypatch.setattr(booking, "locked_hours", unlocked)
    monkeypatch.setattr(booking, "_lock_people", lambda *_: None)
    monkeypatch.setattr(booking, "_free_slot", slowly)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(booking.transaction, "atomic", _nothing)
        monkeypatch.setattr(booking.mails, "booked", lambda **_: None)
    counted = at_once(lambda person: booking_at(profile, wanted[person.pk % 2])(person), people(24), 12)

    assert counted["done"] > 1
    assert overlapping() > 0


def _mixed_grid(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Two slots of an hour that overlap by half: as if each client's slots began elsewhere. Returns their starts."""
    free = booking.slots.free

    def either(offer: Any, *, since: Any, until: Any, at: Any) -> Any:
        found = free(offer, since=since, until=until, at=at)
        if found:
            return found
        later = [(day, replace(hours, starts=hours.starts.replace(minute=30))) for day, hours in offer.weekly]
        return free(replace(offer, weekly=later), since=since, until=until, at=at)

    monkeypatch.setattr(booking.slots, "free", either)
    return [NEXT_MONDAY, NEXT_MONDAY + HALF]


class _nothing:  # stands for `transaction.atomic`
    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
