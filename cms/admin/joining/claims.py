"""Nhận quyền: claims that wait for a decision, and the codes that are handed out."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.admin.joining.place import KeepersPage, KeepersViewSet
from network.doors import Permission, declare
from network.joining import claim_codes, claim_decisions, claims, entries
from network.models import Claim, ClaimCode
from network.refusals import NotFound, Refusal, each
from network.wording import word

DECIDED = 30


@declare(Permission.EDITOR)
class ClaimQueue(KeepersPage):
    """What waits, the oldest first; then what was decided lately."""

    template_name = "cms/admin/joining/claims.html"
    page_title = _("Claims of entries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both lists."""
        others = Claim.objects.exclude(status__in=("WAITING", "PENDING"))
        others = others.select_related("organisation", "profile__person", "person").order_by("-decided_at", "-pk")
        lists = {"waiting": claim_decisions.waiting(), "others": others[:DECIDED]}
        return {**super().get_context_data(**kwargs), **lists}


@declare(Permission.EDITOR)
class DecideClaim(KeepersPage):
    """Who claims what and why, who has it now; granting or refusing."""

    template_name = "cms/admin/joining/claim.html"
    trail = (("claims:index", _("Claims of entries")),)

    @cached_property
    def row(self) -> Claim:
        """The claim of the address."""
        rows = Claim.objects.select_related("organisation", "profile__person", "person", "decided_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Which one."""
        return str(claims.entry_of(self.row))

    def acts(self) -> dict[str, Callable[[], str]]:
        """Granting beside or instead of the owners, refusing."""
        given = {"claim_id": self.row.pk, "actor": self.request.user, "at": self.now}

        def grant(replaces: bool) -> str:
            claim_decisions.grant(replaces=replaces, **given)
            self.say(_("Granted; the letter is on its way."))
            return reverse("claims:index")

        def refuse() -> str:
            claim_decisions.refuse(words=self.request.POST.get("words", ""), **given)
            self.say(_("Refused; the letter is on its way."))
            return reverse("claims:index")

        return {"grant": lambda: grant(False), "replace": lambda: grant(True), "refuse": refuse}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who has it now."""
        entry = claims.entry_of(self.row)
        told = {"claim": self.row, "entry": entry, "owners": entries.owners(entry)}
        return {**super().get_context_data(**kwargs), **told}


@declare(Permission.EDITOR)
class HandOutCode(KeepersPage):
    """Make a code for an entry; it is shown once."""

    template_name = "cms/admin/joining/codes.html"
    page_title = _("Codes to hand out")
    trail = (("claims:index", _("Claims of entries")),)
    code = ""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Make the code, or say what is wrong. It is shown in the answer itself: no address or session keeps it."""
        slug = request.POST.get("slug", "").strip().rstrip("/").rpartition("/")[2]
        try:
            entry = entries.named(slug=slug) or entries.named(slug=slug, is_person=True)
            if entry is None:
                raise NotFound()
            note = request.POST.get("note", "")
            _row, self.code = claim_codes.hand_out(entry=entry, note=note, actor=request.user, at=self.now)
            self.entry = entry
        except Refusal as refusal:
            self.errors = [word(one) for one in each(refusal)]
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The new code, and the codes of late."""
        rows = ClaimCode.objects.select_related("organisation", "profile__person", "made_by", "used_by")
        told = {"code": self.code, "entry": getattr(self, "entry", None), "codes": rows[:DECIDED], "now": self.now}
        return {**super().get_context_data(**kwargs), **told, "lasts": claim_codes.LASTS.days}


class ClaimViewSet(KeepersViewSet):
    """Nhận quyền."""

    name = "claims"
    url_prefix = "nhan-quyen"
    icon = "key"
    menu_label = _("Claims of entries")

    def get_urlpatterns(self) -> list[Any]:
        """The queue, one claim, the codes."""
        return [
            path("", ClaimQueue.as_view(), name="index"),
            path("ma/", HandOutCode.as_view(), name="codes"),
            path("<int:pk>/", DecideClaim.as_view(), name="decide"),
        ]
