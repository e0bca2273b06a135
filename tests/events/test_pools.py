"""Pools of places: shared by ticket types, counted at once, through every move and change."""

from dataclasses import replace
from typing import Any

import pytest

from events import capacity, registration, ticket_types, waiting_list
from events import desk as attendee_desk
from events.models import Event, Quota, TicketType
from events.refusals import (
    CapacityBelowTaken,
    EventFull,
    TicketTypeNotOffered,
    TooManyPlaces,
)
from events.ticket_types import facts_of
from network.refusals import Invalid
from tests.events.scenes import (
    change_kind,
    counts_agree,
    desk,
    kind_of,
    only_kind,
    pool,
    refused,
    sign_up,
    state,
    taken,
)
from tests.factories import NOW, PersonFactory, open_event, planner

pytestmark = pytest.mark.django_db


def _left(quota: Quota) -> int:
    return Quota.objects.get(pk=quota.pk).left


def _first(event: Event) -> TicketType:
    return event.ticket_types.order_by("pk")[0]


def test_two_types_draw_on_one_pool_and_a_type_on_two() -> None:
    event = open_event(capacity=10)
    hall, dinner = pool(event, "Hội trường", 3), pool(event, "Bữa tối", 1)
    plain, full = kind_of(event, "Thường", pools=(hall,)), kind_of(event, "Trọn gói", pools=(hall, dinner))
    sign_up(event, kind=full)
    assert (_left(hall), _left(dinner)) == (2, 0)
    late = PersonFactory.create()
    with refused(EventFull, may_wait=True):
        sign_up(event, late, full)
    sign_up(event, kind=plain)
    sign_up(event, kind=plain)
    with refused(EventFull):
        sign_up(event, late, plain)
    assert sign_up(event, late).status == "CONFIRMED"
    assert (taken(event), counts_agree(event)) == (4, True)


def test_the_whole_event_limits_also_pools_that_have_room() -> None:
    event, late = open_event(capacity=1), PersonFactory.create()
    kind = kind_of(event, pools=(pool(event, "Hội trường", 5),))
    sign_up(event)
    with refused(EventFull):
        sign_up(event, late, kind)
    capacity.change(event_id=event.pk, capacity=None, actor=planner(), at=NOW)
    assert sign_up(event, late, kind).status == "CONFIRMED"


def test_moving_in_and_out_of_pools_carries_the_place_along() -> None:
    event = open_event()
    hall, table = pool(event, "Hội trường", 2), pool(event, "Bàn tròn", 1)
    inside, both, outside = (
        kind_of(event, "Trong", pools=(hall,)),
        kind_of(event, "Cả hai", pools=(hall, table)),
        _first(event),
    )
    row, actor = sign_up(event, kind=inside), desk(event)
    steps = [(both, (1, 0)), (outside, (2, 1)), (inside, (1, 1)), (both, (1, 0))]
    for kind, left in steps:
        attendee_desk.move(registration_id=row.pk, ticket_type_id=kind.pk, actor=actor, at=NOW)
        assert (_left(hall), _left(table), taken(event), counts_agree(event)) == (*left, 1, True)


def test_nobody_is_moved_into_a_full_pool_a_foreign_type_or_a_type_for_fewer() -> None:
    event, actor = open_event(), None
    table = pool(event, "Bàn tròn", 1)
    seat, group = kind_of(event, "Bàn", pools=(table,)), kind_of(event, "Nhóm", most_per_person=2)
    sign_up(event, kind=seat)
    row, pair, actor = sign_up(event), sign_up(event, kind=group, guests=1), desk(event)
    with refused(EventFull):
        attendee_desk.move(registration_id=row.pk, ticket_type_id=seat.pk, actor=actor, at=NOW)
    with refused(TooManyPlaces, most=1):
        attendee_desk.move(registration_id=pair.pk, ticket_type_id=seat.pk, actor=actor, at=NOW)
    foreign = only_kind(open_event())
    with refused(TicketTypeNotOffered):
        attendee_desk.move(registration_id=row.pk, ticket_type_id=foreign.pk, actor=actor, at=NOW)


def test_who_waits_moves_without_a_place_and_is_offered_one_where_there_is_room() -> None:
    event = open_event(capacity=5)
    table = pool(event, "Bàn tròn", 0)
    seat = kind_of(event, "Bàn", pools=(table,))
    row = sign_up(event, kind=seat, waits=True)
    assert row.status == "WAITLISTED"
    attendee_desk.move(registration_id=row.pk, ticket_type_id=_first(event).pk, actor=desk(event), at=NOW)
    assert (state(row), counts_agree(event)) == ("OFFERED", True)


def test_moving_somebody_out_of_a_full_pool_promotes_who_waits_for_it() -> None:
    event = open_event()
    seat = kind_of(event, "Bàn", pools=(pool(event, "Bàn tròn", 1),))
    row, waiting = sign_up(event, kind=seat), sign_up(event, kind=seat, waits=True)
    attendee_desk.move(registration_id=row.pk, ticket_type_id=_first(event).pk, actor=desk(event), at=NOW)
    assert (state(waiting), counts_agree(event)) == ("OFFERED", True)


def test_a_type_that_changes_its_pools_takes_its_people_along_offers_included() -> None:
    event = open_event(capacity=10)
    hall, table = pool(event, "Hội trường", 5), pool(event, "Bàn tròn", 2)
    kind = kind_of(event, pools=(hall,), most_per_person=2)
    sign_up(event, kind=kind, guests=1)
    offered = sign_up(open_event(), PersonFactory.create())  # of another event: not counted here
    change_kind(kind, quota_ids=(table.pk,))
    assert (_left(hall), _left(table)) == (5, 0)
    change_kind(kind, quota_ids=())
    assert (_left(hall), _left(table), counts_agree(event), counts_agree(offered.event)) == (5, 2, True, True)


def test_a_pool_too_small_for_who_holds_the_type_does_not_take_it() -> None:
    event, actor = open_event(), planner()
    kind, small = kind_of(event, most_per_person=3), pool(event, "Bàn tròn", 2)
    sign_up(event, kind=kind, guests=2)
    facts = replace(facts_of(kind), quota_ids=(small.pk,))
    with refused(CapacityBelowTaken, taken=3):
        ticket_types.change(ticket_type_id=kind.pk, facts=facts, actor=actor, at=NOW)


def test_an_offer_counts_in_the_pool_that_its_type_enters() -> None:
    event = open_event(capacity=1)
    kind, table, actor = only_kind(event), pool(event, "Bàn tròn", 0), planner()
    first = sign_up(event)
    sign_up(event, waits=True)
    registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    facts = replace(facts_of(kind), quota_ids=(table.pk,))
    with refused(CapacityBelowTaken, taken=1):
        ticket_types.change(ticket_type_id=kind.pk, facts=facts, actor=actor, at=NOW)


def test_a_type_that_leaves_a_full_pool_promotes_who_waits() -> None:
    event = open_event()
    table = pool(event, "Bàn tròn", 1)
    one, two = kind_of(event, "Một", pools=(table,)), kind_of(event, "Hai", pools=(table,))
    sign_up(event, kind=one)
    waiting = sign_up(event, kind=two, waits=True)
    change_kind(one, quota_ids=())
    assert (state(waiting), counts_agree(event)) == ("OFFERED", True)


def test_a_pool_is_resized_renamed_and_removed() -> None:
    event, actor = open_event(), planner()
    quota = pool(event, " Bàn  tròn ", 1)
    kind = kind_of(event, pools=(quota,))
    sign_up(event, kind=kind)
    waiting = [sign_up(event, kind=kind, waits=True) for _ in range(2)]
    again = capacity.set_quota(event_id=event.pk, quota_id=quota.pk, name="Bàn lớn", capacity=2, actor=actor, at=NOW)
    assert (quota.name, again.name, again.pk) == ("Bàn tròn", "Bàn lớn", quota.pk)
    assert [state(row) for row in waiting] == ["OFFERED", "WAITLISTED"]
    capacity.remove_quota(quota_id=quota.pk, actor=actor, at=NOW)
    assert [state(row) for row in waiting] == ["OFFERED", "OFFERED"]
    assert (taken(event), counts_agree(event)) == (3, True)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"name": " "}, Invalid, "name"),
        ({"name": "x" * 81}, Invalid, "name"),
        ({"name": "Hội trường"}, Invalid, "name"),
        ({"capacity": -1}, Invalid, "capacity"),
        ({"capacity": 100_001}, Invalid, "capacity"),
        ({"capacity": 0}, CapacityBelowTaken, "capacity"),
    ],
)
def test_what_a_pool_cannot_be(changes: dict[str, Any], refusal: Any, field: str) -> None:
    event, actor = open_event(), planner()
    pool(event, "Hội trường", 5)
    quota = pool(event, "Bàn tròn", 2)
    sign_up(event, kind=kind_of(event, pools=(quota,)))
    stated = {"name": "Bàn tròn", "capacity": 2} | changes
    with refused(refusal, field=field):
        capacity.set_quota(event_id=event.pk, quota_id=quota.pk, actor=actor, at=NOW, **stated)


@pytest.mark.parametrize("places", [-1, 100_001])
def test_an_event_has_a_thinkable_number_of_places(places: int) -> None:
    event, actor = open_event(), planner()
    with refused(Invalid, field="capacity", reason="out_of_range"):
        capacity.change(event_id=event.pk, capacity=places, actor=actor, at=NOW)


def test_a_row_of_the_queue_that_does_not_fit_is_not_asked_about_twice(
    django_assert_max_num_queries: Any,
) -> None:
    """A queue for a full pool costs no statement for each who waits there, on every cancellation."""
    event = open_event(capacity=50)
    seat = kind_of(event, pools=(pool(event, "Bàn tròn", 0),))
    for _ in range(20):
        sign_up(event, kind=seat, waits=True)
    row = sign_up(event)
    with django_assert_max_num_queries(30):
        registration.cancel(registration_id=row.pk, actor=row.person, at=NOW)
    assert waiting_list.queue(event_id=event.pk).count() == 20
