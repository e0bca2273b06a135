"""Soát vé: the check-in lists of an event, its gates, and the phones that stand there."""

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.admin.setup.place import SetupAct, SetupForm, SetupPage, moved
from cms.forms import facts
from events import checkin_lists, gates, setup_overview
from events.checkin_lists import ListFacts, facts_of
from events.models import CheckInList, Event, Gate
from network.doors import Permission, declare


@declare(Permission.ORGANISER)
class Doors(SetupPage, TemplateView):
    """The three lists, one under the other: what is checked, where, and by which phones."""

    tab_name = "setup_doors"
    template_name = "cms/admin/setup/doors.html"
    page_title = _("Check-in")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with what came of it."""
        phones = setup_overview.phones(event=self.event, at=timezone.now())
        shown = {
            "lists": list(setup_overview.checkin_lists(event=self.event)),
            "gates": setup_overview.gates(event=self.event),
            "phones": [row for row in phones if row.state != "REVOKED"],
            "revoked": [row for row in phones if row.state == "REVOKED"],
        }
        return {**super().get_context_data(**kwargs), **shown}


def several(label: Any, help_text: Any) -> forms.TypedMultipleChoiceField:
    """Any number of rows of the event, ticked."""
    return forms.TypedMultipleChoiceField(
        label=label, required=False, coerce=int, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def one(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """One row of the event, or none."""
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, help_text=help_text)


class ListForm(forms.Form):
    """Every rule of a check-in list."""

    name_vi = facts.words(_("Name in Vietnamese"), longest=80, required=True, help_text=_("Door staff choose by it."))
    name_en = facts.words(_("Name in English"), longest=80, help_text=_("Empty: the Vietnamese name"))
    scope = forms.ChoiceField(label=_("Lets into"), choices=CheckInList.Scope.choices)
    session_id = one(_("Session of the programme"), _("Of a list for one session."))
    ticket_type_ids = several(_("Ticket types"), _("Others are turned away: “not on this list”. None ticked: all."))
    includes_pending = forms.BooleanField(
        label=_("Also who waits for approval or has not paid"),
        required=False,
        help_text=_("Without it, the door says what is missing, and the fee can be taken there."),
    )
    needs_id = one(
        _("Only who entered"), _("The door turns away who was not let in by that list before, as at a cloakroom.")
    )
    allows_reentry = forms.BooleanField(
        label=_("Who went out may come in again"),
        required=False,
        initial=True,
        help_text=_("Door staff scan people out, too. Without it, a ticket is good once."),
    )
    allows_multiple = forms.BooleanField(
        label=_("Any number of times, without going out"),
        required=False,
        help_text=_("For a stand or a snack where each visit is counted. It stops nobody who passes a ticket back."),
    )
    once_a_day = forms.BooleanField(
        label=_("Once a day"), required=False, help_text=_("For an event of several days: one entry on each.")
    )
    opens_at = facts.moment(_("From"), help_text=_("Empty: at any time"))
    closes_at = facts.moment(_("Until"), help_text=_("Who comes outside of these times is turned away."))
    auto_exit_at = facts.moment(
        _("Everybody has left by"), help_text=_("Whoever is still inside then is counted out, without a scan.")
    )
    gate_ids = several(_("Gates"), _("Where it is checked: phones there offer it. None ticked: everywhere."))
    leaves_ids = several(_("Who enters here has left"), _("Entering the hall, one leaves the exhibition."))

    def __init__(self, *args: Any, event: Event, checkin_list: CheckInList | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(row.pk, row.name) for row in event.checkin_lists.all() if row != checkin_list]
        sessions = [(row.pk, f"{timezone.localtime(row.starts_at):%H:%M} {row.title}") for row in event.sessions.all()]
        self._offer("session_id", [("", _("None")), *sessions])
        self._offer("needs_id", [("", _("Nobody is asked")), *others])
        self._offer("leaves_ids", others)
        self._offer("gate_ids", [(row.pk, row.name) for row in event.gates.all()])
        self._offer("ticket_type_ids", [(row.pk, row.name) for row in event.ticket_types.all()])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


@declare(Permission.ORGANISER)
class WriteList(SetupForm):
    """Thêm, sửa danh sách soát vé."""

    tab_name = "setup_doors"
    form_class = ListForm
    template_name = "cms/admin/setup/checkin_list.html"
    done = _("The check-in list is saved. Phones have it within seconds.")

    @cached_property
    def checkin_list(self) -> CheckInList | None:
        """The one in the address, of this event; None for a new one."""
        if "number" not in self.kwargs:
            return None
        return get_object_or_404(CheckInList, event=self.event, pk=self.kwargs["number"])

    def get_page_title(self) -> Any:
        """New or known."""
        return _("Change the check-in list") if self.checkin_list else _("New check-in list")

    def get_form_kwargs(self) -> dict[str, Any]:
        """With what the event has to choose from."""
        return {**super().get_form_kwargs(), "event": self.event, "checkin_list": self.checkin_list}

    def get_initial(self) -> dict[str, Any]:
        """As it is now; a new one is for a zone, since the event has its own."""
        return {**facts_of(self.checkin_list).__dict__} if self.checkin_list else {"scope": CheckInList.Scope.ZONE}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether it can go."""
        known = self.checkin_list
        can_go = known is not None and not known.is_main and not checkin_lists.is_in_use(known)
        return {**super().get_context_data(**kwargs), "checkin_list": known, "can_go": can_go}

    def perform(self, form: forms.Form) -> None:
        """Call `checkin_lists.add` or `change`."""
        stated = ListFacts(**form.cleaned_data)
        if self.checkin_list is None:
            checkin_lists.add(event_id=self.event.pk, facts=stated, actor=self.request.user)
        else:
            checkin_lists.change(list_id=self.checkin_list.pk, facts=stated, actor=self.request.user)


class ListAct(SetupAct):
    """A button at a list of this event."""

    tab_name = "setup_doors"

    @cached_property
    def checkin_list(self) -> CheckInList:
        """The one in the address."""
        return get_object_or_404(CheckInList, event=self.event, pk=self.kwargs["number"])

    def anchor(self) -> str:
        """At the list."""
        return f"#list-{self.kwargs['number']}"


@declare(Permission.ORGANISER)
class RemoveList(ListAct):
    """Xoá danh sách."""

    done = _("The check-in list is gone.")

    def perform(self) -> None:
        """Call `checkin_lists.remove`."""
        checkin_lists.remove(list_id=self.checkin_list.pk, actor=self.request.user)


@declare(Permission.ORGANISER)
class MoveList(ListAct):
    """Lên, xuống."""

    def perform(self) -> None:
        """Call `checkin_lists.reorder`."""
        keys = [row.pk for row in self.event.checkin_lists.all()]
        order = moved(keys, self.checkin_list.pk, self.kwargs["way"])
        checkin_lists.reorder(event_id=self.event.pk, list_ids=order, actor=self.request.user)


class GateForm(forms.Form):
    """A gate's name."""

    name = facts.words(
        _("Name"), longest=gates.LONGEST_NAME, required=True, help_text=_("As it is signposted: “A”, “Cửa Đông”")
    )


@declare(Permission.ORGANISER)
class WriteGate(SetupForm):
    """Thêm, đổi tên cửa."""

    tab_name = "setup_doors"
    form_class = GateForm
    template_name = "cms/admin/setup/gate.html"
    done = _("The gate is saved.")

    @cached_property
    def gate(self) -> Gate | None:
        """The one in the address, of this event; None for a new one."""
        if "number" not in self.kwargs:
            return None
        return get_object_or_404(Gate, event=self.event, pk=self.kwargs["number"])

    def get_page_title(self) -> Any:
        """New or known."""
        return _("Rename the gate") if self.gate else _("New gate")

    def get_initial(self) -> dict[str, Any]:
        """As it is now."""
        return {"name": self.gate.name} if self.gate else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether it can go."""
        can_go = self.gate is not None and not gates.is_in_use(self.gate)
        return {**super().get_context_data(**kwargs), "gate": self.gate, "can_go": can_go}

    def perform(self, form: forms.Form) -> None:
        """Call `gates.add` or `rename`."""
        name = form.cleaned_data["name"]
        if self.gate is None:
            gates.add(event_id=self.event.pk, name=name, actor=self.request.user)
        else:
            gates.rename(gate_id=self.gate.pk, name=name, actor=self.request.user)


@declare(Permission.ORGANISER)
class RemoveGate(SetupAct):
    """Xoá cửa."""

    tab_name = "setup_doors"
    done = _("The gate is gone.")

    def perform(self) -> None:
        """Call `gates.remove`."""
        if not Gate.objects.filter(event=self.event, pk=self.kwargs["number"]).exists():
            raise Http404
        gates.remove(gate_id=self.kwargs["number"], actor=self.request.user)
