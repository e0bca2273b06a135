"""The network as a whole: on the map, in numbers, and its funds side by side."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend import bars, sea_chart
from frontend.amounts import amount, amounts
from frontend.manifest import manifest, raised, stages
from frontend.pictures import qr_drawing
from frontend.sea_chart import CITY, INNER, Mark, chart
from frontend.templatetags.look import paint
from network import entry_pages, numbers, queries, relationships, visibility
from network.doors import Permission, declare
from network.models import Organisation
from network.relationships import Relation
from network.targets import SOURCE, YEAR
from network.visibility import Seen

MOST_OFFERED = 80
"""Funds to choose from; the directory finds the others."""


@declare(Permission.PUBLIC)
@require_safe
def network_map(request: HttpRequest) -> HttpResponse:
    """Where everybody lies: two charts, and the same as a list by ward."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Organisation.Kind.values else ""
    standing = visibility.standing_of(request.user)
    rows = entry_pages.on_the_map(kind=kind)
    shown = [seen for row in rows if (seen := Seen(row, standing)).latitude is not None]
    marks = [_mark(seen) for seen in shown]
    context = {
        "city": chart(CITY, marks, title=_("The city with its network"), inset=INNER),
        "inner": chart(INNER, marks, title=_("The inner city")),
        "wards": [{"name": ward, "rows": list(rows)} for ward, rows in groupby(shown, key=lambda seen: seen.ward)],
        "kinds": _kinds(kind),
        "count": len(shown),
        "credit": settings.MAP_TILES_CREDIT if settings.MAP_TILES else "",
    }
    return render(request, "network/map.html", context)


def _mark(seen: Seen) -> Mark:
    return sea_chart.Mark(
        latitude=seen.latitude,
        longitude=seen.longitude,
        name=f"{seen.name} · {seen.get_kind_display()}",
        colour=paint(seen.kind),
        url=reverse("organisation", args=[seen.slug]),
    )


def _kinds(current: str) -> list[dict[str, Any]]:
    known = queries.organisations_by_kind()
    chips = [{"label": _("All"), "url": "?", "current": not current, "count": None}]
    return chips + [
        {"label": kind.label, "url": f"?kind={kind}", "current": kind == current, "count": None}
        for kind in Organisation.Kind
        if kind in known
    ]


@declare(Permission.PUBLIC)
@require_safe
def network_numbers(request: HttpRequest) -> HttpResponse:
    """How many there are of each, as charts with tables, next to the targets of the plan."""
    told = numbers.network_numbers()
    home = reverse("organisations")
    parts = [
        {"id": "kinds", "title": _("By kind"), "head": _("Kind"), "rows": told.by_kind, "query": f"{home}?kind="},
        {
            "id": "sectors",
            "title": _("By field"),
            "head": _("Field of work"),
            "rows": told.by_sector,
            "query": f"{home}?sector=",
        },
        {
            "id": "years",
            "title": _("By the year they were founded"),
            "head": _("Year"),
            "rows": told.by_year,
            "query": "",
        },
        {
            "id": "wards",
            "title": _("By ward, commune and special zone"),
            "head": _("Ward"),
            "rows": told.by_ward,
            "query": "",
        },
    ]
    for part in parts:
        draw = bars.columns if part["id"] == "years" else bars.rows
        part["drawing"] = draw(part["rows"], title=str(part["title"]))
    context = {"numbers": told, "parts": parts, "source": SOURCE, "year": YEAR}
    return render(request, "network/numbers.html", context)


@declare(Permission.PUBLIC)
@require_safe
def compare_funds(request: HttpRequest) -> HttpResponse:
    """Up to four funds side by side; the others are there to be taken in."""
    rows = entry_pages.chosen_funds(slugs=request.GET.getlist("quy"))
    standing = visibility.standing_of(request.user)
    seen = [Seen(row, standing) for row in rows]
    relations = relationships.of_organisations(rows)
    lines = [{"label": label, "values": values} for label, values in _lines(seen, relations) if any(values)]
    context = {"funds": seen, "lines": lines, "choices": _choices([row.slug for row in rows])}
    return render(request, "network/compare.html", {**context, "most": entry_pages.MOST_COMPARED})


def _choices(chosen: list[str]) -> list[dict[str, Any]]:
    """A chip for each fund: it takes the fund in, or out again. With four, the others wait."""
    chips = []
    for row in entry_pages.funds()[:MOST_OFFERED]:
        is_in = row.slug in chosen
        if len(chosen) >= entry_pages.MOST_COMPARED and not is_in:
            continue
        slugs = [slug for slug in chosen if slug != row.slug] + ([] if is_in else [row.slug])
        chips.append({"label": row.name, "url": "?" + "&".join(f"quy={slug}" for slug in slugs), "current": is_in})
    return sorted(chips, key=lambda chip: not chip["current"])


def _lines(funds: list[Seen], relations: Any) -> list[tuple[str, list[Any]]]:
    invested = [
        [each for each in relations[seen.pk] if each.kind == "INVESTED_IN" and each.is_source] for seen in funds
    ]
    return [
        (_("Kind"), [seen.get_kind_display() for seen in funds]),
        (_("Ticket size"), [amounts(seen.ticket_min, seen.ticket_max, seen.currency or "VND") for seen in funds]),
        (_("Invests at"), [stages(seen.stages or []) for seen in funds]),
        (_("Fields of work"), [", ".join(sector.name for sector in seen.sectors) for seen in funds]),
        (_("Offices"), [seen.offices or "" for seen in funds]),
        (_("In Hai Phong"), [_("With an office here") if seen.has_local_office else "" for seen in funds]),
        (_("Size of the fund"), [amount(seen.fund_size, seen.currency) if seen.fund_size else "" for seen in funds]),
        (_("Since the year"), [str(seen.founded_year or "") for seen in funds]),
        (_("Invested in"), [_names(found) for found in invested]),
        (
            _("Last confirmed"),
            [date_format(seen.confirmed_at, "SHORT_DATE_FORMAT") if seen.confirmed_at else "" for seen in funds],
        ),
    ]


def _names(relations: list[Relation]) -> str:
    return ", ".join(each.name for each in relations)


@declare(Permission.PUBLIC)
@require_safe
def organisation_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """A startup on one page of A4, to be printed and handed over."""
    row = entry_pages.organisation(slug=slug)
    if row is None or row.kind != Organisation.Kind.STARTUP:
        raise Http404
    seen = Seen(row, visibility.standing_of(request.user))
    address = request.build_absolute_uri(reverse("organisation", args=[slug]))
    founders = [
        each for each in relationships.of_organisations([row])[row.pk] if each.kind == "FOUNDED" and not each.is_source
    ]
    context = {
        "organisation": seen,
        "manifest": manifest(seen),
        "founders": founders,
        "raised": raised(seen.funding_rounds),
        "qr": qr_drawing(address),
        "address": address,
    }
    return render(request, "network/sheet.html", context)
