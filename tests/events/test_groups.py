"""Groups: a ticket each, all or nothing; more people, and fewer."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events import checkin, groups, schedule, ticket_types
from events.models import Event, Registration, Ticket
from events.party import Companion
from events.refusals import (
    EventFull,
    RegistrationClosed,
    RegistrationNotFound,
    RegistrationNotInState,
    TicketNotFound,
    TicketNotValid,
    TooLateToCancel,
    TooManyPlaces,
)
from network.models import OutgoingMail, Person
from network.refusals import Invalid
from tests.events.scenes import counts_agree, desk, kind_of, pool, refused, sign_up, state, taken
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


def _group(event: Event, guests: int = 1, most: int = 4) -> Registration:
    kind = event.ticket_types.filter(name_vi="Nhóm").first() or kind_of(event, "Nhóm", most_per_person=most)
    return sign_up(event, kind=kind, guests=guests)


def test_a_group_takes_a_place_each_and_gets_a_ticket_each_with_a_number_of_its_own() -> None:
    event = open_event()
    companions = [Companion(name="  Lê  Thu "), Companion(name="Trần Hà", email=" HA@Example.org ")]
    kind = kind_of(event, "Nhóm", most_per_person=3)
    row = sign_up(event, kind=kind, companions=companions)
    issued = list(row.tickets.order_by("number").values_list("holder_name", "holder__email"))
    assert issued == [(row.person.full_name, None), ("Lê Thu", None), ("Trần Hà", "ha@example.org")]
    assert len({ticket.number for ticket in row.tickets.all()}) == 3
    assert (taken(event), counts_agree(event)) == (3, True)
    assert sign_up(event).number == 4


def test_a_known_companion_keeps_their_own_name_and_account() -> None:
    known = PersonFactory.create(email="ha@example.org", full_name="Trần Thu Hà")
    event = open_event()
    kind = kind_of(event, "Nhóm", most_per_person=2)
    row = sign_up(event, kind=kind, companions=[Companion(name="Hà béo", email="HA@example.org")])
    assert row.tickets.get(holder=known).holder_name == "Hà béo"
    assert Person.objects.get(pk=known.pk).full_name == "Trần Thu Hà"


@pytest.mark.parametrize(
    ("companion", "field", "reason"),
    [
        (Companion(name=" "), "companions.1.name", "required"),
        (Companion(name="x" * 121), "companions.1.name", "too_long"),
        (Companion(name="<b>Hà</b>"), "companions.1.name", "not_a_name"),
        (Companion(name="Hà", email="ha"), "companions.1.email", "malformed"),
        (Companion(name="Hà", email="first@example.org"), "companions.1.email", "repeated"),
        (Companion(name="Hà", email="HOST@example.org"), "companions.1.email", "repeated"),
    ],
)
def test_what_is_wrong_with_a_companion_is_said_at_their_line(companion: Companion, field: str, reason: str) -> None:
    event, host = open_event(), PersonFactory.create(email="host@example.org")
    kind = kind_of(event, "Nhóm", most_per_person=5)
    party = [Companion(name="Một", email="first@example.org"), companion]
    with refused(Invalid, field=field, reason=reason):
        sign_up(event, host, kind, companions=party)
    row = sign_up(event, host, kind)
    with refused(Invalid, field=field, reason=reason):
        groups.add(registration_id=row.pk, companions=party, actor=host, at=NOW)


def test_a_group_that_does_not_fit_takes_no_place_at_all() -> None:
    event, host = open_event(capacity=2), PersonFactory.create()
    kind = kind_of(event, "Nhóm", most_per_person=3)
    with refused(EventFull):
        sign_up(event, host, kind, guests=2)


def test_a_pool_that_is_too_small_refuses_the_whole_group() -> None:
    event, host = open_event(capacity=9), PersonFactory.create()
    hall, table = pool(event, "Hội trường", 9), pool(event, "Bàn tròn", 1)
    kind = kind_of(event, "Nhóm", pools=(hall, table), most_per_person=3)
    with refused(EventFull):
        sign_up(event, host, kind, guests=1)
    assert sign_up(event, host, kind).status == "CONFIRMED"


def test_people_are_added_with_tickets_and_a_letter() -> None:
    event = open_event()
    row = _group(event)
    before = OutgoingMail.objects.count()
    added = groups.add(
        registration_id=row.pk, companions=[Companion(name="Hai"), Companion(name="Ba")], actor=row.person, at=NOW
    )
    assert [ticket.holder_name for ticket in added] == ["Hai", "Ba"]
    row.refresh_from_db()
    assert (row.quantity, taken(event), counts_agree(event)) == (4, 4, True)
    assert OutgoingMail.objects.count() > before


def test_people_are_added_all_or_none() -> None:
    event = open_event(capacity=3)
    row = _group(event, most=9)
    three = [Companion(name=name) for name in ("Hai", "Ba")]
    with refused(EventFull, may_wait=False):
        groups.add(registration_id=row.pk, companions=three, actor=row.person, at=NOW)
    with refused(TooManyPlaces, most=9):
        groups.add(registration_id=row.pk, companions=[Companion(name="Bạn")] * 8, actor=row.person, at=NOW)
    with refused(Invalid, field="companions", reason="required"):
        groups.add(registration_id=row.pk, companions=[], actor=row.person, at=NOW)


def test_only_the_host_or_the_desk_adds_and_only_to_a_confirmed_group() -> None:
    event = open_event(capacity=2)
    row, one = _group(event), [Companion(name="Hai")]
    waiting = sign_up(event, kind=row.ticket_type, waits=True)
    for actor in (PersonFactory.create(), on_duty(event)):
        with refused(RegistrationNotFound):
            groups.add(registration_id=row.pk, companions=one, actor=actor, at=NOW)
    with refused(RegistrationNotInState, status="WAITLISTED"):
        groups.add(registration_id=waiting.pk, companions=one, actor=waiting.person, at=NOW)


def test_after_closing_the_desk_adds_until_the_event_is_over() -> None:
    event = open_event(registration_closes_at=NOW + timedelta(hours=1))
    row, actor, later = _group(event), desk(event), NOW + timedelta(hours=2)
    with refused(RegistrationClosed):
        groups.add(registration_id=row.pk, companions=[Companion(name="Hai")], actor=row.person, at=later)
    groups.add(registration_id=row.pk, companions=[Companion(name="Hai")], actor=actor, at=later)
    with refused(RegistrationClosed):
        groups.add(registration_id=row.pk, companions=[Companion(name="Ba")], actor=actor, at=event.ends_at)


def test_nobody_is_added_to_a_cancelled_event() -> None:
    event = open_event()
    row, actor = _group(event), desk(event)
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    with refused(RegistrationClosed, status="CANCELLED"):
        groups.add(registration_id=row.pk, companions=[Companion(name="Hai")], actor=actor, at=NOW)


def _ticket(row: Registration, name: str) -> Ticket:
    return row.tickets.get(holder_name=name)


def test_one_place_is_given_back_and_goes_to_who_waits() -> None:
    event = open_event(capacity=3)
    row = _group(event, guests=2)
    waiting = sign_up(event, waits=True)
    left = groups.leave(ticket_id=_ticket(row, "Bạn B").pk, actor=row.person, at=NOW)
    assert (left.quantity, _ticket(row, "Bạn B").revoked_at, state(waiting)) == (2, NOW, "OFFERED")
    assert (taken(event), counts_agree(event)) == (3, True)


def test_the_last_place_is_given_back_by_cancelling() -> None:
    row = _group(open_event())
    groups.leave(ticket_id=_ticket(row, "Bạn A").pk, actor=row.person, at=NOW)
    own = row.tickets.get(revoked_at=None)
    with refused(TicketNotValid):
        groups.leave(ticket_id=own.pk, actor=row.person, at=NOW)


def test_a_ticket_is_given_back_once_by_its_host_or_the_desk() -> None:
    event = open_event()
    row, stranger = _group(event, guests=2), PersonFactory.create()
    ticket = _ticket(row, "Bạn A")
    with refused(RegistrationNotFound):
        groups.leave(ticket_id=ticket.pk, actor=stranger, at=NOW)
    with refused(TicketNotFound):
        groups.leave(ticket_id=uuid4(), actor=row.person, at=NOW)
    groups.leave(ticket_id=ticket.pk, actor=desk(event), at=NOW)
    with refused(TicketNotValid):
        groups.leave(ticket_id=ticket.pk, actor=row.person, at=NOW)


def test_a_place_that_was_used_or_is_over_is_not_given_back_the_others_are() -> None:
    event = open_event()
    row = _group(event, guests=2)
    used = _ticket(row, "Bạn A")
    scan = checkin.Scan(code=used.number, nonce=uuid4())
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=on_duty(event), at=NOW)
    with refused(TooLateToCancel):
        groups.leave(ticket_id=used.pk, actor=row.person, at=NOW)
    groups.leave(ticket_id=_ticket(row, "Bạn B").pk, actor=row.person, at=NOW)
    other = _group(event)
    with refused(TooLateToCancel):
        groups.leave(ticket_id=other.tickets.all()[0].pk, actor=other.person, at=event.ends_at)


def test_a_group_within_a_smaller_limit_than_it_has_stays_but_grows_no_more() -> None:
    event = open_event()
    row = _group(event, guests=3)
    smaller = ticket_types.TypeFacts(name_vi="Nhóm", most_per_person=2)
    ticket_types.change(ticket_type_id=row.ticket_type_id, facts=smaller, actor=planner(), at=NOW)
    with refused(TooManyPlaces, most=2):
        groups.add(registration_id=row.pk, companions=[Companion(name="Hai")], actor=row.person, at=NOW)
