"""The network directory: mentors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontend.forms.filters import MentorFilter
from frontend.paging import paged
from network import queries
from network.doors import Permission, declare


@declare(Permission.PUBLIC)
@require_safe
def mentor_list(request: HttpRequest) -> HttpResponse:
    """Mentors by given name, narrowed by field and search."""
    form = MentorFilter(request.GET, sectors=queries.sectors())
    chosen = form.chosen()
    rows = queries.listed_mentors(sector=chosen["sector"], search=chosen["q"])
    context = {"form": form, "is_narrowed": any(chosen.values())}
    return render(request, "network/mentors.html", {**paged(request, rows, per_page=24), **context})


@declare(Permission.PUBLIC)
@require_safe
def mentor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One mentor, in their own words."""
    mentor = get_object_or_404(queries.listed_mentors(), slug=slug)
    helps_with = [part.strip() for part in (mentor.helps_with or "").split(",") if part.strip()]
    is_own = request.user.is_authenticated and mentor.person_id == request.user.pk
    return render(request, "network/mentor.html", {"mentor": mentor, "helps_with": helps_with, "is_own": is_own})
