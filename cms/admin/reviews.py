"""Duyệt hồ sơ: what owners want their entries to say, read and decided field by field; histories, undone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from network import permissions
from network.doors import Permission, declare
from network.entries import Entry, history, review
from network.entries.review import Verdict
from network.entries.telling import compared, seen_changes, told
from network.models import Change, Organisation, Profile
from network.refusals import EntryMoved, Refusal, each
from network.wording import word

QUEUE = "reviews:index"
ENTRIES: dict[str, type[Profile] | type[Organisation]] = {"nguoi": Profile, "to-chuc": Organisation}
SHOWN = 200


class ReviewDoor:
    """Lets in reviewers; the rules ask again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse others before anything is read."""
        if not permissions.may_review_entries(request.user):
            raise PermissionDenied
        self.find(request, **kwargs)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find what the address names. Raises Http404."""


@declare(Permission.EDITOR)
class Queue(ReviewDoor, WagtailAdminTemplateMixin, TemplateView):
    """What waits, the longest first."""

    template_name = "cms/admin/reviews/queue.html"
    page_title = _("Review of entries")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the queue."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with what it is about."""
        rows = [
            {"change": change, "fields": ", ".join(part["label"] for part in told(change)["fields"])}
            for change in history.waiting()[:SHOWN]
        ]
        return {**super().get_context_data(**kwargs), "rows": rows}


@declare(Permission.EDITOR)
class Review(ReviewDoor, WagtailAdminTemplateMixin, TemplateView):
    """One change: before and after, side by side."""

    template_name = "cms/admin/reviews/review.html"
    header_icon = "clipboard-list"

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The change of the address."""
        change = history.readable(change_id=kwargs["pk"], viewer=request.user)
        if change is None:
            raise Http404
        self.change: Change = change
        self.problems: list[str] = []
        self.went_on: frozenset[str] = frozenset()

    def get_page_title(self) -> str:
        """Whose entry."""
        return str(self.change.entry)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the queue, the change."""
        above = {"url": reverse(QUEUE), "label": _("Review of entries")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call `review.decide` or `review.ask_back`; what was typed stays where it is refused."""
        try:
            said = self._asked_back() if request.POST.get("act") == "ask_back" else self._decided()
        except Refusal as refusal:
            self.problems = [_worded(one) for one in each(refusal)]
            if isinstance(refusal, EntryMoved):
                self.went_on = frozenset(refusal.facts["fields"])
            self.change = history.readable(change_id=self.change.pk, viewer=request.user) or self.change
            return self.render_to_response(self.get_context_data(**kwargs), status=409)
        messages.success(request, said)
        return redirect(QUEUE)

    def _decided(self) -> str:
        typed, all_of_it = self.request.POST, self.request.POST.get("act") == "approve_all"
        verdicts = {
            name: Verdict(
                approves=all_of_it or typed.get(f"decision_{name}") == Change.Decision.APPROVED,
                note="" if all_of_it else typed.get(f"note_{name}", ""),
            )
            for name in self.change.values
            if all_of_it or typed.get(f"decision_{name}")
        }
        over = [name for name in self.change.values if typed.get(f"over_{name}")]
        change = review.decide(verdicts=verdicts, over=over, **self._read())
        return str(_("Decided: %(state)s. The author gets a letter.") % {"state": change.get_state_display()})

    def _asked_back(self) -> str:
        review.ask_back(**self._read())
        return str(_("Asked back. The author gets a letter with your words."))

    def _read(self) -> dict[str, Any]:
        version = self.request.POST.get("version", "")
        return {
            "change_id": self.change.pk,
            "words": self.request.POST.get("words", ""),
            "actor": self.request.user,
            "version": int(version) if version.isdigit() else 0,
            "at": timezone.now(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The fields with what was typed about each."""
        typed, entry = self.request.POST, self.change.entry
        rows = [
            {
                "field": field,
                "decision": typed.get(f"decision_{field.name}", ""),
                "note": typed.get(f"note_{field.name}", ""),
                "over": bool(typed.get(f"over_{field.name}")),
                "went_on": field.name in self.went_on,
            }
            for field in compared(entry, self.change)
        ]
        return {
            **super().get_context_data(**kwargs),
            "change": self.change,
            "rows": rows,
            "words": typed.get("words", ""),
            "problems": self.problems,
            "seen": [seen for row in self._seen_since() for seen in seen_changes(row)],
            "history_url": history_address(entry),
            "is_pending": self.change.state == Change.State.PENDING,
        }

    def _seen_since(self) -> list[Change]:
        """What the author said about who sees what while this waits; it is live already."""
        rows = history.of_entry(self.change.entry).filter(author=self.change.author, state=Change.State.APPLIED)
        return list(rows.filter(made_at__gte=self.change.made_at).exclude(visibility={}))


@declare(Permission.EDITOR)
class EntryHistory(ReviewDoor, WagtailAdminTemplateMixin, TemplateView):
    """Everything that was changed of one entry, by whom, and what became of it."""

    template_name = "cms/admin/reviews/history.html"
    header_icon = "history"

    def get_page_title(self) -> str:
        """Whose."""
        return str(_("History of %(entry)s") % {"entry": self.entry})

    def find(self, request: HttpRequest, **kwargs: Any) -> None:
        """The entry of the address."""
        if kwargs["kind"] not in ENTRIES:
            raise Http404
        self.entry: Entry = get_object_or_404(ENTRIES[kwargs["kind"]], pk=kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the queue, the history."""
        above = {"url": reverse(QUEUE), "label": _("Review of entries")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first."""
        changes = [told(change) for change in history.of_entry(self.entry)[:SHOWN]]
        return {**super().get_context_data(**kwargs), "changes": changes}


@declare(Permission.EDITOR)
class UndoChange(ReviewDoor, View):
    """Let an entry say again what it said before."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call `history.undo`."""
        change = get_object_or_404(Change, pk=pk)
        try:
            history.undo(change_id=pk, actor=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, word(refusal))
        else:
            messages.success(request, _("Undone. The entry says again what it said before."))
        return redirect(history_address(change.entry))


def _worded(refusal: Refusal) -> str:
    if (refusal.field, refusal.facts.get("reason")) == ("decisions", "required"):
        return str(_("Decide about every field first, or approve all."))
    if (refusal.field, refusal.facts.get("reason")) == ("words", "required"):
        return str(_("Say why, so that the author knows what to do."))
    return word(refusal)


def history_address(entry: Entry) -> str:
    """The page of an entry's history."""
    kind = "nguoi" if isinstance(entry, Profile) else "to-chuc"
    return reverse("reviews:history", args=[kind, entry.pk])


class QueueItem(MenuItem):
    """The place in the menu, with how many wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To reviewers."""
        return permissions.may_review_entries(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Counted anew for each page."""
        count = history.waiting().count()
        label = f"{self.label} ({count})" if count else str(self.label)
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


class ReviewViewSet(ViewSet):
    """Duyệt hồ sơ."""

    name = "reviews"
    url_prefix = "duyet-ho-so"
    icon = "clipboard-list"
    menu_label = _("Review of entries")
    add_to_admin_menu = True
    menu_order = 121

    def get_urlpatterns(self) -> list[URLPattern]:
        """The queue, a change, a history, undoing."""
        return [
            path("", Queue.as_view(), name="index"),
            path("<int:pk>/", Review.as_view(), name="review"),
            path("<int:pk>/undo/", UndoChange.as_view(), name="undo"),
            path("lich-su/<slug:kind>/<int:pk>/", EntryHistory.as_view(), name="history"),
        ]

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        """With its count."""
        item = super().get_menu_item(order)
        return QueueItem(item.label, item.url, name=item.name, icon_name=item.icon_name, order=item.order)
