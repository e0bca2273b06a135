"""A message to a group: written in both languages, looked at as letters, sent once its size is typed in."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from django.views.generic import FormView
from wagtail.admin import messages as notices

from cms.admin.desk.filters import AttendeeFilters, wanted_by
from cms.admin.desk.place import AtDesk, add_refusals
from cms.admin.letters import NAMES
from events import messages
from events.attendees import Wanted
from events.letters import samples
from events.letters.kinds import KINDS
from events.models import AttendeeAccess, Message
from network.doors import Permission, declare
from network.refusals import Refusal

EARLIER = 5
TEXT = forms.Textarea(attrs={"rows": 9})


class MessageForm(forms.Form):
    """What is said, in both languages; the rule says what may stand there."""

    subject_vi = forms.CharField(label=_("Subject"), required=False, strip=False)
    body_vi = forms.CharField(
        label=_("Text of the letter"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 9})
    )
    subject_en = forms.CharField(label=_("Subject"), required=False, strip=False)
    body_en = forms.CharField(
        label=_("Text of the letter"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 9})
    )
    expected = forms.IntegerField(label=_("Number of recipients"), required=False, localize=True)

    def columns(self) -> list[dict[str, Any]]:
        """The fields of each language."""
        return [
            {"code": code, "name": NAMES[code], "fields": [self[f"subject_{code}"], self[f"body_{code}"]]}
            for code in messages.LANGUAGES
        ]


@declare(Permission.ORGANISER)
class WriteMessage(AtDesk, FormView):
    """Write, look at it, send it."""

    template_name = "cms/admin/desk/message.html"
    page_title = _("Write to attendees")
    header_icon = "mail"
    form_class = MessageForm

    @cached_property
    def wanted(self) -> Wanted:
        """To whom: the address says it, also when the form is sent."""
        return wanted_by(self.event, self.request.GET)

    @cached_property
    def to(self) -> list[messages.Recipient]:
        """Who that is now."""
        return messages.recipients(event_id=self.event.pk, wanted=self.wanted)

    def form_valid(self, form: MessageForm) -> HttpResponse:
        """Show how it reads; send it when that was asked for with the right number."""
        step = self.request.POST.get("step")
        if step == "edit":
            return self.render_to_response(self.get_context_data(form=form))
        texts = {name: form.cleaned_data[name] for name in messages.FIELDS}
        about: dict[str, Any] = {
            "event_id": self.event.pk,
            "texts": texts,
            "wanted": self.wanted,
            "actor": self.request.user,
            "at": self.now,
        }
        preview = None
        try:
            preview = messages.preview(**about)
            if step == "send":
                return self.sent(messages.send(expected=form.cleaned_data["expected"] or 0, **about))
        except Refusal as refusal:
            add_refusals(form, refusal)
        return self.render_to_response(self.get_context_data(form=form, preview=preview))

    def sent(self, message: Message) -> HttpResponse:
        """Say so."""
        said = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", message.recipients)
        notices.success(self.request, said % {"number": message.recipients})
        return redirect(self.list_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who gets it, by language; what may stand in braces; what was written before."""
        context = super().get_context_data(**kwargs)
        by_language = {code: sum(each.language == code for each in self.to) for code in messages.LANGUAGES}
        preview = kwargs.get("preview")
        if preview is None:
            self.note(AttendeeAccess.Act.VIEW, min(len(self.to), 1))
        letters = preview.letters if preview else {}
        return {
            **context,
            "count": len(self.to),
            "readers": [(NAMES[code], number) for code, number in by_language.items() if number],
            "preview": preview,
            "letters": [(NAMES[code], letter) for code, letter in letters.items()],
            "gaps": _gaps(self.now),
            "columns": context["form"].columns(),
            "pills": self._pills(),
            "earlier": Message.objects.filter(event=self.event).select_related("sender")[:EARLIER],
        }

    def _pills(self) -> list[str]:
        """The filters that chose the group, in words."""
        wanted, filters = self.wanted, AttendeeFilters(self.request.GET, event=self.event)
        if wanted.numbers:
            return [str(_("Ticked by hand"))]
        pills = [wanted.search] if wanted.search else []
        if filters.is_valid():
            for name in filters.form.changed_data:
                pills += _worded(filters.form[name])
        return pills


def _worded(field: forms.BoundField) -> list[str]:
    """What a filter says, with its name before it."""
    choices: dict[str, Any] = {}
    for value, label in getattr(field.field, "choices", ()):
        choices.update(label if isinstance(label, list | tuple) else {str(value): label})
    given = field.value()
    values = given if isinstance(given, list) else [given]
    said = [str(choices.get(str(value), value)) for value in values if value]
    return [f"{field.label}: {', '.join(said)}"] if said else []


def _gaps(at: Any) -> list[dict[str, str]]:
    """What may stand in braces, with what it would say."""
    with override("vi"):
        values = samples.matter(KINDS["reminder"], language="vi", at=at).values()
    return [{"code": f"{{{name}}}", "example": values[name]} for name in messages.PLACEHOLDERS]
