"""Lời mời: codes, made one by one or by the list, handed out as links."""

import io
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views import View
from django.views.generic import TemplateView

from cms.admin.setup.place import AtSetup, SetupAct, SetupForm, SetupPage
from cms.forms import facts
from events import invitations
from events.invitations import FURTHEST, LONGEST_NOTE, MOST_AT_ONCE, MOST_USES, InvitationFacts
from events.models import Event, Invitation
from network.doors import Permission, declare
from network.tables import write_csv

RECENT = 200
"""How many the page lists; the file has them all."""

EVERY_TYPE = _("Every ticket type")
HEADS = (_("For whom"), _("Ticket type"), _("Link"), _("Used"), _("May be used"), _("State"))
STATES = {"GOOD": _("Good"), "USED_UP": _("Used up"), "EXPIRED": _("Expired"), "REVOKED": _("Revoked")}


def link(request: HttpRequest, invitation: Invitation, event: Event) -> str:
    """The address that somebody is sent: the form of the event with the code in it."""
    with override("vi"):
        path = reverse("register", args=[event.slug])
    return request.build_absolute_uri(f"{path}?ma={invitation.code}")


def state(invitation: Invitation) -> str:
    """Whether it still opens anything, and if not, why."""
    if invitation.revoked_at is not None:
        return "REVOKED"
    if invitation.expires_at is not None and invitation.expires_at <= timezone.now():
        return "EXPIRED"
    return "USED_UP" if invitation.uses >= invitation.most_uses else "GOOD"


def rows(request: HttpRequest, event: Event) -> list[dict[str, Any]]:
    """Every invitation of an event with its link and state, newest first."""
    found = event.invitations.select_related("ticket_type", "made_by")
    return [{"invitation": each, "link": link(request, each, event), "state": state(each)} for each in found]


@declare(Permission.ORGANISER)
class Invitations(SetupPage, TemplateView):
    """The list, with a link to copy at each."""

    tab_name = "setup_invitations"
    template_name = "cms/admin/setup/invitations.html"
    page_title = _("Invitations")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest, and how many there are."""
        everything = rows(self.request, self.event)
        shown = {"rows": everything[:RECENT], "total": len(everything)}
        return {**super().get_context_data(**kwargs), **shown}


class InvitationForm(forms.Form):
    """What the codes open, and whom they are for."""

    ticket_type_id = forms.TypedChoiceField(
        label=_("Opens"), required=False, coerce=int, empty_value=None, help_text=_("Also types that nobody else sees.")
    )
    notes = forms.CharField(
        label=_("For whom"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line for each invitation: a name, an office. Only organisers read it."),
    )
    how_many = forms.IntegerField(
        label=_("Or so many without a name"), required=False, min_value=1, max_value=MOST_AT_ONCE
    )
    most_uses = forms.IntegerField(
        label=_("Each may be used"),
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        help_text=_("How many registrations may come by the same link; a group counts once."),
    )
    skips_approval = forms.BooleanField(label=_("Needs no approval"), required=False, initial=True)
    priority = forms.IntegerField(
        label=_("Place in the queue"),
        initial=0,
        min_value=-FURTHEST,
        max_value=FURTHEST,
        help_text=_("If it is full: lower comes first, 0 is everybody’s place."),
    )
    expires_at = facts.moment(_("Valid until"), help_text=_("Empty: until registration closes"))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(each.pk, each.name) for each in event.ticket_types.all()]
        self.fields["ticket_type_id"].choices = [("", EVERY_TYPE), *types]  # type: ignore[attr-defined]

    def names(self) -> list[str]:
        """Whom they are for: the lines, or so many without a name."""
        lines = [line.strip() for line in self.cleaned_data["notes"].splitlines() if line.strip()]
        return lines or [""] * (self.cleaned_data["how_many"] or 1)


@declare(Permission.ORGANISER)
class MakeInvitations(SetupForm):
    """Tạo lời mời."""

    tab_name = "setup_invitations"
    form_class = InvitationForm
    template_name = "cms/admin/setup/invitation.html"
    page_title = _("New invitations")
    act_label = _("Make the invitations")
    done = _("The invitations are made. Copy the links, or take them all as a file.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the event's types."""
        return {**super().get_form_kwargs(), "event": self.event}

    def perform(self, form: forms.Form) -> None:
        """Call `invitations.make`."""
        assert isinstance(form, InvitationForm)
        stated = {name: value for name, value in form.cleaned_data.items() if name not in ("notes", "how_many")}
        invitations.make(
            event_id=self.event.pk,
            facts=InvitationFacts(**stated),
            actor=self.request.user,
            at=timezone.now(),
            notes=form.names(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the limits that the page says."""
        return {**super().get_context_data(**kwargs), "most": MOST_AT_ONCE, "longest": LONGEST_NOTE}


@declare(Permission.ORGANISER)
class RevokeInvitation(SetupAct):
    """Thu hồi lời mời."""

    tab_name = "setup_invitations"
    done = _("The invitation opens nothing any more. Who came by it stays.")

    def perform(self) -> None:
        """Call `invitations.revoke`."""
        if not Invitation.objects.filter(event=self.event, pk=self.kwargs["number"]).exists():
            raise Http404
        invitations.revoke(invitation_id=self.kwargs["number"], actor=self.request.user, at=timezone.now())


@declare(Permission.ORGANISER)
class InvitationsFile(AtSetup, View):
    """All links as CSV."""

    tab_name = "setup_invitations"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file."""
        out = io.BytesIO()
        lines = (line(row) for row in rows(request, self.event))
        write_csv(out, head=[str(head) for head in HEADS], rows=lines)
        answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
        name = f"{self.event.code.replace(' ', '-').lower()}-loi-moi.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def line(row: dict[str, Any]) -> list[Any]:
    """An invitation as a line of the file."""
    each = row["invitation"]
    kind = each.ticket_type.name if each.ticket_type else str(EVERY_TYPE)
    return [each.note, kind, row["link"], each.uses, each.most_uses, str(STATES[row["state"]])]
