"""Handing a ticket on: the old code dies at once, and only its holder can do it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from events import annulment, checkin, registration, schedule, tickets, transfer
from events.models import Event, EventStaff, HistoryEntry, Registration, Ticket
from events.refusals import TicketNotFound, TicketNotValid
from network.models import OutgoingMail, Person
from network.refusals import Invalid
from tests.events.scenes import counts_agree, desk, kind_of, refused, sign_up
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event, planner

pytestmark = pytest.mark.django_db
TO: dict[str, Any] = {"name": "Lê Thu", "email": "thu@example.org"}


def _hand_on(ticket: Ticket, actor: Person, at: datetime = NOW, **to: Any) -> Ticket:
    return transfer.hand_on(ticket_id=ticket.pk, actor=actor, at=at, **(TO | to))


def _scan(event: Event, code: str) -> str:
    scan = checkin.Scan(code=code, nonce=uuid4())
    answer = checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=on_duty(event), at=NOW)
    return answer.checkin.reason or answer.checkin.status


def test_a_ticket_changes_hands_and_the_old_code_dies() -> None:
    event = open_event()
    row = sign_up(event)
    ticket = row.tickets.get()
    old, letters = tickets.code(ticket), OutgoingMail.objects.count()
    given = _hand_on(ticket, row.person, name="  Lê  Thu ", email=" THU@example.org ")
    assert (given.holder_name, given.holder.email, given.version) == ("Lê Thu", "thu@example.org", 2)
    assert (given.transferred_at, given.number, given.registration) == (NOW, ticket.number, row)
    assert _scan(event, old) == "revoked"
    assert _scan(event, tickets.code(given)) == "ok"
    assert set(OutgoingMail.objects.order_by("pk")[letters:].values_list("recipient", flat=True)) == {
        row.person.email,
        "thu@example.org",
    }
    noted = HistoryEntry.objects.get(act="transferred")
    assert (noted.actor, noted.facts) == (row.person, {"ticket": ticket.number})
    assert counts_agree(event)


def test_a_known_person_gets_it_under_the_name_given_and_stays_as_they_are() -> None:
    known = PersonFactory.create(email="Thu@example.org", full_name="Lê Thị Thu")
    row = sign_up(open_event())
    given = _hand_on(row.tickets.get(), row.person)
    known.refresh_from_db()
    assert (given.holder, given.holder_name, known.full_name) == (known, "Lê Thu", "Lê Thị Thu")


def test_whoever_received_it_hands_it_on_and_nobody_before_them() -> None:
    row = sign_up(open_event())
    ticket = row.tickets.get()
    receiver = _hand_on(ticket, row.person).holder
    assert receiver is not None
    with refused(TicketNotFound):
        _hand_on(ticket, row.person, email="back@example.org")
    assert _hand_on(ticket, receiver, email="third@example.org").version == 3


def test_nobody_else_hands_it_on_not_even_the_desk() -> None:
    event = open_event()
    row = sign_up(event)
    for actor in (PersonFactory.create(), desk(event), planner()):
        with refused(TicketNotFound):
            _hand_on(row.tickets.get(), actor)
    with refused(TicketNotFound):
        transfer.hand_on(ticket_id=uuid4(), actor=row.person, at=NOW, **TO)


def test_a_companions_own_ticket_is_theirs_to_hand_on() -> None:
    event = open_event()
    row = sign_up(event, kind=kind_of(event, "Nhóm", most_per_person=2), guests=1)
    unnamed = row.tickets.get(holder_name="Bạn A")
    friend = _hand_on(unnamed, row.person, email="friend@example.org").holder
    assert friend is not None
    with refused(TicketNotFound):
        _hand_on(unnamed, row.person)
    _hand_on(unnamed, friend)
    assert row.tickets.get(holder=None).version == 1


def _cancelled(row: Registration) -> datetime:
    registration.cancel(registration_id=row.pk, actor=row.person, at=NOW)
    return NOW


def _let_in(row: Registration) -> datetime:
    assert _scan(row.event, row.tickets.get().number) == "ok"
    return NOW


def _event_cancelled(row: Registration) -> datetime:
    schedule.cancel_event(event_id=row.event_id, actor=planner(), at=NOW)
    return NOW


def _over(row: Registration) -> datetime:
    return row.event.ends_at


@pytest.mark.parametrize("what", [_cancelled, _let_in, _event_cancelled, _over])
def test_a_dead_or_used_ticket_is_not_handed_on(what: Callable[[Registration], datetime]) -> None:
    row = sign_up(open_event())
    at = what(row)
    with refused(TicketNotValid):
        _hand_on(row.tickets.get(), row.person, at=at)


def test_one_whose_entry_was_taken_back_is_handed_on() -> None:
    event = open_event()
    row = sign_up(event)
    scan = checkin.Scan(code=row.tickets.get().number, nonce=uuid4(), device="phone")
    actor = on_duty(event)
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=actor, at=NOW)
    annulment.annul(nonce=scan.nonce, device="phone", actor=actor, at=NOW)
    assert _hand_on(row.tickets.get(), row.person).version == 2


@pytest.mark.parametrize(
    ("to", "field", "reason"),
    [
        ({"name": " "}, "name", "required"),
        ({"name": "x" * 121}, "name", "too_long"),
        ({"name": "Thu\r\nBcc: a@b.org"}, "name", "not_a_name"),
        ({"name": "12345"}, "name", "not_a_name"),
        ({"email": ""}, "email", "malformed"),
        ({"email": "thu"}, "email", "malformed"),
        ({"email": "thu@example.org\nBcc: a@b.org"}, "email", "malformed"),
        ({"email": "HOST@example.org"}, "email", "repeated"),
    ],
)
def test_what_is_wrong_with_the_receiver_is_said_at_its_field(to: Any, field: str, reason: str) -> None:
    row = sign_up(open_event(), PersonFactory.create(email="host@example.org"))
    with refused(Invalid, field=field, reason=reason):
        _hand_on(row.tickets.get(), row.person, **to)


def test_who_handed_their_ticket_on_cannot_cancel_it_for_the_new_holder() -> None:
    event = open_event()
    person = PersonFactory.create()
    held = registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    ticket = transfer.hand_on(
        ticket_id=held.tickets.get().pk, name="Người Mới", email="moi@example.org", actor=person, at=NOW
    )
    with pytest.raises(TicketNotValid):
        registration.cancel(registration_id=held.pk, actor=person, at=NOW)
    ticket.refresh_from_db()
    assert ticket.revoked_at is None
    organiser = on_duty(event, EventStaff.Role.ORGANISER)
    assert registration.cancel(registration_id=held.pk, actor=organiser, at=NOW).status == "CANCELLED"
