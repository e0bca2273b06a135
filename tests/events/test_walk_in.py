"""Somebody comes without a ticket: registered by the same rule as everybody, let in by the same scan."""

from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from events import gate_devices, questions, walk_in
from events.gate_devices import DeviceFacts
from events.models import CheckIn, CheckInTally, Event, EventStaff, HistoryEntry, Registration, Seats
from events.question_facts import QuestionFacts
from events.refusals import (
    AlreadyRegistered,
    CheckInListNotFound,
    EventFull,
    NonceReused,
    RegistrationClosed,
    TicketTypeNotOffered,
)
from events.scan_rows import Actor
from events.walk_in import Newcomer, WalkIn
from network.models import Consent, OutgoingMail, Person
from network.refusals import ConsentRequired, Invalid, Refusal, each
from tests.events.crowd import at_once
from tests.events.scenes import change_kind, counts_agree, everything, kind_of, only_kind, sign_up
from tests.factories import NOW, PersonFactory, gate, main_list, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


@contextmanager
def refused(kind: type[Refusal], field: str = "") -> Any:
    """Exactly this refusal, and nothing is another than before: no person, no seat, no scan."""
    before = [everything(), list(CheckIn.objects.values()), list(CheckInTally.objects.values())]
    with pytest.raises(Refusal) as caught:
        yield
    assert [(type(one), one.field) for one in each(caught.value)] == [(kind, field or kind.field)]
    assert [everything(), list(CheckIn.objects.values()), list(CheckInTally.objects.values())] == before


def come(event: Event, actor: Actor, *, nonce: UUID | None = None, at: Any = NOW, **said: Any) -> WalkIn:
    stated = {"name": "Lê  Thị An", "email": "An@Example.org", "phone": "0912 345 678", "agrees": True} | said
    gate_id = gate(event).pk
    return walk_in.register(
        list_id=main_list(event).pk,
        newcomer=Newcomer(**stated),
        nonce=nonce or uuid4(),
        actor=actor,
        at=at,
        device="Lan 2",
        gate_id=gate_id,
    )


def phone(event: Event) -> gate_devices.Enrolled:
    organiser = on_duty(event, EventStaff.Role.ORGANISER)
    invited = gate_devices.invite(event_id=event.pk, facts=DeviceFacts(name="A"), actor=organiser, at=NOW)
    return gate_devices.enrol(code=invited.code, at=NOW)


def test_somebody_new_is_registered_and_in() -> None:
    event = open_event(capacity=1)
    volunteer = on_duty(event)
    made = come(event, volunteer)
    held, row, person = made.registration, made.answer.checkin, made.registration.person
    assert (held.status, held.channel, held.quantity) == ("CONFIRMED", "DOOR", 1)
    assert (person.full_name, person.email, str(person.phone)) == ("Lê Thị An", "an@example.org", "+84912345678")
    assert (row.status, row.reason, row.sequence, row.scanned_by, row.gate) == ("ok", "", 1, volunteer, gate(event))
    assert (made.answer.admitted, made.answer.inside) == (1, 1)
    assert (Seats.objects.get(event=event).taken, OutgoingMail.objects.count()) == (1, 1)
    assert list(HistoryEntry.objects.filter(registration=held).values_list("act", "actor")) == [
        ("confirmed", volunteer.pk)
    ]
    assert counts_agree(event)


def test_their_consent_is_kept_with_who_wrote_it_down() -> None:
    event = open_event()
    volunteer = on_duty(event)
    person = come(event, volunteer).registration.person
    given = Consent.objects.get(person=person)
    assert (given.purpose, given.channel, given.recorded_by, given.given_at) == (
        "REGISTRATION",
        "ADMIN",
        volunteer,
        NOW,
    )
    made = phone(event)
    person = come(event, made.device, email="b@example.org").registration.person
    assert Consent.objects.get(person=person).recorded_by == made.device.invited_by


def test_a_known_person_stays_as_they_are_and_the_ticket_bears_what_was_said() -> None:
    event = open_event()
    person = PersonFactory.create(email="an@example.org", full_name="Lê An")
    held = come(event, on_duty(event)).registration
    assert held.person == person
    assert held.tickets.get().holder_name == "Lê Thị An"
    person.refresh_from_db()
    assert (person.full_name, person.phone) == ("Lê An", "")


@pytest.mark.parametrize(
    ("said", "kind", "field"),
    [
        ({"name": " "}, Invalid, "name"),
        ({"name": "<b>"}, Invalid, "name"),
        ({"email": "an"}, Invalid, "email"),
        ({"phone": "12"}, Invalid, "phone"),
        ({"agrees": False}, ConsentRequired, "consents"),
        ({"ticket_type_id": 987654}, TicketTypeNotOffered, "ticket_type_id"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(said: Any, kind: type[Refusal], field: str) -> None:
    event = open_event()
    actor, _gate = on_duty(event), gate(event)
    with refused(kind, field):
        come(event, actor, **said)


def test_all_that_is_wrong_is_said_at_once() -> None:
    event = open_event()
    with pytest.raises(Refusal) as caught:
        come(event, on_duty(event), name="", email="", phone="x", agrees=False)
    assert [one.field for one in each(caught.value)] == ["name", "email", "phone", "consents"]


def test_full_stays_full() -> None:
    event = open_event(capacity=1)
    actor, _gate = on_duty(event), gate(event)
    sign_up(event)
    with refused(EventFull):
        come(event, actor)


def test_also_when_registration_is_closed_until_the_event_is_over() -> None:
    event = open_event(registration_closes_at=NOW - timedelta(hours=1))
    actor, _gate = on_duty(event), gate(event)
    with refused(RegistrationClosed):
        come(event, actor, at=event.ends_at)
    assert come(event, actor).answer.checkin.status == "ok"
    later = open_event(registration_opens_at=NOW + timedelta(hours=1))
    assert come(later, on_duty(later)).answer.checkin.status == "ok"


def test_only_types_that_anybody_may_have_without_approval() -> None:
    event = open_event()
    actor, _gate = on_duty(event, EventStaff.Role.ORGANISER), gate(event)
    shut = {"opens_at": NOW + timedelta(days=1)}
    hidden, approved = kind_of(event, is_hidden=True), kind_of(event, "Duyệt", needs_approval=True)
    off, later = kind_of(event, "Ngừng", is_active=False), kind_of(event, "Mở sau", **shut)
    for kind in (hidden, approved, off):
        with refused(TicketTypeNotOffered):
            come(event, actor, ticket_type_id=kind.pk)
    assert come(event, actor, ticket_type_id=later.pk).registration.ticket_type == later
    change_kind(only_kind_of(event), is_hidden=True)
    assert come(event, actor, email="b@example.org").registration.ticket_type == later


def only_kind_of(event: Event) -> Any:
    return event.ticket_types.order_by("order", "pk").first()


def test_the_type_is_one_that_the_list_lets_in() -> None:
    event = open_event()
    actor, other = on_duty(event), kind_of(event, "Nhà đầu tư")
    main_list(event).ticket_types.add(other)
    assert come(event, actor).registration.ticket_type == other
    with refused(TicketTypeNotOffered):
        come(event, actor, email="b@example.org", ticket_type_id=only_kind_of(event).pk)


def test_a_fee_is_due_as_anywhere() -> None:
    event = open_event()
    change_kind(only_kind(event), fee=50_000)
    made = come(event, on_duty(event))
    assert (made.registration.status, made.registration.payment, made.registration.fee) == ("CONFIRMED", "DUE", 50_000)
    assert (made.answer.checkin.status, made.answer.checkin.reason) == ("error", "unpaid")
    assert made.answer.guest is not None
    assert made.answer.guest.due == 50_000


def test_questions_of_the_form_are_not_asked_at_a_door() -> None:
    event = open_event()
    facts = QuestionFacts(kind="SHORT_TEXT", label_vi="Bạn làm gì?", is_required=True)
    questions.add(event_id=event.pk, facts=facts, actor=planner())
    assert come(event, on_duty(event)).answer.checkin.status == "ok"


def test_who_is_registered_is_not_registered_twice() -> None:
    event = open_event()
    sign_up(event, PersonFactory.create(email="an@example.org"))
    actor, _gate = on_duty(event), gate(event)
    with refused(AlreadyRegistered):
        come(event, actor)


class TestTheSameNonce:
    """Sent again until an answer comes: one registration, one scan."""

    def test_it_is_one_act_with_one_answer(self) -> None:
        event = open_event()
        made = phone(event)
        nonce, device = uuid4(), made.device
        first = come(event, device, nonce=nonce)
        after = [everything(), list(CheckIn.objects.values()), list(CheckInTally.objects.values())]
        for _time in range(5):
            again = come(event, device, nonce=nonce, at=NOW + timedelta(minutes=1))
            assert (again.registration, again.answer.checkin) == (first.registration, first.answer.checkin)
        assert [everything(), list(CheckIn.objects.values()), list(CheckInTally.objects.values())] == after

    def test_for_somebody_else_it_is_refused(self) -> None:
        event = open_event()
        nonce, actor = uuid4(), on_duty(event)
        come(event, actor, nonce=nonce)
        with refused(NonceReused):
            come(event, actor, nonce=nonce, email="b@example.org")

    def test_of_a_scan_it_is_refused(self) -> None:
        event = open_event()
        nonce, actor, held = uuid4(), on_duty(event), sign_up(event, PersonFactory.create(email="an@example.org"))
        CheckIn.objects.create(
            list=main_list(event),
            event=event,
            ticket=held.tickets.get(),
            nonce=nonce,
            scanned_by=actor,
            scanned_at=NOW,
            received_at=NOW,
            status="error",
        )
        _gate = gate(event)
        with refused(NonceReused):
            come(event, actor, nonce=nonce)

    def test_a_scan_that_fails_undoes_the_registration(self, monkeypatch: pytest.MonkeyPatch) -> None:
        event = open_event()
        actor, _gate = on_duty(event), gate(event)

        def broken(**_scan: Any) -> Any:
            raise CheckInListNotFound()

        monkeypatch.setattr("events.checkin.redeem", broken)
        with refused(CheckInListNotFound):
            come(event, actor)


def test_only_who_scans_there_may() -> None:
    event = open_event()
    _gate = gate(event)
    for actor in (PersonFactory.create(), on_duty(open_event()), phone(open_event()).device):
        with refused(CheckInListNotFound):
            come(event, actor)


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_newcomer_sent_sixteen_times_at_once_is_one_registration_and_one_scan() -> None:
    event = open_event()
    actor, nonce, _gate = on_duty(event), uuid4(), gate(event)

    def send(_time: int) -> str:
        return str(come(event, actor, nonce=nonce).registration.number)

    assert at_once(send, list(range(16)), 16) == {"1": 16}
    assert (Registration.objects.count(), CheckIn.objects.count()) == (1, 1)
    assert Person.objects.filter(email="an@example.org").count() == 1
    assert CheckInTally.objects.get(event=event).admitted == 1
