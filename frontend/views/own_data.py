"""One's own data: see them, correct them, take them along, agree and withdraw, have them erased."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import queries
from frontend import own_pages
from frontend.forms.own_data import CorrectionForm, ErasureForm
from frontend.limits import limited
from network import confirmation, consents, erasure, own_data, profiles, takeout
from network.doors import Permission, declare
from network.models import Consent
from network.refusals import Refusal
from network.wording import word

PENDING = "erasure_code"
"""The session's key of a code that was sent."""


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that is held, section by section, and what can be done about it."""
    shown, empty = own_pages.shown(own_data.collected(request.user))
    context = {"sections": shown, "empty": empty, "standing": consents.standing(request.user)}
    return render(request, "account_data/overview.html", context)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Name, phone and language."""
    form = CorrectionForm(_sent(request), person=request.user)
    if request.method == "POST" and _corrected(request, form):
        messages.success(request, _("Corrected. Tickets for events to come carry the new name."))
        return redirect("own_data")
    return render(request, "account_data/correct.html", {"form": form})


def _corrected(request: HttpRequest, form: CorrectionForm) -> bool:
    if not form.is_valid():
        return False
    try:
        profiles.correct(person=request.user, at=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field or None, word(refusal))
        return False
    return True


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Each purpose with its text: give and withdraw, one at a time."""
    if request.method == "POST":
        _decide(request)
        return redirect("own_consents")
    return render(request, "account_data/consents.html", {"purposes": own_pages.purposes(request.user)})


def _decide(request: HttpRequest) -> None:
    purpose = request.POST.get("purpose", "")
    if purpose not in consents.Purpose.values:
        raise Http404
    wanted, at = consents.Purpose(purpose), timezone.now()
    if request.POST.get("act") == "withdraw":
        consents.withdraw(person=request.user, purpose=wanted, at=at)
        messages.success(request, _("Withdrawn. It no longer counts from this moment."))
    else:
        language, channel = get_language() or "vi", Consent.Channel.SITE
        consents.give(person=request.user, purposes=[wanted], language=language, channel=channel, at=at)
        messages.success(request, _("Thank you. We have noted your consent."))


@declare(Permission.SIGNED_IN)
@login_required
@require_POST
@limited("take_out")
def take_out(request: HttpRequest, kind: str) -> HttpResponse:
    """Download everything, with one's files: as JSON or as CSV."""
    at = timezone.now()
    file = takeout.as_json(person=request.user, at=at) if kind == "json" else takeout.as_csv(person=request.user)
    name = takeout.file_name(request.user, kind=kind, at=at)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("confirm")
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask who it is, erase."""
    form = ErasureForm(_sent(request), person=request.user, is_code_sent=PENDING in request.session)
    if request.method == "POST" and _erased(request, form):
        logout(request)
        messages.success(request, _("Your data are erased. A last letter to you says so. Farewell!"))
        return redirect("/")
    at = timezone.now()
    ahead = [row for row in queries.registrations_of(request.user) if row.is_active and row.event.ends_at > at]
    return render(request, "account_data/erase.html", {"form": form, "ahead": ahead})


def _erased(request: HttpRequest, form: ErasureForm) -> bool:
    if not form.is_valid():
        return False
    at, pending = timezone.now(), request.session.get(PENDING)
    try:
        confirmation.refuse_unconfirmed(person=request.user, pending=pending, at=at, **form.cleaned_data)
        erasure.erase(person_id=request.user.pk, actor=request.user, at=at)
    except Refusal as refusal:
        request.session.modified = True  # the wrong tries are counted in what is pending
        form.refuse(refusal.field, word(refusal))
        return False
    return True


@declare(Permission.SIGNED_IN)
@login_required
@require_POST
@limited("confirm_letter")
def send_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the person's address; the one before it dies."""
    language = get_language() or "vi"
    request.session[PENDING] = confirmation.send(person=request.user, language=language, at=timezone.now())
    messages.success(request, _("We have sent a code to %(email)s.") % {"email": request.user.email})
    return redirect("own_erase")
