"""Questions about pages: what they give, and that their price does not grow with the answer."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from cms import queries
from cms.models import (
    CampaignIndexPage,
    CampaignPage,
    CityImage,
    EventIndexPage,
    EventPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
)
from tests.cms.test_photos import photo
from tests.factories import open_event

# Wagtail leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile")
TODAY = timezone.localdate()


def article(number: int, **fields: object) -> NewsPage:
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    image = CityImage.objects.create(title=f"Ảnh {number}", file=ContentFile(photo("PNG"), name=f"{number}.png"))
    figure = ("figure", {"image": image, "caption": ""})
    stated = {"title": f"Bài {number}", "lead": "Hai câu.", "image": image, "body": [figure] * 3, **fields}
    return index.add_child(instance=NewsPage(published_on=TODAY - timedelta(days=number), **stated))


def statements(client: Client, address: str) -> int:
    client.get(address)  # renditions and caches
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_news_are_live_and_of_one_language(home: HomePage) -> None:
    first, second = article(1, topic="Cà phê"), article(2, topic="Đào tạo")
    article(3).unpublish()
    first.copy_for_translation(Locale.objects.get(language_code="en"))
    assert list(queries.news(locale="vi")) == [first, second]
    assert list(queries.news(locale="vi", topic="Đào tạo")) == [second]
    assert list(queries.news(locale="en")) == []
    assert queries.news_topics(locale="vi") == ["Cà phê", "Đào tạo"]


def test_running_campaigns_come_first(home: HomePage) -> None:
    index = CampaignIndexPage.objects.get(locale__language_code="vi")

    def campaign(code: str, starts: int, ends: int | None) -> CampaignPage:
        until = None if ends is None else TODAY + timedelta(days=ends)
        page = CampaignPage(
            title=code, movement_code=code, lead="…", starts_on=TODAY + timedelta(days=starts), ends_on=until
        )
        return index.add_child(instance=page)

    over, running, endless = campaign("PT 1", -90, -1), campaign("PT 2", -5, 5), campaign("PT 3", -9, None)
    assert [page.movement_code for page in queries.campaigns(locale="vi")] == ["PT 3", "PT 2", "PT 1"]
    assert [page.is_running for page in (over, running, endless)] == [False, True, True]


def test_a_story_falls_back_to_vietnamese(event_index: EventIndexPage) -> None:
    event = open_event()
    assert queries.story_of(event, locale="en") is None
    page = event_index.add_child(instance=EventPage(title="Chuyện", slug=event.slug, event=event))
    assert queries.story_of(event, locale="en") == page
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    assert queries.story_of(event, locale="en") == page
    english.save_revision().publish()
    assert queries.story_of(event, locale="en") == english
    assert queries.story_of(event, locale="vi") == page


def test_a_page_is_found_by_its_path(home: HomePage) -> None:
    page = article(1)
    assert queries.page_by_path("/", locale="vi") == home
    assert queries.page_by_path("", locale="en") == home.get_translation(Locale.objects.get(language_code="en"))
    assert queries.page_by_path(f"/tin-tuc/{page.slug}", locale="vi") == page
    assert queries.page_by_path(f"/tin-tuc/{page.slug}", locale="en") is None
    page.unpublish()
    assert queries.page_by_path(f"/tin-tuc/{page.slug}/", locale="vi") is None


@pytest.mark.parametrize("address", ["/", "/tin-tuc/", "/tin-tuc/bai-1/"])
def test_pages_cost_the_same_for_one_and_for_four(home: HomePage, client: Client, address: str) -> None:
    article(1)
    article(2)
    few = statements(client, address)
    article(3)
    article(4)
    assert statements(client, address) == few
    # Wagtail itself asks nine before an article begins; photos and their renditions are two each, however many.
    assert few <= 17


def test_addresses_are_folded(home: HomePage) -> None:
    assert article(1, title="Đổi mới từ sạp hàng").slug == "doi-moi-tu-sap-hang"
