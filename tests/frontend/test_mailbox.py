"""The demo's mailbox, and nothing of it elsewhere."""

import re
from typing import Any

import pytest
from django.test import Client

from events import registration, tickets
from events.models import Registration, Ticket
from network.models import OutgoingMail, Person
from tests.factories import NOW, PersonFactory, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def mail() -> OutgoingMail:
    """The confirmation of a registration: text, HTML with the code's picture, an invitation."""
    person = PersonFactory.create(email="ha@example.org", full_name="Phạm Thu Hà")
    registration.register(event_id=open_event().pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    return OutgoingMail.objects.get()


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("rest", ["", "{pk}/", "{pk}/than/", "{pk}/phan/0/", "{pk}/nguon/"])
def test_elsewhere_there_is_no_such_page(client: Client, mail: OutgoingMail, settings: Any, rest: str) -> None:
    path = f"/hop-thu/{rest.format(pk=mail.pk)}"
    settings.DEMO = False
    assert client.get(path).status_code == 404
    settings.DEMO = True
    assert client.get(path).status_code == 200


def test_letters_are_listed_by_reader(client: Client, mail: OutgoingMail, demo: None) -> None:
    assert list(client.get("/hop-thu/?to=HA@example.org").context["page_obj"]) == [mail]
    assert list(client.get("/hop-thu/?to=%00ha@example.org").context["page_obj"]) == [mail]
    assert list(client.get("/hop-thu/?to=nobody@example.org").context["page_obj"]) == []
    assert client.get("/hop-thu/").context["recipients"] == ["ha@example.org"]


def test_a_letter_shows_its_invitation(client: Client, mail: OutgoingMail, demo: None) -> None:
    page = client.get(f"/hop-thu/{mail.pk}/")
    found = page.context["invitation"]
    assert (found.method, found.sequence) == ("REQUEST", 0)
    assert f"{found.starts_at:%d/%m/%Y %H:%M}" == "05/12/2026 14:00"
    assert [part.kind for part in page.context["parts"]] == ["image/png", "text/calendar"]


def test_the_body_runs_nothing_and_shows_its_pictures(client: Client, mail: OutgoingMail, demo: None) -> None:
    answer = client.get(f"/hop-thu/{mail.pk}/than/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups" in policy
    body = answer.content.decode()
    assert "cid:" not in body
    [picture] = re.findall(r"/hop-thu/\d+/phan/\d+/", body)
    shown = client.get(picture)
    assert (shown["Content-Type"], shown.content) == ("image/png", tickets.picture(_ticket(), scale=6))


def test_a_letter_that_is_not_written_yet_is_written_for_who_opens_it(
    client: Client, mail: OutgoingMail, demo: None
) -> None:
    assert "Đang viết…" in client.get("/hop-thu/").content.decode()
    client.get(f"/hop-thu/{mail.pk}/")
    assert "Vé của bạn: Bán hàng cho nhà máy" in client.get("/hop-thu/").content.decode()


def test_a_letter_whose_reader_is_gone_is_not_found(client: Client, mail: OutgoingMail, demo: None) -> None:
    Person.objects.filter(email=mail.recipient).update(is_active=False)
    assert client.get(f"/hop-thu/{mail.pk}/").status_code == 404


def _ticket() -> Ticket:
    return Registration.objects.get().tickets.get()


def test_parts_are_saved_and_the_source_is_text(client: Client, mail: OutgoingMail, demo: None) -> None:
    index = client.get(f"/hop-thu/{mail.pk}/").context["invitation"].index
    part = client.get(f"/hop-thu/{mail.pk}/phan/{index}/")
    assert part["Content-Disposition"] == f'attachment; filename="{index}.ics"'
    assert part.content.startswith(b"BEGIN:VCALENDAR")
    assert client.get(f"/hop-thu/{mail.pk}/phan/99/").status_code == 404
    source = client.get(f"/hop-thu/{mail.pk}/nguon/")
    mail.refresh_from_db()
    assert (source["Content-Type"], source.content) == ("text/plain; charset=utf-8", bytes(mail.mime))
