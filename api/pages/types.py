"""Types of pages."""

from typing import Any

import graphene
from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page as WagtailPage

from cms import models, queries
from network.global_ids import global_id

from ..addresses import whole
from ..batch import compute, load
from ..connection import connection
from ..fields import Language, one
from . import stories as story_parts
from .blocks import StoryBlock
from .images import Image


def locale_of(language: Any) -> str:
    """The language of pages that is asked for, else that of the answer."""
    return language.value if language else get_language() or settings.LANGUAGE_CODE


def stories(events: list[Any]) -> dict[int, Any]:
    """The live story of each event, in the language of the answer, else in Vietnamese."""
    return queries.stories_of([event.pk for event in events], locale=locale_of(None))


class Page(graphene.Interface):
    """What every page has."""

    id = graphene.ID(required=True)
    title = graphene.String(required=True)
    slug = graphene.String(required=True)
    url = graphene.String(required=True)
    locale = graphene.Field(Language, required=True)
    description = graphene.String(required=True, description="For search results and link previews.")
    first_published_at = graphene.DateTime()
    last_published_at = graphene.DateTime()
    share_image_url = graphene.String(required=True, description="1200 × 630 PNG: what a link carries into a chat.")
    translations = graphene.List(
        graphene.NonNull(lambda: PageTranslation), required=True, description="The same page in other languages."
    )

    resolve_id = staticmethod(lambda page, info: global_id(page))
    resolve_url = staticmethod(lambda page, info: whole(page.url or ""))
    resolve_locale = staticmethod(lambda page, info: load(page, "locale").language_code)
    resolve_description = staticmethod(lambda page, info: page.search_description or getattr(page, "lead", ""))

    @staticmethod
    def resolve_share_image_url(page: Any, info: Any) -> str:
        stamp = int(page.last_published_at.timestamp()) if page.last_published_at else 0
        return whole(f"/anh/trang/{page.pk}.png?v={stamp}")

    @staticmethod
    def resolve_translations(page: Any, info: Any) -> Any:
        return compute(page, "translations", _translations) or []

    @classmethod
    def resolve_type(cls, instance: WagtailPage, info: Any) -> Any:
        return KINDS[type(instance)]


def _translations(pages: list[WagtailPage]) -> dict[int, list[WagtailPage]]:
    """The live translations of each page, those of all pages in one statement."""
    keys = {page.translation_key for page in pages}
    rows = WagtailPage.objects.live().filter(translation_key__in=keys).select_related("locale").order_by("locale_id")
    return {
        page.pk: [row for row in rows if row.translation_key == page.translation_key and row.pk != page.pk]
        for page in pages
    }


class PageTranslation(graphene.ObjectType):
    """Where a page stands in another language."""

    locale = graphene.Field(Language, required=True)
    title = graphene.String(required=True)
    url = graphene.String(required=True)

    resolve_locale = staticmethod(lambda page, info: page.locale.language_code)
    resolve_url = staticmethod(lambda page, info: whole(page.url or ""))


def _body() -> graphene.List:
    return graphene.List(
        graphene.NonNull(StoryBlock),
        required=True,
        resolver=lambda page, info: compute(page, "body", story_parts.stories) or [],
    )


class NewsPage(graphene.ObjectType):
    """An article."""

    class Meta:
        interfaces = (Page,)

    topic = graphene.String(required=True)
    lead = graphene.String(required=True)
    author_line = graphene.String(required=True)
    published_on = graphene.Date(required=True)
    image = one(Image, "image")
    body = _body()


class CampaignPage(graphene.ObjectType):
    """A movement of the city, with its numbers, steps and dates."""

    class Meta:
        interfaces = (Page,)

    movement_code = graphene.String(required=True)
    lead = graphene.String(required=True)
    accent = graphene.String(required=True, description="One of the brand's colours.")
    image = one(Image, "image")
    starts_on = graphene.Date(required=True)
    ends_on = graphene.Date()
    is_running = graphene.Boolean(required=True)
    body = _body()


class EventPage(graphene.ObjectType):
    """The story of an event."""

    class Meta:
        interfaces = (Page,)

    event = graphene.Field("api.events.types.Event", description="The fact.")
    image = one(Image, "image")
    body = _body()

    def resolve_event(self: Any, info: Any) -> Any:
        event = load(self, "event")
        return event if event.is_public else None


class StandardPage(graphene.ObjectType):
    """A page that stands for itself."""

    class Meta:
        interfaces = (Page,)

    lead = graphene.String(required=True)
    body = _body()


class IndexPage(graphene.ObjectType):
    """A page whose content is a list: see `news` and `events`."""

    class Meta:
        interfaces = (Page,)

    lead = graphene.String(required=True)


class HomePage(graphene.ObjectType):
    """The quay."""

    class Meta:
        interfaces = (Page,)

    hero_code = graphene.String(required=True)
    hero_title = graphene.String(required=True)
    hero_lead = graphene.String(required=True)
    featured_news = one(NewsPage, "featured_news", shown=lambda page: page.live)
    featured_campaign = one(CampaignPage, "featured_campaign", shown=lambda page: page.live)


KINDS: dict[type[WagtailPage], type[graphene.ObjectType]] = {
    models.NewsPage: NewsPage,
    models.CampaignPage: CampaignPage,
    models.EventPage: EventPage,
    models.StandardPage: StandardPage,
    models.HomePage: HomePage,
    models.NewsIndexPage: IndexPage,
    models.CampaignIndexPage: IndexPage,
    models.EventIndexPage: IndexPage,
}

NewsConnection = connection(NewsPage)
CampaignConnection = connection(CampaignPage)
