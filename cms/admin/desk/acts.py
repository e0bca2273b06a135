"""What is done with one registration: a form with the fields of one rule, and that rule."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from cms.admin.desk import answering, party
from cms.admin.desk.place import AtRegistration, add_refusals
from events import answer_files, answers, approval, desk, groups, payments, registration
from events.models import TicketType
from network.doors import Permission, declare
from network.refusals import Refusal

MOST_PRIORITY = 100


class AttendeeAct(AtRegistration, FormView):
    """A form with the fields of one rule. A subclass names the rule in `perform`."""

    template_name = "cms/admin/desk/act.html"
    form_class = forms.Form
    label: ClassVar[Any]
    explanation: ClassVar[Any] = ""
    letter: ClassVar[Any] = ""
    done: ClassVar[Any]
    is_serious = False

    def perform(self, stated: dict[str, Any]) -> object:
        """Call the rule with what the form states."""
        raise NotImplementedError

    def by(self, rule: Callable[..., object], **stated: Any) -> object:
        """Call a rule about this registration in the name of whoever is logged in, now."""
        return rule(registration_id=self.registration.pk, actor=self.request.user, at=self.now, **stated)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Say at its field what the rule refused, or that it is done."""
        try:
            self.perform(form.cleaned_data)
        except Refusal as refusal:
            self.add_refusals(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.done % {"name": self.registration.person.full_name})
        return redirect(self.own_url)

    def add_refusals(self, form: forms.Form, refusal: Refusal) -> None:
        """Say each at its field."""
        add_refusals(form, refusal)

    def get_page_title(self) -> str:
        """What is done."""
        return str(self.label)

    def get_trail(self) -> list[dict[str, Any]]:
        """The list and the registration."""
        name = f"{self.number} · {self.registration.person.full_name}"
        return [*super().get_trail(), {"url": self.own_url, "label": name}]


def form_of(**fields: forms.Field) -> type[forms.Form]:
    """A form made of these fields."""
    return type("ActForm", (forms.Form,), fields)


@declare(Permission.ORGANISER)
class Approve(AttendeeAct):
    """Duyệt."""

    label = pgettext_lazy("registration", "Approve")
    explanation = _("It takes its places now and gets its tickets.")
    letter = _("A letter goes out with the tickets and the entry for the calendar.")
    done = _("%(name)s is approved.")
    form_class = form_of(
        waits=forms.BooleanField(label=_("If it is full: put it on the waiting list"), required=False, initial=True)
    )

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `approval.approve`."""
        return self.by(approval.approve, waits=stated["waits"])


@declare(Permission.ORGANISER)
class Reject(AttendeeAct):
    """Từ chối."""

    label = _("Turn down")
    explanation = _("It gets no place. The person may register again.")
    letter = _("A friendly letter tells the person.")
    done = _("%(name)s is turned down.")
    is_serious = True

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `approval.reject`."""
        return self.by(approval.reject)


@declare(Permission.ORGANISER)
class Cancel(AttendeeAct):
    """Huỷ đăng ký."""

    label = _("Cancel the registration")
    explanation = _("Its tickets die at once, and its places go to whoever waits.")
    letter = _("A letter tells the person and takes the entry out of their calendar.")
    done = _("The registration of %(name)s is cancelled.")
    is_serious = True

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `registration.cancel`."""
        return self.by(registration.cancel)


@declare(Permission.ORGANISER)
class Move(AttendeeAct):
    """Chuyển loại vé."""

    label = _("Move to another ticket type")
    explanation = _("Tickets stay good. Of a higher fee the rest is due.")
    done = _("%(name)s is moved.")

    def get_form_class(self) -> type[forms.Form]:
        """The types of the event."""
        return form_of(ticket_type_id=type_field(self.event.pk, without=self.registration.ticket_type_id))

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `desk.move`."""
        return self.by(desk.move, ticket_type_id=stated["ticket_type_id"].pk)


def type_field(event_id: int, *, without: int = 0) -> forms.ModelChoiceField:
    """The ticket types of an event to choose from."""
    types = TicketType.objects.filter(event=event_id).exclude(pk=without)
    return forms.ModelChoiceField(types, label=_("Ticket type"), widget=forms.RadioSelect, empty_label=None)


@declare(Permission.ORGANISER)
class Prioritise(AttendeeAct):
    """Đổi chỗ trong hàng chờ."""

    label = _("Priority in the queue")
    explanation = _("Lower comes first; 0 is usual. Those with the same priority come in the order of joining.")
    done = _("%(name)s has another priority.")

    def get_form_class(self) -> type[forms.Form]:
        """One number."""
        return form_of(
            priority=forms.IntegerField(
                label=_("Priority"),
                min_value=-MOST_PRIORITY,
                max_value=MOST_PRIORITY,
                initial=self.registration.priority,
            )
        )

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `desk.prioritise`."""
        return self.by(desk.prioritise, priority=stated["priority"])


@declare(Permission.ORGANISER)
class ReceiveFee(AttendeeAct):
    """Đã thu phí."""

    label = _("Fee received")
    explanation = _("Mark it once the money is there: in cash, or on the account.")
    letter = _("A letter confirms it.")
    done = _("The fee of %(name)s is marked as received.")

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `payments.receive`."""
        return self.by(payments.receive)


@declare(Permission.ORGANISER)
class TakeFeeBack(AttendeeAct):
    """Bỏ ghi nhận đã thu."""

    label = _("Take the mark back")
    explanation = _("If it was a mistake: the fee is due again. No letter goes out.")
    done = _("The fee of %(name)s is due again.")

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `payments.take_back`."""
        return self.by(payments.take_back)


@declare(Permission.ORGANISER)
class Resend(AttendeeAct):
    """Gửi lại vé."""

    label = _("Send tickets again")
    explanation = _("The same tickets with the same codes, to everybody who shows one.")
    done = _("The tickets of %(name)s are on their way.")

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `desk.resend`."""
        return self.by(desk.resend)


@declare(Permission.ORGANISER)
class AddPeople(AttendeeAct):
    """Thêm người."""

    label = _("Add people")
    explanation = _("Each gets a ticket. Whoever has an e-mail address gets it themselves.")
    done = _("The group of %(name)s has grown.")

    def get_form_class(self) -> type[forms.Form]:
        """A line for each who may still come along."""
        held = self.registration
        return form_of(**party.fields(held.ticket_type.most_per_person - held.quantity))

    def perform(self, stated: dict[str, Any]) -> object:
        """Call `groups.add`."""
        return self.by(groups.add, companions=party.companions(stated))

    def add_refusals(self, form: forms.Form, refusal: Refusal) -> None:
        """At the line that it is about, though empty lines were left out."""
        add_refusals(form, party.at_lines(form.cleaned_data, refusal))


@declare(Permission.ORGANISER)
class ChangeAnswers(AttendeeAct):
    """Sửa câu trả lời."""

    label = _("Change answers")
    explanation = _("The organisers' own questions are among them. Each change is written into the history.")
    done = _("The answers of %(name)s are changed.")

    def get_form_class(self) -> type[forms.Form]:
        """The questions that are asked of this ticket type."""
        self.asked = answers.form(ticket_type=self.registration.ticket_type, for_staff=True)
        return form_of(**answering.fields(self.asked))

    def get_initial(self) -> dict[str, Any]:
        """As they were answered."""
        asked = answers.form(ticket_type=self.registration.ticket_type, for_staff=True)
        return answering.as_initial(asked, answers.given(self.registration))

    def perform(self, stated: dict[str, Any]) -> object:
        """Keep new files in the person's name, then call `answers.change`."""
        given, files = answering.stated(self.asked, stated)
        for number, file in files.items():
            field, person = f"answers.{number}", self.registration.person
            given[number] = str(answer_files.upload(person=person, given=file, at=self.now, field=field).pk)
        return self.by(answers.change, answers=given)


ACTS: dict[str, type[AttendeeAct]] = {
    "approve": Approve,
    "reject": Reject,
    "cancel": Cancel,
    "move": Move,
    "prioritise": Prioritise,
    "receive": ReceiveFee,
    "take-back": TakeFeeBack,
    "resend": Resend,
    "people": AddPeople,
    "answers": ChangeAnswers,
}
