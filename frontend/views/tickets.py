"""My tickets: the list, one ticket, its code, handing it on, giving it back. Each is for whoever shows it."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events import groups, queries, registration, tickets, transfer
from events.certificates import own_certificate
from events.models import Event, Registration, Ticket
from frontend import built, offline
from frontend.berths import berths
from frontend.forms.transfer import TransferForm
from frontend.limits import limited
from frontend.pictures import qr_drawing
from network.doors import Permission, declare
from network.refusals import Refusal, each
from network.wording import word


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@offline.keepable
@require_safe
def ticket_list(request: HttpRequest) -> HttpResponse:
    """Offers first, then what lies ahead, what waits, and what was."""
    return render(request, "tickets/list.html", {"berths": berths(request.user, at=timezone.now())})


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@offline.keepable
@require_safe
def ticket_detail(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The ticket as it is shown at the door."""
    ticket, at = _shown(request, ticket_id), timezone.now()
    admission = next(iter(ticket.admissions), None)
    is_host = ticket.registration.person_id == request.user.pk
    context = {
        "ticket": ticket,
        "event": ticket.event,
        "registration": ticket.registration,
        "admission": admission,
        "gates": ", ".join(gate.name for gate in ticket.event.gates.all()),
        "qr": None if ticket.revoked_at else qr_drawing(tickets.code(ticket)),
        "is_host": is_host,
        "may_hand_on": admission is None and _is_alive(ticket, at),
        "may_cancel": is_host and admission is None and _is_alive(ticket, at),
        "is_over": ticket.event.ends_at <= at,
        "certificate": own_certificate(ticket_id=ticket.pk, person=request.user) if admission else None,
    }
    return render(request, "tickets/ticket.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def ticket_code(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The code as a picture to keep; a ticket that was given back has none."""
    ticket = _shown(request, ticket_id)
    if ticket.revoked_at:
        raise Http404
    return HttpResponse(tickets.picture(ticket), content_type="image/png")


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("hand_on")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_on(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Hand the ticket on to somebody else; the code that the reader knows dies."""
    ticket = _shown(request, ticket_id)
    if request.method != "POST" and (ticket.admissions or not _is_alive(ticket, timezone.now())):
        return redirect("ticket", ticket.pk)
    form = TransferForm(data=request.POST) if request.method == "POST" else TransferForm()
    if request.method == "POST" and _handed_on(request, ticket, form):
        said = _("%(name)s has the ticket now. The code that you had opens no door any more.")
        messages.success(request, said % {"name": " ".join(form["name"].value().split())})
        return redirect("tickets")
    return render(request, "tickets/hand_on.html", {"ticket": ticket, "event": ticket.event, "form": form})


def _handed_on(request: HttpRequest, ticket: Ticket, form: TransferForm) -> bool:
    try:
        transfer.hand_on(
            ticket_id=ticket.pk,
            name=form["name"].value() or "",
            email=form["email"].value() or "",
            actor=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.refuse(each(refusal))
        return False
    return True


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Ask once, then give this one place back: of a group the others stay, else the registration is cancelled."""
    ticket = queries.registered_ticket(ticket_id=ticket_id, person=request.user)
    if ticket is None:
        raise Http404
    if request.method == "POST":
        return _give_back(request, ticket)
    if ticket.admissions or not _is_alive(ticket, timezone.now()):
        return redirect("registration", ticket.registration_id)
    return render(request, "tickets/cancel.html", {"ticket": ticket, "event": ticket.event})


def _give_back(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    is_one_of_many = ticket.registration.quantity > 1
    try:
        if is_one_of_many:
            groups.leave(ticket_id=ticket.pk, actor=request.user, at=timezone.now())
        else:
            registration.cancel(registration_id=ticket.registration_id, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("registration", ticket.registration_id)
    messages.success(request, _("Your place is free for somebody else. Thank you for telling us."))
    return redirect("registration", ticket.registration_id) if is_one_of_many else redirect("tickets")


@declare(Permission.PUBLIC)
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps tickets. It lies beside them because a worker rules its own folder only."""
    script = built.text("offline/worker.ts")
    if script is None:
        return HttpResponse(status=503)
    return HttpResponse(script, content_type="text/javascript")


def _shown(request: HttpRequest, ticket_id: UUID) -> Ticket:
    ticket = queries.own_ticket(ticket_id=ticket_id, person=request.user)
    if ticket is None:
        raise Http404
    return ticket


def _is_alive(ticket: Ticket, at: datetime) -> bool:
    """Whether the page offers to do something with it; the rules decide."""
    is_ahead = ticket.event.status != Event.Status.CANCELLED and ticket.event.ends_at > at
    return is_ahead and ticket.revoked_at is None and ticket.registration.status == Registration.Status.CONFIRMED
