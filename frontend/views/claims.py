"""Claiming an entry: by an address of the account, by a code from a letter or from staff, or by staff."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend import limits
from frontend.forms.joining import ClaimAddressForm, ClaimCodeForm, ClaimNoteForm
from frontend.limits import limited
from network import visibility
from network.doors import Permission, declare
from network.joining import claims, domains, entries
from network.joining.entries import Entry
from network.models import Claim, Membership
from network.refusals import Refusal, TooManyTries, each
from network.wording import word

FORMS = {"letter": ClaimAddressForm, "code": ClaimCodeForm, "note": ClaimNoteForm}


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("claim")
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str, is_person: bool = False) -> HttpResponse:
    """One page with every way; what was typed on one of them stands there again."""
    entry = entries.named(slug=slug, is_person=is_person)
    if entry is None:
        raise Http404
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = FORMS[act](data=request.POST) if act in FORMS else None
    if act:
        try:
            return _done(request, entry, act, form)
        except TooManyTries as refusal:
            return limits.too_many(request, refusal)
        except Refusal as refusal:
            if form is None:
                messages.error(request, word(refusal))
                return redirect(request.path)
            form.refuse(each(refusal))
    return render(request, "network/joining/claim.html", _context(request, entry, act, form))


def _context(request: HttpRequest, entry: Entry, act: str, form: Any) -> dict[str, Any]:
    rows = Claim.objects.filter(person=request.user, **entries.names(entry))
    return {
        "entry": entry,
        "is_person": not hasattr(entry, "kind"),
        "claim": rows.order_by("-made_at", "-pk").first(),
        "own_address": claims.proven_address(request.user, entry),
        "domains": domains.told(entry, visibility.standing_of(request.user)),
        "takes_letters": bool(domains.proving(entry) or entry.contact_email),
        "has_owner": entries.has_owner(entry),
        "is_theirs": _is_theirs(request, entry),
        "forms": {name: form if name == act and form else made() for name, made in FORMS.items()},
    }


def _is_theirs(request: HttpRequest, entry: Entry) -> bool:
    if not hasattr(entry, "kind"):
        return entry.person_id == request.user.pk
    rows = Membership.objects.filter(person=request.user, organisation=entry, role=Membership.Role.OWNER)
    return rows.exists()


def _done(request: HttpRequest, entry: Entry, act: str, form: Any) -> HttpResponse:
    acts: dict[str, Callable[[], Claim]] = {
        "address": lambda: claims.claim(entry=entry, actor=request.user, at=timezone.now()),
        "letter": lambda: _sent(request, entry, form["email"].value() or ""),
        "code": lambda: claims.confirm(
            entry=entry, code=form["code"].value() or "", actor=request.user, at=timezone.now()
        ),
        "note": lambda: claims.ask(entry=entry, note=form["note"].value() or "", actor=request.user, at=timezone.now()),
        "withdraw": lambda: claims.withdraw(
            claim_id=_number(request.POST.get("claim", "")), actor=request.user, at=timezone.now()
        ),
    }
    if act not in acts:
        raise Http404
    row = acts[act]()
    messages.success(request, _said(row))
    if row.status == Claim.Status.GRANTED and hasattr(entry, "kind"):
        return redirect("colleagues", entry.slug)
    return redirect("profile" if row.status == Claim.Status.GRANTED else request.path)


def _sent(request: HttpRequest, entry: Entry, email: str) -> Claim:
    limits.spend(request, "claim_letter")
    language = get_language() or "vi"
    return claims.send_code(entry=entry, email=email, actor=request.user, language=language, at=timezone.now())


def _said(row: Claim) -> str:
    return {
        Claim.Status.GRANTED: _("This entry is yours to keep now."),
        Claim.Status.PENDING: _("The code is on its way to %(email)s.") % {"email": row.email},
        Claim.Status.WAITING: _("Thank you. We look at it and write to you."),
    }.get(Claim.Status(row.status), _("Your claim is taken back."))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
