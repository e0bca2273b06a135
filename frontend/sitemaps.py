"""What search engines should know of, in both languages."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.sitemaps import Sitemap as PageSitemap
from wagtail.models import Page

from cms.pages import EventIndexPage, EventPage
from events import queries as events
from network import entry_pages
from network import queries as network


class Pages(PageSitemap):
    """What editors published, in every language; an event's story stands at the event's own address."""

    def items(self) -> Any:
        home = self.get_wagtail_site().root_page
        homes = Page.objects.live().filter(translation_key=home.translation_key)
        below = reduce(or_, (Page.objects.descendant_of_q(each, inclusive=True) for each in homes))
        rows = Page.objects.live().public().filter(below).not_type(EventPage, EventIndexPage)
        return rows.select_related("locale").order_by("path")

    def _urls(self, page: Any, protocol: str, domain: str | None) -> list[dict[str, Any]]:
        """Each address with those of its translations; the first language is for readers of any other."""
        here = list(self.paginator.page(page).object_list)
        known = self.items().filter(translation_key__in={row.translation_key for row in here})
        told: dict[Any, list[dict[str, str]]] = defaultdict(list)
        for row in known:
            told[row.translation_key].append(
                {"location": row.get_full_url(self.request), "lang_code": row.locale.language_code}
            )
        return [
            {
                "location": row.get_full_url(self.request),
                "lastmod": self.lastmod(row),
                "alternates": _with_default(told[row.translation_key]),
            }
            for row in here
        ]


def _with_default(alternates: list[dict[str, str]]) -> list[dict[str, str]]:
    default = [each for each in alternates if each["lang_code"] == settings.LANGUAGE_CODE]
    return [*alternates, *({**each, "lang_code": "x-default"} for each in default)]


class _Translated(Sitemap[Any]):
    """Every address in each language, each naming the others."""

    i18n = True
    alternates = True
    x_default = True
    address = ""

    def location(self, item: Model) -> str:
        return reverse(self.address, args=[item.slug])

    def lastmod(self, item: Model) -> Any:
        return getattr(item, "updated_at", None)


class Places(_Translated):
    """The lists."""

    def items(self) -> Iterable[str]:
        return ["events", "organisations", "network_map", "network_numbers", "compare_funds", "mentors", "people"]

    def location(self, item: str) -> str:
        return reverse(item)


class Events(_Translated):
    """Every public event."""

    address = "event"

    def items(self) -> Any:
        return events.public_events(at=timezone.now())


class Series(_Translated):
    """Every series."""

    address = "series"

    def items(self) -> Any:
        return events.series_list()


class Organisations(_Translated):
    """The directory."""

    address = "organisation"

    def items(self) -> Any:
        return network.listed_organisations()


class Mentors(_Translated):
    """The mentors who want to be found."""

    address = "mentor"

    def items(self) -> Any:
        return network.listed_mentors()


class People(_Translated):
    """Everybody of the directory who is no mentor."""

    address = "person"

    def items(self) -> Any:
        return entry_pages.others()


SITEMAPS = {
    "pages": Pages,
    "places": Places,
    "events": Events,
    "series": Series,
    "organisations": Organisations,
    "mentors": Mentors,
    "people": People,
}
