"""My tickets: the list, one ticket, its code, giving it back. Everything here is for its holder alone."""

from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events import queries, registration, tickets
from events.models import Event, Registration, Ticket
from network.doors import Permission, declare
from network.refusals import Refusal
from network.wording import word


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def ticket_list(request: HttpRequest) -> HttpResponse:
    """What lies ahead, then what was and what was given back."""
    at = timezone.now()
    rows = list(queries.registrations_of(request.user))
    ahead = [row for row in rows if row.status in Registration.ACTIVE and row.event.ends_at > at]
    context = {
        "ahead": sorted(ahead, key=lambda row: row.event.starts_at),
        "behind": [row for row in rows if row not in ahead],
    }
    return render(request, "tickets/list.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def ticket_detail(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The ticket as it is shown at the door."""
    ticket = _own(request, ticket_id)
    admission = next(iter(ticket.admissions), None)
    context = {
        "ticket": ticket,
        "event": ticket.event,
        "admission": admission,
        "gates": ", ".join(gate.name for gate in ticket.event.gates.all()),
        "qr": None if ticket.revoked_at else _drawn(ticket),
        "may_cancel": _may_cancel(ticket) and admission is None,
        "is_over": ticket.event.ends_at <= timezone.now(),
    }
    return render(request, "tickets/ticket.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def ticket_code(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The code as a picture to keep; a ticket that was given back has none."""
    ticket = _own(request, ticket_id)
    if ticket.revoked_at:
        raise Http404
    return HttpResponse(tickets.picture(ticket), content_type="image/png")


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Ask once, then give the place back."""
    ticket = _own(request, ticket_id)
    if request.method == "POST":
        return _cancel(request, ticket)
    if not _may_cancel(ticket):
        return redirect("ticket", ticket_id)
    return render(request, "tickets/cancel.html", {"ticket": ticket, "event": ticket.event})


def _cancel(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    try:
        registration.cancel(registration_id=ticket.registration_id, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("ticket", ticket.pk)
    messages.success(request, _("Your place is free for somebody else. Thank you for telling us."))
    return redirect("tickets")


def _own(request: HttpRequest, ticket_id: UUID) -> Ticket:
    ticket = queries.own_ticket(ticket_id=ticket_id, person=request.user)
    if ticket is None:
        raise Http404
    return ticket


def _may_cancel(ticket: Ticket) -> bool:
    """Whether the page offers it; the rule decides."""
    is_open = ticket.event.status != Event.Status.CANCELLED and ticket.event.ends_at > timezone.now()
    return is_open and ticket.registration.status in Registration.ACTIVE


def _drawn(ticket: Ticket) -> SafeString:
    code = segno.make(tickets.code(ticket), error="m", boost_error=False)
    drawing = code.svg_inline(border=0, dark="#0b2b3a", omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(drawing)  # drawn here from our own code
