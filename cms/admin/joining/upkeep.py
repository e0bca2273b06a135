"""Trùng và cũ: entries that look like one another, merging them; entries that nobody has confirmed for a year."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.admin.joining.place import KeepersPage, KeepersViewSet
from network.doors import Permission, declare
from network.joining import duplicates, freshness, merging
from network.models import Organisation
from network.refusals import NotFound

MOST = 100


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@declare(Permission.EDITOR)
class Upkeep(KeepersPage):
    """Both lists, with what can be done about each."""

    template_name = "cms/admin/joining/upkeep.html"
    page_title = _("In double, and stale")
    header_icon = "copy"

    def acts(self) -> dict[str, Callable[[], str]]:
        """Confirming one that has no owner."""

        def confirm() -> str:
            row = Organisation.objects.filter(pk=_number(self.request.POST.get("organisation", ""))).first()
            if row is None:
                raise NotFound()
            freshness.confirm(entry=row, actor=self.request.user, at=self.now)
            self.say(_("“%(entry)s” is confirmed for a year.") % {"entry": row})
            return reverse("upkeep:index")

        return {"confirm": confirm}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Pairs that look alike; listed entries without an owner, the oldest first."""
        stale = freshness.unkept(at=self.now)
        told = {"pairs": duplicates.pairs(limit=MOST), "stale": stale[:MOST], "stale_count": stale.count()}
        return {**super().get_context_data(**kwargs), **told}


@declare(Permission.EDITOR)
class MergeEntries(KeepersPage):
    """Side by side: what is kept, what is absorbed, what moves; then the act."""

    template_name = "cms/admin/joining/merge.html"
    page_title = _("Merge two entries")
    header_icon = "copy"
    trail = (("upkeep:index", _("In double, and stale")),)

    @cached_property
    def both(self) -> tuple[Organisation, Organisation]:
        """The kept and the absorbed entry of the address."""
        found = Organisation.objects.in_bulk([self.kwargs["kept"], self.kwargs["absorbed"]])
        if len(found) != 2:
            raise Http404
        return found[self.kwargs["kept"]], found[self.kwargs["absorbed"]]

    def acts(self) -> dict[str, Callable[[], str]]:
        """Merging."""

        def merge() -> str:
            kept, absorbed = self.both
            told = merging.merge(kept_id=kept.pk, absorbed_id=absorbed.pk, actor=self.request.user, at=self.now)
            counts = {"moved": sum(told.moved.values()), "joined": sum(told.joined.values()), "entry": kept}
            self.say(_("Merged into “%(entry)s”: %(moved)s references moved, %(joined)s joined.") % counts)
            return reverse("upkeep:index")

        return {"merge": merge}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The preview."""
        kept, absorbed = self.both
        told = {"kept": kept, "absorbed": absorbed, "preview": merging.preview(kept=kept, absorbed=absorbed)}
        return {**super().get_context_data(**kwargs), **told}


class UpkeepViewSet(KeepersViewSet):
    """Trùng và cũ."""

    name = "upkeep"
    url_prefix = "trung-va-cu"
    icon = "copy"
    menu_label = _("In double, and stale")

    def get_urlpatterns(self) -> list[Any]:
        """The lists and the merge."""
        return [
            path("", Upkeep.as_view(), name="index"),
            path("gop/<int:kept>/<int:absorbed>/", MergeEntries.as_view(), name="merge"),
        ]
