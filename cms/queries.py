"""Questions about pages, loaded for their reader and limited to what anybody may see.

No page of ours can be made private (`private_page_options`), so what is live is public.

`locale` is a language code; the number of statements never depends on how many rows there are.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from cms.pages import CampaignPage, EventPage, NewsPage
from events.models import Event


def news(*, locale: str, topic: str = "") -> QuerySet[NewsPage]:
    """Live articles, the newest first, with their photos; `topic` narrows them."""
    rows = NewsPage.objects.live().filter(locale__language_code=locale)
    if topic:
        rows = rows.filter(topic=topic)
    return _with_photos(rows).order_by("-published_on", "-pk")


def news_topics(*, locale: str) -> list[str]:
    """The topics that articles carry, the most used first."""
    rows = NewsPage.objects.live().filter(locale__language_code=locale).exclude(topic="")
    counted: dict[str, int] = {}
    for topic in rows.values_list("topic", flat=True):
        counted[topic] = counted.get(topic, 0) + 1
    return sorted(counted, key=lambda topic: (-counted[topic], topic))


def campaigns(*, locale: str) -> QuerySet[CampaignPage]:
    """Live campaigns, those that run first, then the latest."""
    today = timezone.localdate()
    rows = CampaignPage.objects.live().filter(locale__language_code=locale)
    runs = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
    return (
        _with_photos(rows)
        .annotate(runs=runs)
        .order_by("-runs", F("ends_on").desc(nulls_first=True), "-starts_on", "-pk")
    )


def story_of(event: Event, *, locale: str) -> EventPage | None:
    """The live story of an event in this language, else in Vietnamese, else None."""
    return stories_of([event.pk], locale=locale).get(event.pk)


def stories_of(event_ids: Iterable[int], *, locale: str) -> dict[int, EventPage]:
    """The same for many events at once, by the event's number."""
    languages = [settings.LANGUAGE_CODE, locale]
    rows = EventPage.objects.live().filter(event__in=list(event_ids), locale__language_code__in=languages)
    found = sorted(_with_photos(rows), key=lambda page: page.language == locale)
    return {page.event_id: page for page in found}


def page_by_path(path: str, *, locale: str) -> Page | None:
    """The live page at a path of the site in this language ("" or "/" is the home page), as its own class."""
    home = home_page(locale=locale)
    if home is None:
        return None
    inner = path.strip("/")
    address = home.url_path + (f"{inner}/" if inner else "")
    page = Page.objects.live().filter(url_path=address).first()
    return page.specific if page else None


def home_page(*, locale: str) -> Page | None:
    """The live home page of a language."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    rows = Page.objects.live().filter(translation_key=site.root_page.translation_key, locale__language_code=locale)
    page = rows.first()
    return page.specific if page else None


def _with_photos(rows: QuerySet) -> QuerySet:
    return rows.select_related("locale", "image").prefetch_related("image__renditions")
