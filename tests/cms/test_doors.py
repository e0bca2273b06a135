"""Who enters the newsroom, in which language, under which content policy."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cms.models import EventIndexPage, NewsIndexPage
from network.models import Person

HOME = "/quan-tri/"


def test_a_stranger_is_asked_to_log_in(home: object, client: Client) -> None:
    answer = client.get(HOME)
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/login/?next=/quan-tri/")


@pytest.mark.parametrize("who", ["attendee", "mentor", "door"])
def test_those_without_a_task_there_are_refused(outsiders: dict[str, Person], client: Client, who: str) -> None:
    client.force_login(outsiders[who])
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    for address in (HOME, reverse("wagtailadmin_explore", args=[index.pk]), reverse("event:index")):
        assert client.get(address).status_code == 403


def test_an_editor_writes_and_publishes(desk: Client, editor: Person, event_index: EventIndexPage) -> None:
    assert desk.get(HOME).status_code == 200
    may = event_index.permissions_for_user(editor)
    assert (may.can_add_subpage(), may.can_publish_subpage()) == (True, True)
    assert desk.get(reverse("wagtailimages:index")).status_code == 200


def test_people_and_their_addresses_are_for_administrators_alone(
    desk: Client, client: Client, organiser: Person
) -> None:
    """Whoever may view people by Django's permission sees everybody's e-mail in Wagtail's own list of users."""
    client.force_login(organiser)
    for door in (desk, client):
        for address in ("person:index", "wagtailusers_users:index"):
            assert door.get(reverse(address)).status_code == 302
    client.force_login(Person.objects.create_superuser("admin@example.org", full_name="Trần Hoàng Việt"))
    shown = client.get(reverse("person:index")).content.decode()
    assert organiser.full_name in shown
    assert organiser.email not in shown.split("<main", 1)[1]


def test_the_admin_speaks_the_persons_language(desk: Client, editor: Person) -> None:
    assert '<html lang="vi"' in desk.get(HOME).content.decode()
    editor.preferred_language = "en"
    editor.save()
    assert '<html lang="en"' in desk.get(HOME).content.decode()


def test_the_admin_has_a_policy_of_its_own(desk: Client) -> None:
    admin = desk.get(HOME)["Content-Security-Policy"]
    site = desk.get("/tin-tuc/")["Content-Security-Policy"]
    assert "'unsafe-inline'" in admin
    assert "'unsafe-inline'" not in site
    assert settings.CSP_ADMIN["default-src"] == ["'self'"]
