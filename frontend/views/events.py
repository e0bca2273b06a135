"""Events: the list, and one event's page with the one act on it."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms import queries as pages
from events import permissions, queries, waiting_list
from events.choices import Choice, choices
from events.models import Event
from events.queries import When
from frontend import programme
from frontend.almanac import by_month, by_year
from frontend.covers import PALETTES, share_image
from frontend.forms.filters import EventFilter
from frontend.offer import offer
from frontend.paging import paged
from frontend.standing import TAKES_PEOPLE, opens_at, standing
from frontend.structured import embedded, event_facts
from network.doors import Permission, declare

OTHER_EDITIONS = 4


@declare(Permission.PUBLIC)
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Upcoming events month by month, past ones year by year; the next one in front while nothing is filtered."""
    form = EventFilter(request.GET, series=queries.series_list())
    chosen = form.chosen()
    when = When.PAST if chosen["when"] == "past" else When.UPCOMING
    narrowed = {"kind": chosen["kind"], "series": chosen["series"], "search": chosen["q"]}
    rows = queries.public_events(at=timezone.now(), when=when, **narrowed)
    listed = paged(request, rows, per_page=24)
    in_front = when == When.UPCOMING and not any(narrowed.values()) and listed["page_obj"].number == 1
    context = {
        "form": form,
        "is_past": when == When.PAST,
        "is_narrowed": any(narrowed.values()),
        "tabs": _tabs(request, when),
        "stretches": by_year(listed["page_obj"]) if when == When.PAST else by_month(listed["page_obj"]),
        "first": queries.next_event(at=timezone.now()) if in_front else None,
    }
    return render(request, "events/list.html", {**listed, **context})


def _tabs(request: HttpRequest, when: When) -> list[dict[str, Any]]:
    """Upcoming and past, each with the filters that are set."""
    others = request.GET.copy()
    for name in ("when", "page"):
        others.pop(name, None)
    upcoming = others.urlencode()
    others["when"] = "past"
    return [
        {"label": _("Upcoming"), "url": f"?{upcoming}", "current": when == When.UPCOMING},
        {"label": _("Past"), "url": f"?{others.urlencode()}", "current": when == When.PAST},
    ]


@declare(Permission.PUBLIC)
@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: its facts, its story, its programme, and how the reader may take part."""
    event = _event(request, slug)
    at = timezone.now()
    offered = choices(event=event, at=at)
    speakers = programme.speakers(event)
    facts = event_facts(
        event=event,
        choices=offered,
        at=at,
        language=get_language() or "vi",
        image=request.build_absolute_uri(reverse("event_picture", args=[event.slug])),
        performers=[speaker.name for speaker in speakers],
    )
    context = {
        **_act(request, event, offered, at),
        "event": event,
        "story": pages.story_of(event, locale=get_language() or "vi"),
        "days": programme.days(event=event, at=at),
        "speakers": speakers,
        "is_on": event.status == Event.Status.SCHEDULED and event.starts_at <= at < event.ends_at,
        "others": _other_editions(event),
        "has_board": permissions.may_watch_board(request.user, event.pk),
        "structured": embedded(facts) if event.is_public else "",
    }
    return render(request, "events/event.html", context)


@declare(Permission.PUBLIC)
@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that a link to the event carries into a chat."""
    event = _event(request, slug)
    png = share_image(
        title=event.title,
        kicker=event.code,
        date=date_format(timezone.localtime(event.starts_at), "SHORT_DATETIME_FORMAT"),
        seed=event.code,
        palette=event.series.palette if event.series and event.series.palette in PALETTES else "night",
    )
    response = HttpResponse(png, content_type="image/png")
    # A planner may look at the picture of a draft; nobody else's cache may keep it.
    patch_cache_control(response, public=event.is_public, private=not event.is_public, max_age=24 * 3600)
    return response


def _act(request: HttpRequest, event: Event, offered: list[Choice], at: datetime) -> dict[str, Any]:
    """How the event stands to the reader, and what the one act on its page needs to know."""
    held = queries.active_registration(person=request.user, event=event)
    ticket = queries.shown_ticket(person=request.user, event=event)
    stands = standing(event=event, choices=offered, registration=held, ticket=ticket, at=at)
    may_enter = request.user.is_authenticated and stands in TAKES_PEOPLE
    return {
        "standing": stands,
        "registration": held,
        "ticket": ticket,
        "choices": offered,
        "queue": waiting_list.place(held) if held else None,
        "opens_at": opens_at(event=event, choices=offered, at=at),
        "offer": offer(event=event, person=request.user, at=at, known=offered) if may_enter else None,
    }


def _event(request: HttpRequest, slug: str) -> Event:
    event = queries.event_page(slug=slug, viewer=request.user)
    if event is None:
        raise Http404
    return event


def _other_editions(event: Event) -> list[Event]:
    """What of the same series comes next, else what came last."""
    if event.series is None:
        return []
    at = timezone.now()
    coming = queries.public_events(at=at, when=When.UPCOMING, series=event.series.slug).exclude(pk=event.pk)
    past = queries.public_events(at=at, when=When.PAST, series=event.series.slug).exclude(pk=event.pk)
    return [*coming[:OTHER_EDITIONS], *past[:OTHER_EDITIONS]][:OTHER_EDITIONS]
