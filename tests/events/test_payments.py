"""Fees: what is due, marked as received, taken back; and the QR of a bank transfer."""

import pytest

from events import desk as attendee_desk
from events import groups, payments, registration, waiting_list
from events.models import Event, HistoryEntry, Registration
from events.party import Companion
from events.refusals import NoFee, RegistrationNotFound
from network.models import OutgoingMail
from tests.events.scenes import counts_agree, desk, everything, kind_of, refused, sign_up
from tests.factories import NOW, PersonFactory, on_duty, open_event

pytestmark = pytest.mark.django_db


def _money(row: Registration) -> tuple[int, int, int, str]:
    """Fee, received, due, state."""
    row = Registration.objects.get(pk=row.pk)
    return row.fee, row.received, row.due, row.payment


def _fee(event: Event, fee: int = 100_000, **facts: object) -> Registration:
    return sign_up(event, kind=kind_of(event, fee=fee, most_per_person=4), **facts)


def test_a_fee_is_for_each_place_and_due_once_the_place_is_certain() -> None:
    assert _money(_fee(open_event(), guests=2)) == (300_000, 0, 300_000, "DUE")


def test_who_waits_for_approval_or_a_place_owes_nothing() -> None:
    event = open_event(capacity=1)
    pending = sign_up(event, kind=kind_of(event, "Duyệt", fee=50_000, needs_approval=True))
    seated = _fee(event)
    waiting = sign_up(event, kind=seated.ticket_type, waits=True)
    assert _money(pending) == _money(waiting) == (0, 0, 0, "NONE")
    registration.cancel(registration_id=seated.pk, actor=seated.person, at=NOW)
    assert _money(waiting) == (0, 0, 0, "NONE")
    waiting_list.accept(registration_id=waiting.pk, actor=waiting.person, at=NOW)
    assert _money(waiting) == (100_000, 0, 100_000, "DUE")


def test_a_fee_is_marked_by_the_desk_or_at_the_door_and_a_letter_says_so() -> None:
    event = open_event()
    for actor in (desk(event), on_duty(event)):
        row = sign_up(event, kind=kind_of(event, actor.email[:20], fee=70_000))
        before = OutgoingMail.objects.count()
        paid = payments.receive(registration_id=row.pk, actor=actor, at=NOW)
        assert (_money(row), paid.paid_at) == ((70_000, 70_000, 0, "RECEIVED"), NOW)
        assert OutgoingMail.objects.count() == before + 1
        noted = HistoryEntry.objects.filter(registration=row).latest("pk")
        assert (noted.act, noted.actor, noted.facts) == ("paid", actor, {"fee": 70_000})


def test_strangers_the_person_themselves_and_other_events_door_mark_nothing() -> None:
    event = open_event()
    row = _fee(event)
    for actor in (PersonFactory.create(), row.person, on_duty(open_event())):
        with refused(RegistrationNotFound):
            payments.receive(registration_id=row.pk, actor=actor, at=NOW)
        with refused(RegistrationNotFound):
            payments.take_back(registration_id=row.pk, actor=actor, at=NOW)
    with refused(RegistrationNotFound):
        payments.receive(registration_id=0, actor=actor, at=NOW)


def test_there_is_nothing_to_mark_where_nothing_is_due() -> None:
    event = open_event(capacity=3)
    actor = desk(event)
    free, paid, gone = sign_up(event), _fee(event), sign_up(event, kind=kind_of(event, "Vé khác", fee=1))
    payments.receive(registration_id=paid.pk, actor=actor, at=NOW)
    registration.cancel(registration_id=gone.pk, actor=gone.person, at=NOW)
    for row in (free, paid, gone):
        with refused(NoFee):
            payments.receive(registration_id=row.pk, actor=actor, at=NOW)


def test_a_mark_is_taken_back_by_the_desk_alone() -> None:
    event = open_event()
    row, actor, volunteer = _fee(event), desk(event), on_duty(event)
    with refused(NoFee):
        payments.take_back(registration_id=row.pk, actor=actor, at=NOW)
    payments.receive(registration_id=row.pk, actor=volunteer, at=NOW)
    with refused(NoFee):
        payments.take_back(registration_id=row.pk, actor=volunteer, at=NOW)
    again = payments.take_back(registration_id=row.pk, actor=actor, at=NOW)
    assert (_money(row), again.paid_at) == ((100_000, 0, 100_000, "DUE"), None)
    payments.receive(registration_id=row.pk, actor=actor, at=NOW)
    assert _money(row) == (100_000, 100_000, 0, "RECEIVED")


def test_of_a_paid_group_that_grows_only_the_newcomers_fee_is_due() -> None:
    """Asked for the whole sum again, people would pay twice."""
    event = open_event()
    row, actor = _fee(event, guests=1), desk(event)
    payments.receive(registration_id=row.pk, actor=actor, at=NOW)
    groups.add(registration_id=row.pk, companions=[Companion(name="Bạn Mới")], actor=row.person, at=NOW)
    assert _money(row) == (300_000, 200_000, 100_000, "DUE")
    payments.receive(registration_id=row.pk, actor=actor, at=NOW)
    assert _money(row) == (300_000, 300_000, 0, "RECEIVED")
    assert HistoryEntry.objects.filter(act="paid").latest("pk").facts == {"fee": 100_000}


def test_who_leaves_a_group_lowers_what_is_due() -> None:
    event = open_event()
    row, actor = _fee(event, guests=1), desk(event)
    groups.leave(ticket_id=row.tickets.last().pk, actor=row.person, at=NOW)
    assert _money(row) == (100_000, 0, 100_000, "DUE")
    payments.receive(registration_id=row.pk, actor=actor, at=NOW)
    added = groups.add(registration_id=row.pk, companions=[Companion(name="Bạn Mới")], actor=row.person, at=NOW)
    groups.leave(ticket_id=added[0].pk, actor=row.person, at=NOW)
    assert _money(row) == (100_000, 100_000, 0, "RECEIVED")
    assert counts_agree(event)


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        (0, (0, 100_000, 0, "NONE")),
        (40_000, (40_000, 100_000, 0, "RECEIVED")),
        (250_000, (250_000, 100_000, 150_000, "DUE")),
    ],
)
def test_moved_to_another_type_what_was_received_counts(fee: int, expected: tuple[int, int, int, str]) -> None:
    event = open_event()
    row, actor = _fee(event), desk(event)
    payments.receive(registration_id=row.pk, actor=actor, at=NOW)
    other = kind_of(event, "Vé khác", fee=fee)
    attendee_desk.move(registration_id=row.pk, ticket_type_id=other.pk, actor=actor, at=NOW)
    assert _money(row) == expected


def test_another_fee_of_the_type_changes_nobodys_who_has_it() -> None:
    event = open_event()
    row = _fee(event)
    row.ticket_type.fee = 500_000
    row.ticket_type.save()
    assert _money(row) == (100_000, 0, 100_000, "DUE")


# The examples of NAPAS's "QR code format" (version 1.5.2, section 6.1) and their checksums.
@pytest.mark.parametrize(
    ("payload", "checksum"),
    [
        ("00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304", "9E6F"),
        ("00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN6304", "4F52"),
        (
            "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
            "62340107NPS68690819thanh toan don hang6304",
            "2E2E",
        ),
        ("123456789", "29B1"),
    ],
)
def test_the_checksum_is_that_of_the_published_examples(payload: str, checksum: str) -> None:
    assert f"{payments.checksum(payload.encode()):04X}" == checksum


def _with_account(event: Event, holder: str = "") -> None:
    event.bank_code, event.bank_account, event.bank_holder = "970403", "0011012345678", holder
    event.save()


def test_the_qr_asks_for_what_is_due_with_a_message_that_finds_the_registration() -> None:
    event = open_event()
    _with_account(event)
    row = _fee(event, fee=180_000)
    row.refresh_from_db()
    receiver = "38570010A00000072701270006970403011300110123456780208QRIBFTTA"
    body = f"000201010212{receiver}530370454061800005802VN62130809CAFE001 16304"
    assert payments.message(row) == "CAFE001 1"
    assert payments.vietqr(row) == body + f"{payments.checksum(body.encode()):04X}"


def test_the_qr_of_a_paid_group_that_grew_asks_for_the_rest() -> None:
    event = open_event()
    _with_account(event)
    row = _fee(event)
    payments.receive(registration_id=row.pk, actor=desk(event), at=NOW)
    groups.add(registration_id=row.pk, companions=[Companion(name="Bạn Mới")], actor=row.person, at=NOW)
    assert "5406100000" in payments.vietqr(Registration.objects.get(pk=row.pk))


def test_the_account_holder_stands_in_the_qr_without_accents_and_not_too_long() -> None:
    event = open_event()
    _with_account(event, holder="Trung tâm Đổi mới sáng tạo Hải Phòng")
    row = _fee(event)
    assert "5925TRUNG TAM DOI MOI SANG TA" in payments.vietqr(Registration.objects.get(pk=row.pk))


def test_an_event_without_an_account_takes_no_transfers() -> None:
    event = open_event()
    assert not payments.takes_transfers(event)
    _with_account(event)
    assert payments.takes_transfers(event)


def test_reading_a_qr_writes_nothing() -> None:
    event = open_event()
    _with_account(event)
    row = _fee(event)
    before = everything()
    payments.vietqr(Registration.objects.get(pk=row.pk))
    assert everything() == before
