"""Certificates on the site: checked by anybody, fetched by whoever shows the ticket."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.core.cache import cache
from django.test import Client

from events import certificates, checkin, registration, tickets
from events.models import Certificate, Event, EventStaff, Registration, Ticket
from network import limits
from network.models import Person
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def event() -> Event:
    return open_event()


@pytest.fixture
def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


@pytest.fixture
def holder() -> Person:
    return PersonFactory.create(full_name="Phạm Thu Hà", email="ha@example.org", phone="+84912345678")


@pytest.fixture
def ticket(event: Event, holder: Person) -> Ticket:
    made = registration.register(event_id=event.pk, person=holder, at=NOW, channel=Registration.Channel.SITE)
    ticket: Ticket = made.tickets.get()
    scan = checkin.Scan(code=tickets.code(ticket), nonce=uuid4())
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=on_duty(event), at=event.starts_at)
    return ticket


@pytest.fixture
def certificate(event: Event, ticket: Ticket, organiser: Person) -> Certificate:
    return certificates.issue(event_id=event.pk, ticket_ids=[ticket.pk], actor=organiser, at=event.ends_at)[0]


def test_a_genuine_one_says_whose_and_of_what_and_nothing_else(certificate: Certificate, ticket: Ticket) -> None:
    answer = Client().get(f"/chung-nhan/{certificate.code}/")
    body = answer.content.decode()
    assert answer.status_code == 200
    for said in ("Giấy chứng nhận này là thật", "Phạm Thu Hà", certificate.event.title, "05/12/2026"):
        assert said in body
    for kept in ("ha@example.org", "0912", ticket.number, str(ticket.pk)):
        assert kept not in body
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in body


def test_it_speaks_english_too(certificate: Certificate) -> None:
    assert "This certificate is genuine" in Client().get(f"/en/chung-nhan/{certificate.code}/").content.decode()


def test_a_revoked_one_says_when_but_not_why(certificate: Certificate, organiser: Person) -> None:
    at = certificate.issued_at + timedelta(days=3)
    certificates.revoke(certificate_id=certificate.pk, reason="Nhờ người khác quét", actor=organiser, at=at)
    answer = Client().get(f"/chung-nhan/{certificate.code}/")
    body = answer.content.decode()
    assert answer.status_code == 200
    for said in ("đã bị thu hồi", "08/12/2026", "Phạm Thu Hà"):
        assert said in body
    assert "Nhờ người khác quét" not in body


@pytest.mark.parametrize("code", ["0" * 32, "x", "a" * 3000])
def test_an_unknown_one_is_a_page_of_the_same_shape(code: str) -> None:
    answer = Client().get(f"/chung-nhan/{code}/")
    assert answer.status_code == 404
    assert '<article class="verdict verdict-unknown">' in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_guessing_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    budget = limits.Budget(account=600, address=2, seconds=600)
    monkeypatch.setattr(limits, "BUDGETS", {"check_certificate": budget})
    client = Client()
    assert [client.get(f"/chung-nhan/{n:032x}/").status_code for n in range(4)] == [404, 404, 429, 429]
    assert int(client.get("/chung-nhan/0/").headers["Retry-After"]) <= 600
    assert client.get("/chung-nhan/0/", REMOTE_ADDR="192.0.2.9").status_code == 404
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert client.get("/chung-nhan/0/").status_code == 404
    cache.clear()


def test_who_shows_the_ticket_fetches_the_paper(
    certificate: Certificate, ticket: Ticket, holder: Person, signed_in: Callable[[Person], Client]
) -> None:
    answer = signed_in(holder).get(f"/ve/{ticket.pk}/chung-nhan.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="chung-nhan-{ticket.event.slug}.pdf"'
    [page] = pypdfium2.PdfDocument(b"".join(answer.streaming_content))
    [code] = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert code.text.endswith(f"/chung-nhan/{certificate.code}/")


def test_nobody_else_does(
    certificate: Certificate, ticket: Ticket, holder: Person, organiser: Person, signed_in: Callable[[Person], Client]
) -> None:
    path = f"/ve/{ticket.pk}/chung-nhan.pdf"
    assert Client().get(path).headers["Location"] == f"/tai-khoan/login/?next={path}"
    assert signed_in(PersonFactory.create()).get(path).status_code == 404
    assert signed_in(organiser).get(path).status_code == 404
    certificates.revoke(certificate_id=certificate.pk, reason="Nhầm", actor=organiser, at=NOW)
    assert signed_in(holder).get(path).status_code == 404


def test_there_is_no_paper_before_it_is_issued(
    ticket: Ticket, holder: Person, signed_in: Callable[[Person], Client]
) -> None:
    assert signed_in(holder).get(f"/ve/{ticket.pk}/chung-nhan.pdf").status_code == 404
