"""The waiting list: who is offered a place when, how long it is held, and who comes next."""

from datetime import timedelta
from typing import Any

import pytest

from events import approval, capacity, registration, schedule, waiting_list
from events import desk as attendee_desk
from events.invitations import InvitationFacts
from events.invitations import make as invite
from events.models import Event, Registration
from events.refusals import (
    EventFull,
    OfferExpired,
    RegistrationClosed,
    RegistrationNotActive,
    RegistrationNotFound,
    RegistrationNotInState,
)
from network.models import OutgoingMail
from tests.events.scenes import counts_agree, desk, kind_of, pool, refused, sign_up, state, taken
from tests.factories import NOW, PersonFactory, VenueFactory, open_event, planner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _full(places: int = 1, **facts: Any) -> tuple[Event, list[Registration]]:
    """An event without a place left, and who sits there."""
    event = open_event(capacity=places, **facts)
    return event, [sign_up(event) for _ in range(places)]


def _wait(event: Event, **more: Any) -> Registration:
    row = sign_up(event, waits=True, **more)
    assert row.status == "WAITLISTED"
    return row


def _cancel(row: Registration, at: Any = NOW) -> None:
    registration.cancel(registration_id=row.pk, actor=row.person, at=at)


def _letters(row: Registration) -> list[str]:
    mails = OutgoingMail.objects.filter(recipient=row.person.email).order_by("pk")
    return [kind.rpartition(".")[2] for kind in mails.values_list("kind", flat=True)]


def _place(row: Registration) -> tuple[int, int, int] | None:
    found = waiting_list.place(Registration.objects.get(pk=row.pk))
    return found and (found.number, found.of, found.places)


def test_who_does_not_want_to_wait_is_told_that_they_may() -> None:
    event, _seated = _full()
    person = PersonFactory.create()
    with refused(EventFull, may_wait=True):
        sign_up(event, person)


def test_where_there_is_no_list_nobody_joins_it_but_who_waits_is_served() -> None:
    event, (seated,) = _full()
    waiting, person = _wait(event), PersonFactory.create()
    Event.objects.filter(pk=event.pk).update(has_waiting_list=False)
    with refused(EventFull, may_wait=False):
        sign_up(event, person, waits=True)
    _cancel(seated)
    assert state(waiting) == "OFFERED"


def test_nobody_joins_a_list_from_which_nothing_is_offered_any_more() -> None:
    event, _seated = _full()
    person = PersonFactory.create()
    with refused(EventFull, may_wait=False):
        sign_up(event, person, waits=True, at=event.starts_at)


def test_where_there_is_room_nobody_waits() -> None:
    assert sign_up(open_event(), waits=True).status == "CONFIRMED"


def test_people_see_their_place_in_the_queue_and_how_many_wait_before_them() -> None:
    event, _seated = _full()
    kind = kind_of(event, "Nhóm", most_per_person=3)
    first, second, third = _wait(event), _wait(event, kind=kind, guests=2), _wait(event)
    assert [_place(row) for row in (first, second, third)] == [(1, 3, 0), (2, 3, 1), (3, 3, 4)]
    _cancel(first)
    assert [_place(row) for row in (first, second, third)] == [None, (1, 2, 0), (2, 2, 3)]


def test_a_freed_place_is_offered_to_the_first_and_held_for_them() -> None:
    event, (seated,) = _full()
    first, second = _wait(event), _wait(event)
    person = PersonFactory.create()
    _cancel(seated)
    first.refresh_from_db()
    assert (first.status, first.offer_expires_at, state(second)) == ("OFFERED", NOW + DAY, "WAITLISTED")
    assert (taken(event), _letters(first), counts_agree(event)) == (1, ["waitlisted", "offered"], True)
    with refused(EventFull):
        sign_up(event, person)


def test_an_offer_is_accepted_once_by_its_person_or_the_desk() -> None:
    event, (seated,) = _full()
    waiting, actor, stranger = _wait(event), desk(event), PersonFactory.create()
    with refused(RegistrationNotInState, status="WAITLISTED"):
        waiting_list.accept(registration_id=waiting.pk, actor=waiting.person, at=NOW)
    _cancel(seated)
    for act in (waiting_list.accept, waiting_list.decline):
        with refused(RegistrationNotFound):
            act(registration_id=waiting.pk, actor=stranger, at=NOW)
    with refused(RegistrationNotFound):
        waiting_list.accept(registration_id=0, actor=actor, at=NOW)
    accepted = waiting_list.accept(registration_id=waiting.pk, actor=actor, at=NOW)
    assert (accepted.status, accepted.offer_expires_at, accepted.tickets.count()) == ("CONFIRMED", None, 1)
    assert (taken(event), counts_agree(event)) == (1, True)
    for act in (waiting_list.accept, waiting_list.decline):
        with refused(RegistrationNotInState, status="CONFIRMED"):
            act(registration_id=waiting.pk, actor=waiting.person, at=NOW)


def test_an_offer_stands_until_its_last_second_and_not_at_its_end() -> None:
    event, (seated,) = _full()
    waiting = _wait(event)
    _cancel(seated)
    with refused(OfferExpired, expired_at=NOW + DAY):
        waiting_list.accept(registration_id=waiting.pk, actor=waiting.person, at=NOW + DAY)
    late = NOW + DAY - timedelta(seconds=1)
    assert waiting_list.expire_due(at=late) == 0
    assert waiting_list.accept(registration_id=waiting.pk, actor=waiting.person, at=late).status == "CONFIRMED"


def test_an_offer_ends_with_the_events_start_at_the_latest() -> None:
    starts = NOW + timedelta(hours=5)
    event, (seated,) = _full(starts_at=starts)
    waiting = _wait(event)
    _cancel(seated, NOW + timedelta(hours=1))
    waiting.refresh_from_db()
    assert waiting.offer_expires_at == starts
    assert waiting_list.expire_due(at=starts) == 1
    assert (state(waiting), taken(event), counts_agree(event)) == ("EXPIRED", 0, True)


def test_the_hours_to_accept_are_the_events() -> None:
    event, (seated,) = _full()
    Event.objects.filter(pk=event.pk).update(offer_hours=3)
    waiting = _wait(event)
    _cancel(seated)
    waiting.refresh_from_db()
    assert waiting.offer_expires_at == NOW + timedelta(hours=3)


def test_after_the_start_nothing_is_offered() -> None:
    event, (seated,) = _full()
    waiting = _wait(event)
    _cancel(seated, event.starts_at)
    assert (state(waiting), taken(event)) == ("WAITLISTED", 0)


def test_a_declined_place_goes_to_the_next_and_not_back() -> None:
    event, (seated,) = _full()
    first, second = _wait(event), _wait(event)
    _cancel(seated)
    waiting_list.decline(registration_id=first.pk, actor=first.person, at=NOW)
    assert (state(first), state(second), taken(event)) == ("DECLINED", "OFFERED", 1)
    assert _letters(first) == ["waitlisted", "offered", "declined"]
    with refused(RegistrationNotActive):
        registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    assert counts_agree(event)


def test_who_declined_may_come_again_at_the_end() -> None:
    event, (seated,) = _full()
    first, second = _wait(event), _wait(event)
    _cancel(seated)
    waiting_list.decline(registration_id=first.pk, actor=first.person, at=NOW)
    again = _wait(event, person=first.person)
    assert (_place(again), state(second), again.number) == ((1, 1, 0), "OFFERED", 4)


def test_expired_offers_go_on_all_at_once_and_only_once() -> None:
    event, seated = _full(2)
    waiting = [_wait(event) for _ in range(5)]
    for row in seated:
        _cancel(row)
    assert [state(row) for row in waiting] == ["OFFERED"] * 2 + ["WAITLISTED"] * 3
    assert waiting_list.expire_due(at=NOW + DAY) == 2
    assert [state(row) for row in waiting] == ["EXPIRED"] * 2 + ["OFFERED"] * 2 + ["WAITLISTED"]
    assert waiting_list.expire_due(at=NOW + DAY) == 0
    assert _letters(waiting[0]) == ["waitlisted", "offered", "offer_expired"]
    assert (taken(event), counts_agree(event)) == (2, True)


def test_an_expired_offer_is_not_given_to_the_same_again() -> None:
    event, (seated,) = _full()
    waiting = _wait(event)
    _cancel(seated)
    waiting_list.expire_due(at=NOW + DAY)
    assert (state(waiting), taken(event)) == ("EXPIRED", 0)
    with refused(RegistrationNotInState):
        waiting_list.accept(registration_id=waiting.pk, actor=waiting.person, at=NOW + DAY)


def test_offers_of_one_event_do_not_wait_for_another() -> None:
    rows = []
    for _ in range(2):
        event, (seated,) = _full()
        rows.append(_wait(event))
        _cancel(seated)
    assert waiting_list.expire_due(at=NOW + DAY) == 2
    assert [state(row) for row in rows] == ["EXPIRED", "EXPIRED"]


def test_a_cancelled_offer_goes_on_too() -> None:
    event, (seated,) = _full()
    first, second = _wait(event), _wait(event)
    _cancel(seated)
    _cancel(first)
    assert (state(first), state(second), taken(event)) == ("CANCELLED", "OFFERED", 1)


def test_more_places_are_offered_at_once() -> None:
    event, _seated = _full()
    rows = [_wait(event) for _ in range(3)]
    capacity.change(event_id=event.pk, capacity=3, actor=planner(), at=NOW)
    assert [state(row) for row in rows] == ["OFFERED", "OFFERED", "WAITLISTED"]
    capacity.change(event_id=event.pk, capacity=None, actor=planner(), at=NOW)
    assert (state(rows[2]), taken(event), counts_agree(event)) == ("OFFERED", 4, True)


def test_a_group_is_offered_all_its_places_or_none_and_keeps_its_turn() -> None:
    """Smaller ones behind it are served meanwhile: see docs/decisions/0012."""
    event, seated = _full(3)
    group = _wait(event, kind=kind_of(event, "Nhóm", most_per_person=3), guests=1)
    single, next_single = _wait(event), _wait(event)
    _cancel(seated[0])
    assert [state(row) for row in (group, single, next_single)] == ["WAITLISTED", "OFFERED", "WAITLISTED"]
    assert _place(group) == (1, 2, 0)
    _cancel(seated[1])
    assert state(next_single) == "OFFERED"
    _cancel(seated[2])
    assert (state(group), taken(event)) == ("WAITLISTED", 2)
    _cancel(single)
    assert (state(group), taken(event), counts_agree(event)) == ("OFFERED", 3, True)


def test_a_group_that_accepts_gets_a_ticket_each() -> None:
    event, seated = _full(2)
    group = _wait(event, kind=kind_of(event, "Nhóm", most_per_person=2), guests=1)
    for row in seated:
        _cancel(row)
    accepted = waiting_list.accept(registration_id=group.pk, actor=group.person, at=NOW)
    names = sorted(ticket.holder_name for ticket in accepted.tickets.all())
    assert (names, accepted.companions) == (sorted([group.person.full_name, "Bạn A"]), [])
    assert counts_agree(event)


def test_a_full_pool_holds_up_nobody_who_waits_for_another() -> None:
    event = open_event(capacity=2)
    table = kind_of(event, "Bàn", pools=(pool(event, "Bàn tròn", 1),))
    seated, plain = sign_up(event, kind=table), sign_up(event)
    for_table, for_hall = _wait(event, kind=table), _wait(event)
    _cancel(plain)
    assert (state(for_table), state(for_hall)) == ("WAITLISTED", "OFFERED")
    _cancel(seated)
    assert (state(for_table), counts_agree(event)) == ("OFFERED", True)


def test_priority_comes_before_time_and_time_before_number() -> None:
    event, _seated = _full()
    late, early = _wait(event, at=NOW + timedelta(minutes=5)), _wait(event, at=NOW)
    same = _wait(event, at=NOW)
    ahead = invite(event_id=event.pk, facts=InvitationFacts(priority=-1), actor=desk(event), at=NOW)[0]
    favoured = _wait(event, at=NOW + DAY, invitation=ahead.code)
    assert list(waiting_list.queue(event_id=event.pk)) == [favoured, early, same, late]


def test_the_desk_puts_somebody_ahead() -> None:
    event, (seated,) = _full()
    first, second, actor = _wait(event), _wait(event), desk(event)
    attendee_desk.prioritise(registration_id=second.pk, priority=-1_000_000, actor=actor, at=NOW)
    second.refresh_from_db()
    assert (second.priority, _place(second), _place(first)) == (-100, (1, 2, 0), (2, 2, 1))
    with refused(RegistrationNotInState):
        attendee_desk.prioritise(registration_id=seated.pk, priority=1, actor=actor, at=NOW)
    with refused(RegistrationNotFound):
        attendee_desk.prioritise(registration_id=first.pk, priority=1, actor=first.person, at=NOW)
    _cancel(seated)
    assert (state(first), state(second)) == ("WAITLISTED", "OFFERED")


def test_a_place_turned_down_by_the_desk_frees_nothing() -> None:
    event, _seated = _full()
    first, second = _wait(event), _wait(event)
    approval.reject(registration_id=first.pk, actor=desk(event), at=NOW)
    assert (state(first), state(second), taken(event), counts_agree(event)) == ("REJECTED", "WAITLISTED", 1, True)


def test_of_a_cancelled_event_nothing_is_offered_and_no_offer_is_accepted() -> None:
    event, (seated, other) = _full(2)
    offered, waiting = _wait(event), _wait(event)
    _cancel(seated)
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    with refused(RegistrationClosed, status="CANCELLED"):
        waiting_list.accept(registration_id=offered.pk, actor=offered.person, at=NOW)
    waiting_list.expire_due(at=NOW + DAY)
    assert (state(offered), state(waiting), state(other)) == ("EXPIRED", "WAITLISTED", "CONFIRMED")
    assert counts_agree(event)


def _move(event: Event, hours: float) -> None:
    starts = NOW + timedelta(hours=hours)
    schedule.reschedule(
        event_id=event.pk,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        venue_id=VenueFactory.create().pk,
        actor=planner(),
        at=NOW + timedelta(hours=1),
    )


def test_an_event_that_is_moved_forward_takes_its_offers_along() -> None:
    event, (seated,) = _full()
    waiting = _wait(event)
    _cancel(seated)
    _move(event, 3)
    waiting.refresh_from_db()
    assert waiting.offer_expires_at == NOW + timedelta(hours=3)


def test_an_event_that_is_moved_back_after_its_start_offers_again() -> None:
    event, (seated,) = _full(starts_at=NOW + timedelta(minutes=30))
    waiting = _wait(event)
    _cancel(seated, NOW + timedelta(minutes=40))
    assert state(waiting) == "WAITLISTED"
    _move(event, 48)
    assert (state(waiting), counts_agree(event)) == ("OFFERED", True)


def test_a_postponed_event_offers_nothing() -> None:
    event, (seated,) = _full()
    waiting = _wait(event)
    Event.objects.filter(pk=event.pk).update(status="POSTPONED")
    _cancel(seated)
    assert state(waiting) == "WAITLISTED"


def test_a_newcomer_takes_what_a_group_ahead_cannot_use() -> None:
    event, seated = _full(2)
    group = _wait(event, kind=kind_of(event, "Nhóm", most_per_person=2), guests=1)
    _cancel(seated[0])
    assert sign_up(event, kind=event.ticket_types.order_by("pk")[0]).status == "CONFIRMED"
    assert state(group) == "WAITLISTED"
