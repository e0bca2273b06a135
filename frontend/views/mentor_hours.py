"""A mentor's hours: when and how people can book them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.almanac_of_hours import by_day
from frontend.forms.mentor_hours import HoursForm
from frontend.limits import limited
from network import queries as directory
from network.doors import Permission, declare
from network.mentoring import busy, hours, offers, queries
from network.models import Profile
from network.refusals import Refusal, each


@declare(Permission.MENTOR)
@login_required
@never_cache
@limited("set_hours")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Set the week, its exceptions, the settings, and where one is busy."""
    profile = directory.own_profile(request.user)
    if profile is None or not hours.is_mentor(profile):
        return render(request, "network/no_profile.html", status=403)
    own, at = queries.hours_of(profile), timezone.now()
    form = HoursForm(data=request.POST if request.method == "POST" else None, files=request.FILES or None, own=own)
    if request.method == "POST" and _saved(request, form, profile):
        messages.success(request, _("Saved. This is when people can book you now."))
        return redirect("mentor_hours")
    zone = offers.zone_of(profile)
    free = offers.all_free_slots(profile=profile, at=at)
    context = {
        "form": form,
        "own": own,
        "profile": profile,
        "is_paused": profile.availability == Profile.Availability.PAUSED,
        "free": len(free),
        "days": by_day(free, zone)[:3],
    }
    with timezone.override(zone):
        return render(request, "hours/edit.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: HoursForm, profile: Profile) -> bool:
    """The file first: it is read before anything else can be refused, and need not be chosen again."""
    if not form.is_valid():
        return False
    at, actor = timezone.now(), request.user
    weekly, exceptions = form.weekly(), form.exceptions()
    try:
        if form.cleaned_data.get("forget_file"):
            busy.forget_file(profile_id=profile.pk, actor=actor)
        if (file := form.cleaned_data.get("busy_file")) is not None:
            busy.keep_file(profile_id=profile.pk, actor=actor, content=file.read(2_000_001), at=at)
        if form.errors:
            return False
        hours.set_hours(
            profile_id=profile.pk, actor=actor, settings=form.settings(), weekly=weekly, exceptions=exceptions, at=at
        )
    except Refusal as refusal:
        form.refuse(each(refusal))
        return False
    return True
