"""Bản tin: issues are written, looked at, tested, scheduled and followed."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput

from cms.admin.lists import AddRow, DeleteRow, EditRow, MomentColumn, RowIndex, RowViewSet
from cms.models import Newsletter
from cms.newsletters import issues, letter
from events.models import Event
from network import queries
from network.doors import Permission, declare
from network.models import Subscription
from network.newsletter import audience, mailings
from network.newsletter.audience import Segment
from network.newsletter.mailings import may_send
from network.refusals import Refusal
from network.wording import word

LANGUAGES = (("vi", _("Vietnamese")), ("en", _("English")))


class SendersOnly:
    """Lets in those who may send newsletters; the rules ask again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the issue of the address, if it names one."""
        if not may_send(request.user):
            raise PermissionDenied
        if "pk" in kwargs:
            rows = Newsletter.objects.select_related("mailing__scheduled_by")
            self.issue = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views


class DraftsOnly:
    """What goes out, or went, is not written any more."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to where it can be followed."""
        issue = Newsletter.objects.filter(pk=kwargs.get("pk")).first()
        if issue is not None and not issue.is_draft and may_send(request.user):
            messages.info(request, gettext("This issue is scheduled or sent: it cannot be written any more."))
            return redirect("newsletter:issue", issue.pk)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views


@declare(Permission.EDITOR)
class NewsletterIndex(RowIndex):
    """All issues; each leads to where it is looked at and sent."""

    @cached_property
    def columns(self) -> list[Column]:
        """Subject, number, state, when it goes."""
        return [
            TitleColumn(
                "subject_vi", label=_("Subject"), get_url=lambda issue: reverse("newsletter:issue", args=[issue.pk])
            ),
            Column("number", label=_("Number")),
            Column("state", label=_("State"), accessor="state_label"),
            MomentColumn("due", label=_("Goes out"), accessor="mailing.due_at"),
            MomentColumn("changed_at", label=_("Last changed"), accessor="changed_at"),
        ]


@declare(Permission.EDITOR)
class AddNewsletter(AddRow):
    """A new issue."""

    def get_success_url(self) -> str:
        """To where it is looked at."""
        return reverse("newsletter:issue", args=[self.object.pk])


@declare(Permission.EDITOR)
class EditNewsletter(DraftsOnly, EditRow):
    """An issue that is still a draft."""

    def get_success_url(self) -> str:
        """To where it is looked at."""
        return reverse("newsletter:issue", args=[self.object.pk])


@declare(Permission.EDITOR)
class DeleteNewsletter(DraftsOnly, DeleteRow):
    """The question before a draft goes."""


class SegmentForm(forms.Form):
    """To whom; nothing chosen: to everybody who agreed."""

    languages = forms.MultipleChoiceField(
        label=_("Language"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("Role"), choices=Subscription.Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=_("Interested in"), choices=Event.Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(label=_("Fields of work"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sectors"].choices = [(sector.code, sector.name) for sector in queries.sectors()]

    def segment(self) -> Segment:
        """What was chosen."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Segment(**{name: tuple(chosen.get(name, ())) for name in self.base_fields})


class ScheduleForm(forms.Form):
    """When and how fast."""

    due_at = forms.DateTimeField(
        label=_("When"), required=False, widget=AdminDateTimeInput, help_text=_("Empty: at once")
    )
    per_minute = forms.IntegerField(
        label=_("Letters a minute"),
        initial=120,
        min_value=1,
        max_value=mailings.MOST_A_MINUTE,
        help_text=_("Mail providers take letters that come in a steady flow better than a flood."),
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)


@declare(Permission.EDITOR)
class ShowNewsletter(SendersOnly, WagtailAdminTemplateMixin, TemplateView):
    """How an issue reads on a phone and on a desk, to whom it goes, what became of it."""

    template_name = "cms/admin/newsletters/issue.html"
    header_icon = "mail"
    http_method_names = ["get", "head", "post"]

    def get_page_title(self) -> str:
        """Which issue."""
        return str(self.issue)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, issues, the issue."""
        above = {"url": reverse("newsletter:index"), "label": _("Newsletter")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.issue)}]

    @cached_property
    def segment_form(self) -> SegmentForm:
        """As it was chosen, by address or with the schedule."""
        return SegmentForm(self.request.POST if self.request.method == "POST" else self.request.GET)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Schedule it for the segment that was counted."""
        form = ScheduleForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(schedule_form=form))
        at = timezone.now()
        try:
            issues.schedule(
                newsletter_id=self.issue.pk,
                segment=self.segment_form.segment(),
                expected=form.cleaned_data["expected"],
                per_minute=form.cleaned_data["per_minute"],
                due_at=form.cleaned_data["due_at"] or at,
                actor=request.user,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in ("per_minute",) else None, word(refusal))
            return self.render_to_response(self.get_context_data(schedule_form=form))
        messages.success(request, gettext("Scheduled. You can take it back until it begins, pause and stop it after."))
        return redirect("newsletter:issue", self.issue.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The letter in a language; to whom, or what became of it."""
        language = "en" if self.request.GET.get("language") == "en" and "en" in self.issue.languages else "vi"
        mailing = self.issue.mailing
        context = {
            "issue": self.issue,
            "language": language,
            "letter": self._letter(language),
            "names": dict(LANGUAGES),
            "mailing": mailing,
        }
        if mailing is None:
            readers = audience.readers(segment=self.segment_form.segment())
            form = kwargs.pop("schedule_form", None) or ScheduleForm()
            counted = {"count": len(readers), "by_language": _by_language(readers), "segment_form": self.segment_form}
            context |= {**counted, "schedule_form": form}
        else:
            told = mailings.numbers(mailing)
            context |= {"numbers": [(group_name(each.group), each) for each in told], "segment": _told(mailing.segment)}
        return {**super().get_context_data(**kwargs), **context}

    def _letter(self, language: str) -> Any:
        mailing = self.issue.mailing
        if mailing is not None and mailing.contents:
            return letter.letter(
                mailing.contents, language=language, to="ban.doc@example.org", token="xem-thu", at=mailing.begun_at
            )
        return letter.preview(self.issue, language=language, at=timezone.now())


def _by_language(readers: list[audience.Reader]) -> list[tuple[Any, int]]:
    return [(name, sum(reader.language == code for reader in readers)) for code, name in LANGUAGES]


def group_name(group: str) -> Any:
    """Return how a group of readers is called."""
    named = {"ALL": _("All"), "NONE": _("Without a role"), **dict(LANGUAGES), **dict(Subscription.Role.choices)}
    return named.get(group, group)


def _told(segment: dict[str, list[str]]) -> str:
    """To whom, in words."""
    sectors = {sector.code: sector.name for sector in queries.sectors()}
    words = {**sectors, **dict(Event.Kind.choices), **dict(Subscription.Role.choices), **dict(LANGUAGES)}
    return ", ".join(str(words.get(value, value)) for values in segment.values() for value in values)


@declare(Permission.EDITOR)
class ActOnNewsletter(SendersOnly, View):
    """Test, take back, pause, go on, stop: one button each, one rule each."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Call the rule; a refusal is worded by the newsroom's middleware."""
        at, mailing_id = timezone.now(), self.issue.mailing_id or 0
        actor: Any = request.user
        if act == "gui-thu":
            issues.send_test(newsletter_id=self.issue.pk, actor=actor, at=at)
            messages.success(request, gettext("The test is on its way to %(email)s.") % {"email": actor.email})
        elif act == "tam-dung":
            mailings.pause(mailing_id=mailing_id, actor=actor)
        elif act == "tiep-tuc":
            mailings.go_on(mailing_id=mailing_id, actor=actor)
        elif act == "dung-han":
            mailings.stop(mailing_id=mailing_id, actor=actor, at=at)
        elif act == "bo-lich":
            mailings.unschedule(mailing_id=mailing_id, actor=actor)
            messages.success(request, gettext("Taken back: the issue is a draft again."))
        return redirect("newsletter:issue", self.issue.pk)


def _tab(language: str, heading: Any) -> ObjectList:
    names = ("subject", "preheader", "body")
    return ObjectList([FieldPanel(f"{name}_{language}") for name in names], heading=heading)


class NewsletterViewSet(RowViewSet):
    """Bản tin."""

    model = Newsletter
    name = "newsletter"
    url_prefix = "ban-tin"
    icon = "mail"
    menu_label = _("Newsletter")
    menu_order = 115
    add_to_admin_menu = True
    index_view_class = NewsletterIndex
    add_view_class = AddNewsletter
    edit_view_class = EditNewsletter
    delete_view_class = DeleteNewsletter
    edit_handler = TabbedInterface(
        [
            _tab("vi", _("Vietnamese")),
            _tab("en", _("English")),
            ObjectList([FieldPanel("is_archived")], heading=_("Archive")),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """The model's views, the issue, its acts."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", ShowNewsletter.as_view(), name="issue"),
            *(
                path(f"<int:pk>/{act}/", ActOnNewsletter.as_view(), {"act": act}, name=act.replace("-", "_"))
                for act in ("gui-thu", "tam-dung", "tiep-tuc", "dung-han", "bo-lich")
            ),
        ]
