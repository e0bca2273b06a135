"""The network directory: organisations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import queries as event_queries
from frontend import entries
from frontend.manifest import manifest
from frontend.structured import embedded
from frontend.structured_entries import organisation_facts
from network import entry_pages, relationships, visibility
from network.doors import Permission, declare
from network.visibility import Seen

EVENTS = 6


@declare(Permission.PUBLIC)
@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it is and has, who is in it, whom it has to do with, what it holds."""
    row = entry_pages.organisation(slug=slug)
    if row is None:
        return _moved(slug)
    at = timezone.now()
    coming = event_queries.public_events(at=at, when=event_queries.When.UPCOMING, organiser=slug)[:EVENTS]
    past = event_queries.public_events(at=at, when=event_queries.When.PAST, organiser=slug)[:EVENTS]
    seen = Seen(row, visibility.standing_of(request.user))
    relations = relationships.of_organisations([row])[row.pk]
    logo = request.build_absolute_uri(seen.logo.url) if seen.logo else ""
    facts = organisation_facts(seen, address=request.build_absolute_uri(request.path), logo=logo)
    context = {
        "organisation": seen,
        "entry": seen,
        "manifest": manifest(seen),
        "relations": entries.told(seen.name, relations),
        "chart": entries.small_chart(seen),
        "events": [*coming, *past][:EVENTS],
        "structured": embedded(facts),
    }
    return render(request, "network/organisation.html", context)


def _moved(slug: str) -> HttpResponse:
    """An entry that went into another sends its readers there."""
    successor = entry_pages.successor(slug=slug)
    if successor is None:
        raise Http404
    return redirect("organisation", successor.slug, permanent=True)
