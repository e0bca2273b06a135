"""Khoá vé, mở khoá: a button at each ticket of a registration."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from cms.admin.desk.place import AtRegistration
from events import blocking
from network.doors import Permission, declare
from network.refusals import Refusal
from network.wording import word


@declare(Permission.ORGANISER)
class BlockTicket(AtRegistration, View):
    """Block one of its tickets, or unblock it."""

    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, *args: Any, ticket_id: UUID, **kwargs: Any) -> HttpResponse:
        """Call the rule and come back to the registration."""
        if not self.registration.tickets.filter(pk=ticket_id).exists():
            raise Http404
        act = blocking.block if request.POST.get("blocked") == "yes" else blocking.unblock
        try:
            ticket = act(ticket_id=ticket_id, actor=request.user, at=self.now)
        except Refusal as refusal:
            messages.error(request, word(refusal))
        else:
            said = (
                _("Nobody is let in with ticket %(number)s.") if ticket.blocked_at else _("Ticket %(number)s is good.")
            )
            messages.success(request, said % {"number": ticket.number})
        return redirect(self.own_url)
