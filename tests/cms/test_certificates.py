"""Certificates in the newsroom: issued to everybody who came, listed, revoked with a reason, sent again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import certificates, checkin, registration, tickets
from events.models import Certificate, Event, EventStaff, Registration
from network import worker
from network.models import Job, OutgoingMail, Person
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(home: object) -> Event:
    """Two came, and it is over."""
    event = open_event()
    for name in ("Trần Văn Đức", "Phạm Thu Hà"):
        person = PersonFactory.create(full_name=name)
        made = registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
        scan = checkin.Scan(code=tickets.code(made.tickets.get()), nonce=uuid4())
        checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=on_duty(event), at=NOW)
    over = timezone.now() - timedelta(hours=1)
    Event.objects.filter(pk=event.pk).update(starts_at=over - timedelta(hours=2), ends_at=over)
    return Event.objects.get(pk=event.pk)


@pytest.fixture
def lead(event: Event) -> Person:
    person = PersonFactory.create(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    EventStaff.objects.create(person=person, event=event, role=EventStaff.Role.ORGANISER)
    return person


@pytest.fixture
def door(lead: Person) -> Client:
    client = Client()
    client.force_login(lead)
    return client


@pytest.fixture
def issued(event: Event, lead: Person) -> list[Certificate]:
    everybody = certificates.uncertified(event.pk)
    return certificates.issue(event_id=event.pk, ticket_ids=everybody, actor=lead, at=timezone.now())


def at(name: str, event: Event, *more: int) -> str:
    return reverse(f"event:{name}", args=[event.pk, *more])


def test_everybody_who_came_gets_one(event: Event, door: Client) -> None:
    assert "Chưa cấp giấy chứng nhận nào" in door.get(at("certificates", event)).content.decode()
    assert door.get(at("certificates_issue", event)).status_code == 200
    assert Job.objects.count() == 0
    assert door.post(at("certificates_issue", event)).status_code == 302
    worker.run_due(at=timezone.now())
    page = door.get(at("certificates", event)).content.decode()
    assert all(name in page for name in ("Trần Văn Đức", "Phạm Thu Hà"))
    again = door.post(at("certificates_issue", event))
    assert "Chưa có ai để làm việc này." in again.content.decode()


def test_the_list_is_searched_without_accents(event: Event, door: Client, issued: list[Certificate]) -> None:
    page = door.get(at("certificates", event), {"q": "pham ha"}).content.decode()
    assert "Phạm Thu Hà" in page
    assert "Trần Văn Đức" not in page


def test_revoking_asks_for_a_reason(event: Event, door: Client, issued: list[Certificate]) -> None:
    path = at("certificate_revoke", event, issued[0].pk)
    assert door.post(path, {"reason": ""}).status_code == 200
    assert Certificate.objects.filter(revoked_at=None).count() == 2
    assert door.post(path, {"reason": "Cấp nhầm"}).headers["Location"] == at("certificates", event)
    assert Certificate.objects.get(pk=issued[0].pk).revoked_reason == "Cấp nhầm"
    assert "đã bị thu hồi" in door.post(path, {"reason": "Lại"}).content.decode()


def test_a_certificate_is_sent_again(event: Event, door: Client, issued: list[Certificate]) -> None:
    before = OutgoingMail.objects.filter(kind="certificates.issued").count()
    assert door.get(at("certificate_send", event, issued[0].pk)).status_code == 200
    assert OutgoingMail.objects.filter(kind="certificates.issued").count() == before
    assert door.post(at("certificate_send", event, issued[0].pk)).status_code == 302
    assert OutgoingMail.objects.filter(kind="certificates.issued").count() == before + 1


def test_all_come_in_one_file(event: Event, door: Client, issued: list[Certificate]) -> None:
    assert door.post(at("certificates_print", event)).status_code == 302
    worker.run_due(at=timezone.now())
    assert Job.objects.get().report == {"people": 2}


def test_they_are_for_who_runs_the_desk(event: Event, editor: Person, issued: list[Certificate]) -> None:
    client = Client()
    one = issued[0].pk
    addresses = [at(name, event) for name in ("certificates", "certificates_issue", "certificates_print", "badges")]
    addresses += [at(name, event, one) for name in ("certificate_revoke", "certificate_send")]
    for path in addresses:
        assert client.get(path).headers["Location"].startswith("/tai-khoan/login/")
    client.force_login(editor)
    assert {client.get(path).status_code for path in addresses} <= {302, 403}
    assert {client.post(path, {"reason": "x"}).status_code for path in addresses} <= {302, 403}
    assert Certificate.objects.filter(revoked_at=None).count() == 2
    assert Job.objects.count() == 0


def test_a_certificate_is_found_at_its_own_event_alone(
    event: Event, lead: Person, door: Client, issued: list[Certificate]
) -> None:
    other = open_event()
    EventStaff.objects.create(person=lead, event=other, role=EventStaff.Role.ORGANISER)
    assert door.get(at("certificate_revoke", other, issued[0].pk)).status_code == 404
