"""A mentor's own entry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.forms.profile import ProfileForm
from network import profiles, queries
from network.doors import Permission, declare
from network.models import Profile
from network.refusals import Refusal
from network.wording import word


@declare(Permission.MENTOR)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Change one's own words; who has no entry is told what one is."""
    profile = queries.own_profile(request.user)
    if profile is None:
        return render(request, "network/no_profile.html", status=403)
    form = ProfileForm(request.POST or None, profile=profile, sectors=queries.sectors())
    if request.method == "POST" and _saved(request, form, profile):
        messages.success(request, _("Saved. This is how people see you now."))
        return redirect("mentor", profile.slug) if form.cleaned_data["is_listed"] else redirect("profile")
    return render(request, "network/profile.html", {"form": form, "profile": profile})


def _saved(request: HttpRequest, form: ProfileForm, profile: Profile) -> bool:
    if not form.is_valid():
        return False
    try:
        profiles.edit_profile(profile_id=profile.pk, actor=request.user, words=form.words())
    except Refusal as refusal:
        form.add_error(refusal.field or None, word(refusal))
        return False
    return True
