"""The network directory: organisations."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import queries as event_queries
from frontend.forms.filters import OrganisationFilter
from frontend.paging import paged
from network import queries
from network.doors import Permission, declare
from network.models import Organisation

EVENTS = 6


@declare(Permission.PUBLIC)
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The directory, narrowed by kind, field and search; each kind says how many it holds."""
    form = OrganisationFilter(request.GET, sectors=queries.sectors())
    chosen = form.chosen()
    narrowed = {"sector": chosen["sector"], "search": chosen["q"]}
    rows = queries.listed_organisations(kind=chosen["kind"], **narrowed)
    context = {
        "form": form,
        "kinds": _kinds(request, chosen["kind"], queries.organisations_by_kind(**narrowed)),
        "is_narrowed": any(chosen.values()),
    }
    return render(request, "network/organisations.html", {**paged(request, rows, per_page=24), **context})


def _kinds(request: HttpRequest, current: str, counted: dict[str, int]) -> list[dict[str, Any]]:
    """Chips for the kinds that hold something, the chosen one even if empty; each keeps the other filters."""
    others = request.GET.copy()
    for name in ("kind", "page"):
        others.pop(name, None)
    chips = [
        {"label": _("All"), "url": f"?{others.urlencode()}", "current": not current, "count": sum(counted.values())}
    ]
    for kind in Organisation.Kind:
        if kind in counted or kind == current:
            others["kind"] = kind
            chip = {"label": kind.label, "url": f"?{others.urlencode()}", "current": kind == current}
            chips.append({**chip, "count": counted.get(kind, 0)})
    return chips


@declare(Permission.PUBLIC)
@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it is, who is in it, what it holds."""
    organisation = queries.organisation_page(slug=slug)
    if organisation is None:
        raise Http404
    at = timezone.now()
    coming = event_queries.public_events(at=at, when=event_queries.When.UPCOMING, organiser=slug)[:EVENTS]
    past = event_queries.public_events(at=at, when=event_queries.When.PAST, organiser=slug)[:EVENTS]
    context = {"organisation": organisation, "events": [*coming, *past][:EVENTS]}
    return render(request, "network/organisation.html", context)
