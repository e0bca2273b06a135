"""A registration of one's own: how it stands, and what can still be done with it. For its person alone."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import answers, banks, groups, payments, queries, registration, waiting_list
from events.models import Event, Registration, Ticket
from frontend.forms.answers import AnswersForm
from frontend.forms.companions import PeopleForm
from frontend.limits import limited
from frontend.offline import keepable
from frontend.pictures import qr_drawing
from frontend.told import answered, turns
from network import queries as directory
from network.doors import Permission, declare
from network.refusals import Refusal, each
from network.wording import word

Status = Registration.Status
MOST_CRATES = 24
"""How many of those who wait before somebody are drawn."""


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@keepable
@require_safe
def detail(request: HttpRequest, registration_id: int) -> HttpResponse:
    """How the registration stands, with its tickets, its fee, its answers and its history."""
    own, at = _own(request, registration_id), timezone.now()
    queue = waiting_list.place(own)
    context = {
        "registration": own,
        "event": own.event,
        "queue": queue,
        "crates": range(min(queue.number - 1, MOST_CRATES)) if queue else (),
        "tickets": [ticket for ticket in own.tickets.all() if ticket.revoked_at is None],
        "fee": fee(own),
        "answers": [(answer.version.label, answered(answer)) for answer in own.answers.all()],
        "turns": turns(own.history.all(), reader=own.person),
        "may_answer": may_answer(own, at),
        "may_add_people": may_add_people(own, at),
        "may_cancel": may_cancel(own, at),
        "has_ended": own.event.ends_at <= at,
    }
    return render(request, "tickets/registration.html", context)


def fee(own: Registration) -> dict[str, Any] | None:
    """What is to be paid, and how: None where nothing is due."""
    if own.payment != Registration.Payment.DUE or own.status != Status.CONFIRMED:
        return None
    if not payments.takes_transfers(own.event):
        return {"qr": None}
    return {
        "qr": qr_drawing(payments.vietqr(own)),
        "message": payments.message(own),
        "bank": banks.bank_name(own.event.bank_code),
    }


def may_answer(own: Registration, at: datetime) -> bool:
    """Whether the page offers to change the answers; this and the next ones are hints, the rules decide."""
    until = own.event.answers_until or own.event.starts_at
    return own.is_active and at < until and bool(answers.form(ticket_type=own.ticket_type))


def may_add_people(own: Registration, at: datetime) -> bool:
    """Whether more people may join the group."""
    has_room = own.quantity < own.ticket_type.most_per_person
    return own.status == Status.CONFIRMED and has_room and own.event.is_open_for_registration(at)


def may_cancel(own: Registration, at: datetime) -> bool:
    """Whether there is something left to cancel: nobody is inside, and not every ticket went to somebody else."""
    over = own.event.status == Event.Status.CANCELLED or own.event.ends_at <= at
    living = [ticket for ticket in own.tickets.all() if ticket.revoked_at is None]
    if not own.is_active or over or any(ticket.admissions for ticket in living):
        return False
    return own.status != Status.CONFIRMED or any(is_shown_by(ticket, own) for ticket in living)


def is_shown_by(ticket: Ticket, own: Registration) -> bool:
    """Whether a ticket of the registration is shown by its own person."""
    return ticket.holder_id in (None, own.person_id)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_POST
def accept(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Take the offered place."""
    own = _own(request, registration_id)
    try:
        waiting_list.accept(registration_id=own.pk, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
    else:
        messages.success(request, _("The place is yours. Your ticket is ready."))
    return redirect("registration", own.pk)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Ask once, then let the next in the queue have the offered place."""
    own = _own(request, registration_id)
    if request.method != "POST":
        if own.status != Status.OFFERED:
            return redirect("registration", own.pk)
        return render(request, "tickets/decline.html", {"registration": own, "event": own.event})
    try:
        waiting_list.decline(registration_id=own.pk, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("registration", own.pk)
    messages.success(request, _("The place goes to the next in the queue. Thank you for telling us."))
    return redirect("tickets")


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Ask once, then cancel the whole registration."""
    own = _own(request, registration_id)
    if request.method != "POST":
        if not may_cancel(own, timezone.now()):
            return redirect("registration", own.pk)
        return render(request, "tickets/cancel_registration.html", {"registration": own, "event": own.event})
    try:
        registration.cancel(registration_id=own.pk, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("registration", own.pk)
    messages.success(request, _("Cancelled. Thank you for telling us."))
    return redirect("tickets")


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("answer")
@require_http_methods(["GET", "HEAD", "POST"])
def change_answers(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Change what was answered, until the deadline."""
    own, at = _own(request, registration_id), timezone.now()
    if request.method != "POST" and not may_answer(own, at):
        return redirect("registration", own.pk)
    asked = answers.form(ticket_type=own.ticket_type)
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = AnswersForm(person=request.user, asked=asked, given=answers.given(own), **sent)
    if request.method == "POST":
        form.keep_files(at=at)
        if not form.errors and _changed(request, own, form, at):
            messages.success(request, _("Saved. The organiser sees your new answers."))
            return redirect("registration", own.pk)
    context = {
        "registration": own,
        "event": own.event,
        "form": form,
        "until": own.event.answers_until or own.event.starts_at,
        "organisations": directory.organisation_names() if form.asks_organisation else [],
    }
    return render(request, "tickets/answers.html", context)


def _changed(request: HttpRequest, own: Registration, form: AnswersForm, at: datetime) -> bool:
    try:
        answers.change(registration_id=own.pk, answers=form.said(form.asked), actor=request.user, at=at)
    except Refusal as refusal:
        form.refuse(each(refusal))
        return False
    return True


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("add_people")
@require_http_methods(["GET", "HEAD", "POST"])
def add_people(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Bring more people along, up to what the ticket type allows."""
    own, at = _own(request, registration_id), timezone.now()
    if request.method != "POST" and not may_add_people(own, at):
        return redirect("registration", own.pk)
    sent = {"data": request.POST} if request.method == "POST" else {}
    more = 1 if "add_row" in request.POST else 0
    form = PeopleForm(most=own.ticket_type.most_per_person - own.quantity, more_rows=more, **sent)
    if request.method == "POST" and not more:
        added = _added(request, own, form, at)
        if added:
            said = ngettext(
                "%(count)d ticket more. It is in your list.", "%(count)d tickets more. They are in your list.", added
            )
            messages.success(request, said % {"count": added})
            return redirect("registration", own.pk)
    return render(request, "tickets/people.html", {"registration": own, "event": own.event, "form": form})


def _added(request: HttpRequest, own: Registration, form: PeopleForm, at: datetime) -> int:
    try:
        return len(groups.add(registration_id=own.pk, companions=form.companions, actor=request.user, at=at))
    except Refusal as refusal:
        form.refuse(each(refusal))
        return 0


def _own(request: HttpRequest, registration_id: int) -> Registration:
    own = queries.own_registration(registration_id=registration_id, person=request.user)
    if own is None:
        raise Http404
    return own
