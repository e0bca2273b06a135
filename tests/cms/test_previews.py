"""Drafts by a link: shown for an hour to whoever holds it, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms import groups, previews
from cms.models import NewsPage
from network.global_ids import global_id
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted
from tests.api.newsroom import article
from tests.factories import PersonFactory, open_event

OWN = {"Sec-Fetch-Site": "same-origin"}
pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it makes a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def page() -> NewsPage:
    """A published article whose newest draft says something else."""
    made = article(open_event())
    made.title = "Bản nháp chưa ai thấy"
    made.save_revision()
    return NewsPage.objects.get(pk=made.pk)


@pytest.fixture
def editor(page: NewsPage) -> Person:
    """Somebody of the comms team."""
    groups.ensure_groups()
    person = PersonFactory.create(is_staff=True)
    person.groups.add(Group.objects.get(name=groups.COMMS))
    return Person.objects.get(pk=person.pk)


def shown(token: str, at: Any = None) -> str:
    return previews.page_of(token=token, at=at or timezone.now()).title


def test_the_newest_draft_is_shown_for_an_hour(page: NewsPage, editor: Person) -> None:
    at = timezone.now()
    made = previews.make(page_id=page.pk, actor=editor, at=at)
    assert made.expires_at == at + timedelta(hours=1)
    assert shown(made.token, at) == "Bản nháp chưa ai thấy"
    page.title = "Bản nháp mới hơn"
    page.save_revision()
    assert shown(made.token, at + timedelta(minutes=59)) == "Bản nháp mới hơn"
    with pytest.raises(Invalid) as refused:
        shown(made.token, at + timedelta(hours=1))
    assert refused.value.facts["reason"] == "expired"
    assert NewsPage.objects.get(pk=page.pk).title != "Bản nháp mới hơn"


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "", lambda token: f"x{token}"])
def test_a_token_that_is_not_ours_shows_nothing(page: NewsPage, editor: Person, change: Any) -> None:
    made = previews.make(page_id=page.pk, actor=editor, at=timezone.now())
    with pytest.raises(Invalid) as refused:
        shown(change(made.token))
    assert refused.value.facts["reason"] == "wrong"


def test_whoever_may_not_edit_makes_none_and_shows_none_any_more(page: NewsPage, editor: Person) -> None:
    with pytest.raises(NotPermitted):
        previews.make(page_id=page.pk, actor=PersonFactory.create(), at=timezone.now())
    with pytest.raises(NotFound):
        previews.make(page_id=0, actor=editor, at=timezone.now())
    made = previews.make(page_id=page.pk, actor=editor, at=timezone.now())
    editor.groups.clear()
    with pytest.raises(Invalid):
        shown(made.token)


def test_the_site_shows_it_and_lets_nobody_keep_it(client: Client, page: NewsPage, editor: Person) -> None:
    made = previews.make(page_id=page.pk, actor=editor, at=timezone.now())
    answer = client.get(reverse("page_preview", args=[made.token]))
    assert "Bản nháp chưa ai thấy" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert "Bản nháp chưa ai thấy" not in client.get(page.url).content.decode()
    gone = client.get(reverse("page_preview", args=["khong-co"]))
    assert (gone.status_code, "Bản xem trước" in gone.content.decode()) == (404, True)


def test_the_editor_finds_the_link_in_the_admin(client: Client, page: NewsPage, editor: Person) -> None:
    address = reverse("share_draft", args=[page.pk])
    client.force_login(editor)
    assert "/xem-truoc/" in client.get(address).content.decode()
    assert address in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    other = PersonFactory.create(is_staff=True)
    groups.ensure_groups()
    other.groups.add(Group.objects.get(name=groups.ORGANISERS))
    client.force_login(other)
    assert client.get(address).status_code in (302, 403)


def test_an_app_reads_the_same_draft(client: Client, page: NewsPage, editor: Person) -> None:
    def ask(query: str, **variables: str) -> Any:
        answer = client.post(
            "/graphql", {"query": query, "variables": variables}, content_type="application/json", headers=OWN
        )
        assert "data" in answer.json(), answer.json()
        return answer.json()["data"]

    create = """mutation ($page: ID!) { createPagePreview(input: {pageId: $page})
        { token url expiresAt errors { code } } }"""
    preview = "query ($token: String!) { pagePreview(token: $token) { title ... on NewsPage { body { __typename } } } }"
    client.force_login(editor)
    made = ask(create, page=global_id(page))["createPagePreview"]
    assert made["errors"] == []
    client.logout()
    told = ask(preview, token=made["token"])["pagePreview"]
    assert told["title"] == "Bản nháp chưa ai thấy"
    assert len(told["body"]) == len(page.body)
    assert ask(preview, token="khong-co") == {"pagePreview": None}
