"""Joining the network: the ways in, one form for each, and where one's applications stand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.joining import ADDRESSES, KINDS, ApplicationForm
from frontend.limits import limited
from network.doors import Permission, declare
from network.joining import applications, freshness, signed_links
from network.joining.refusals import LinkNotValid, LooksLikeAnother
from network.models import Application, Organisation, Profile
from network.refusals import Refusal, each
from network.wording import word

WAYS = {
    Application.Kind.STARTUP: (2, gettext_lazy("You build something new and look for customers, money or advice.")),
    Application.Kind.MENTOR: (1, gettext_lazy("You have been through it and give an hour a month.")),
    Application.Kind.FUND: (3, gettext_lazy("You invest, or know those who do.")),
    Application.Kind.CLUB: (4, gettext_lazy("You bring students together who want to try.")),
    Application.Kind.ORGANISATION: (5, gettext_lazy("A centre, an incubator, a co-working space, a partner.")),
}


@declare(Permission.PUBLIC)
@require_safe
def ways(request: HttpRequest) -> HttpResponse:
    """The ways in: each a container on the quay."""
    shown = [
        {"kind": kind.label, "paint": paint, "text": text, "address": ADDRESSES[kind]}
        for kind, (paint, text) in WAYS.items()
    ]
    return render(request, "network/joining/ways.html", {"ways": shown})


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("apply")
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, address: str) -> HttpResponse:
    """The form of one kind; before it is sent, entries that look like it are shown."""
    kind = KINDS.get(address)
    if kind is None:
        raise Http404
    form = ApplicationForm(kind=kind, data=request.POST) if request.method == "POST" else ApplicationForm(kind=kind)
    context: dict[str, Any] = {"form": form, "kind": kind, "is_new": True}
    if request.method == "POST":
        try:
            applications.submit(
                kind=kind,
                given=form.given(),
                actor=request.user,
                at=timezone.now(),
                is_another="is_another" in request.POST,
                agrees="agrees" in request.POST,
                language=get_language() or "vi",
            )
        except LooksLikeAnother:
            context["alike"] = applications.look_alike(kind=kind, given=form.given())
        except Refusal as refusal:
            form.refuse(each(refusal))
        else:
            messages.success(request, _("Sent. We read every application and answer."))
            return redirect("my_applications")
    return render(request, "network/joining/apply.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Where one's applications stand, with what staff said."""
    return render(request, "network/joining/own.html", {"applications": applications.own(request.user)})


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("apply")
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, application_id: int) -> HttpResponse:
    """Answer what staff asked: the form with what was written; or take the application back."""
    row = get_object_or_404(applications.own(request.user), pk=application_id)
    if request.POST.get("act") == "withdraw":
        return _taken_back(request, row)
    if row.status != Application.Status.RETURNED:
        return redirect("my_applications")
    posted = {"data": request.POST} if request.method == "POST" else {"initial": row.facts}
    form = ApplicationForm(kind=row.kind, is_new=False, **posted)
    if request.method == "POST":
        try:
            applications.send_again(application_id=row.pk, given=form.given(), actor=request.user, at=timezone.now())
        except Refusal as refusal:
            form.refuse(each(refusal))
        else:
            messages.success(request, _("Sent again. Thank you."))
            return redirect("my_applications")
    context = {"form": form, "kind": Application.Kind(row.kind), "application": row, "is_new": False}
    return render(request, "network/joining/apply.html", context)


def _taken_back(request: HttpRequest, row: Application) -> HttpResponse:
    try:
        applications.withdraw(application_id=row.pk, actor=request.user, at=timezone.now())
        messages.success(request, _("Your application is taken back."))
    except Refusal as refusal:
        messages.error(request, word(refusal))
    return redirect("my_applications")


@declare(Permission.PUBLIC)
@never_cache
@limited("confirm_entry")
@require_http_methods(["GET", "HEAD", "POST"])
def still_correct(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a letter's link. Opening it confirms nothing (mail scanners open links): its one button does."""
    at = timezone.now()
    try:
        entry, _person, made = signed_links.read(token, at=at)
        if request.method == "POST":
            entry = freshness.confirm_by_link(token=token, at=at)
    except LinkNotValid as refusal:
        return render(request, "network/joining/link_gone.html", {"said": word(refusal)}, status=410)
    context = {
        "entry": entry,
        "is_person": not hasattr(entry, "kind"),
        "is_answered": freshness.is_answered(entry, made),
    }
    return render(request, "network/joining/still_correct.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("confirm_entry")
@require_http_methods(["POST"])
def confirm_own(request: HttpRequest, slug: str, is_person: bool = False) -> HttpResponse:
    """“Still correct” by the entry's owner, who is logged in."""
    model = Profile if is_person else Organisation
    entry = get_object_or_404(model, slug=slug)
    try:
        freshness.confirm(entry=entry, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("organisations")
    messages.success(request, _("Thank you. The entry is confirmed for a year."))
    return redirect("profile") if is_person else redirect("own_organisation", slug)
