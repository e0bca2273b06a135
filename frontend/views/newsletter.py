"""The newsletter on the web: its archive, signing up, and by a letter's link confirming, choosing, leaving."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.newsletters import issues, parts
from frontend.forms.newsletter import ChoicesForm, SubscribeForm
from frontend.limits import limited
from frontend.paging import paged
from network import queries
from network.consents import TEXTS, Purpose
from network.doors import Permission, declare
from network.models import Consent
from network.newsletter import links, subscriptions
from network.newsletter.links import LinkNotValid
from network.newsletter.subscriptions import Choices
from network.refusals import Invalid
from network.wording import word

View = Callable[..., HttpResponse]


def _language() -> str:
    return get_language() or "vi"


def _agreed_to() -> str:
    return TEXTS[Purpose.NEWSLETTER].text(_language())


def by_link(view: View) -> View:
    """Say so where a letter's link is not whole any more."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        try:
            return view(request, *args, **names)
        except LinkNotValid as refusal:
            return render(request, "newsletter/bad_link.html", {"told": word(refusal)}, status=404)

    return opened


@declare(Permission.PUBLIC)
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every issue that went out, the newest first, and the way to get the next."""
    return _archive(request, SubscribeForm())


def _archive(request: HttpRequest, form: SubscribeForm, status: int = 200) -> HttpResponse:
    page = paged(request, issues.archived(), per_page=20)
    rows = [{"issue": issue, "told": _told(issue)} for issue in page["page_obj"]]
    context = {**page, "rows": rows, "form": form, "agreed_to": _agreed_to()}
    return render(request, "newsletter/archive.html", context, status=status)


def _told(issue: Any) -> dict[str, Any]:
    """What an issue says in the reader's language, else in Vietnamese, and in which it is."""
    language = _language() if _language() in issue.mailing.contents else "vi"
    return {**issue.mailing.contents[language], "language": language, "date": parts.as_of(issue.mailing.begun_at)}


@declare(Permission.PUBLIC)
@require_safe
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """One issue as it went out."""
    found = issues.archived_issue(number)
    if found is None:
        raise Http404
    context = {"issue": found, "told": _told(found), "form": SubscribeForm(), "agreed_to": _agreed_to()}
    return render(request, "newsletter/issue.html", context)


# Without a token against forgery: whoever forges it makes us write one letter to an address, which anybody may ask for
# here, and pages that hold the form can be kept whole.
@csrf_exempt
@declare(Permission.PUBLIC)
@never_cache
@require_POST
@limited("subscribe")
def subscribe(request: HttpRequest) -> HttpResponse:
    """Somebody typed an address; the answer is the same whatever is known of it."""
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _archive(request, form, status=400)
    try:
        subscriptions.ask(
            email=form.cleaned_data["email"],
            choices=Choices(language=_language()),
            channel=Consent.Channel.SITE,
            at=timezone.now(),
        )
    except Invalid as refusal:
        form.add_error("email", word(refusal))
        return _archive(request, form, status=400)
    return redirect("newsletter_asked")


@declare(Permission.PUBLIC)
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What to do now."""
    return render(request, "newsletter/asked.html")


@declare(Permission.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail scanners open every link; then the choices."""
    if request.method != "POST":
        links.confirmed(token)
        return render(request, "newsletter/confirm.html", {"agreed_to": _agreed_to()})
    row = subscriptions.confirm(token=token, at=timezone.now())
    messages.success(request, _("Thank you. The next issue comes to you."))
    return redirect("newsletter_choices", links.own(row.pk))


@declare(Permission.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("choose")
@by_link
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """What a reader wants to read; and the way out."""
    row = subscriptions.read(token)
    form = ChoicesForm(request.POST if request.method == "POST" else None, row=row, sectors=list(queries.sectors()))
    if request.method == "POST" and form.is_valid():
        subscriptions.choose(token=token, choices=form.chosen())
        messages.success(request, _("Kept. From the next issue on it is as you chose."))
        return redirect("newsletter_choices", token)
    context = {"form": form, "row": row, "token": token, "is_standing": subscriptions.is_standing(row)}
    return render(request, "newsletter/choices.html", context)


# RFC 8058: a mail program posts here without a cookie. The link alone says who leaves.
@csrf_exempt
@declare(Permission.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A button for people, one POST for mail programs; whoever only opens the link leaves nothing."""
    row = subscriptions.read(token)
    if request.method == "POST":
        row = subscriptions.leave(token=token, at=timezone.now())
    is_standing = subscriptions.is_standing(row)
    return render(request, "newsletter/leave.html", {"row": row, "token": token, "is_standing": is_standing})


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """To the choices of who is logged in."""
    row = subscriptions.of_person(person=request.user, at=timezone.now())
    return redirect("newsletter_choices", links.own(row.pk))
