"""Events: the list, one event's page, and the one act on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms import queries as pages
from events import permissions, queries, registration
from events.models import Event, Registration
from events.queries import When
from events.refusals import AlreadyRegistered
from frontend import programme
from frontend.almanac import by_month, by_year
from frontend.covers import PALETTES, share_image
from frontend.forms.filters import EventFilter
from frontend.paging import paged
from frontend.standing import Standing, standing
from frontend.structured import embedded, event_facts
from network.doors import Permission, declare
from network.refusals import Refusal
from network.wording import word

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
    held = queries.active_registration(person=request.user, event=event)
    stands = standing(event=event, registration=held, at=at)
    speakers = programme.speakers(event)
    facts = event_facts(
        event=event,
        standing=stands,
        language=get_language() or "vi",
        image=request.build_absolute_uri(reverse("event_picture", args=[event.slug])),
        performers=[speaker.name for speaker in speakers],
    )
    context = {
        "event": event,
        "story": pages.story_of(event, locale=get_language() or "vi"),
        "days": programme.days(event=event, at=at),
        "speakers": speakers,
        "standing": stands,
        "ticket": _ticket_of(held),
        "is_on": event.status == Event.Status.SCHEDULED and event.starts_at <= at < event.ends_at,
        "others": _other_editions(event),
        "has_board": permissions.may_watch_board(request.user, event.pk),
        "structured": embedded(facts) if event.is_public else "",
    }
    return render(request, "events/event.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a place with one tap. A reader who comes by the link (after signing up) is asked for that tap."""
    event = _event(request, slug)
    if request.method == "POST":
        return _register(request, event)
    held = queries.active_registration(person=request.user, event=event)
    stands = standing(event=event, registration=held, at=timezone.now())
    if stands == Standing.HOLDS:
        return _to_ticket(held)
    if stands != Standing.OPEN:
        return redirect("event", slug=slug)
    return render(request, "events/register.html", {"event": event})


def _register(request: HttpRequest, event: Event) -> HttpResponse:
    try:
        taken = registration.register(
            event_id=event.pk,
            person=request.user,
            at=timezone.now(),
            channel=Registration.Channel.SITE,
            language=get_language() or "",
        )
    except AlreadyRegistered as refusal:
        messages.info(request, word(refusal))
        return _to_ticket(queries.active_registration(person=request.user, event=event))
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("event", slug=event.slug)
    said = _("You have a place. The ticket is on its way to %(email)s, too.") % {"email": request.user.email}
    messages.success(request, said)
    return _to_ticket(taken)


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


def _ticket_of(held: Registration | None) -> Any:
    return next(iter(held.tickets.all()), None) if held else None


def _to_ticket(held: Registration | None) -> HttpResponse:
    ticket = _ticket_of(held)
    return redirect("ticket", ticket.pk) if ticket else redirect("tickets")
