"""The network directory: mentors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
