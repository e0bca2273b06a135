"""The network directory: the page of a person, whatever part they play."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontend import entries
from frontend.structured import embedded
from frontend.structured_entries import person_facts
from network import entry_pages, relationships, visibility
from network.doors import Permission, declare
from network.visibility import Seen


@declare(Permission.PUBLIC)
@require_safe
def person_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, in their own words: a mentor at /co-van/, anybody else at /nguoi/; the other address leads there."""
    row = entry_pages.person(slug=slug)
    if row is None:
        raise Http404
    home = entries.address(row)
    if request.path != home:
        return redirect(home)
    seen = Seen(row, visibility.standing_of(request.user))
    photo = request.build_absolute_uri(seen.photo.url) if seen.photo else ""
    facts = person_facts(seen, address=request.build_absolute_uri(request.path), photo=photo)
    context = {
        "mentor": seen,
        "entry": seen,
        "roles": sorted(row.roles.all(), key=lambda role: role.until is not None),
        "is_mentor": entry_pages.is_mentor(row),
        "helps_with": [part.strip() for part in (seen.helps_with or "").split(",") if part.strip()],
        "relations": entries.told(row.person.full_name, relationships.of_people([row])[row.pk]),
        "is_own": request.user.is_authenticated and row.person_id == request.user.pk,
        "structured": embedded(facts),
    }
    return render(request, "network/person.html", context)
