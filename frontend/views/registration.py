"""Registering for an event: one page, one submit; for somebody who is known and has nothing to say, one tap."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import invitations, queries, registration, waiting_list
from events.models import Event, Invitation, Registration
from events.refusals import (
    AlreadyRegistered,
    EventFull,
    InvitationNotValid,
    RegistrationClosed,
    RegistrationNotYetOpen,
)
from frontend.forms.registration import RegistrationForm
from frontend.limits import limited
from frontend.offer import Offer, offer
from frontend.standing import TAKES_PEOPLE, Standing, opens_at, to_a_newcomer
from network import queries as directory
from network.doors import Permission, declare
from network.refusals import Refusal, each
from network.wording import word


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("register")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what is to be asked and register; who has a registration is led to it."""
    event = queries.event_to_register_for(slug=slug, viewer=request.user)
    if event is None:
        raise Http404
    held = queries.active_registration(person=request.user, event=event)
    if held is not None:
        return _to_registration(request, held, is_new=False)
    at = timezone.now()
    invited, refused = _invited(request, event, at)
    offered = offer(event=event, person=request.user, at=at, invitation=invited)
    stands = to_a_newcomer(event=event, choices=offered.choices, at=at)
    if stands not in TAKES_PEOPLE and (stands != Standing.FULL or request.method != "POST"):
        return _turned_away(request, event, offered, refused, stands, at)
    form = _form(request, offered, at)
    if request.method == "POST" and refused is None and "add_row" not in request.POST and not form.errors:
        if "waits" not in request.POST and form.offer.is_long_full:
            # As the page was loaded just now, so the rule would find it: whoever is to be told need not ask it.
            form.refuse_full(EventFull(event_id=event.pk, may_wait=stands == Standing.WAITS))
        elif (taken := _taken(request, form, at)) is not None:
            return taken
    return _page(request, form, stands, refused)


def _invited(request: HttpRequest, event: Event, at: datetime) -> tuple[Invitation | None, Refusal | None]:
    """The invitation that the link or the form carries, or why it opens nothing."""
    code = request.POST.get("invitation") or request.GET.get("ma", "")
    try:
        return invitations.read(code=code, event_id=event.pk, at=at), None
    except InvitationNotValid as refusal:
        return None, refusal


def _form(request: HttpRequest, offered: Offer, at: datetime) -> RegistrationForm:
    if request.method != "POST":
        return RegistrationForm(offer=offered, person=request.user)
    more = 1 if "add_row" in request.POST else 0
    form = RegistrationForm(offer=offered, person=request.user, more_rows=more, data=request.POST, files=request.FILES)
    form.keep_files(at=at)
    # A code that opens nothing would be refused for ever; without it the reader may go on.
    form.data["invitation"] = offered.invitation.code if offered.invitation else ""
    return form


def _taken(request: HttpRequest, form: RegistrationForm, at: datetime) -> HttpResponse | None:
    """Register; where to go from there, or nothing when the form has to be shown again."""
    try:
        chosen = form.chosen_type()
        taken = registration.register(
            event_id=form.offer.event.pk,
            person=request.user,
            at=at,
            channel=Registration.Channel.SITE,
            language=get_language() or "",
            ticket_type_id=chosen,
            companions=form.companions,
            answers=form.said(form.offer.asked_of(chosen)),
            consents=form.agreed(),
            invitation=form.offer.invitation.code if form.offer.invitation else "",
            waits="waits" in request.POST,
        )
    except AlreadyRegistered:
        return redirect("register", form.offer.event.slug)
    except (RegistrationClosed, RegistrationNotYetOpen) as refusal:
        messages.error(request, word(refusal))
        return redirect("event", form.offer.event.slug)
    except EventFull as refusal:
        form.refuse_full(refusal)
        return None
    except Refusal as refusal:
        form.refuse(each(refusal))
        return None
    return _to_registration(request, taken, is_new=True)


def _to_registration(request: HttpRequest, held: Registration, *, is_new: bool) -> HttpResponse:
    """A single ticket with nothing to pay is shown at once; everything else has a page that says how it stands."""
    if held.status != Registration.Status.CONFIRMED:
        return redirect("registration", held.pk)
    if is_new:
        said = _("You have a place. The ticket is on its way to %(email)s, too.") % {"email": request.user.email}
        messages.success(request, said)
    else:
        messages.info(request, word(AlreadyRegistered()))
    ticket = queries.shown_ticket(person=request.user, event=held.event)
    if ticket is None or held.quantity > 1 or held.payment == Registration.Payment.DUE:
        return redirect("registration", held.pk)
    return redirect("ticket", ticket.pk)


def _turned_away(
    request: HttpRequest, event: Event, offered: Offer, refused: Refusal | None, stands: Standing, at: datetime
) -> HttpResponse:
    """There is nothing to register for now: a hidden type asks for its code, the rest is said on the event's page."""
    if stands == Standing.INVITED:
        context = {"event": event, "code": request.GET.get("ma", ""), "refusal": word(refused) if refused else ""}
        return render(request, "events/invitation.html", context)
    if refused is not None:
        messages.error(request, word(refused))
    elif request.method == "POST":
        opening = opens_at(event=event, choices=offered.choices, at=at)
        closed = RegistrationNotYetOpen(opens_at=opening) if opening else RegistrationClosed()
        messages.error(request, word(closed))
    return redirect("event", event.slug)


def _page(request: HttpRequest, form: RegistrationForm, stands: Standing, refused: Refusal | None) -> HttpResponse:
    context = {
        "refusal": word(refused) if refused else "",
        "event": form.offer.event,
        "form": form,
        "waits": stands == Standing.WAITS,
        "has_queue": waiting_list.takes(form.offer.event, timezone.now()),
        "organisations": directory.organisation_names() if form.asks_organisation else [],
    }
    return render(request, "events/register.html", context)
