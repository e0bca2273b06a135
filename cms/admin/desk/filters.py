"""What the list can be narrowed to, and how an address says it: for the list, for acts on many, for messages."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import F
from django.http import Http404, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from events.attendees import Wanted
from events.models import Event, Question, QuestionVersion, Registration, TicketType
from network.models.person import Language

EVERYBODY = "everybody"
PICKED = "n"
SEARCH = "q"
Kind = Question.Kind


def several(label: Any, choices: Any) -> django_filters.MultipleChoiceFilter:
    """A filter of which several choices may be ticked."""
    return django_filters.MultipleChoiceFilter(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)


class AttendeeFilters(WagtailFilterSet):
    """The filters of the list; `wanted` says in the rules' terms what they state."""

    status = several(_("Status"), Registration.Status.choices)
    ticket_type = several(_("Ticket type"), [])
    payment = several(_("Payment"), Registration.Payment.choices)
    came = django_filters.ChoiceFilter(
        label=_("Came in"), choices=[("yes", _("Yes")), ("no", _("Not yet"))], widget=forms.RadioSelect
    )
    answer = several(_("Answers"), [])
    channel = several(_("Came by"), Registration.Channel.choices)
    language = several(_("Language"), Language.choices)
    created = django_filters.DateFromToRangeFilter(label=_("Registered between"), widget=DateRangePickerWidget)

    def __init__(
        self, data: Any = None, *, event: Event, types: Iterable[TicketType] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, Registration.objects.none(), **kwargs)
        self.filters["came"].extra["empty_label"] = _("All")
        known = TicketType.objects.filter(event=event) if types is None else types
        self.filters["ticket_type"].extra["choices"] = [(str(each.pk), each.name) for each in known]
        answers = choices_of_answers(event)
        if answers:
            self.filters["answer"].extra["choices"] = answers
        else:
            del self.filters["answer"]

    def filter_queryset(self, queryset: Any) -> Any:
        """The list asks the rules itself."""
        return queryset

    def wanted(self, *, search: str = "") -> Wanted:
        """Return whom the filters ask for. They are valid."""
        stated = self.form.cleaned_data
        created = stated.get("created")
        return Wanted(
            statuses=tuple(stated["status"]),
            ticket_types=tuple(int(number) for number in stated["ticket_type"]),
            payments=tuple(stated["payment"]),
            channels=tuple(stated["channel"]),
            languages=tuple(stated["language"]),
            answers=tuple(stated.get("answer", ())),
            came={"yes": True, "no": False}.get(stated["came"]),
            since=created.start.date() if created and created.start else None,
            until=created.stop.date() if created and created.stop else None,
            search=search,
        )


def choices_of_answers(event: Event) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of the event's questions that have some, in groups by question."""
    kinds = [Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.CONSENT]
    current = QuestionVersion.objects.filter(number=F("question__version"), question__event=event)
    rows = current.filter(question__kind__in=kinds).select_related("question")
    groups = []
    for version in rows.order_by("question__order", "question"):
        question = version.question
        given = [(choice["value"], choice_label(choice)) for choice in version.choices]
        if question.kind in (Kind.YES_NO, Kind.CONSENT):
            given = [("true", _("Yes")), ("false", _("No"))][: 2 if question.kind == Kind.YES_NO else 1]
        groups.append((version.label, [(f"{question.pk}:{value}", label) for value, label in given]))
    return groups


def choice_label(choice: dict[str, str]) -> str:
    """Return what a choice of a question says, in the active language."""
    return choice.get(get_language() or "vi") or choice.get("vi") or choice["value"]


def wanted_by(event: Event, data: QueryDict) -> Wanted:
    """Return whom an address asks for: those picked by number, or (EVERYBODY) all that the filters find.

    Raises Http404 for filters that say nothing: they must never mean everybody.
    """
    if EVERYBODY not in data:
        numbers = tuple(int(number) for number in data.getlist(PICKED) if number.isdecimal() and len(number) < 10)
        return Wanted(numbers=numbers or (0,))
    filters = AttendeeFilters(data, event=event)
    if not filters.is_valid():
        raise Http404
    return filters.wanted(search=data.get(SEARCH, ""))


def kept(data: QueryDict) -> list[tuple[str, str]]:
    """Return what an address asks for as names and values, for links and hidden inputs to carry on."""
    names = {EVERYBODY, PICKED, SEARCH, "created_from", "created_to", *AttendeeFilters.base_filters}
    return [(name, value) for name, values in data.lists() if name in names for value in values if value]
