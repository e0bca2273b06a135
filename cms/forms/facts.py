"""The facts of an event as form fields, shared by every form that asks for them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from events.models import Event, EventSeries, Venue
from events.planning import EventFacts
from network.models import Organisation

# Form field → field of the facts, where the names differ.
RENAMED = {"title": "title_vi", "series": "series_id", "venue": "venue_id", "organiser": "organiser_id"}
FIELD_OF_FACT = {fact: field for field, fact in RENAMED.items()}


def moment(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateTimeField:
    """A date and a time, in Hai Phong's."""
    return forms.DateTimeField(label=label, required=required, help_text=help_text, widget=AdminDateTimeInput())


def words(label: Any, *, longest: int, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A short text."""
    widget = AdminAutoHeightTextInput() if longest > 200 else None
    return forms.CharField(label=label, required=required, max_length=longest, help_text=help_text, widget=widget)


def chosen(label: Any, rows: Any, *, help_text: Any = "") -> forms.ModelChoiceField:
    """One of a few rows."""
    return forms.ModelChoiceField(rows, label=label, required=False, help_text=help_text)


def fields() -> dict[str, forms.Field]:
    """The fields, fresh for each form class, in the order of the form."""
    return {
        "summary_vi": words(_("Summary"), longest=400, help_text=_("Two sentences for lists, mails and calendars")),
        "kind": forms.ChoiceField(label=_("Kind"), choices=Event.Kind.choices),
        "series": chosen(_("Series"), EventSeries.objects.all()),
        "edition": forms.IntegerField(label=_("Edition"), required=False, min_value=1, max_value=9999),
        "code": words(_("Code"), longest=20),
        "starts_at": moment(_("Starts"), required=True),
        "ends_at": moment(_("Ends"), required=True),
        "attendance": forms.ChoiceField(label=_("Attendance"), choices=Event.Attendance.choices),
        "venue": chosen(_("Venue"), Venue.objects.all()),
        "online_url": forms.URLField(label=_("Online link"), required=False, assume_scheme="https"),
        "organiser": chosen(_("Organiser"), Organisation.objects.all()),
        "capacity": forms.IntegerField(
            label=_("Places"), required=False, min_value=0, max_value=100_000, help_text=_("Empty: without limit")
        ),
        "registration_opens_at": moment(_("Registration opens"), help_text=_("Empty: at once")),
        "registration_closes_at": moment(_("Registration closes"), help_text=_("Empty: when the event ends")),
        "shows_counter": forms.BooleanField(label=_("Show the public counter"), required=False, initial=True),
        "title_en": words(_("Title in English"), longest=160),
        "summary_en": words(_("Summary in English"), longest=400),
    }


def initial(event: Event) -> dict[str, Any]:
    """What the fields show of an event."""
    shown = {name: getattr(event, RENAMED.get(name, name)) for name in fields() if name != "capacity"}
    return {**shown, "capacity": event.seats.capacity}


def facts_of(cleaned: Mapping[str, Any]) -> EventFacts:
    """Return the facts that cleaned form data states; rows are handed on by their number."""
    stated = {RENAMED.get(name, name): cleaned[name] for name in (*fields(), "title") if name in cleaned}
    for name in RENAMED.values():
        if name.endswith("_id"):
            row = stated.get(name)
            stated[name] = row.pk if row else None
    return EventFacts(slug=cleaned.get("slug") or "", **stated)
