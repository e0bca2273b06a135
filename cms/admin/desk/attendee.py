"""One registration: who, what, where it stands, what may be done, and what was done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from cms.admin.desk.answering import Answered, answered
from cms.admin.desk.place import AtRegistration
from events import answer_files, history, history_wording, waiting_list
from events.letters.kinds import kind_named
from events.letters.matter import PREFIX
from events.models import AttendeeAccess, Registration, Ticket
from events.queries import standing_admissions
from network import consents
from network.doors import Permission, declare
from network.models import OutgoingMail
from network.outbox import MAX_ATTEMPTS

Status, Payment = Registration.Status, Registration.Payment
MOST_LETTERS = 50
OFFERED_ACTS = {
    Status.PENDING: ("approve", "reject", "move", "cancel"),
    Status.WAITLISTED: ("prioritise", "reject", "move", "cancel"),
    Status.OFFERED: ("move", "cancel"),
    Status.CONFIRMED: ("resend", "people", "move", "cancel"),
}
"""What can be done with a registration in its state; fees have acts of their own."""


@dataclass(frozen=True, kw_only=True)
class SentLetter:
    """A letter of the registration: what it is, to whom, and where it is."""

    subject: str
    recipient: str
    at: datetime
    state: str
    tone: str


@declare(Permission.ORGANISER)
class Attendee(AtRegistration, TemplateView):
    """The registration with everything that the desk knows of it."""

    template_name = "cms/admin/desk/attendee.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, and write down that it was shown."""
        answer = super().get(request, *args, **kwargs)
        self.note(AttendeeAccess.Act.DETAIL, 1)
        return answer

    def get_page_title(self) -> str:
        """Whose it is."""
        return f"{self.number} · {self.registration.person.full_name}"

    @cached_property
    def tickets(self) -> list[Ticket]:
        """Its tickets with where they were let in."""
        rows = self.registration.tickets.select_related("holder").prefetch_related(standing_admissions())
        return list(rows.order_by("number"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything, in about a dozen statements."""
        registration = self.registration
        return {
            **super().get_context_data(**kwargs),
            "tickets": self.tickets,
            "acts": OFFERED_ACTS.get(registration.status, ()),
            "answers": list(self._answers()),
            "place": waiting_list.place(registration),
            "letters": list(_letters(registration)),
            "history": history_wording.told(history.of(registration))[::-1],
            "consents": consents.record(registration.person),
            "earlier": _earlier(registration),
        }

    def _answers(self) -> Iterator[Answered]:
        return answered(self.registration)


def _letters(registration: Registration) -> Iterator[SentLetter]:
    thread = f"registration:{registration.pk}"
    rows = OutgoingMail.objects.filter(Q(thread=thread) | Q(thread__startswith=f"{thread}:")).defer("mime")
    for mail in rows.order_by("-pk")[:MOST_LETTERS]:
        kind = kind_named(mail.kind.removeprefix(PREFIX))
        subject = mail.subject or (str(kind.title) if kind else _("Message"))
        state, tone = _state(mail)
        at = mail.sent_at or mail.queued_at
        yield SentLetter(subject=subject, recipient=mail.recipient, at=at, state=state, tone=tone)


def _state(mail: OutgoingMail) -> tuple[str, str]:
    if mail.sent_at:
        return _("sent"), "good"
    if mail.attempts >= MAX_ATTEMPTS:
        return _("not delivered"), "late"
    return (_("is tried again"), "todo") if mail.attempts else (_("on its way"), "")


def _earlier(registration: Registration) -> list[Registration]:
    """Other registrations of the same person at this event: cancelled, and come back."""
    rows = Registration.objects.filter(event=registration.event_id, person=registration.person_id)
    return list(rows.exclude(pk=registration.pk).order_by("-number"))


@declare(Permission.ORGANISER)
class AnswerFileDownload(AtRegistration, View):
    """A file that was handed in with this registration: downloaded, never shown in a page."""

    def get(self, request: HttpRequest, file_id: UUID, **kwargs: Any) -> FileResponse:
        """Send the file, if it is this registration's and the rule lets the person read it."""
        found = answer_files.readable(file_id=file_id, viewer=request.user)
        if found is None or found.answer is None or found.answer.registration_id != self.registration.pk:
            raise Http404
        try:
            opened = found.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        self.note(AttendeeAccess.Act.DETAIL, 1)
        answer = FileResponse(opened, as_attachment=True, filename=found.name, content_type=found.content_type)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return answer
