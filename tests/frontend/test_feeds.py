"""Feeds, share images, and what pages say of themselves to machines."""

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from cms.models import CampaignPage, NewsPage
from events import planning, schedule
from tests.api.newsroom import article
from tests.factories import facts, open_event, planner
from tests.frontend.test_covers import png_size

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it makes a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ATOM = "{http://www.w3.org/2005/Atom}"


def later(days: int) -> dict[str, Any]:
    """When an event of these tests is held: seen from now, for feeds look at the clock."""
    starts = timezone.now() + timedelta(days=days)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}


def titles(client: Client, address: str) -> list[str | None]:
    """The titles of a feed's entries, whichever of the two formats it is in."""
    answer = client.get(address)
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)
    if root.tag == "rss":
        return [item.findtext("title") for item in root.iter("item")]
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("kind", ["rss.xml", "atom.xml"])
def test_news_can_be_followed_whole_and_by_topic(client: Client, kind: str) -> None:
    event = open_event(**later(3))
    old, new = article(event), article(event)
    new.topic = "Cà phê"
    new.save()
    draft = article(event)
    draft.unpublish()
    assert titles(client, f"/tin-tuc/{kind}") == [new.title, old.title]
    assert titles(client, f"/tin-tuc/{kind}?topic=C%C3%A0%20ph%C3%AA") == [new.title]
    assert client.get(f"/tin-tuc/{kind}?topic=khong-co").status_code == 404
    assert titles(client, f"/en/tin-tuc/{kind}") == []


@pytest.mark.parametrize("kind", ["rss.xml", "atom.xml"])
def test_events_to_come_can_be_followed(client: Client, kind: str) -> None:
    coming = open_event(**later(3))
    planning.plan_event(facts=facts(edition=9, **later(4)), actor=planner())
    cancelled = open_event(edition=2, **later(5))
    schedule.cancel_event(event_id=cancelled.pk, actor=planner(), at=timezone.now())
    assert titles(client, f"/su-kien/{kind}") == [coming.title, cancelled.title]


def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    article(open_event(**later(3)))
    first = client.get("/tin-tuc/rss.xml")
    again = client.get("/tin-tuc/rss.xml", headers={"If-Modified-Since": first["Last-Modified"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert "Cookie" not in first.get("Vary", "")


def test_a_live_page_has_a_share_image_and_a_draft_has_none(client: Client) -> None:
    page = article(open_event(**later(3)))
    answer = client.get(f"/anh/trang/{page.pk}.png")
    assert (answer["Content-Type"], png_size(answer.content)) == ("image/png", (1200, 630))
    page.unpublish()
    assert client.get(f"/anh/trang/{page.pk}.png").status_code == 404
    assert client.get("/anh/trang/999999.png").status_code == 404


def told(client: Client, address: str) -> tuple[str, list[dict[str, Any]]]:
    """The head of a page, and its JSON-LD."""
    text = client.get(address).content.decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    return text.partition("</head>")[0], [json.loads(script) for script in scripts]


def test_an_article_says_what_it_is(client: Client) -> None:
    page = article(open_event(**later(3)))
    page.title = "Ba “báo giá” </script> & một lời"
    page.save()
    head, (trail, facts_) = told(client, page.url)
    assert facts_["@type"] == "NewsArticle"
    assert facts_["headline"] == page.title
    assert facts_["image"][0].startswith(f"http://testserver/anh/trang/{page.pk}.png?v=")
    assert [step["name"] for step in trail["itemListElement"]] == ["Trang chủ", "Tin tức", page.title]
    assert '<meta property="og:type" content="article">' in head
    assert "</script> & một" not in head


def test_other_pages_say_what_they_are(client: Client) -> None:
    page = article(open_event(**later(3)))
    home = page.get_ancestors().last().get_parent().specific
    head, facts_ = told(client, home.url)
    assert f'<meta property="og:title" content="{home.title}">' in head
    assert facts_ == []
    index_head, (trail,) = told(client, "/tin-tuc/")
    assert 'href="/tin-tuc/atom.xml"' in index_head
    assert len(trail["itemListElement"]) == 2


def test_feeds_of_campaigns_are_well_formed(client: Client) -> None:
    assert CampaignPage.objects.count() == NewsPage.objects.count() == 0
    assert Locale.objects.exists()
    for kind in ("rss.xml", "atom.xml"):
        assert titles(client, f"/chien-dich/{kind}") == []
