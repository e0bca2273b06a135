"""Ticket types and the pools that they share: made, changed, removed; places counted in every pool at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from events import capacity, registration, ticket_types
from events.choices import choices
from events.models import Event, Question, Quota, TicketType
from events.question_facts import QuestionFacts
from events.questions import add as ask
from events.refusals import (
    EventNotFound,
    TicketTypeInUse,
    TicketTypeNotOffered,
    TooManyPlaces,
)
from events.ticket_types import TypeFacts, facts_of
from network.refusals import Invalid, NotFound, NotPermitted
from tests.events.scenes import change_kind, desk, kind_of, only_kind, pool, refused, sign_up
from tests.factories import NOW, PersonFactory, open_event, planner

pytestmark = pytest.mark.django_db


def _first(event: Event) -> TicketType:
    return event.ticket_types.order_by("pk")[0]


def _left(quota: Quota) -> int:
    return Quota.objects.get(pk=quota.pk).left


def test_a_type_is_added_behind_the_others_with_its_words_tidied() -> None:
    event = open_event()
    made = kind_of(event, "  Vé  nhà đầu tư ", name_en="Investor", description_vi="Bàn tròn\u200b", fee=200_000)
    assert (made.name_vi, made.name_en, made.description_vi, made.fee) == (
        "Vé nhà đầu tư",
        "Investor",
        "Bàn tròn",
        200_000,
    )
    assert [kind.pk for kind in event.ticket_types.all()] == [_first(event).pk, made.pk]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("name_vi", "  ", "required"),
        ("name_vi", "x" * 81, "too_long"),
        ("name_en", "x" * 81, "too_long"),
        ("description_vi", "x" * 301, "too_long"),
        ("description_en", "x" * 301, "too_long"),
        ("fee", -1, "out_of_range"),
        ("fee", 100_000_001, "out_of_range"),
        ("most_per_person", 0, "out_of_range"),
        ("most_per_person", 51, "out_of_range"),
        ("closes_at", NOW, "before_opening"),
        ("quota_ids", (0,), "unknown"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, value: Any, reason: str) -> None:
    event = open_event()
    actor, kind = planner(), only_kind(event)
    facts = replace(TypeFacts(name_vi="Vé", opens_at=NOW), **{field: value})
    with refused(Invalid, field=field, reason=reason):
        ticket_types.add(event_id=event.pk, facts=facts, actor=actor)
    with refused(Invalid, field=field, reason=reason):
        ticket_types.change(ticket_type_id=kind.pk, facts=facts, actor=actor, at=NOW)


def test_a_pool_of_another_event_is_unknown() -> None:
    event, actor = open_event(), planner()
    foreign = pool(open_event(), "Chung", 5)
    with refused(Invalid, field="quota_ids", reason="unknown"):
        ticket_types.add(event_id=event.pk, facts=TypeFacts(name_vi="Vé", quota_ids=(foreign.pk,)), actor=actor)


def test_only_planners_touch_types_and_pools() -> None:
    event = open_event()
    quota, kind, facts = pool(event, "Hội trường", 5), only_kind(event), TypeFacts(name_vi="Vé")
    for actor in (PersonFactory.create(), desk(event)):
        for act in (
            lambda actor=actor: ticket_types.add(event_id=event.pk, facts=facts, actor=actor),
            lambda actor=actor: ticket_types.change(ticket_type_id=kind.pk, facts=facts, actor=actor, at=NOW),
            lambda actor=actor: ticket_types.remove(ticket_type_id=kind.pk, actor=actor),
            lambda actor=actor: ticket_types.reorder(event_id=event.pk, ticket_type_ids=[kind.pk], actor=actor),
            lambda actor=actor: capacity.set_quota(event_id=event.pk, name="X", capacity=1, actor=actor, at=NOW),
            lambda actor=actor: capacity.remove_quota(quota_id=quota.pk, actor=actor, at=NOW),
        ):
            with refused(NotPermitted):
                act()


def test_what_does_not_exist_is_not_found() -> None:
    event, actor = open_event(), planner()
    foreign = pool(open_event(), "Chung", 5)
    with refused(EventNotFound):
        ticket_types.add(event_id=0, facts=TypeFacts(name_vi="Vé"), actor=actor)
    with refused(NotFound):
        ticket_types.change(ticket_type_id=0, facts=TypeFacts(name_vi="Vé"), actor=actor, at=NOW)
    with refused(NotFound):
        ticket_types.remove(ticket_type_id=0, actor=actor)
    with refused(NotFound):
        capacity.remove_quota(quota_id=0, actor=actor, at=NOW)
    with refused(NotFound):
        capacity.set_quota(event_id=event.pk, name="X", capacity=1, actor=actor, at=NOW, quota_id=foreign.pk)


def test_a_type_is_chosen_by_number_or_the_first_on_offer_is_meant() -> None:
    event = open_event()
    first, second = only_kind(event), kind_of(event, "Vé hai")
    assert sign_up(event, kind=second).ticket_type == second
    assert sign_up(event).ticket_type == first
    ticket_types.reorder(event_id=event.pk, ticket_type_ids=[second.pk, first.pk], actor=planner())
    assert sign_up(event).ticket_type == second
    change_kind(second, is_active=False)
    assert sign_up(event).ticket_type == first


def test_an_order_names_each_type_once() -> None:
    event, actor = open_event(), planner()
    first, second = only_kind(event), kind_of(event, "Vé hai")
    foreign = only_kind(open_event())
    for order in ([], [first.pk], [first.pk, first.pk], [first.pk, second.pk, foreign.pk], [first.pk, foreign.pk]):
        with refused(Invalid, field="order", reason="unknown"):
            ticket_types.reorder(event_id=event.pk, ticket_type_ids=order, actor=actor)


@pytest.mark.parametrize(
    ("facts", "is_offered"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"is_hidden": True}, False),
        ({"opens_at": NOW}, True),
        ({"opens_at": NOW + timedelta(seconds=1)}, False),
        ({"closes_at": NOW}, False),
        ({"closes_at": NOW + timedelta(seconds=1)}, True),
    ],
)
def test_a_type_can_be_had_within_its_window_while_it_is_offered(facts: dict[str, Any], is_offered: bool) -> None:
    event, person = open_event(), PersonFactory.create()
    kind = kind_of(event, "Vé hai", **facts)
    to_choose = [choice.ticket_type for choice in choices(event=event, at=NOW) if choice.can_be_chosen]
    assert (kind in to_choose) == is_offered
    if is_offered:
        assert sign_up(event, person, kind).ticket_type == kind
    else:
        with refused(TicketTypeNotOffered):
            sign_up(event, person, kind)


def test_a_type_of_another_event_cannot_be_had_here() -> None:
    event, foreign, person = open_event(), only_kind(open_event()), PersonFactory.create()
    with refused(TicketTypeNotOffered):
        sign_up(event, person, foreign)


def test_one_registration_has_as_many_places_as_its_type_allows() -> None:
    event, person = open_event(), PersonFactory.create()
    kind = kind_of(event, most_per_person=3)
    with refused(TooManyPlaces, most=3):
        sign_up(event, person, kind, guests=3)
    assert sign_up(event, person, kind, guests=2).quantity == 3


def test_another_fee_or_limit_leaves_those_who_are_in() -> None:
    event = open_event()
    kind = kind_of(event, fee=10_000, most_per_person=3)
    row = sign_up(event, kind=kind, guests=2)
    change_kind(kind, fee=90_000, most_per_person=1, is_active=False, needs_approval=True)
    row.refresh_from_db()
    assert (row.status, row.quantity, row.fee) == ("CONFIRMED", 3, 30_000)


def test_a_type_goes_while_nobody_registered_for_it_and_the_last_one_stays() -> None:
    event, actor = open_event(), planner()
    first, second = only_kind(event), kind_of(event, "Vé hai")
    gone = sign_up(event, kind=first)
    registration.cancel(registration_id=gone.pk, actor=gone.person, at=NOW)
    with refused(TicketTypeInUse):
        ticket_types.remove(ticket_type_id=first.pk, actor=actor)
    ticket_types.remove(ticket_type_id=second.pk, actor=actor)
    assert list(event.ticket_types.all()) == [first]
    other = only_kind(open_event())
    with refused(TicketTypeInUse):
        ticket_types.remove(ticket_type_id=other.pk, actor=actor)


def test_a_question_for_a_removed_type_alone_is_asked_of_nobody() -> None:
    """Its list of types is empty then, which means all of them."""
    event, actor = open_event(), planner()
    kind, other = kind_of(event, "Vé hai"), kind_of(event, "Vé ba")
    only = ask(
        event_id=event.pk, actor=actor, facts=QuestionFacts(kind="DATE", label_vi="Một", ticket_type_ids=(kind.pk,))
    )
    both = ask(
        event_id=event.pk,
        actor=actor,
        facts=QuestionFacts(kind="DATE", label_vi="Hai", ticket_type_ids=(kind.pk, other.pk)),
    )
    ticket_types.remove(ticket_type_id=kind.pk, actor=actor)
    states = dict(Question.objects.values_list("pk", "is_active"))
    assert states == {only.pk: False, both.pk: True}


def test_facts_of_a_type_say_it_all() -> None:
    event = open_event()
    stated = TypeFacts(
        name_vi="Vé",
        name_en="Ticket",
        description_vi="Mô tả",
        description_en="Words",
        fee=5,
        opens_at=NOW,
        closes_at=NOW + timedelta(days=1),
        is_hidden=True,
        needs_approval=True,
        most_per_person=4,
        is_active=False,
        quota_ids=(pool(event, "Chung", 3).pk,),
    )
    made = ticket_types.add(event_id=event.pk, facts=stated, actor=planner())
    assert facts_of(TicketType.objects.get(pk=made.pk)) == stated


def test_choices_say_what_is_left_of_the_scarcest() -> None:
    event = open_event(capacity=9)
    kind = kind_of(event, pools=(pool(event, "Một", 4), pool(event, "Hai", 2)))
    left = {each.ticket_type.pk: each.left for each in choices(event=Event.objects.get(pk=event.pk), at=NOW)}
    assert left == {_first(event).pk: 9, kind.pk: 2}
