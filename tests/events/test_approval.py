"""Approval: an application holds no place until an organiser approves it."""

from datetime import timedelta

import pytest

from events import approval, registration, schedule
from events.models import Event, HistoryEntry, Registration, TicketType
from events.refusals import EventFull, RegistrationClosed, RegistrationNotFound, RegistrationNotInState
from network.models import OutgoingMail
from tests.events.scenes import counts_agree, desk, kind_of, pool, refused, sign_up, state, taken
from tests.factories import NOW, PersonFactory, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


def _approved(event: Event, **facts: object) -> TicketType:
    return kind_of(event, "Cần duyệt", needs_approval=True, **facts)


def _letters(row: Registration) -> list[str]:
    mails = OutgoingMail.objects.filter(recipient=row.person.email).order_by("pk")
    return [kind.rpartition(".")[2] for kind in mails.values_list("kind", flat=True)]


def test_an_application_takes_no_place_and_gets_no_ticket() -> None:
    event = open_event(capacity=1)
    row = sign_up(event, kind=_approved(event))
    assert (row.status, row.tickets.count(), taken(event), _letters(row)) == ("PENDING", 0, 0, ["received"])


def test_one_may_apply_also_when_it_is_full() -> None:
    event = open_event(capacity=0)
    assert sign_up(event, kind=_approved(event)).status == "PENDING"


def test_approved_it_takes_its_places_and_gets_its_tickets() -> None:
    event = open_event()
    table = pool(event, "Bàn tròn", 2)
    row = sign_up(event, kind=_approved(event, pools=(table,), most_per_person=2), guests=1)
    actor = desk(event)
    approved = approval.approve(registration_id=row.pk, actor=actor, at=NOW)
    assert (approved.status, approved.tickets.count(), taken(event)) == ("CONFIRMED", 2, 2)
    assert _letters(row) == ["received", "confirmed"]
    acts = HistoryEntry.objects.filter(registration=row).values_list("act", "actor")
    assert list(acts) == [("applied", row.person_id), ("approved", actor.pk), ("confirmed", actor.pk)]
    assert counts_agree(event)


def test_only_whoever_runs_the_desk_decides() -> None:
    event = open_event()
    row = sign_up(event, kind=_approved(event))
    strangers = (row.person, PersonFactory.create(), on_duty(event), desk(open_event()))
    for actor in strangers:
        for act in (approval.approve, approval.reject):
            with refused(RegistrationNotFound):
                act(registration_id=row.pk, actor=actor, at=NOW)
    actor = desk(event)
    with refused(RegistrationNotFound):
        approval.approve(registration_id=0, actor=actor, at=NOW)


def test_what_is_decided_is_not_decided_again() -> None:
    event = open_event()
    kind, actor = _approved(event), desk(event)
    approved, rejected, plain = sign_up(event, kind=kind), sign_up(event, kind=kind), sign_up(event)
    approval.approve(registration_id=approved.pk, actor=actor, at=NOW)
    approval.reject(registration_id=rejected.pk, actor=actor, at=NOW)
    for row, known in ((approved, "CONFIRMED"), (rejected, "REJECTED"), (plain, "CONFIRMED")):
        for act in (approval.approve, approval.reject):
            with refused(RegistrationNotInState, status=known):
                act(registration_id=row.pk, actor=actor, at=NOW)


def test_where_it_is_full_the_desk_is_told_and_may_let_them_wait() -> None:
    event = open_event(capacity=1)
    sign_up(event)
    row, actor = sign_up(event, kind=_approved(event)), desk(event)
    with refused(EventFull, may_wait=True):
        approval.approve(registration_id=row.pk, actor=actor, at=NOW)
    later = NOW + timedelta(hours=1)
    waiting = approval.approve(registration_id=row.pk, actor=actor, at=later, waits=True)
    assert (waiting.status, waiting.waiting_since, taken(event)) == ("WAITLISTED", later, 1)
    assert (_letters(row), counts_agree(event)) == (["received", "waitlisted"], True)


def test_without_a_waiting_list_nobody_is_put_on_it() -> None:
    event = open_event(capacity=0)
    row, actor = sign_up(event, kind=_approved(event)), desk(event)
    Event.objects.filter(pk=event.pk).update(has_waiting_list=False)
    with refused(EventFull, may_wait=False):
        approval.approve(registration_id=row.pk, actor=actor, at=NOW, waits=True)


def test_a_full_pool_refuses_though_the_event_has_room() -> None:
    event = open_event()
    kind = _approved(event, pools=(pool(event, "Bàn tròn", 1),), most_per_person=2)
    row, actor = sign_up(event, kind=kind, guests=1), desk(event)
    with refused(EventFull):
        approval.approve(registration_id=row.pk, actor=actor, at=NOW)


def test_nobody_is_let_in_when_the_event_is_over_or_cancelled() -> None:
    event = open_event()
    row, actor, boss = sign_up(event, kind=_approved(event)), desk(event), planner()
    with refused(RegistrationClosed):
        approval.approve(registration_id=row.pk, actor=actor, at=event.ends_at)
    schedule.cancel_event(event_id=event.pk, actor=boss, at=NOW)
    with refused(RegistrationClosed, status="CANCELLED"):
        approval.approve(registration_id=row.pk, actor=actor, at=NOW)
    assert approval.reject(registration_id=row.pk, actor=actor, at=NOW).status == "REJECTED"


def test_the_desk_may_approve_after_registration_closed() -> None:
    event = open_event(registration_closes_at=NOW + timedelta(hours=1))
    row = sign_up(event, kind=_approved(event))
    later = NOW + timedelta(hours=2)
    assert approval.approve(registration_id=row.pk, actor=desk(event), at=later).status == "CONFIRMED"


def test_who_was_turned_down_may_apply_again() -> None:
    event = open_event()
    kind = _approved(event)
    row = sign_up(event, kind=kind)
    approval.reject(registration_id=row.pk, actor=desk(event), at=NOW)
    assert _letters(row) == ["received", "rejected"]
    assert sign_up(event, row.person, kind).status == "PENDING"


def test_an_application_is_withdrawn_without_freeing_anything() -> None:
    event = open_event(capacity=1)
    sign_up(event)
    row, waiting = sign_up(event, kind=_approved(event)), sign_up(event, waits=True)
    registration.cancel(registration_id=row.pk, actor=row.person, at=NOW)
    assert (state(row), state(waiting), taken(event), counts_agree(event)) == ("CANCELLED", "WAITLISTED", 1, True)
