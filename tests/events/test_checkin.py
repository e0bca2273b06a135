"""One scan, one answer: every reason, every refusal, and what the log keeps."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from events import annulment, checkin, notices, registration, schedule, statistics, tickets
from events.checkin import Answer, Scan
from events.models import CheckIn, Event, EventStaff, Registration, Ticket
from events.refusals import CheckInListNotFound, NonceReused, ScanNotFound, TooLateToAnnul
from network.models import Person
from tests.factories import NOW, PersonFactory, gate, main_list, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return open_event()


@pytest.fixture
def volunteer(event: Event) -> Person:
    return on_duty(event)


def _ticket(event: Event) -> Ticket:
    person = PersonFactory.create(full_name="Phạm Thu Hà")
    rule = registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    return rule.tickets.get()


def _redeem(event: Event, actor: Person, code: str, nonce: UUID | None = None, **scan: Any) -> Answer:
    sent = Scan(code=code, nonce=nonce or uuid4(), device="Lan 2", gate_id=gate(event).pk, **scan)
    return checkin.redeem(list_id=main_list(event).pk, scan=sent, actor=actor, at=NOW)


def _said(answer: Answer) -> tuple[str, str]:
    return answer.checkin.status, answer.checkin.reason


def _shown(answer: Answer) -> UUID | None:
    return answer.guest and answer.guest.ticket_id


def test_a_ticket_is_let_in_by_its_code(event: Event, volunteer: Person) -> None:
    ticket = _ticket(event)
    answer = _redeem(event, volunteer, tickets.code(ticket))
    assert _said(answer) == ("ok", "")
    assert (_shown(answer), answer.admitted, answer.checkin.sequence) == (ticket.pk, 1, 1)


def test_a_ticket_is_let_in_by_its_number(event: Event, volunteer: Person) -> None:
    assert _said(_redeem(event, volunteer, _ticket(event).number)) == ("ok", "")


def test_the_second_scan_says_when_and_where_the_first_was(event: Event, volunteer: Person) -> None:
    code = tickets.code(_ticket(event))
    first = _redeem(event, volunteer, code)
    second = _redeem(event, volunteer, code)
    assert _said(second) == ("error", "already_redeemed")
    assert second.first is not None
    assert (second.first.pk, second.checkin.first_id) == (first.checkin.pk, first.checkin.pk)
    assert (second.first.gate, second.first.device, second.first.at) == ("A", "Lan 2", NOW)
    assert second.admitted == 1


def test_the_same_nonce_gives_the_same_answer_and_writes_nothing(event: Event, volunteer: Person) -> None:
    code, nonce = tickets.code(_ticket(event)), uuid4()
    first = _redeem(event, volunteer, code, nonce)
    again = _redeem(event, volunteer, code, nonce)
    assert (again.checkin, _shown(again), again.first) == (first.checkin, _shown(first), None)
    assert (again.admitted, again.inside) == (first.admitted, first.inside) == (1, 1)
    assert CheckIn.objects.count() == 1


def test_a_nonce_of_another_list_is_refused(event: Event, volunteer: Person) -> None:
    nonce, other = uuid4(), open_event(edition=2)
    _redeem(event, volunteer, "HP1:NO", nonce)
    EventStaff.objects.create(person=volunteer, event=other, role=EventStaff.Role.DOOR)
    with pytest.raises(NonceReused):
        _redeem(other, volunteer, "HP1:NO", nonce)


def test_another_persons_nonce_is_none_of_mine(event: Event, volunteer: Person) -> None:
    nonce, code = uuid4(), tickets.code(_ticket(event))
    _redeem(event, volunteer, "HP1:NO", nonce)
    assert _said(_redeem(event, on_duty(event), code, nonce)) == ("ok", "")


def test_a_nonce_with_another_code_is_refused(event: Event, volunteer: Person) -> None:
    nonce = uuid4()
    _redeem(event, volunteer, _ticket(event).number, nonce)
    with pytest.raises(NonceReused):
        _redeem(event, volunteer, _ticket(event).number, nonce)


def test_an_admission_that_was_taken_back_is_no_answer_any_more(event: Event, volunteer: Person) -> None:
    code, nonce = tickets.code(_ticket(event)), uuid4()
    _redeem(event, volunteer, code, nonce)
    annulment.annul(nonce=nonce, device="Lan 2", actor=volunteer, at=NOW)
    with pytest.raises(NonceReused):
        _redeem(event, volunteer, code, nonce)


def test_a_long_device_name_can_take_back_what_it_let_in(event: Event, volunteer: Person) -> None:
    scan = Scan(code=_ticket(event).number, nonce=uuid4(), device="Máy " * 20)
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=volunteer, at=NOW)
    assert annulment.annul(nonce=scan.nonce, device=scan.device, actor=volunteer, at=NOW).annulled_at == NOW


def _cancelled(event: Event) -> str:
    ticket = _ticket(event)
    registration.cancel(registration_id=ticket.registration_id, actor=ticket.registration.person, at=NOW)
    return tickets.code(ticket)


def _replaced(event: Event) -> str:
    ticket = _ticket(event)
    old = tickets.code(ticket)
    Ticket.objects.filter(pk=ticket.pk).update(version=2)
    return old


def _of_a_cancelled_event(event: Event) -> str:
    code = tickets.code(_ticket(event))
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    return code


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (lambda event: "HP1:FORGED", "invalid"),
        (lambda event: "", "invalid"),
        (lambda event: tickets.code(_ticket(open_event(edition=9))), "product"),
        (_cancelled, "canceled"),
        (_replaced, "revoked"),
        (_of_a_cancelled_event, "canceled"),
    ],
    ids=["forged", "empty", "other event", "cancelled", "replaced", "event cancelled"],
)
def test_a_refused_scan_is_kept_with_its_reason(event: Event, volunteer: Person, code: Any, reason: str) -> None:
    answer = _redeem(event, volunteer, code(event))
    assert _said(answer) == ("error", reason)
    assert CheckIn.objects.get(pk=answer.checkin.pk).reason == reason
    assert answer.admitted == 0
    if reason in {"invalid", "product"}:
        assert answer.guest is None  # the name of a stranger's ticket stays unsaid


def test_who_is_not_on_duty_cannot_check_in(event: Event) -> None:
    code = tickets.code(_ticket(event))
    for stranger in (PersonFactory.create(), planner(), on_duty(open_event(edition=9))):
        with pytest.raises(CheckInListNotFound):
            _redeem(event, stranger, code)
    assert not CheckIn.objects.exists()


def test_an_admission_is_taken_back_by_the_same_device_in_time(event: Event, volunteer: Person) -> None:
    code, nonce = tickets.code(_ticket(event)), uuid4()
    _redeem(event, volunteer, code, nonce)
    within = NOW + timedelta(minutes=15)
    for device, actor in (("other", volunteer), ("Lan 2", on_duty(event))):
        with pytest.raises(ScanNotFound):
            annulment.annul(nonce=nonce, device=device, actor=actor, at=within)
    with pytest.raises(TooLateToAnnul):
        annulment.annul(nonce=nonce, device="Lan 2", actor=volunteer, at=within + timedelta(seconds=1))
    row = annulment.annul(nonce=nonce, device="Lan 2", actor=volunteer, at=within)
    assert annulment.annul(nonce=nonce, device="Lan 2", actor=volunteer, at=within) == row
    assert (row.annulled_at, row.annulled_sequence) == (within, 2)
    again = _redeem(event, volunteer, code)
    assert (_said(again), again.checkin.sequence, again.admitted) == (("ok", ""), 3, 1)
    assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk)


def test_the_log_after_a_sequence_is_what_a_client_missed(event: Event, volunteer: Person) -> None:
    nonces = [uuid4() for _ in range(3)]
    for nonce in nonces:
        _redeem(event, volunteer, tickets.code(_ticket(event)), nonce)
    annulment.annul(nonce=nonces[0], device="Lan 2", actor=volunteer, at=NOW)
    missed = statistics.arrivals_after(event_id=event.pk, sequence=2)
    assert [(row.nonce, row.annulled_at is None) for row in missed] == [(nonces[0], False), (nonces[2], True)]
    assert [row.nonce for row in statistics.last_arrivals(event_id=event.pk)] == [nonces[2], nonces[1]]


def test_an_admission_is_announced_after_commit_without_personal_data(
    event: Event, volunteer: Person, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[notices.Notice] = []
    monkeypatch.setattr("network.notices._carriers", [lambda notice: 1 / 0, heard.append])
    ticket = _ticket(event)
    with django_capture_on_commit_callbacks() as callbacks:
        _redeem(event, volunteer, tickets.code(ticket))
        assert heard == []
    for callback in callbacks:
        callback()
    assert heard == [
        notices.CheckedIn(event_id=event.pk, sequence=1, admitted=1, inside=1),
        notices.RegistrationChanged(event_id=event.pk, registration_id=ticket.registration_id),
    ]
