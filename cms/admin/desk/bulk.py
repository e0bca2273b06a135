"""One act on many registrations: what will happen to how many, then what came of each."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from cms.admin.desk.acts import form_of, type_field
from cms.admin.desk.filters import wanted_by
from cms.admin.desk.place import AtDesk, add_refusals
from events import attendees, bulk
from events.attendees import Wanted
from events.desk_wording import said
from events.models import AttendeeAccess, Registration
from network import jobs
from network.doors import Permission, declare
from network.models import Job
from network.refusals import Refusal
from network.reports import retold

Status, Payment = Registration.Status, Registration.Payment
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """An act on many, in words. `fits` are the states in which it can be done, `fee` whether only where one is due."""

    label: Any
    explanation: Any
    letter: Any
    fits: tuple[str, ...]
    owes: bool = False
    is_serious: bool = False


BULKS = {
    "approve": Bulk(
        label=pgettext_lazy("registration", "Approve"),
        explanation=_("Whoever waits for approval takes their places now, in the order of their numbers."),
        letter=_("Everybody approved gets a letter with their tickets."),
        fits=(Status.PENDING,),
    ),
    "reject": Bulk(
        label=_("Turn down"),
        explanation=_("Whoever waits for approval or on the waiting list gets no place."),
        letter=_("Everybody turned down gets a friendly letter."),
        fits=(Status.PENDING, Status.WAITLISTED),
        is_serious=True,
    ),
    "cancel": Bulk(
        label=_("Cancel registrations"),
        explanation=_("Their tickets die at once, and their places go to whoever waits."),
        letter=_("Everybody gets a letter that takes the entry out of their calendar."),
        fits=Registration.ACTIVE,
        is_serious=True,
    ),
    "move": Bulk(
        label=_("Move to another ticket type"),
        explanation=_("Tickets stay good. Of a higher fee the rest is due."),
        letter=_("No letters go out."),
        fits=Registration.ACTIVE,
    ),
    "receive": Bulk(
        label=_("Fee received"),
        explanation=_("Mark fees once the money is there: in cash, or on the account."),
        letter=_("Everybody gets a letter that confirms it."),
        fits=(Status.CONFIRMED,),
        owes=True,
    ),
    "resend": Bulk(
        label=_("Send tickets again"),
        explanation=_("The same tickets with the same codes, to everybody who shows one."),
        letter=_("Everybody who shows a ticket gets a letter."),
        fits=(Status.CONFIRMED,),
    ),
}


@declare(Permission.ORGANISER)
class BulkAct(AtDesk, FormView):
    """Says how many and what; does it when that is confirmed; tells what came of it."""

    template_name = "cms/admin/desk/bulk.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only what can be done to many."""
        self.name = kwargs["act"]
        if self.name not in BULKS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def bulk(self) -> Bulk:
        """The act."""
        return BULKS[self.name]

    def get_page_title(self) -> str:
        """What is done."""
        return str(self.bulk.label)

    @cached_property
    def wanted(self) -> Wanted:
        """To whom: the address says it, also when the form is sent."""
        return wanted_by(self.event, self.request.GET)

    @cached_property
    def count(self) -> int:
        """To how many."""
        return attendees.found(event_id=self.event.pk, wanted=self.wanted).count()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask; but first somebody must be chosen."""
        if not self.count:
            messages.warning(request, _("Nobody is ticked."))
            return redirect(self.list_url)
        answer = super().get(request, *args, **kwargs)
        self.note(AttendeeAccess.Act.VIEW, min(self.count, SHOWN))
        return answer

    def get_form_class(self) -> type[forms.Form]:
        """What the act needs to know, and the number that the person saw."""
        fields: dict[str, forms.Field] = {
            "expected": forms.IntegerField(widget=forms.HiddenInput, initial=self.count, min_value=1)
        }
        if self.name == "approve":
            fields["waits"] = forms.BooleanField(
                label=_("Those for whom there is no room: put them on the waiting list"), required=False, initial=True
            )
        if self.name == "move":
            fields["ticket_type_id"] = type_field(self.event.pk)
        return form_of(**fields)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it here, or have the worker do it if they are many."""
        stated = form.cleaned_data
        facts: dict[str, Any] = {"event_id": self.event.pk, "act": self.name, "expected": stated["expected"]}
        if stated.get("waits"):
            facts["act"] = "approve-or-wait"
        if "ticket_type_id" in stated:
            facts["ticket_type_id"] = stated["ticket_type_id"].pk
        if self.count > bulk.MOST_AT_ONCE:
            return self.ask_worker(facts)
        try:
            outcome = bulk.perform(wanted=self.wanted, actor=self.request.user, at=self.now, **facts)
        except Refusal as refusal:
            form.data = {**form.data.dict(), "expected": self.count}
            add_refusals(form, refusal)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, report=bulk.report(outcome)))

    def ask_worker(self, facts: dict[str, Any]) -> HttpResponse:
        """Queue it, and lead to where it can be followed."""
        job = jobs.ask(
            kind=bulk.KIND,
            actor=self.request.user,
            about=f"event:{self.event.pk}",
            given={**facts, "wanted": self.wanted.as_json()},
            language=self.request.LANGUAGE_CODE,
            at=self.now,
        )
        return redirect(reverse("event:attendees_job", args=[self.event.pk, job.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who they are, the first of them by name, and to how many of them it can be done; or what came of it."""
        context = {**super().get_context_data(**kwargs), "bulk": self.bulk}
        if report := kwargs.get("report"):
            return {**context, **outcome_of(self.event.pk, report)}
        rows = attendees.found(event_id=self.event.pk, wanted=self.wanted)
        fitting = rows.filter(status__in=self.bulk.fits)
        if self.bulk.owes:
            fitting = fitting.filter(payment=Payment.DUE)
        return {
            **context,
            "count": self.count,
            "fitting": fitting.count(),
            "first": list(rows.select_related("person").order_by("number")[:SHOWN]),
        }


@dataclass(frozen=True, kw_only=True)
class Refused:
    """To whom it was not done, and why."""

    number: int
    name: str
    reason: str


def outcome_of(event_id: int, report: dict[str, Any]) -> dict[str, Any]:
    """Return what a page says of an act's report."""
    numbers = [row["row"] for row in report.get("rows", ())]
    known = Registration.objects.filter(event=event_id, number__in=numbers).values_list("number", "person__full_name")
    names = dict(known)
    return {
        "report": report,
        "refused": [
            Refused(number=row["row"], name=names.get(row["row"], ""), reason=said(retold(row)))
            for row in report.get("rows", ())
        ],
    }


@declare(Permission.ORGANISER)
class BulkJob(AtDesk, TemplateView):
    """How far an act on very many is, and then what came of it."""

    template_name = "cms/admin/desk/bulk_job.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only for whoever may open the job, and at its own event."""
        about = f"event:{kwargs['pk']}"
        self.job = get_object_or_404(Job.objects.select_related("actor"), pk=kwargs["job"], kind=bulk.KIND, about=about)
        if not jobs.may_open(request.user, self.job):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """What is done."""
        act = str(self.job.given.get("act", "")).removesuffix("-or-wait")
        return str(BULKS[act].label) if act in BULKS else str(_("Act on many registrations"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The job, and its report once there is one."""
        context = {**super().get_context_data(**kwargs), "job": self.job}
        if self.job.status == Job.Status.DONE:
            return {**context, **outcome_of(self.event.pk, self.job.report)}
        refusals = self.job.report.get("refusals", ())
        return {**context, "reasons": [said(retold(entry)) for entry in refusals]}
