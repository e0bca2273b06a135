"""Certificates of an event: who has one, issued to everybody who came, revoked with a reason, sent again."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, ButtonWithDropdown, HeaderButton

from cms.admin.desk.place import AtDesk
from cms.admin.jobs import address_of
from cms.admin.lists import MomentColumn
from events import certificate_jobs, certificates
from events.models import AttendeeAccess, Certificate
from network.doors import Permission, declare
from network.refusals import Refusal
from network.vietnamese import search_words
from network.wording import word


@declare(Permission.ORGANISER)
class CertificateList(AtDesk, BaseListingView):
    """Name, ticket, when issued, whether it stands."""

    model = Certificate
    page_title = _("Certificates")
    header_icon = "doc-full"
    results_template_name = "cms/admin/certificates_results.html"
    is_searchable = True
    paginate_by = 50
    default_ordering = "-issued_at"

    def get_index_url(self) -> str:
        """The address of the list."""
        return reverse("event:certificates", args=[self.event.pk])

    def get_index_results_url(self) -> str:
        """The address of its results alone."""
        return reverse("event:certificates_results", args=[self.event.pk])

    @cached_property
    def columns(self) -> list[Column]:
        """With the acts of each row."""
        return [
            NameColumn("holder_name", label=_("Name"), sort_key="holder_name"),
            Column("number", label=_("Ticket"), accessor="ticket.number"),
            MomentColumn("issued_at", label=_("Issued at"), sort_key="issued_at"),
            StatusTagColumn(
                "revoked_at",
                label=_("Status"),
                accessor=lambda row: _("Void") if row.revoked_at else _("Valid"),
                primary=lambda row: row.revoked_at is None,
            ),
            Column("revoked_reason", label=_("Why"), accessor="revoked_reason"),
        ]

    def get_base_queryset(self) -> QuerySet[Certificate]:
        """Those of the event."""
        return certificates.certificates_at(event=self.event, viewer=self.request.user)

    def search_queryset(self, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        """By the name of whoever registered, accents optional."""
        for each in search_words(self.search_query):
            queryset = queryset.filter(ticket__registration__person__search_text__contains=each)
        return queryset

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, and write down that it was shown."""
        answer = super().get(request, *args, **kwargs)
        self.note(AttendeeAccess.Act.VIEW, len(answer.context_data["object_list"]))
        return answer

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """What is done for all of them."""
        issue, print_all = (reverse(f"event:certificates_{name}", args=[self.event.pk]) for name in ("issue", "print"))
        return [
            HeaderButton(_("Issue to everybody who came"), url=issue, icon_name="plus"),
            HeaderButton(_("All in one file"), url=print_all, icon_name="download"),
        ]

    def get_trail(self) -> list[dict[str, Any]]:
        """Nothing stands between."""
        return []


class NameColumn(ButtonsColumnMixin, TitleColumn):
    """The name, and what can be done with the certificate."""

    def get_buttons(self, instance: Certificate, parent_context: Any) -> list[ButtonWithDropdown]:
        """Revoke and send again, as long as it stands; look at what anybody may see."""
        here = [instance.event_id, instance.pk]
        acts = [Button(_("See the public page"), url=f"/chung-nhan/{instance.code}/", icon_name="view", priority=1)]
        if instance.revoked_at is None:
            acts += [
                Button(_("Send again"), url=reverse("event:certificate_send", args=here), icon_name="mail", priority=2),
                Button(_("Revoke"), url=reverse("event:certificate_revoke", args=here), icon_name="cross", priority=3),
            ]
        described = {"aria-label": gettext("More options for '%(title)s'") % {"title": instance.holder_name}}
        return [ButtonWithDropdown(buttons=acts, icon_name="dots-horizontal", attrs=described)]


class CertificateAct(AtDesk, FormView):
    """Asks once, calls one rule, says what it refused."""

    template_name = "cms/admin/certificate_act.html"
    header_icon = "doc-full"
    form_class: type[forms.Form] = forms.Form
    act_label: Any
    explanation: Any
    is_serious = False

    def get_success_url(self) -> str:
        """Back to the list."""
        return reverse("event:certificates", args=[self.event.pk])

    def get_trail(self) -> list[dict[str, Any]]:
        """The list."""
        return [{"url": self.get_success_url(), "label": _("Certificates")}]

    def perform(self, stated: dict[str, Any]) -> str:
        """Call the rule; return where to go."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it, or say at its field why not."""
        try:
            return redirect(self.perform(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, word(refusal))
            return self.form_invalid(form)


@declare(Permission.ORGANISER)
class IssueCertificates(CertificateAct):
    """Cấp cho mọi người đã đến."""

    page_title = _("Issue certificates")
    act_label = _("Issue them")
    explanation = _(
        "Everybody who was let in and has no certificate yet gets one, with a letter. Revoked ones stay revoked."
    )

    def perform(self, stated: dict[str, Any]) -> str:
        """Call `certificate_jobs.ask_issue`."""
        return address_of(certificate_jobs.ask_issue(event_id=self.event.pk, actor=self.request.user, at=self.now))


@declare(Permission.ORGANISER)
class PrintCertificates(CertificateAct):
    """Tất cả trong một tệp."""

    page_title = _("Certificates in one file")
    act_label = _("Make the file")
    explanation = _("All valid certificates, a page each, by given name. That you took the names away is written down.")

    def perform(self, stated: dict[str, Any]) -> str:
        """Call `certificate_jobs.ask_print`."""
        return address_of(certificate_jobs.ask_print(event_id=self.event.pk, actor=self.request.user, at=self.now))


class OneCertificateAct(CertificateAct):
    """About one certificate of the event."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remember which."""
        self.number = kwargs["certificate"]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def certificate(self) -> Certificate:
        """The certificate of the address, at this event."""
        return get_object_or_404(Certificate, pk=self.number, event=self.event)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the certificate."""
        return {**super().get_context_data(**kwargs), "certificate": self.certificate}


@declare(Permission.ORGANISER)
class RevokeCertificate(OneCertificateAct):
    """Thu hồi."""

    page_title = _("Revoke the certificate")
    act_label = _("Yes, revoke it")
    explanation = _(
        "Whoever checks it reads that it was revoked, and when. The reason is for organisers alone. "
        "This cannot be taken back; another one can be issued."
    )
    is_serious = True
    form_class = type(
        "ReasonForm",
        (forms.Form,),
        {"reason": forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput)},
    )

    def perform(self, stated: dict[str, Any]) -> str:
        """Call `certificates.revoke`."""
        gone = certificates.revoke(
            certificate_id=self.certificate.pk, reason=stated["reason"], actor=self.request.user, at=self.now
        )
        messages.success(self.request, _("The certificate of %(name)s is revoked.") % {"name": gone.holder_name})
        return self.get_success_url()


@declare(Permission.ORGANISER)
class SendCertificate(OneCertificateAct):
    """Gửi lại."""

    page_title = _("Send the certificate again")
    act_label = _("Send it")
    explanation = _("A letter goes to whoever shows the ticket, with the way to the certificate.")

    def perform(self, stated: dict[str, Any]) -> str:
        """Call `certificates.send`."""
        sent = certificates.send(certificate_id=self.certificate.pk, actor=self.request.user, at=self.now)
        messages.success(self.request, _("The certificate of %(name)s is on its way.") % {"name": sent.holder_name})
        return self.get_success_url()


def addresses() -> list[URLPattern]:
    """The addresses of an event's certificates, below those of the event."""
    one = "<int:pk>/certificates/<int:certificate>/"
    return [
        path("<int:pk>/certificates/", CertificateList.as_view(), name="certificates"),
        path("<int:pk>/certificates/results/", CertificateList.as_view(results_only=True), name="certificates_results"),
        path("<int:pk>/certificates/issue/", IssueCertificates.as_view(), name="certificates_issue"),
        path("<int:pk>/certificates/print/", PrintCertificates.as_view(), name="certificates_print"),
        path(f"{one}revoke/", RevokeCertificate.as_view(), name="certificate_revoke"),
        path(f"{one}send/", SendCertificate.as_view(), name="certificate_send"),
    ]
