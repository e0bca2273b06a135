"""Who could help whom: suggestions for each entry that the reader keeps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from network.contact.queries import entry_of_id, may_be_written_to
from network.doors import Permission, declare
from network.models import Profile
from network.refusals import Refusal
from network.suggestions import dismissing, kinds, suggesting
from network.suggestions.kinds import Kind, Suggestion
from network.suggestions.wording import because
from network.wording import word

TITLES = {
    Kind.MENTORS: gettext_lazy("Mentors who could help"),
    Kind.FUNDS: gettext_lazy("Funds that could fit"),
    Kind.STARTUPS: gettext_lazy("Startups to get to know"),
}


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Each entry of the reader with what is suggested to it."""
    berths = [_berth(request, entry) for entry in suggesting.entries_of(request.user)]
    return render(request, "suggestions/overview.html", {"berths": berths})


def _berth(request: HttpRequest, entry: kinds.Entry) -> dict[str, Any]:
    groups = [
        {"title": TITLES[kind], "found": [_shown(request, each, kind) for each in _suggested(request, entry, kind)]}
        for kind in kinds.kinds_for(entry)
    ]
    return {"name": str(entry), "key": _key(entry), "is_out": not entry.takes_suggestions, "groups": groups}


def _suggested(request: HttpRequest, entry: kinds.Entry, kind: Kind) -> list[Suggestion]:
    return suggesting.suggest(entry=entry, kind=kind, viewer=request.user)


def _shown(request: HttpRequest, found: Suggestion, kind: Kind) -> dict[str, Any]:
    row = found.entry.row
    is_profile = isinstance(row, Profile)
    named = ("mentor", "contact_person") if is_profile else ("organisation", "contact_organisation")
    writes = may_be_written_to(row, request.user)
    return {
        "name": str(row),
        "line": found.entry.headline if is_profile else found.entry.summary,
        "url": reverse(named[0], args=[row.slug]),
        "contact_url": reverse(named[1], args=[row.slug]) if writes else "",
        "key": _key(row),
        "because": [because(reason, kind) for reason in found.reasons],
    }


def _key(entry: kinds.Entry) -> dict[str, int]:
    return {"profile": entry.pk} if isinstance(entry, Profile) else {"organisation": entry.pk}


def _posted(request: HttpRequest) -> kinds.Entry:
    numbers = {name: _number(request, name) for name in ("profile", "organisation")}
    given = {"profile_id": numbers["profile"], "organisation_id": numbers["organisation"]}
    found = entry_of_id(**given) or suggesting.kept_entry(person=request.user, **given)
    if found is None:
        raise Http404
    return found


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Not for me; or (`undo`) let it be suggested again."""
    entry = _posted(request)
    if "undo" in request.POST:
        dismissing.undismiss(entry=entry, actor=request.user)
    else:
        dismissing.dismiss(entry=entry, actor=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is not suggested to you any more.") % {"name": entry})
    return redirect("suggestions")


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_POST
def opt_out(request: HttpRequest) -> HttpResponse:
    """Take an entry out of suggestions, or (`back`) into them again."""
    entry, out = _posted(request), "back" not in request.POST
    try:
        dismissing.set_opt_out(entry=entry, actor=request.user, out=out)
    except Refusal as refusal:
        messages.error(request, word(refusal))
        return redirect("suggestions")
    said = _("%(name)s is out of suggestions.") if out else _("%(name)s takes part in suggestions again.")
    messages.success(request, said % {"name": entry})
    return redirect("suggestions")
