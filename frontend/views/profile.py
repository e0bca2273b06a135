"""One's own entries: the desk, the history, the pictures that nobody else sees yet."""

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.limits import limited
from frontend.views.entry import desk
from network import permissions, queries
from network.doors import Permission, declare
from network.entries import Entry, history, pictures, submission
from network.entries.columns import PICTURES
from network.entries.telling import told
from network.models import Change, Organisation, Person
from network.refusals import Refusal
from network.wording import word

SHOWN_AS = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
PARTS = [f"network/own/{part}.html" for part in ("hours", "relay", "suggestions", "search", "joining")]
"""What else one has in the network."""


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("edit_entry")
def edit(request: HttpRequest) -> HttpResponse:
    """One's own entry; who has none is told how to join."""
    profile, organisations = queries.own_profile(request.user), queries.kept_organisations(request.user)
    if profile is None:
        context = {"organisations": organisations, "parts": PARTS}
        return render(request, "network/no_profile.html", context, status=403 if request.method == "POST" else 200)
    return desk(request, profile, home=reverse("profile"), organisations=organisations, parts=PARTS)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("edit_entry")
def edit_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """The entry of an organisation, for its owners and editors."""
    organisation = _kept_organisation(request.user, slug)
    return desk(request, organisation, home=reverse("own_organisation", args=[slug]))


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def own_history(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What was changed, by whom, and what became of it."""
    entry: Entry | None = _kept_organisation(request.user, slug) if slug else queries.own_profile(request.user)
    if entry is None:
        raise Http404
    changes = [told(change) for change in history.of_entry(entry)[:100]]
    return render(request, "network/own/history.html", {"entry": entry, "changes": changes, "home": _home(entry)})


@declare(Permission.SIGNED_IN)
@login_required
@require_POST
@limited("edit_entry")
def withdraw(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take back what waits."""
    try:
        change = submission.withdraw(change_id=change_id, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("profile")
    messages.success(request, _("Taken back. The directory shows what it showed."))
    return redirect(_home(change.entry))


@declare(Permission.SIGNED_IN)
@login_required
@require_POST
@limited("edit_entry")
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Ask for what was said before a change, or put it back where nobody needs to be asked."""
    change = _readable(change_id, request.user)
    try:
        outcome = history.undo(change_id=change_id, actor=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, word(refusal))
    else:
        asked = _("What was said before is on its way: somebody reads it first.")
        messages.success(request, asked if outcome.waiting else _("Undone. The directory shows what it showed before."))
    return redirect(_home(change.entry))


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def held_picture(request: HttpRequest, name: UUID) -> HttpResponse:
    """A picture just uploaded, for who uploaded it."""
    return _handed_out(pictures.held(person=request.user, name=f"{name}.webp"))


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def change_picture(request: HttpRequest, change_id: int, side: str) -> HttpResponse:
    """The picture of a change, before or after, for those who may edit or review the entry."""
    change = _readable(change_id, request.user)
    column = next((name for name in PICTURES if name in change.values), None)
    if column is None or side not in {"old", "new"}:
        raise Http404
    return _handed_out(pictures.kept(change.entry, change.values[column][side][column]))


def _handed_out(file: Any) -> HttpResponse:
    if file is None:
        raise Http404
    with file:
        kind = SHOWN_AS.get(PurePath(str(file.name)).suffix.lower(), "application/octet-stream")
        return HttpResponse(file.read(), content_type=kind, headers={"X-Content-Type-Options": "nosniff"})


def _readable(change_id: int, viewer: Person) -> Change:
    change = history.readable(change_id=change_id, viewer=viewer)
    if change is None:
        raise Http404
    return change


def _kept_organisation(person: Person, slug: str) -> Organisation:
    organisation = queries.any_organisation(slug=slug)
    if organisation is None or not permissions.may_edit_organisation(person, organisation):
        raise Http404
    return organisation


def _home(entry: Entry) -> str:
    return reverse("own_organisation", args=[entry.slug]) if isinstance(entry, Organisation) else reverse("profile")
