"""What search engines should know of, in both languages."""

from collections.abc import Iterable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from cms.pages import EventIndexPage, EventPage
from events import queries as events
from network import queries as network


class Pages(PageSitemap):
    """What editors published; an event's story stands at the event's own address."""

    def items(self) -> Any:
        return super().items().not_type(EventPage, EventIndexPage)


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
        return ["events", "organisations", "mentors"]

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


SITEMAPS = {
    "pages": Pages,
    "places": Places,
    "events": Events,
    "series": Series,
    "organisations": Organisations,
    "mentors": Mentors,
}
