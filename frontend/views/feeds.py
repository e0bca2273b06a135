"""What readers follow in a feed reader: news (also of one topic), campaigns and events, as RSS 2.0 and as Atom."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms import queries
from events import queries as events
from events.addresses import event_address
from network.doors import Permission, declare

LATEST = 30
KINDS: dict[str, type[SyndicationFeed]] = {"rss.xml": Rss201rev2Feed, "atom.xml": Atom1Feed}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened."""

    title: str
    address: str
    text: str
    at: datetime
    topics: Sequence[str] = ()


@declare(Permission.PUBLIC)
@require_safe
@cache_control(public=True, max_age=300, stale_while_revalidate=3600)
def news(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest articles; `?topic=` narrows them. A topic that no article carries is not found."""
    topic = request.GET.get("topic", "").replace("\0", "")
    articles = list(queries.news(locale=_language(), topic=topic)[:LATEST])
    if topic and not articles:
        raise Http404
    title = _("News: %(topic)s") % {"topic": topic} if topic else _("News")
    entries = (
        Entry(
            title=article.title,
            address=request.build_absolute_uri(article.url),
            text=article.lead,
            at=article.last_published_at or _morning(article.published_on),
            topics=[article.topic] if article.topic else (),
        )
        for article in articles
    )
    return _feed(request, kind, title=title, about=_("What is new in the innovation city"), entries=entries)


@declare(Permission.PUBLIC)
@require_safe
@cache_control(public=True, max_age=300, stale_while_revalidate=3600)
def campaigns(request: HttpRequest, kind: str) -> HttpResponse:
    """The campaigns, those that run first."""
    entries = (
        Entry(
            title=page.title,
            address=request.build_absolute_uri(page.url),
            text=page.lead,
            at=page.last_published_at or _morning(page.starts_on),
        )
        for page in queries.campaigns(locale=_language())[:LATEST]
    )
    return _feed(request, kind, title=_("Campaigns"), about=_("The movements of the innovation city"), entries=entries)


@declare(Permission.PUBLIC)
@require_safe
@cache_control(public=True, max_age=300, stale_while_revalidate=3600)
def event_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The events to come; an entry is renewed whenever the event is."""
    at = timezone.now()
    entries = (
        Entry(
            title=event.title,
            address=event_address(event, _language()),
            text=event.summary,
            at=event.updated_at,
            topics=[str(event.get_kind_display())],
        )
        for event in events.public_events(at=at, when=events.When.UPCOMING)[:LATEST]
    )
    return _feed(request, kind, title=_("Events"), about=_("What is planned in the innovation city"), entries=entries)


def _language() -> str:
    return get_language() or "vi"


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))


def _feed(request: HttpRequest, kind: str, *, title: str, about: str, entries: Iterable[Entry]) -> HttpResponse:
    known = list(entries)
    here = request.build_absolute_uri()
    feed = KINDS[kind](
        title=f"{title} · Startup Hải Phòng",
        link=request.build_absolute_uri(request.path.rsplit("/", 1)[0] + "/"),
        description=about,
        language=_language(),
        feed_url=here,
        feed_guid=here,
    )
    for entry in known:
        feed.add_item(
            title=entry.title,
            link=entry.address,
            description=entry.text,
            unique_id=entry.address,
            updateddate=entry.at,
            pubdate=entry.at,
            categories=entry.topics,
        )
    written = HttpResponse(content_type=feed.content_type)
    feed.write(written, "utf-8")
    changed = max((entry.at for entry in known), default=None)
    if changed is not None:
        written["Last-Modified"] = http_date(changed.timestamp())
    last_modified = int(changed.timestamp()) if changed else None
    return get_conditional_response(request, last_modified=last_modified, response=written) or written


FEEDS: dict[str, Callable[..., Any]] = {"tin-tuc": news, "chien-dich": campaigns, "su-kien": event_list}
"""By section of the site."""
