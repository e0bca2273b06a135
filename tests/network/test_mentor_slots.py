"""Which slots are free: reckoned without a database, over any week, zone, booking and calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.mentoring.slots import Hours, Offer, Span, Taken, free, moment

HERE, BERLIN, NEW_YORK = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ZONES = [HERE, BERLIN, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AT = datetime(2026, 3, 23, 2, 0, tzinfo=UTC)
MORNING = Hours(time(9), time(12))


def offer(**facts: object) -> Offer:
    """Mondays from nine to twelve in Hai Phong, half an hour each, nothing taken."""
    known = {
        "zone": HERE, "length": 30 * MINUTE, "before": 0 * MINUTE, "after": 0 * MINUTE, "notice": 0 * HOUR,
        "horizon": 60 * DAY, "daily_limit": 10, "weekly": [(0, MORNING)],
    }  # fmt: skip
    return Offer(**(known | facts))  # type: ignore[arg-type]


def walls(slots: list[Span], zone: ZoneInfo) -> list[str]:
    """When they start by the clock of a zone."""
    return [f"{slot.starts_at.astimezone(zone):%d.%m. %H:%M}" for slot in slots]


def booked(start: datetime, minutes: int = 30, before: int = 0, after: int = 0) -> Taken:
    """Something that is booked."""
    span = Span(start, start + minutes * MINUTE)
    return Taken(span=span, held=span.widened(before * MINUTE, after * MINUTE))


def test_a_morning_is_cut_into_slots_that_fit_whole() -> None:
    found = free(offer(length=45 * MINUTE), since=AT, until=AT + 7 * DAY, at=AT)

    assert walls(found, HERE) == ["23.03. 09:00", "23.03. 09:45", "23.03. 10:30", "23.03. 11:15"]
    assert found[-1].ends_at == datetime(2026, 3, 23, 12, 0, tzinfo=HERE)


def test_the_breaks_of_a_booking_and_of_the_slot_itself_stay_free() -> None:
    nine = datetime(2026, 3, 23, 10, 0, tzinfo=HERE)
    taken = [booked(nine, after=15)]

    found = free(offer(taken=taken, before=10 * MINUTE, after=10 * MINUTE), since=AT, until=AT + DAY, at=AT)

    assert walls(found, HERE) == ["23.03. 09:00", "23.03. 11:00", "23.03. 11:30"]


def test_a_closed_date_has_only_its_extra_hours() -> None:
    extra = [(date(2026, 3, 23), Hours(time(20), time(21)))]

    found = free(offer(closed=frozenset([date(2026, 3, 23)]), extra=extra), since=AT, until=AT + DAY, at=AT)

    assert walls(found, HERE) == ["23.03. 20:00", "23.03. 20:30"]


def test_overlapping_hours_offer_no_slot_twice() -> None:
    found = free(offer(extra=[(date(2026, 3, 23), Hours(time(11), time(13)))]), since=AT, until=AT + DAY, at=AT)

    assert walls(found, HERE)[-3:] == ["23.03. 11:30", "23.03. 12:00", "23.03. 12:30"]
    assert len(found) == 8


def test_hours_until_midnight_reach_the_end_of_the_day() -> None:
    found = free(offer(weekly=[(0, Hours(time(23), time(0)))]), since=AT, until=AT + DAY, at=AT)

    assert walls(found, HERE) == ["23.03. 23:00", "23.03. 23:30"]


def test_notice_and_horizon_bound_what_is_offered() -> None:
    assert walls(free(offer(notice=HOUR), since=AT, until=AT + DAY, at=AT), HERE)[0] == "23.03. 10:00"
    assert walls(free(offer(horizon=8 * DAY), since=AT, until=AT + 60 * DAY, at=AT), HERE)[-1] == "30.03. 11:30"


def test_a_day_that_is_full_offers_nothing_and_the_next_does() -> None:
    taken = [booked(datetime(2026, 3, 23, 9, 0, tzinfo=HERE)), booked(datetime(2026, 3, 23, 9, 30, tzinfo=HERE))]

    found = free(offer(taken=taken, daily_limit=2), since=AT, until=AT + 8 * DAY, at=AT)

    assert walls(found, HERE)[0] == "30.03. 09:00"


def test_an_hour_that_the_mentor_has_with_somebody_else_does_not_count_towards_the_day() -> None:
    other = replace(booked(datetime(2026, 3, 23, 9, 0, tzinfo=HERE)), counts=False)

    assert walls(free(offer(taken=[other], daily_limit=1), since=AT, until=AT + DAY, at=AT), HERE)[0] == "23.03. 09:30"


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2026-03-29 01:59", BERLIN, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29 02:30", BERLIN, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-03-29 03:00", BERLIN, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25 02:30", BERLIN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25 03:00", BERLIN, datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
    ids=["before the leap", "skipped", "after the leap", "shown twice: the first", "after the fold"],
)
def test_a_time_by_the_clock_is_one_moment(wall: str, zone: ZoneInfo, expected: datetime) -> None:
    assert moment(datetime.fromisoformat(wall), zone) == expected


def test_the_same_hour_by_the_mentors_clock_moves_by_ours_when_their_clock_is_set() -> None:
    found = free(offer(zone=BERLIN, weekly=[(0, Hours(time(9), time(9, 30)))]), since=AT, until=AT + 14 * DAY, at=AT)

    assert walls(found, BERLIN) == ["23.03. 09:00", "30.03. 09:00"]
    assert walls(found, HERE) == ["23.03. 15:00", "30.03. 14:00"]


def test_a_night_with_a_skipped_hour_is_shorter_and_one_with_a_doubled_hour_longer() -> None:
    night = offer(zone=BERLIN, weekly=[(6, Hours(time(1), time(4)))], length=HOUR, horizon=300 * DAY)
    spring, autumn = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)

    assert len(free(night, since=spring - HOUR, until=spring + DAY, at=AT)) == 2
    assert len(free(night, since=autumn - 2 * HOUR, until=autumn + DAY, at=AT)) == 4


TIMES = st.integers(0, 47).map(lambda half: time(half // 2, 30 * (half % 2)))
HOURS = st.tuples(TIMES, TIMES).filter(lambda two: two[0] < two[1]).map(lambda two: Hours(*two))
DATES = st.integers(0, 30).map(lambda days: date(2026, 3, 20) + timedelta(days=days))
MOMENTS = st.integers(0, 30 * 96).map(lambda quarter: datetime(2026, 3, 20, tzinfo=UTC) + quarter * 15 * MINUTE)
OFFERS = st.builds(
    Offer,
    zone=st.sampled_from(ZONES),
    length=st.sampled_from([30, 45, 60]).map(lambda minutes: minutes * MINUTE),
    before=st.integers(0, 60).map(lambda minutes: minutes * MINUTE),
    after=st.integers(0, 60).map(lambda minutes: minutes * MINUTE),
    notice=st.integers(0, 96).map(lambda hours: hours * HOUR),
    horizon=st.integers(1, 30).map(lambda days: days * DAY),
    daily_limit=st.integers(1, 4),
    weekly=st.lists(st.tuples(st.integers(0, 6), HOURS), max_size=8),
    closed=st.frozensets(DATES, max_size=5),
    extra=st.lists(st.tuples(DATES, HOURS), max_size=4),
    taken=st.lists(
        st.builds(booked, MOMENTS, st.sampled_from([30, 45, 60]), st.integers(0, 60), st.integers(0, 60)), max_size=8
    ),
    busy=st.lists(st.builds(lambda start, quarters: Span(start, start + quarters * 15 * MINUTE), MOMENTS,
                            st.integers(1, 20)), max_size=6),
)  # fmt: skip


@settings(deadline=None)  # a busy machine is no mistake
@given(offer=OFFERS, since=MOMENTS, days=st.integers(0, 20))
def test_no_slot_breaks_any_promise(offer: Offer, since: datetime, days: int) -> None:
    until = since + days * DAY

    found = free(offer, since=since, until=until, at=AT)

    assert found == sorted(set(found))
    for earlier, later in pairwise(found):
        assert earlier.ends_at <= later.starts_at
    for slot in found:
        held = slot.widened(offer.before, offer.after)
        day = slot.starts_at.astimezone(offer.zone).date()
        assert slot.ends_at - slot.starts_at == offer.length
        assert max(since, AT + offer.notice) <= slot.starts_at < min(until, AT + offer.horizon)
        assert not any(slot.overlaps(busy) for busy in offer.busy)
        assert not any(held.overlaps(taken.span) or slot.overlaps(taken.held) for taken in offer.taken)
        begun = [taken.span.starts_at.astimezone(offer.zone).date() for taken in offer.taken]
        assert begun.count(day) < offer.daily_limit
        assert _is_within_hours(slot, offer)


def _is_within_hours(slot: Span, offer: Offer) -> bool:
    """Whether each quarter of the slot lies in hours of its day, by the wall clock."""
    at, inside = slot.starts_at, True
    while at < slot.ends_at:
        wall = at.astimezone(offer.zone)
        weekly = [] if wall.date() in offer.closed else [h for day, h in offer.weekly if day == wall.weekday()]
        hours = weekly + [h for day, h in offer.extra if day == wall.date()]
        inside = inside and any(h.starts <= wall.time() < h.ends or wall.fold for h in hours)
        at += 15 * MINUTE
    return inside


@settings(deadline=None)  # a busy machine is no mistake
@given(offer=OFFERS)
def test_the_slots_of_two_halves_are_those_of_the_whole(offer: Offer) -> None:
    half, end = AT + 9 * DAY + 7 * HOUR, AT + 20 * DAY

    assert free(offer, since=AT, until=half, at=AT) + free(offer, since=half, until=end, at=AT) == free(
        offer, since=AT, until=end, at=AT
    )
