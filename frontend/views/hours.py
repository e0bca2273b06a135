"""Booking an hour with a mentor: what is free, then what it is about."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from frontend.almanac_of_hours import leaf, moment_given, zone_name, zone_of_reader
from frontend.forms.booking import BookingForm
from frontend.limits import limited
from network.doors import Permission, declare
from network.mentoring import booking, offers, queries
from network.mentoring.refusals import AnotherHourThen, SlotTaken
from network.models import Profile
from network.refusals import Refusal, each


@declare(Permission.PUBLIC)
@never_cache
@require_safe
def slots(request: HttpRequest, slug: str) -> HttpResponse:
    """What is free with a mentor, by day, by the reader's clock."""
    mentor, at = _mentor(slug), timezone.now()
    zone = zone_of_reader(request.user)
    days, following = leaf(offers.all_free_slots(profile=mentor, at=at), zone, request.GET.get("tu", ""))
    context = {
        "mentor": mentor,
        "days": days,
        "following": following,
        "zone": zone_name(zone),
        "is_own": request.user.is_authenticated and mentor.person_id == request.user.pk,
    }
    with timezone.override(zone):
        return render(request, "hours/slots.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("book_hour")
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the hour is about and book it; if the slot went meanwhile, the nearest others stand there."""
    mentor, at = _mentor(slug), timezone.now()
    starts_at = moment_given(request.POST.get("luc") or request.GET.get("luc", ""))
    if starts_at is None:
        return redirect("hours", slug)
    form = BookingForm(
        data=request.POST if request.method == "POST" else None, organisations=queries.organisations_of(request.user)
    )
    is_gone = False
    if request.method == "POST" and form.is_valid():
        try:
            made = booking.book(
                profile_id=mentor.pk,
                booker=request.user,
                starts_at=starts_at,
                topic=form.cleaned_data["topic"],
                organisation_id=form.chosen,
                at=at,
            )
        except Refusal as refusal:
            is_gone = isinstance(refusal, SlotTaken | AnotherHourThen)
            form.refuse(each(refusal))
        else:
            messages.success(request, _("Booked. You both have a letter with the entry for your calendars."))
            return redirect("booking", made.uid)
    context = {"mentor": mentor, "form": form, **_times(mentor, starts_at, at, is_gone=is_gone)}
    zone = zone_of_reader(request.user)
    with timezone.override(zone):
        return render(request, "hours/book.html", {**context, "zone": zone_name(zone)}, status=409 if is_gone else 200)


def _times(mentor: Profile, starts_at: datetime, at: datetime, *, is_gone: bool) -> dict[str, Any]:
    """The chosen slot, or (when it is not free) the nearest that are."""
    free = offers.free_slots(profile=mentor, since=starts_at, until=starts_at + booking.MOMENT, at=at)
    others = [] if free and not is_gone else offers.nearest(profile=mentor, to=starts_at, at=at)
    return {"slot": free[0] if free and not is_gone else None, "starts_at": starts_at, "others": others}


def _mentor(slug: str) -> Profile:
    mentor = queries.bookable_mentor(slug=slug)
    if mentor is None:
        raise Http404
    return mentor
