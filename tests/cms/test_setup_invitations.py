"""Invitations in the admin: made by the list, copied as links, taken along as a file, revoked."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from events.models import Event, EventStaff, Invitation
from network.models import Person
from tests.cms.test_setup import at, errors
from tests.events.scenes import everything, kind_of, sign_up
from tests.factories import PersonFactory, on_duty, open_event


@pytest.fixture
def event(home: object) -> Event:
    """An open event."""
    return open_event()


@pytest.fixture
def host(client: Client, organiser: Person) -> Client:
    """The browser of somebody who runs events."""
    client.force_login(organiser)
    return client


def stated(**changes: Any) -> dict[str, Any]:
    """The form, as typed."""
    return {"notes": "Chị Lan\n\n  Anh Đức ", "most_uses": "1", "priority": "0", "skips_approval": "on"} | changes


def _links(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('readonly value="')[1:]]


def test_a_list_of_names_makes_an_invitation_each(host: Client, event: Event) -> None:
    kind = kind_of(event, "Khách mời", is_hidden=True)
    assert host.post(at("invitation_new", event), stated(ticket_type_id=kind.pk)).url == at("invitations", event)
    made = list(Invitation.objects.order_by("pk"))
    assert [(each.note, each.ticket_type) for each in made] == [("Chị Lan", kind), ("Anh Đức", kind)]
    page = host.get(at("invitations", event)).content.decode()
    links = [f"http://testserver/su-kien/{event.slug}/dang-ky/?ma={each.code}" for each in reversed(made)]
    assert _links(page) == links


def test_or_so_many_without_a_name(host: Client, event: Event) -> None:
    host.post(at("invitation_new", event), stated(notes="", how_many="5", most_uses="3"))
    assert list(Invitation.objects.values_list("note", "most_uses")) == [("", 3)] * 5
    host.post(at("invitation_new", event), stated(notes=""))
    assert Invitation.objects.count() == 6


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notes": "x" * 121}, "notes"),
        ({"notes": "x\n" * 501}, "notes"),
        ({"notes": "", "how_many": "501"}, "how_many"),
        ({"most_uses": "0"}, "most_uses"),
        ({"priority": "101"}, "priority"),
        ({"ticket_type_id": "0"}, "ticket_type_id"),
        ({"expires_at": "01/01/2020 08:00"}, "expires_at"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    host: Client, event: Event, changes: Any, field: str
) -> None:
    before = everything()
    answer = host.post(at("invitation_new", event), stated(**changes))
    assert list(errors(answer)) == [field]
    assert everything() == before


def test_the_link_opens_the_hidden_type(host: Client, event: Event) -> None:
    kind = kind_of(event, "Khách mời", is_hidden=True)
    host.post(at("invitation_new", event), stated(notes="Chị Lan", ticket_type_id=kind.pk))
    code = _links(host.get(at("invitations", event)).content.decode())[0].partition("?ma=")[2]
    assert sign_up(event, invitation=code).ticket_type == kind
    assert "Đã dùng hết" in host.get(at("invitations", event)).content.decode()


def test_one_is_revoked_and_gives_no_link_any_more(host: Client, event: Event) -> None:
    host.post(at("invitation_new", event), stated())
    first = Invitation.objects.order_by("pk")[0]
    host.post(at("invitation_revoke", event, first.pk))
    page = host.get(at("invitations", event)).content.decode()
    assert ("Đã thu hồi" in page, first.code in page, len(_links(page))) == (True, False, 1)
    foreign = open_event()
    assert host.post(at("invitation_revoke", foreign, first.pk)).status_code == 404


def test_the_file_holds_every_link_and_no_formula(host: Client, event: Event) -> None:
    host.post(at("invitation_new", event), stated(notes='=HYPERLINK("http://evil")\nChị Lan, Sở KH&CN'))
    answer = host.get(at("invitations_file", event))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Mời ai", "Loại vé", "Liên kết", "Đã dùng", "Được dùng", "Tình trạng"]
    assert {row[0] for row in rows[1:]} == {'\'=HYPERLINK("http://evil")', "Chị Lan, Sở KH&CN"}
    assert all(f"?ma={each.code}" in text for each in Invitation.objects.all())


def test_codes_are_for_whoever_runs_the_desk_alone(client: Client, editor: Person, event: Event) -> None:
    made = Invitation.objects.create(event=event, code="x" * 22, made_at=event.created_at)
    addresses = [at(name, event) for name in ("invitations", "invitation_new", "invitations_file")]
    addresses.append(at("invitation_revoke", event, made.pk))
    before = everything(without=(Person,))
    for address in addresses:
        client.logout()
        assert client.get(address).status_code == 302
        for person in (PersonFactory.create(), on_duty(event), editor):
            client.force_login(person)
            assert client.get(address).status_code in {302, 403}
            assert client.post(address, stated()).status_code in {302, 403}
    assert everything(without=(Person,))[:10] == before[:10]
    EventStaff.objects.create(person=editor, event=event, role=EventStaff.Role.ORGANISER)
    client.force_login(editor)
    assert client.get(addresses[0]).status_code == 200


def test_the_list_takes_as_many_statements_whatever_its_length(
    host: Client, event: Event, django_assert_max_num_queries: Any
) -> None:
    kind = kind_of(event, "Khách mời", is_hidden=True)
    host.post(at("invitation_new", event), stated(notes="", how_many="150", ticket_type_id=kind.pk))
    host.get(at("invitations", event))
    with django_assert_max_num_queries(20):
        assert len(_links(host.get(at("invitations", event)).content.decode())) == 150
