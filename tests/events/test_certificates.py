"""Certificates: for whoever was let in, once, checked by anybody who has the code."""

from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp
from django.db import IntegrityError, transaction
from django.utils import timezone

from events import (
    annulment,
    certificate_jobs,
    certificate_sheets,
    certificates,
    checkin,
    registration,
    schedule,
    tickets,
)
from events.models import AttendeeAccess, Certificate, Event, EventStaff, Registration, Ticket
from events.refusals import (
    AlreadyDecided,
    CertificateNotFound,
    CertificateRevoked,
    EventNotFound,
    EventNotOver,
    NobodyThere,
    NotAttended,
    TicketNotFound,
)
from network import outbox, worker
from network.models import Job, OutgoingMail, Person
from network.refusals import Invalid
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return open_event()


@pytest.fixture
def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


@pytest.fixture
def after(event: Event) -> datetime:
    return event.ends_at + timedelta(hours=1)


def registered(event: Event, name: str = "Phạm Thu Hà") -> Ticket:
    person = PersonFactory.create(full_name=name)
    made = registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    return made.tickets.select_related("registration__person").get()


def admitted(event: Event, name: str = "Phạm Thu Hà") -> Ticket:
    ticket = registered(event, name)
    scan = checkin.Scan(code=tickets.code(ticket), nonce=uuid4(), device="Lan 2")
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=on_duty(event), at=event.starts_at)
    return ticket


def issued(ticket: Ticket, organiser: Person, at: datetime) -> Certificate:
    [certificate] = certificates.issue(event_id=ticket.event_id, ticket_ids=[ticket.pk], actor=organiser, at=at)
    return certificate


def done(job: Job) -> Job:
    worker.run_due(at=NOW)
    return Job.objects.get(pk=job.pk)


def test_who_was_let_in_gets_one(event: Event, organiser: Person, after: datetime) -> None:
    ticket = admitted(event)
    certificate = issued(ticket, organiser, after)
    assert (certificate.ticket_id, certificate.event, certificate.holder_name) == (ticket.pk, event, "Phạm Thu Hà")
    assert (certificate.issued_at, certificate.issued_by, certificate.revoked_at) == (after, organiser, None)
    assert len(bytes.fromhex(certificate.code)) == 16


def test_asking_twice_is_asking_once(event: Event, organiser: Person, after: datetime) -> None:
    ticket = admitted(event)
    first = issued(ticket, organiser, after)
    assert issued(ticket, organiser, after + timedelta(days=1)) == first
    assert OutgoingMail.objects.filter(kind="certificates.issued").count() == 1


def test_the_database_holds_one_standing_certificate_a_ticket(event: Event, organiser: Person, after: datetime) -> None:
    certificate = issued(admitted(event), organiser, after)
    certificate.pk, certificate.code = None, "f" * 32
    with pytest.raises(IntegrityError, match=r"certificate_standing_once|UNIQUE"), transaction.atomic():
        certificate.save(force_insert=True)


def test_not_before_the_end(event: Event, organiser: Person) -> None:
    ticket = admitted(event)
    with pytest.raises(EventNotOver) as refused:
        issued(ticket, organiser, event.ends_at - timedelta(seconds=1))
    assert refused.value.facts == {"ends_at": event.ends_at}
    assert issued(ticket, organiser, event.ends_at)


def test_not_for_who_stayed_away(event: Event, organiser: Person, after: datetime) -> None:
    there, away = admitted(event), registered(event, "Trần Văn Đức")
    with pytest.raises(NotAttended):
        certificates.issue(event_id=event.pk, ticket_ids=[there.pk, away.pk], actor=organiser, at=after)
    assert Certificate.objects.count() == 0


def test_not_when_the_admission_was_taken_back(event: Event, organiser: Person, after: datetime) -> None:
    ticket = admitted(event)
    scan = ticket.checkins.get()
    annulment.annul(nonce=scan.nonce, device="Lan 2", actor=scan.scanned_by, at=event.starts_at)
    with pytest.raises(NotAttended):
        issued(ticket, organiser, after)


def test_not_with_a_ticket_of_another_event(event: Event, organiser: Person, after: datetime) -> None:
    with pytest.raises(TicketNotFound):
        certificates.issue(event_id=event.pk, ticket_ids=[admitted(open_event()).pk], actor=organiser, at=after)


def test_not_for_what_did_not_take_place(event: Event, organiser: Person, after: datetime) -> None:
    ticket = registered(event)
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    with pytest.raises(AlreadyDecided):
        issued(ticket, organiser, after)


def test_only_who_runs_the_desk(event: Event, organiser: Person, after: datetime) -> None:
    ticket = admitted(event)
    certificate = issued(ticket, organiser, after)
    for stranger in (PersonFactory.create(), on_duty(event), on_duty(open_event(), EventStaff.Role.ORGANISER)):
        with pytest.raises(EventNotFound):
            issued(ticket, stranger, after)
        with pytest.raises(CertificateNotFound):
            certificates.revoke(certificate_id=certificate.pk, reason="Nhầm", actor=stranger, at=after)
        with pytest.raises(CertificateNotFound):
            certificates.send(certificate_id=certificate.pk, actor=stranger, at=after)
        with pytest.raises(EventNotFound):
            certificate_jobs.ask_print(event_id=event.pk, actor=stranger, at=after)
        with pytest.raises(EventNotFound):
            certificate_jobs.ask_issue(event_id=event.pk, actor=stranger, at=after)
        assert list(certificates.certificates_at(event=event, viewer=stranger)) == []
    assert list(certificates.certificates_at(event=event, viewer=organiser)) == [certificate]


def test_anybody_with_the_code_can_check_it(event: Event, organiser: Person, after: datetime) -> None:
    certificate = issued(admitted(event), organiser, after)
    genuine = certificates.verify(certificate.code.upper())
    assert genuine == certificates.Verdict(holder_name="Phạm Thu Hà", event=event, revoked_at=None)
    certificates.revoke(certificate_id=certificate.pk, reason="  Cấp  nhầm ", actor=organiser, at=after)
    void = certificates.verify(certificate.code)
    assert void is not None
    assert void.revoked_at == after
    assert certificates.verify("0" * 32) is None
    assert certificates.verify("") is None


def test_revoking_has_a_reason_and_happens_once(event: Event, organiser: Person, after: datetime) -> None:
    certificate = issued(admitted(event), organiser, after)
    for reason, refused in (("  ", "required"), ("x" * 201, "too_long")):
        with pytest.raises(Invalid) as refusal:
            certificates.revoke(certificate_id=certificate.pk, reason=reason, actor=organiser, at=after)
        assert (refusal.value.field, refusal.value.facts["reason"]) == ("reason", refused)
    certificates.revoke(certificate_id=certificate.pk, reason="Cấp nhầm", actor=organiser, at=after)
    with pytest.raises(CertificateRevoked):
        certificates.revoke(certificate_id=certificate.pk, reason="Lại", actor=organiser, at=after)
    with pytest.raises(CertificateRevoked):
        certificates.send(certificate_id=certificate.pk, actor=organiser, at=after)
    kept = Certificate.objects.get()
    assert (kept.revoked_at, kept.revoked_reason) == (after, "Cấp nhầm")


def test_all_who_came_get_theirs_but_not_what_was_revoked(event: Event, organiser: Person, after: datetime) -> None:
    void = issued(admitted(event, "Lê Thị An"), organiser, after)
    certificates.revoke(certificate_id=void.pk, reason="Cấp nhầm", actor=organiser, at=after)
    issued(admitted(event, "Vũ Văn Bình"), organiser, after)
    for name in ("Trần Văn Đức", "Phạm Thu Hà"):
        admitted(event, name)
    registered(event, "Đỗ Văn Dũng")
    Event.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    job = done(certificate_jobs.ask_issue(event_id=event.pk, actor=organiser, at=timezone.now()))
    assert (job.status, job.report, job.done) == (Job.Status.DONE, {"issued": 2}, 2)
    standing = Certificate.objects.filter(revoked_at=None).values_list("holder_name", flat=True)
    assert set(standing) == {"Vũ Văn Bình", "Trần Văn Đức", "Phạm Thu Hà"}
    with pytest.raises(NobodyThere):
        certificate_jobs.ask_issue(event_id=event.pk, actor=organiser, at=timezone.now())


def test_who_shows_the_ticket_has_its_certificate(event: Event, organiser: Person, after: datetime) -> None:
    ticket = admitted(event)
    person = ticket.registration.person
    assert certificates.own_certificate(ticket_id=ticket.pk, person=person) is None
    certificate = issued(ticket, organiser, after)
    assert certificates.own_certificate(ticket_id=ticket.pk, person=person) == certificate
    assert certificates.own_certificate(ticket_id=ticket.pk, person=organiser) is None
    companion = PersonFactory.create()
    Ticket.objects.update(holder=companion)
    assert certificates.own_certificate(ticket_id=ticket.pk, person=person) is None
    assert certificates.own_certificate(ticket_id=ticket.pk, person=companion) == certificate
    certificates.revoke(certificate_id=certificate.pk, reason="Nhầm", actor=organiser, at=after)
    assert certificates.own_certificate(ticket_id=ticket.pk, person=companion) is None


def test_the_letter_says_where_to_fetch_and_to_check_it(event: Event, organiser: Person, after: datetime) -> None:
    ticket = admitted(event)
    certificate = issued(ticket, organiser, after)
    [mail] = OutgoingMail.objects.filter(kind="certificates.issued")
    assert mail.recipient == ticket.registration.person.email
    message = outbox.opened(mail)
    text = message.get_body(("plain",)).get_content()
    assert f"/ve/{ticket.pk}/" in text
    assert f"/chung-nhan/{certificate.code}/" in text
    assert f"/chung-nhan/{certificate.code}/" in message.get_body(("html",)).get_content()
    certificates.send(certificate_id=certificate.pk, actor=organiser, at=after)
    assert OutgoingMail.objects.filter(kind="certificates.issued").count() == 2


def test_a_group_gets_one_letter_to_each_who_shows_tickets(event: Event, organiser: Person, after: datetime) -> None:
    first, second = admitted(event), admitted(event, "Trần Văn Đức")
    Ticket.objects.filter(pk=second.pk).update(holder=first.registration.person)
    certificates.issue(event_id=event.pk, ticket_ids=[first.pk, second.pk], actor=organiser, at=after)
    [mail] = OutgoingMail.objects.filter(kind="certificates.issued")
    text = outbox.opened(mail).get_body(("plain",)).get_content()
    assert "Phạm Thu Hà" in text
    assert "Trần Văn Đức" in text


def test_a_letter_about_nothing_is_dropped(event: Event, organiser: Person, after: datetime) -> None:
    certificate = issued(admitted(event), organiser, after)
    certificates.revoke(certificate_id=certificate.pk, reason="Nhầm", actor=organiser, at=after)
    with pytest.raises(outbox.SubjectGone):
        outbox.written(OutgoingMail.objects.get(kind="certificates.issued"))


@pytest.mark.parametrize("name", ["Hà", "Nguyễn Phúc Hoàng Thiên Bảo Anh Trần Đặng", "🎉 Đỗ Ỗng Ẫm", "W" * 120])
def test_the_paper_carries_the_address_and_runs_over_no_edge(
    event: Event, organiser: Person, after: datetime, name: str
) -> None:
    certificate = issued(admitted(event), organiser, after)
    certificate.holder_name = name
    certificate.event.title_vi = "Ngày hội khởi nghiệp " * 7
    certificate.event.title_en = "Startup day " * 12
    file = BytesIO()
    certificate_sheets.write(file, certificates=[certificate], title="Giấy chứng nhận")
    [page] = pypdfium2.PdfDocument(file.getvalue())
    [code] = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert code.text.endswith(f"/chung-nhan/{certificate.code}/")
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    left, right = certificate_sheets.LEFT - 1, certificate_sheets.WIDTH - 50
    assert [box for box in boxes if box[0] < left or box[1] < 30 or box[2] > right or box[3] > 560] == []


def test_all_of_an_event_in_one_file(event: Event, organiser: Person, after: datetime) -> None:
    for name in ("Trần Văn Đức", "Lê Thị An"):
        issued(admitted(event, name), organiser, after)
    job = done(certificate_jobs.ask_print(event_id=event.pk, actor=organiser, at=after))
    assert (job.status, job.report) == (Job.Status.DONE, {"people": 2})
    with job.result.open() as file:
        pages = pypdfium2.PdfDocument(file.read())
    assert ["Lê Thị An" in page.get_textpage().get_text_bounded() for page in pages] == [True, False]
    assert AttendeeAccess.objects.get().people == 2
