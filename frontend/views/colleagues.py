"""The people of an organisation's entry, for themselves: who is in it, who is invited, who may do what."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.forms.joining import InviteForm
from frontend.limits import limited
from network import permissions
from network.doors import Permission, declare
from network.joining import colleagues, places
from network.models import Membership, Organisation
from network.refusals import Refusal, each
from network.wording import word


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("invite_colleague")
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody of the organisation sees it; owners act on it. To others there is no such page."""
    organisation = get_object_or_404(Organisation, slug=slug, merged_into=None)
    place = Membership.objects.filter(person=request.user, organisation=organisation).first()
    may_act = permissions.may_hand_roles(request.user, organisation)
    if place is None and not may_act:
        raise Http404
    form = InviteForm()
    if request.method == "POST":
        act = request.POST.get("act", "")
        form = InviteForm(data=request.POST) if act == "invite" else form
        try:
            return _done(request, organisation, act)
        except Refusal as refusal:
            if act != "invite":
                messages.error(request, word(refusal))
                return redirect(request.path)
            form.refuse(each(refusal))
    at = timezone.now()
    context = {
        "organisation": organisation,
        "own_place": place,
        "may_act": may_act,
        "people": places.people_of(organisation),
        "invitations": colleagues.open_invitations(organisation, at=at) if may_act else [],
        "roles": Membership.Role.choices,
        "form": form,
    }
    return render(request, "network/joining/people.html", context)


def _done(request: HttpRequest, organisation: Organisation, act: str) -> HttpResponse:
    posted, actor, at = request.POST, request.user, timezone.now()
    acts: dict[str, Callable[[], Any]] = {
        "invite": lambda: colleagues.invite(
            organisation_id=organisation.pk,
            email=posted.get("email", ""),
            role=posted.get("role", ""),
            actor=actor,
            at=at,
            language=get_language() or "vi",
        ),
        "role": lambda: places.change_role(
            place_id=_of(organisation, posted), role=posted.get("role", ""), actor=actor
        ),
        "remove": lambda: places.remove(place_id=_of(organisation, posted), actor=actor),
        "leave": lambda: places.leave(organisation_id=organisation.pk, actor=actor),
        "take_back": lambda: colleagues.take_back(
            invitation_id=_number(posted.get("invitation", "")), actor=actor, at=at
        ),
    }
    if act not in acts:
        raise Http404
    acts[act]()
    said = {
        "invite": _("The invitation is on its way to %(email)s.") % {"email": posted.get("email", "").strip()},
        "role": _("The role is changed."),
        "remove": _("They do not belong to the organisation any more."),
        "leave": _("You have left “%(organisation)s”.") % {"organisation": organisation.name},
        "take_back": _("The invitation is void."),
    }
    messages.success(request, said[act])
    return redirect("organisations" if act == "leave" else request.path)


def _of(organisation: Organisation, posted: Any) -> int:
    """The place that is meant, if it is one of this organisation."""
    rows = Membership.objects.filter(organisation=organisation, pk=_number(posted.get("place", "")))
    return rows.values_list("pk", flat=True).first() or 0


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@declare(Permission.PUBLIC)
@never_cache
@limited("answer_invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invitation of a letter. Looking at it answers nothing; whoever accepts logs in first."""
    row = colleagues.invited(token=token, at=timezone.now())
    if row is None:
        return render(request, "network/joining/invitation_gone.html", status=410)
    if request.method == "POST":
        try:
            return _answered(request, token, row.organisation)
        except Refusal as refusal:
            messages.error(request, word(refusal))
            return redirect(request.path)
    return render(request, "network/joining/invitation.html", {"invitation": row, "organisation": row.organisation})


def _answered(request: HttpRequest, token: str, organisation: Organisation) -> HttpResponse:
    at = timezone.now()
    if request.POST.get("act") == "decline":
        actor = request.user if request.user.is_authenticated else None
        colleagues.decline(token=token, actor=actor, at=at)
        messages.success(request, _("You have declined. Nobody will ask you about it again."))
        return redirect("organisations")
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    colleagues.accept(token=token, actor=request.user, at=at)
    messages.success(request, _("Welcome to “%(organisation)s”.") % {"organisation": organisation.name})
    return redirect("colleagues", organisation.slug)
