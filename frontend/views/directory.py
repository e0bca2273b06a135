"""The lists of the directory: organisations, people, mentors; as pages and as files."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from frontend.limits import spend, too_many
from frontend.narrowing import Narrowed, Rows
from frontend.paging import paged
from network import tables
from network.directory import sheets
from network.directory.finding import Kind
from network.doors import Permission, declare
from network.models import Role
from network.refusals import TooManyTries

PAGE = {"cards": 24, "list": 50}
MENTORS = {"role": [str(Role.Kind.MENTOR)]}


@declare(Permission.PUBLIC)
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The directory, narrowed by words and facets; each value says how many it holds."""
    narrowed = Narrowed(request.GET, Kind.ORGANISATION)
    many = len(narrowed.found)
    context = {
        **_shown(request, narrowed, without=["kind"]),
        "kinds": narrowed.chips("kind"),
        "kind_name": "kind",
        "act": _("Find organisations"),
        "hint": _("Name, with or without accents"),
        "counted": ngettext("%(count)s organisation", "%(count)s organisations", many) % {"count": number_format(many)},
        "share": _("Network directory"),
        "files_url": f"{reverse('organisations')}danh-sach",
    }
    return render(request, "network/organisations.html", context)


@declare(Permission.PUBLIC)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """People of every part, by given name."""
    narrowed = Narrowed(request.GET, Kind.PROFILE)
    many = len(narrowed.found)
    context = {
        **_shown(request, narrowed, without=["role"]),
        "kinds": narrowed.chips("role"),
        "kind_name": "role",
        "act": _("Find people"),
        "hint": _("A name, or what you need help with"),
        "counted": ngettext("%(count)s person", "%(count)s people", many) % {"count": number_format(many)},
        "share": _("People of the network"),
        "files_url": f"{reverse('people')}danh-sach",
    }
    return render(request, "network/people.html", context)


@declare(Permission.PUBLIC)
@require_safe
def mentor_list(request: HttpRequest) -> HttpResponse:
    """The people who are mentors."""
    narrowed = Narrowed(request.GET, Kind.PROFILE, fixed=MENTORS)
    many = len(narrowed.found)
    context = {
        **_shown(request, narrowed),
        "act": _("Find mentors"),
        "hint": _("A name, or what you need help with"),
        "counted": ngettext("%(count)s mentor", "%(count)s mentors", many) % {"count": number_format(many)},
        "share": _("Mentors"),
    }
    return render(request, "network/mentors.html", context)


def _shown(request: HttpRequest, narrowed: Narrowed, *, without: list[str] | None = None) -> dict[str, Any]:
    groups = narrowed.groups(without=without or [])
    return {
        **paged(request, Rows(narrowed.found), per_page=PAGE[narrowed.view]),
        "narrowed": narrowed,
        "found": narrowed.found,
        "groups": groups,
        "chosen": sum(group.chosen for group in groups),
        "taken_off": narrowed.taken_off(),
        "is_narrowed": narrowed.is_narrowed,
        "cards_url": narrowed.address(view=[]),
        "list_url": narrowed.address(view=["list"]),
        "meant_url": narrowed.address(q=[narrowed.found.meant]),
        "files": narrowed.address(view=[]).removeprefix("?"),
    }


def _as_file(kind: Kind, name: str) -> Callable[..., HttpResponse]:
    """Make the view that hands out a list as a file."""

    @declare(Permission.PUBLIC)
    @require_safe
    def file(request: HttpRequest, form: str) -> HttpResponse:
        """The public facts of a narrowed list, as CSV or JSON."""
        try:
            spend(request, "directory_file")
        except TooManyTries as refusal:
            return too_many(request, refusal)
        rows = list(sheets.rows(Narrowed(request.GET, kind).found))
        if form == "json":
            return JsonResponse({"as_of": timezone.now().isoformat(), "count": len(rows), "rows": rows})
        held = BytesIO()
        head = sheets.columns(kind)
        cells = ([_flat(row[column]) for column in head] for row in rows)
        tables.write_csv(held, head=head, rows=cells)
        response = HttpResponse(held.getvalue(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response

    return file


def _flat(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value


organisation_file = _as_file(Kind.ORGANISATION, "mang-luoi")
person_file = _as_file(Kind.PROFILE, "nguoi")
