"""Lời thư: the wording of every kind of letter, in both languages, seen as its reader will see it."""

import base64
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from events import permissions
from events.letters import samples, wording, writing
from events.letters.kinds import KINDS, LetterKind, kind_named
from network.doors import Permission, declare
from network.refusals import Several
from network.wording import word

NAMES = {"vi": _("Vietnamese"), "en": _("English")}


class LettersDoor:
    """Lets in those who plan events; the rule asks again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the kind of the address, if it names one."""
        if not permissions.may_plan_events(request.user):
            raise PermissionDenied
        if "kind" in kwargs:
            kind = kind_named(kwargs["kind"])
            if kind is None:
                raise Http404
            self.kind = kind
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views


@declare(Permission.EDITOR)
class LetterIndex(LettersDoor, WagtailAdminTemplateMixin, TemplateView):
    """Every kind of letter and when it goes out."""

    template_name = "cms/admin/letters/list.html"
    page_title = _("Words of letters")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, letters."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All kinds, and which have words of their own."""
        own = wording.reworded_kinds()
        rows = [{"kind": kind, "is_own": kind.name in own} for kind in KINDS.values()]
        return {**super().get_context_data(**kwargs), "rows": rows}


class WordsForm(forms.Form):
    """Subject and opening in both languages; empty means the house's words, which stand in grey."""

    def __init__(self, *args: Any, kind: LetterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in wording.LANGUAGES:
            house = wording.house_words(kind, language)
            self.fields[f"subject_{language}"] = forms.CharField(
                label=_("Subject"),
                required=False,
                strip=False,
                widget=forms.TextInput(attrs={"placeholder": house.subject, "lang": language}),
            )
            self.fields[f"opening_{language}"] = forms.CharField(
                label=_("Opening"),
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"placeholder": house.opening, "lang": language, "rows": 5}),
            )

    def columns(self) -> list[dict[str, Any]]:
        """The fields of each language."""
        return [
            {
                "code": language,
                "name": NAMES[language],
                "fields": [self[f"subject_{language}"], self[f"opening_{language}"]],
            }
            for language in wording.LANGUAGES
        ]


@declare(Permission.EDITOR)
class EditLetter(LettersDoor, WagtailAdminTemplateMixin, FormView):
    """The words of one kind, both languages side by side, with the letter below."""

    template_name = "cms/admin/letters/edit.html"
    header_icon = "mail"

    def get_page_title(self) -> str:
        """Which letter."""
        return str(self.kind.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, letters, the letter."""
        above = {"url": reverse("letters:index"), "label": _("Words of letters")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.kind.title}]

    def get_form(self, form_class: Any = None) -> WordsForm:
        """Of this kind."""
        return WordsForm(**self.get_form_kwargs(), kind=self.kind)

    def get_initial(self) -> dict[str, str]:
        """The words as they are kept."""
        return wording.kept(self.kind)

    def form_valid(self, form: WordsForm) -> HttpResponse:
        """Keep the words, or say at each field what is wrong with it."""
        try:
            wording.reword(kind=self.kind.name, texts=form.cleaned_data, actor=self.request.user)
        except Several as several:
            for refusal in several.refusals:
                form.add_error(refusal.field, word(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The letter “%(letter)s” has its new words.") % {"letter": self.kind.title})
        return redirect("letters:edit", self.kind.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The letter as it would read now; what may stand in braces."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        kept = wording.kept(self.kind)
        shown = form.cleaned_data if form.is_bound and not form.errors else kept
        previews = previewed(self.kind, shown)
        columns = [{**column, "letter": previews[column["code"]]} for column in form.columns()]
        return {**context, "kind": self.kind, "columns": columns, "gaps": gaps(self.kind), "is_own": any(kept.values())}


@declare(Permission.EDITOR)
class PreviewLetter(LettersDoor, View):
    """The letter with the words that are being typed; nothing is kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str) -> JsonResponse:
        """Each language's letter, or what is wrong at which of its fields."""
        letters: dict[str, dict[str, str]] = {}
        errors: dict[str, str] = {}
        for language in wording.LANGUAGES:
            typed = {field: text for field, text in request.POST.items() if field.endswith(f"_{language}")}
            try:
                letters[language] = _preview(self.kind, language, wording.checked_texts(self.kind, typed))
            except Several as several:
                errors |= {refusal.field: word(refusal) for refusal in several.refusals}
        return JsonResponse({"letters": letters, "errors": errors})


@declare(Permission.EDITOR)
class ResetLetter(LettersDoor, View):
    """Back to the house's words."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Call `wording.reset`."""
        wording.reset(kind=self.kind.name, actor=request.user)
        messages.success(
            request, _("The letter “%(letter)s” has the house's words again.") % {"letter": self.kind.title}
        )
        return redirect("letters:edit", self.kind.name)


def previewed(kind: LetterKind, texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return subject and HTML of the letter in each language, its pictures inside."""
    return {language: _preview(kind, language, texts) for language in wording.LANGUAGES}


def _preview(kind: LetterKind, language: str, texts: Mapping[str, str]) -> dict[str, str]:
    letter = writing.letter(samples.matter(kind, language=language, at=timezone.now()), texts)
    html = letter.html
    for picture in letter.pictures:
        shown = base64.b64encode(picture.png).decode()
        html = html.replace(f"cid:{picture.cid}", f"data:image/png;base64,{shown}")
    return {"subject": letter.subject, "html": html}


def gaps(kind: LetterKind) -> list[dict[str, str]]:
    """Return what may stand in braces, with what it would say."""
    with override("vi"):
        values = samples.matter(kind, language="vi", at=timezone.now()).values()
    return [{"code": f"{{{name}}}", "example": values[name]} for name in kind.placeholders]


class LetterViewSet(ViewSet):
    """Lời thư."""

    name = "letters"
    url_prefix = "loi-thu"
    icon = "mail"
    menu_label = _("Words of letters")

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, one letter, its preview and the way back."""
        return [
            path("", LetterIndex.as_view(), name="index"),
            path("<slug:kind>/", EditLetter.as_view(), name="edit"),
            path("<slug:kind>/xem-thu/", PreviewLetter.as_view(), name="preview"),
            path("<slug:kind>/loi-goc/", ResetLetter.as_view(), name="reset"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        """Shown to those who may enter."""
        item = super().get_menu_item(order)
        item.is_shown = lambda request: permissions.may_plan_events(request.user)
        return item
