"""Registering somebody on their behalf: by phone, at the counter, from a list of guests."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from cms.admin.desk import answering, party
from cms.admin.desk.acts import form_of
from cms.admin.desk.place import AtDesk, add_refusals
from events import answers, desk
from events.models import Registration, TicketType
from network import consents
from network.doors import Permission, declare
from network.models import Consent
from network.models.person import Language
from network.refusals import Refusal

Status = Registration.Status
PAIRS = "desk-group--pairs"
OUTCOMES = {
    Status.CONFIRMED: _("%(name)s is registered; the tickets are on their way by mail."),
    Status.PENDING: _("%(name)s is registered and waits for approval."),
    Status.WAITLISTED: _("%(name)s is on the waiting list."),
}


@declare(Permission.ORGANISER)
class RegisterSomebody(AtDesk, FormView):
    """One form for the chosen ticket type: person, companions, answers, consent."""

    template_name = "cms/admin/desk/newcomer.html"
    page_title = _("Register somebody")
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The type is part of the address, so that its questions can be asked."""
        self.asked_for = request.GET.get("type", "")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def types(self) -> list[TicketType]:
        """What can be chosen."""
        return list(TicketType.objects.filter(event=self.event, is_active=True).prefetch_related("quotas"))

    @cached_property
    def ticket_type(self) -> TicketType | None:
        """The one that is chosen, by default the first; none if the event offers none at all."""
        return next((each for each in self.types if str(each.pk) == self.asked_for), next(iter(self.types), None))

    @cached_property
    def asked(self) -> list[Any]:
        """What is asked for this type."""
        return answers.form(ticket_type=self.ticket_type, for_staff=True) if self.ticket_type else []

    def get_form_class(self) -> type[forms.Form]:
        """Person, companions, answers, and what the organiser says of them."""
        most = self.ticket_type.most_per_person - 1 if self.ticket_type else 0
        text = consents.TEXTS[Consent.Purpose.REGISTRATION]
        language = get_language() or "vi"
        return form_of(
            full_name=forms.CharField(label=_("Full name"), max_length=200),
            email=forms.CharField(label=_("E-mail"), max_length=300, widget=forms.EmailInput),
            language=forms.ChoiceField(
                label=_("Language of the letters"), choices=Language.choices, initial="vi", widget=forms.RadioSelect
            ),
            **party.fields(most),
            **answering.fields(self.asked),
            waits=forms.BooleanField(label=_("If it is full: put them on the waiting list"), required=False),
            agreed=forms.BooleanField(
                label=_("The person told me that they agree: “%(title)s”") % {"title": text.title(language)},
                help_text=text.text(language),
                required=False,
            ),
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Call `desk.register_for`; say at its field what it refused, or what became of it."""
        stated = form.cleaned_data
        given, files = answering.stated(self.asked, stated)
        try:
            made = desk.register_for(
                event_id=self.event.pk,
                ticket_type_id=self.ticket_type.pk if self.ticket_type else None,
                companions=party.companions(stated),
                answers={number: value for number, value in given.items() if value is not None},
                files=files,
                actor=self.request.user,
                at=self.now,
                **{name: stated[name] for name in ("email", "full_name", "language", "waits", "agreed")},
            )
        except Refusal as refusal:
            add_refusals(form, party.at_lines(stated, refusal))
            return self.form_invalid(form)
        messages.success(self.request, OUTCOMES[made.status] % {"name": made.person.full_name})
        return redirect(reverse("event:attendee", args=[self.event.pk, made.number]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the types, and the fields in their groups."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        own = ("full_name", "email", "language")
        groups = [
            (_("Person"), [form[name] for name in own], ""),
            (_("Who else comes"), [field for field in form if field.name.startswith("companions.")], PAIRS),
            (_("Answers"), [field for field in form if field.name.startswith("answers.")], ""),
            (_("Consent"), [form["agreed"], form["waits"]], ""),
        ]
        return {**context, "types": self.types, "chosen": self.ticket_type, "groups": groups}
