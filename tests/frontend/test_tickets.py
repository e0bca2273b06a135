"""My tickets: for their holder alone, readable by a scanner, given back with two taps."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from events import checkin, registration, tickets, transfer
from events.models import Event, EventStaff, Registration, Ticket
from network.models import Person
from tests.factories import NOW, PersonFactory, gate, main_list, on_duty, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def ticket_for(person: Person, event: Event | None = None) -> Ticket:
    event = event or open_event()
    taken = registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    return taken.tickets.get()


@pytest.fixture
def holder() -> Person:
    return PersonFactory.create(full_name="Phạm Thu Hà")


def test_the_ticket_says_what_the_door_asks(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket = ticket_for(holder)
    answer = signed_in(holder).get(f"/ve/{ticket.pk}/")
    body = answer.content.decode()
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store, must-revalidate, private")
    for said in ("Phạm Thu Hà", ticket.number, "05/12, 14:00", "Khu làm việc chung"):
        assert said in body
    assert re.search(r'<div class="ticket-qr"><svg viewBox="0 0 \d+ \d+">', body)
    assert answer.context["gates"] == "A"


def test_the_picture_is_the_signed_code(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket = ticket_for(holder)
    picture = Image.open(io.BytesIO(signed_in(holder).get(f"/ve/{ticket.pk}/qr.png").content))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [tickets.code(ticket)]


@pytest.mark.parametrize("rest", ["", "qr.png", "tra-ve/"])
def test_a_foreign_ticket_does_not_exist(holder: Person, signed_in: Callable[..., Client], rest: str) -> None:
    ticket = ticket_for(holder)
    strangers = [PersonFactory.create(), on_duty(ticket.event, EventStaff.Role.ORGANISER)]
    for stranger in strangers:
        assert signed_in(stranger).get(f"/ve/{ticket.pk}/{rest}").status_code == 404
    path = f"/ve/{ticket.pk}/{rest}"
    assert Client().get(path).headers["Location"] == f"/tai-khoan/login/?next={path}"
    assert signed_in(holder).get(f"/ve/{uuid4()}/{rest}").status_code == 404


def test_nobody_gives_back_a_foreign_place(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket = ticket_for(holder)
    assert signed_in(PersonFactory.create()).post(f"/ve/{ticket.pk}/tra-ve/").status_code == 404
    assert Client().post(f"/ve/{ticket.pk}/tra-ve/").status_code == 302
    assert Registration.objects.get().status == "CONFIRMED"


def test_giving_back_asks_first(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket, client = ticket_for(holder), signed_in(holder)
    assert client.get(f"/ve/{ticket.pk}/tra-ve/").status_code == 200
    assert Registration.objects.get().status == "CONFIRMED"
    answer = client.post(f"/ve/{ticket.pk}/tra-ve/", follow=True)
    assert answer.redirect_chain == [("/ve/", 302)]
    assert (Registration.objects.get().status, ticket.event.seats.taken) == ("CANCELLED", 0)
    page = client.get(f"/ve/{ticket.pk}/")
    assert (page.context["qr"], page.context["may_cancel"]) == (None, False)
    assert client.get(f"/ve/{ticket.pk}/qr.png").status_code == 404
    assert client.get(f"/ve/{ticket.pk}/tra-ve/").headers["Location"] == f"/ve/dang-ky/{ticket.registration_id}/"
    again = client.post(f"/ve/{ticket.pk}/tra-ve/", follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["error"]


def test_an_admitted_ticket_says_when(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket = ticket_for(holder)
    scan = checkin.Scan(code=tickets.code(ticket), nonce=uuid4(), gate_id=gate(ticket.event).pk)
    list_id = main_list(ticket.event).pk
    checkin.redeem(list_id=list_id, scan=scan, actor=on_duty(ticket.event), at=NOW + timedelta(minutes=5))
    page = signed_in(holder).get(f"/ve/{ticket.pk}/")
    assert "Đã vào lúc 09:05, 23/11" in page.content.decode()
    assert page.context["may_cancel"] is False


def test_the_list_looks_ahead_then_back(holder: Person, signed_in: Callable[..., Client]) -> None:
    later = ticket_for(holder, open_event(title_vi="Sau", starts_at=NOW + timedelta(days=9)))
    sooner = ticket_for(holder, open_event(title_vi="Trước", starts_at=NOW + timedelta(days=3)))
    given_back = ticket_for(holder, open_event(title_vi="Đã trả", starts_at=NOW + timedelta(days=5)))
    registration.cancel(registration_id=given_back.registration_id, actor=holder, at=NOW)
    ticket_for(PersonFactory.create(), open_event(title_vi="Của người khác", starts_at=NOW + timedelta(days=4)))
    page = signed_in(holder).get("/ve/")
    berths = page.context["berths"]
    assert [berth.registration.pk for berth in berths.ahead] == [sooner.registration_id, later.registration_id]
    assert [berth.registration.pk for berth in berths.behind] == [given_back.registration_id]


def test_no_ticket_leads_to_the_events(holder: Person, signed_in: Callable[..., Client]) -> None:
    assert "Chưa có vé nào cho những ngày tới" in signed_in(holder).get("/ve/").content.decode()


def test_statements_do_not_grow(
    holder: Person, signed_in: Callable[..., Client], statements: Callable[..., int]
) -> None:
    client = signed_in(holder)
    ticket = ticket_for(holder)
    at_one = statements(client, "/ve/"), statements(client, f"/ve/{ticket.pk}/")
    for days in (3, 4):
        ticket_for(holder, open_event(starts_at=NOW + timedelta(days=days)))
    assert (statements(client, "/ve/"), statements(client, f"/ve/{ticket.pk}/")) == at_one
    assert max(at_one) <= 15


def hand(ticket: Ticket, person: Person) -> Ticket:
    former = ticket.holder or ticket.registration.person
    return transfer.hand_on(ticket_id=ticket.pk, name="Vũ Minh", email=person.email, actor=former, at=NOW)


def test_a_ticket_is_handed_on_with_another_code(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket, client = ticket_for(holder), signed_in(holder)
    old = tickets.code(ticket)
    path = f"/ve/{ticket.pk}/chuyen/"
    assert "Mã của bạn hết hiệu lực ngay" in client.get(path).content.decode()
    refused = client.post(path, {"name": "Vũ Minh", "email": "khong"})
    assert list(refused.context["form"].errors) == ["email"]
    assert refused.context["form"]["name"].value() == "Vũ Minh"
    for wrong in ({"name": "", "email": "minh@x.example"}, {"name": "Vũ Minh", "email": holder.email}):
        assert len(client.post(path, wrong).context["form"].errors) == 1
    assert client.post(path, {"name": "Vũ Minh", "email": "minh@x.example"}).headers["Location"] == "/ve/"
    ticket.refresh_from_db()
    minh = Person.objects.get(email="minh@x.example")
    assert (ticket.holder, ticket.holder_name) == (minh, "Vũ Minh")
    actor, list_id = on_duty(ticket.event), main_list(ticket.event).pk
    dead, alive = (checkin.Scan(code=code, nonce=uuid4()) for code in (old, tickets.code(ticket)))
    assert checkin.redeem(list_id=list_id, scan=dead, actor=actor, at=NOW).checkin.reason == "revoked"
    assert checkin.redeem(list_id=list_id, scan=alive, actor=actor, at=NOW).checkin.status == "ok"


def test_a_handed_on_ticket_is_gone_for_the_former_holder(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket, minh, third = ticket_for(holder), PersonFactory.create(), PersonFactory.create()
    hand(ticket, minh)
    for rest in ("", "qr.png", "chuyen/"):
        assert signed_in(holder).get(f"/ve/{ticket.pk}/{rest}").status_code == 404
    assert f"/ve/{ticket.pk}/" not in signed_in(holder).get("/ve/").content.decode()
    page = signed_in(minh).get("/ve/")
    assert [berth.shown for berth in page.context["berths"].ahead] == [[ticket]]
    assert "Được chuyển cho bạn" in page.content.decode()
    detail = signed_in(minh).get(f"/ve/{ticket.pk}/")
    assert (detail.context["may_hand_on"], detail.context["may_cancel"]) == (True, False)
    assert signed_in(minh).get(f"/su-kien/{ticket.event.slug}/").context["standing"] == "holds"
    ticket.refresh_from_db()
    hand(ticket, third)
    assert signed_in(minh).get(f"/ve/{ticket.pk}/").status_code == 404
    assert signed_in(third).get(f"/ve/{ticket.pk}/").status_code == 200
    assert signed_in(minh).get("/ve/").context["berths"].ahead == []


def test_what_went_to_somebody_else_is_not_cancelled_over_their_head(
    holder: Person, signed_in: Callable[..., Client]
) -> None:
    ticket = ticket_for(holder)
    hand(ticket, PersonFactory.create())
    page = signed_in(holder).get(f"/ve/dang-ky/{ticket.registration_id}/")
    assert page.context["may_cancel"] is False
    assert f"/ve/{ticket.pk}/tra-ve/" not in page.content.decode()


def fill(holder: Person, days: int) -> None:
    """A ticket from somebody else, and a place in a queue."""
    starts = NOW + timedelta(days=days)
    hand(ticket_for(PersonFactory.create(), open_event(starts_at=starts)), holder)
    event = open_event(starts_at=starts, capacity=0)
    registration.register(event_id=event.pk, person=holder, at=NOW, channel=Registration.Channel.SITE, waits=True)


def test_what_others_gave_and_what_waits_asks_for_no_more_statements(
    holder: Person, signed_in: Callable[..., Client], statements: Callable[..., int]
) -> None:
    client = signed_in(holder)
    ticket_for(holder)
    fill(holder, 2)
    at_one = statements(client, "/ve/")
    for days in (3, 4, 5):
        fill(holder, days)
    assert statements(client, "/ve/") == at_one
    assert at_one <= 15


def test_what_a_phone_may_keep_says_whose_it_is(holder: Person, signed_in: Callable[..., Client]) -> None:
    ticket, client = ticket_for(holder), signed_in(holder)
    pages = ["/ve/", f"/ve/{ticket.pk}/", f"/ve/dang-ky/{ticket.registration_id}/"]
    owners = {client.get(path).headers["Kept-For"] for path in pages}
    other = PersonFactory.create()
    ticket_for(other)
    assert (len(owners), signed_in(other).get("/ve/").headers["Kept-For"] in owners) == (1, False)
    for path in (f"/ve/{ticket.pk}/chuyen/", f"/ve/{ticket.pk}/tra-ve/", f"/ve/{ticket.pk}/qr.png", "/su-kien/"):
        assert "Kept-For" not in client.get(path).headers
    worker = Client().get("/ve/sw.js")
    assert (worker.headers["Content-Type"], b"tickets-" in worker.content) == ("text/javascript", True)
