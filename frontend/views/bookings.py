"""One's own hours with mentors, those that one gives and those that one has: for the two people alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.almanac_of_hours import leaf, moment_given, zone_name, zone_of_reader
from frontend.forms.booking import CancelForm, FeedbackForm, NotesForm
from frontend.limits import limited
from network.doors import Permission, declare
from network.mentoring import aftermath, booking, offers, queries
from network.models import Booking
from network.refusals import Refusal, each
from network.wording import word

State = Booking.State


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def booking_list(request: HttpRequest) -> HttpResponse:
    """What is to come, soonest first, and what was."""
    at, zone = timezone.now(), zone_of_reader(request.user)
    rows = list(queries.own_bookings(request.user)[:200])
    ahead = [row for row in rows if row.state == State.BOOKED and row.ends_at > at][::-1]
    context = {
        "ahead": [_seen(row, request, at) for row in ahead],
        "behind": [_seen(row, request, at) for row in rows if row not in ahead],
        "zone": zone_name(zone),
    }
    with timezone.override(zone):
        return render(request, "hours/bookings.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One hour: when and where, what it is about, and what can still be done."""
    return _page(request, _own(request, uid))


def _page(request: HttpRequest, own: Booking, status: int = 200, **forms: Any) -> HttpResponse:
    at, zone = timezone.now(), zone_of_reader(request.user)
    given = aftermath.feedback_for(own, request.user, at=at)
    seen = _seen(own, request, at)
    other_side = Booking.Side.BOOKER if seen["is_mentor"] else Booking.Side.MENTOR
    context = {
        **seen,
        "zone": zone_name(zone),
        "notes_form": NotesForm(initial={"notes": aftermath.notes_of(own, request.user)}),
        "feedback_form": FeedbackForm(),
        "own_feedback": given.get(own.side_of(request.user.pk) or ""),
        "their_feedback": given.get(other_side),
        **forms,
    }
    with timezone.override(zone):
        return render(request, "hours/booking.html", context, status=status)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("book_hour")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose another slot of the same mentor; what went meanwhile is said, and the rest stands there."""
    own, at, zone = _own(request, uid), timezone.now(), zone_of_reader(request.user)
    problem = ""
    starts_at = moment_given(request.POST.get("luc", ""))
    if request.method == "POST" and starts_at is not None:
        try:
            booking.reschedule(booking_id=own.pk, actor=request.user, starts_at=starts_at, at=at)
        except Refusal as refusal:
            problem = word(refusal)
        else:
            messages.success(request, _("Moved. Both calendars follow by themselves."))
            return redirect("booking", own.uid)
    free = offers.all_free_slots(profile=own.profile, at=at) if own.profile else []
    days, following = leaf(free, zone, request.GET.get("tu", ""))
    context = {**_seen(own, request, at), "days": days, "following": following, "zone": zone_name(zone)}
    with timezone.override(zone):
        return render(request, "hours/move.html", {**context, "problem": problem}, status=409 if problem else 200)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask once, with a few words for the other one."""
    own, at, zone = _own(request, uid), timezone.now(), zone_of_reader(request.user)
    form = CancelForm(data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            booking.cancel(booking_id=own.pk, actor=request.user, words=form.cleaned_data["words"], at=at)
        except Refusal as refusal:
            form.refuse(each(refusal))
        else:
            messages.success(request, _("Cancelled. The other one knows, and both calendars drop the hour."))
            return redirect("bookings")
    with timezone.override(zone):
        return render(request, "hours/cancel.html", {**_seen(own, request, at), "form": form, "zone": zone_name(zone)})


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_POST
def keep_notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep notes for oneself."""
    own, form = _own(request, uid), NotesForm(data=request.POST)
    if form.is_valid():
        try:
            aftermath.keep_notes(
                booking_id=own.pk, actor=request.user, notes=form.cleaned_data["notes"], at=timezone.now()
            )
        except Refusal as refusal:
            form.refuse(each(refusal))
        else:
            messages.success(request, _("Notes kept."))
            return redirect("booking", own.uid)
    return _page(request, own, status=422, notes_form=form)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_POST
def mark_no_show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that the other one did not come."""
    own = _own(request, uid)
    try:
        aftermath.mark_no_show(booking_id=own.pk, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
    else:
        messages.success(request, _("Noted. We are sorry that you waited."))
    return redirect("booking", own.uid)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_POST
def give_feedback(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what one thought of the hour."""
    own, form = _own(request, uid), FeedbackForm(data=request.POST)
    if form.is_valid():
        try:
            aftermath.give_feedback(
                booking_id=own.pk,
                actor=request.user,
                stars=form.cleaned_data["stars"],
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(each(refusal))
        else:
            messages.success(request, _("Thank you. The other one reads it once both of you have answered."))
            return redirect("booking", own.uid)
    return _page(request, own, status=422, feedback_form=form)


def _own(request: HttpRequest, uid: UUID) -> Booking:
    own = queries.own_booking(request.user, uid=uid)
    if own is None:
        raise Http404
    return own


def _seen(row: Booking, request: HttpRequest, at: datetime) -> dict[str, Any]:
    """A booking as one of the two sees it; what may be done are hints, the rules decide."""
    is_mentor = row.mentor_id == request.user.pk
    is_standing = row.state == State.BOOKED
    return {
        "booking": row,
        "is_mentor": is_mentor,
        "other": row.booker if is_mentor else row.mentor,
        "may_change": is_standing and row.starts_at > at,
        "is_now": is_standing and row.starts_at <= at < row.ends_at,
        "is_over": row.state in (State.BOOKED, State.DONE) and row.ends_at <= at,
        "may_say_missing": row.state in (State.BOOKED, State.DONE)
        and row.starts_at <= at <= row.ends_at + aftermath.NO_SHOW_WITHIN,
        "wants_feedback": row.state in (State.BOOKED, State.DONE)
        and row.ends_at <= at
        and not any(given.side == row.side_of(request.user.pk) for given in row.feedback.all()),
        "missed_by_me": bool(row.missed_by) and row.missed_by == row.side_of(request.user.pk),
    }
