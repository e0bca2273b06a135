"""A series: what it is, what comes next, everything that was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import queries
from events.models import Event
from events.queries import When
from frontend.almanac import by_year
from network.doors import Permission, declare


@declare(Permission.PUBLIC)
@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One series with its next edition in front and all others below, by year."""
    series = get_object_or_404(queries.series_list(), slug=slug)
    at = timezone.now()
    coming = list(queries.public_events(at=at, when=When.UPCOMING, series=slug))
    first = next((event for event in coming if event.status == Event.Status.SCHEDULED), None)
    context = {
        "series": series,
        "first": first,
        "coming": [event for event in coming if event != first],
        "years": by_year(queries.public_events(at=at, when=When.PAST, series=slug)),
    }
    return render(request, "events/series.html", context)
