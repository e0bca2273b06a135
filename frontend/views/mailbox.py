"""The demo's mailbox: what would have been sent. Only where DEMO is set; elsewhere there is no such page."""

from collections.abc import Callable
from email.message import EmailMessage
from functools import wraps
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontend import letters
from frontend.paging import paged
from network import outbox, queries
from network.doors import Permission, declare
from network.models import OutgoingMail

# A letter brings its own styles and must run nothing; its links open in the whole window.
LETTER_POLICY = {
    "default-src": ["'none'"],
    "img-src": ["'self'", "data:"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}


def in_demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `view` be found in the demo alone."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@declare(Permission.PUBLIC)
@in_demo_only
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """All letters, or those to one address."""
    # PostgreSQL takes no NUL in a text, and no address holds one.
    recipient = request.GET.get("to", "").replace("\0", "")
    recipients = queries.mail_recipients()
    context = {"recipient": recipient, "recipients": recipients}
    return render(
        request, "mailbox/list.html", {**paged(request, queries.mail(recipient=recipient), per_page=30), **context}
    )


@declare(Permission.PUBLIC)
@in_demo_only
@require_safe
def letter(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One letter, as its reader would open it."""
    mail, message = _opened(mail_id)
    context = {
        "mail": mail,
        "sender": str(message["From"]),
        "has_html": bool(letters.html_of(message)),
        "text": letters.text_of(message),
        "invitation": letters.invitation(message),
        "parts": letters.downloads(message),
    }
    return render(request, "mailbox/letter.html", context)


@declare(Permission.PUBLIC)
@in_demo_only
@require_safe
@csp(LETTER_POLICY)
def body(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The HTML part alone, for the frame that shows it."""
    _mail, message = _opened(mail_id)
    addresses = {cid: reverse("letter_part", args=[mail_id, index]) for cid, index in letters.cids(message).items()}
    html = letters.with_pictures_at(letters.html_of(message), addresses)
    return HttpResponse(f'<base target="_top">{html}')


@declare(Permission.PUBLIC)
@in_demo_only
@require_safe
@csp(LETTER_POLICY)
def part(request: HttpRequest, mail_id: int, index: int) -> HttpResponse:
    """One leaf of the message: a picture, the invitation, an attachment."""
    _mail, message = _opened(mail_id)
    leaves = letters.leaves(message)
    if index >= len(leaves):
        raise Http404
    found = leaves[index]
    response = HttpResponse(letters.content(found), content_type=_served_as(found))
    if found.get_content_maintype() != "image":
        response["Content-Disposition"] = f'attachment; filename="{letters.file_name(found, index)}"'
    return response


@declare(Permission.PUBLIC)
@in_demo_only
@require_safe
def source(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The message as a mail server would get it."""
    mail, _message = _opened(mail_id)
    return HttpResponse(outbox.written(mail), content_type="text/plain; charset=utf-8")


def _served_as(found: EmailMessage) -> str:
    return "text/calendar; charset=utf-8" if found.get_content_type() == "text/calendar" else found.get_content_type()


def _opened(mail_id: int) -> tuple[OutgoingMail, EmailMessage]:
    mail = get_object_or_404(queries.mail(), pk=mail_id)
    try:
        return mail, outbox.opened(mail)
    except outbox.SubjectGone as gone:
        raise Http404 from gone
