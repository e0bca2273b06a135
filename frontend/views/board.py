"""The live board of an event: for its organisers, on a laptop behind the desk, and on the screen above the doors."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events import permissions, queries
from events.arrivals import newest_arrivals
from events.board_numbers import BoardNumbers, board_numbers
from events.models import Event
from frontend.flow import flow, quiet_since
from network.doors import Permission, declare

MOST = 20
GREETED = 6


@declare(Permission.ORGANISER)
@login_required
@never_cache
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbers as they are now; the browser goes on from `sequence` by subscription.

    `?man-hinh` is the screen above the doors, which names nobody but those who agreed to be greeted; `?so-lieu` the
    numbers alone, for the board to renew itself.
    """
    event, numbers, at = *_watched(request, slug), timezone.now()
    given = {"event": event, "numbers": numbers} | _drawn(numbers, at)
    if "so-lieu" in request.GET:
        return render(request, "board/numbers.html", given)
    arrivals = newest_arrivals(event_id=event.pk, most=MOST)
    if "man-hinh" in request.GET:
        greeted = [arrival.greeting for arrival in arrivals if arrival.greeting][:GREETED]
        return render(request, "board/screen.html", {"event": event, "numbers": numbers, "greetings": greeted})
    return render(request, "board/board.html", given | {"arrivals": arrivals})


def _watched(request: HttpRequest, slug: str) -> tuple[Event, BoardNumbers]:
    event = queries.event_facts(viewer=request.user, slug=slug)
    if event is None:
        raise Http404
    if not permissions.may_watch_board(request.user, event.pk):
        raise PermissionDenied
    numbers = board_numbers(event_id=event.pk, at=timezone.now())
    if numbers is None:
        raise Http404
    return event, numbers


def _drawn(numbers: BoardNumbers, at: datetime) -> dict[str, Any]:
    zone = timezone.get_current_timezone()
    gates = [(row, quiet_since(row.last_at, at)) for row in numbers.by_gate]
    phones = [(row, quiet_since(row.last_seen_at, at)) for row in numbers.devices]
    return {
        "gates": gates,
        "phones": phones,
        "silent_gates": [row for row, _minutes in gates if row.silent],
        "waiting": sum(row.waiting for row in numbers.devices),
        "to_come": max(numbers.expected - numbers.arrived, 0),
        "flow": flow(numbers.per_five_minutes, bars=36, width=720, at=at, zone=zone),
        "short_flow": flow(numbers.per_five_minutes, bars=15, width=340, at=at, zone=zone),
    }
