"""Conflicts at the doors, one by one: who was let in without a network though the rules say no, and what to do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import conflicts, permissions, queries
from events.models import CheckIn
from network.doors import Permission, declare
from network.refusals import Refusal
from network.wording import word

MOST = 100


@declare(Permission.ORGANISER)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The oldest first; a POST settles one (`conflict`, `settlement`) and comes back."""
    event = queries.event_facts(viewer=request.user, slug=slug)
    if event is None:
        raise Http404
    if not permissions.may_watch_board(request.user, event.pk):
        raise PermissionDenied
    if request.method == "POST":
        _settle(request)
        return redirect("board_conflicts", slug=event.slug)
    rows = list(conflicts.unsettled(event_id=event.pk)[:MOST])
    return render(request, "board/conflicts.html", {"event": event, "conflicts": rows})


def _settle(request: HttpRequest) -> None:
    chosen, number = request.POST.get("settlement", ""), request.POST.get("conflict", "")
    if chosen not in CheckIn.Settlement.values or not number.isdecimal():
        return
    try:
        conflicts.settle(
            checkin_id=int(number),
            settlement=CheckIn.Settlement(chosen),
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Settled."))
    except Refusal as refusal:
        messages.error(request, word(refusal))
