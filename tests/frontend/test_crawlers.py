"""What search engines are told."""

import re

import pytest
from django.test import Client

from cms.tree import ensure_tree
from events import planning
from tests.factories import OrganisationFactory, ProfileFactory, facts, open_event, planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_public_addresses_stand_in_both_languages(client: Client) -> None:
    event = open_event()
    OrganisationFactory.create(slug="ben-da")
    ProfileFactory.create(slug="an", is_listed=False)
    draft = planning.plan_event(facts=facts(slug="ban-nhap"), actor=planner())
    body = client.get("/sitemap.xml").content.decode()
    for path in (f"/su-kien/{event.slug}/", "/chuoi/ca-phe/", "/mang-luoi/ben-da/", "/co-van/"):
        assert f"<loc>http://testserver{path}</loc>" in body
        assert f"<loc>http://testserver/en{path}</loc>" in body
    assert draft.slug not in body
    assert "/co-van/an/" not in body


def test_what_needs_a_login_is_left_alone(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /ve/", "Disallow: /en/ve/", "Disallow: /hop-thu/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_pages_stand_in_each_language_and_name_the_other(client: Client) -> None:
    home = ensure_tree()
    body = client.get("/sitemap.xml").content.decode()
    entries = {
        re.findall(r"<loc>(.*?)</loc>", entry)[0]: re.findall(r'hreflang="(.*?)" href="(.*?)"', entry)
        for entry in body.split("<url>")[1:]
    }
    vietnamese, english = "http://localhost/tin-tuc/", "http://localhost/en/tin-tuc/"
    others = [("vi", vietnamese), ("en", english), ("x-default", vietnamese)]
    assert entries[vietnamese] == entries[english] == others
    draft = home.get_children().get(slug="tin-tuc").get_translation(home.get_translations().get().locale)
    draft.unpublish()
    body = client.get("/sitemap.xml").content.decode()
    assert english not in body
    assert vietnamese in body
