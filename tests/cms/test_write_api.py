"""Wagtail's own write API: automation with a token from one's account, and the rights of that person."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import APIToken

from cms import groups
from cms.models import CampaignPage, EventIndexPage, EventPage, NewsIndexPage, NewsPage
from cms.tree import ensure_tree
from network.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v3/pages/"


def token_of(person: Person) -> dict[str, str]:
    _token, plain = APIToken.create_token(user=person, name="Máy")
    return {"Authorization": f"Bearer {plain}"}


@pytest.fixture
def editor() -> Person:
    """Somebody of the comms team."""
    ensure_tree()
    groups.ensure_groups()
    person = PersonFactory.create(is_staff=True)
    person.groups.add(Group.objects.get(name=groups.COMMS))
    return Person.objects.get(pk=person.pk)


def article(**changes: Any) -> dict[str, Any]:
    """What a machine sends."""
    parent = NewsIndexPage.objects.get(locale__language_code="vi")
    return {
        "meta": {"parent_id": parent.pk, "type": "cms.NewsPage", "action": "publish"},
        "title": "Đổi mới ở cảng",
        "slug": "doi-moi-o-cang",
        "lead": "Hai câu dẫn.",
        "published_on": "2026-11-27",
        "body": [{"type": "heading", "value": {"text": "Mở đầu", "level": "2"}}],
        **changes,
    }


def send(client: Client, body: dict[str, Any], **headers: str) -> Any:
    return client.post(ADDRESS, body, content_type="application/json", headers=headers)


def test_a_machine_publishes_an_article(client: Client, editor: Person) -> None:
    answer = send(client, article(), **token_of(editor))
    assert answer.status_code == 201, answer.content
    page = NewsPage.objects.get(slug="doi-moi-o-cang")
    assert (page.live, page.owner, page.body[0].value["text"]) == (True, editor, "Mở đầu")
    assert "Mở đầu" in client.get(page.url).content.decode()


def test_nobody_writes_without_a_token(client: Client, editor: Person) -> None:
    assert send(client, article()).status_code == 401
    client.force_login(editor)
    assert send(client, article()).status_code == 401
    assert send(client, article(), Authorization="Bearer wagtail_khong-co").status_code == 401
    assert not NewsPage.objects.exists()


def test_a_token_that_was_revoked_is_over(client: Client, editor: Person) -> None:
    headers = token_of(editor)
    for token in APIToken.objects.filter(user=editor):
        token.revoke()
    assert send(client, article(), **headers).status_code == 401
    assert not NewsPage.objects.exists()


def test_a_token_gives_no_more_than_its_person_may(client: Client, editor: Person) -> None:
    assert send(client, article(), **token_of(PersonFactory.create())).status_code == 403
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lead": ""}, "lead"),
        ({"body": [{"type": "heading", "value": {"text": "x" * 200, "level": "2"}}]}, "body"),
        ({"published_on": "hôm qua"}, "published_on"),
    ],
)
def test_bad_input_is_refused_at_its_field(client: Client, editor: Person, changes: dict[str, Any], field: str) -> None:
    answer = send(client, article(**changes), **token_of(editor))
    assert answer.status_code in (400, 422), answer.content
    assert field in answer.content.decode()
    assert not NewsPage.objects.exists()


def test_a_page_is_made_only_where_it_belongs(client: Client, editor: Person) -> None:
    body = article()
    body["meta"] = {**body["meta"], "type": "cms.CampaignPage"}
    answer = send(client, body, **token_of(editor))
    assert 400 <= answer.status_code < 500, answer.content
    assert not CampaignPage.objects.exists()


def test_an_event_needs_its_facts(client: Client, editor: Person) -> None:
    """The story of an event is made beside the event, in the admin: a machine cannot make one without."""
    parent = EventIndexPage.objects.get(locale__language_code="vi")
    body = {"meta": {"parent_id": parent.pk, "type": "cms.EventPage"}, "title": "Không có", "slug": "khong-co"}
    answer = send(client, body, **token_of(editor))
    assert 400 <= answer.status_code < 500, answer.content
    assert not EventPage.objects.exists()


def test_the_documentation_page_is_off(client: Client) -> None:
    """It would load scripts from another host."""
    assert client.get("/api/v3/docs/").status_code == 404
