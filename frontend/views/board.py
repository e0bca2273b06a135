"""The live board of an event: for its organisers, on a laptop behind the desk or a screen above it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events import permissions, queries, statistics
from events.arrivals import newest_arrivals
from network.doors import Permission, declare

MOST = 20


@declare(Permission.ORGANISER)
@login_required
@never_cache
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbers as they are now; the browser goes on from `sequence` by subscription."""
    event = queries.event_facts(viewer=request.user, slug=slug)
    if event is None:
        raise Http404
    if not permissions.may_watch_board(request.user, event.pk):
        raise PermissionDenied
    counted = statistics.counter(event_id=event.pk)
    if counted is None:
        raise Http404
    arrivals = newest_arrivals(event_id=event.pk, admitted=counted.admitted, most=MOST)
    return render(request, "board/board.html", {"event": event, "counted": counted, "arrivals": arrivals})
