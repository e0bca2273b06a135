"""One form for the fact and the story of an event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.models import WagtailAdminModelFormMetaclass

from cms.forms import facts
from events import planning
from events.models import Event, EventSeries
from network.refusals import Refusal
from network.wording import word


class EventPageFormMetaclass(WagtailAdminModelFormMetaclass):
    """Adds the fields of the facts, which are no columns of the page."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any]) -> type:
        """Declare them on the form itself; forms made from it inherit them."""
        if "declares_facts" in attributes:
            attributes = {**facts.fields(), **attributes}
        return super().__new__(cls, name, bases, attributes)


class EventPageForm(WagtailAdminPageForm, metaclass=EventPageFormMetaclass):
    """Takes the facts while the event is a draft; afterwards it knows only the story.

    The facts are checked by the rule itself (`planning.sketch`), so that its refusals stand at their fields, and are
    left with the page, which hands them on when it is saved (see `EventPage.save`).
    """

    declares_facts = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        page = kwargs.get("instance")
        self.event: Event | None = page.event if page is not None and page.event_id else None
        self.takes_facts = _takes_facts(page, self.event)
        if self.event is not None and self.takes_facts:
            kwargs["initial"] = {**facts.initial(self.event), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if self.takes_facts:
            self._suggest_codes()
        else:
            for name in facts.fields():
                self.fields.pop(name, None)
            # The address is the event's: printed, scanned and linked to.
            self.fields["slug"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Let the rule look at the facts; what it refuses is said at the field."""
        cleaned = super().clean()
        if self.takes_facts and not self._facts_in_error():
            try:
                self.instance.bring(facts=self._facts(cleaned), actor=self.for_user)
            except Refusal as refusal:
                self._say(refusal)
        return cleaned

    def _facts_in_error(self) -> bool:
        return any(name in self.errors for name in (*facts.fields(), "title"))

    def _facts(self, cleaned: dict[str, Any]) -> planning.EventFacts:
        """What the fields state, with what may be left to us: the edition and the code.

        A draft that is saved again keeps those it was given, for the open form in the browser still shows them empty.
        """
        stated = facts.facts_of(cleaned)
        kept = self.event if self.event is not None and self.event.series_id == stated.series_id else None
        if stated.series_id and not stated.edition:
            series = EventSeries.objects.get(pk=stated.series_id)
            stated = replace(stated, edition=(kept.edition if kept else None) or planning.next_edition(series))
        return replace(stated, code=stated.code or (kept.code if kept else ""))

    def _say(self, refusal: Refusal) -> None:
        field = facts.FIELD_OF_FACT.get(refusal.field, refusal.field)
        self.add_error(field if field in self.fields else None, forms.ValidationError(word(refusal)))

    def _suggest_codes(self) -> None:
        codes = [planning.suggested_code(series) for series in EventSeries.objects.all()]
        hint = _("Leave empty for the next of the series.")
        self.fields["code"].help_text = f"{hint} {', '.join(codes)}" if codes else ""


def _takes_facts(page: Any, event: Event | None) -> bool:
    """A new page, and the Vietnamese page of a draft; a translation only tells the same event again."""
    if event is None:
        return True
    return event.status == Event.Status.DRAFT and not page.live and page.locale.language_code == "vi"
