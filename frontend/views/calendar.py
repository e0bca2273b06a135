"""Calendar feeds: public, without a cookie, answered with 304 while nothing has changed."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events import calendar, queries
from events.models import Event
from network.doors import Permission, declare

KEPT = timedelta(days=31)
"""How long an event stays in a feed after its end, the cancelled ones among them (at least 30 days)."""

kept_by_caches = cache_control(public=True, max_age=900, stale_while_revalidate=3600)


@declare(Permission.PUBLIC)
@require_safe
@kept_by_caches
def site_feed(request: HttpRequest) -> HttpResponse:
    """All events of the site."""
    with override(_language(request)):
        return _feed(request, name="Startup Hải Phòng", events=queries.calendar_events(since=_since()))


@declare(Permission.PUBLIC)
@require_safe
@kept_by_caches
def series_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The events of one series."""
    with override(_language(request)):
        series = get_object_or_404(queries.series_list(), slug=slug)
        return _feed(request, name=series.title, events=queries.calendar_events(since=_since(), series=slug))


@declare(Permission.PUBLIC)
@require_safe
@kept_by_caches
def event_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, whenever it was, for those who put it into their calendar by hand."""
    with override(_language(request)):
        event = queries.public_events(at=timezone.now()).filter(slug=slug).first()
        if event is None:
            raise Http404
        return _feed(request, name=event.title, events=[event])


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", settings.LANGUAGE_CODE)
    if wanted not in dict(settings.LANGUAGES):
        raise Http404(_("There is no calendar in this language."))
    return wanted


def _since() -> datetime:
    return timezone.now() - KEPT


def _feed(request: HttpRequest, *, name: str, events: Iterable[Event]) -> HttpResponse:
    rows = list(events)
    body = calendar.feed(name=name, events=rows, language=_language(request))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    changed = max((int(row.updated_at.timestamp()) for row in rows), default=None)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    response["Content-Language"] = _language(request)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response) or response
