"""Messages between members: the inbox, a thread, writing to an entry, blocking, reporting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.carrying import CarryingForm
from frontend.forms.contact import AnswerForm, MessageForm, ReportForm
from frontend.limits import limited
from network.accounts import addresses
from network.contact import blocking, parties, queries, reporting, writing
from network.contact.parties import Side
from network.doors import Permission, declare
from network.models import ContactMessage, ContactThread, Organisation, Profile
from network.refusals import Refusal, each

SITE = ContactMessage.Channel.SITE
A_PAGE = 20


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The reader's threads, what is new first to be seen."""
    page = Paginator(queries.threads(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"thread": thread, "with": _with(thread, queries.side(thread, request.user)), "for": _for(thread, request.user)}
        for thread in page
    ]
    return render(request, "contact/inbox.html", {"rows": rows, "page_obj": page})


def _with(thread: ContactThread, side: Side | None) -> str:
    return parties.entry_name(thread) if side is Side.WRITER else thread.writer.full_name


def _for(thread: ContactThread, reader: Any) -> str:
    """The organisation that the reader answers for."""
    return thread.organisation.name if thread.organisation and thread.writer_id != reader.pk else ""


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("write_message")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Begin a thread with an entry."""
    entry = queries.entry(kind=kind, slug=slug)
    if entry is None or (request.method != "POST" and not queries.may_be_written_to(entry, request.user)):
        raise Http404
    form = MessageForm(data=request.POST) if request.method == "POST" else MessageForm()
    thread = _begun(request, entry, form) if request.method == "POST" else None
    if thread is not None:
        messages.success(request, _("Your message is on its way. You get a letter when they answer."))
        return redirect("contact_thread", thread.pk)
    context = {
        "form": form,
        "name": _name_of(entry),
        "is_organisation": isinstance(entry, Organisation),
        "entry_url": _page_of(entry),
        "is_proven": addresses.is_proven(request.user),
    }
    return render(request, "contact/write.html", context, status=200 if not form.errors else 422)


def _name_of(entry: Profile | Organisation) -> str:
    return entry.name if isinstance(entry, Organisation) else entry.person.full_name


def _page_of(entry: Profile | Organisation) -> tuple[str, str]:
    return ("organisation", entry.slug) if isinstance(entry, Organisation) else ("mentor", entry.slug)


def _begun(request: HttpRequest, entry: Profile | Organisation, form: CarryingForm) -> ContactThread | None:
    try:
        return writing.send(
            entry=entry,
            actor=request.user,
            subject=form["subject"].value() or "",
            body=form["body"].value() or "",
            channel=SITE,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.refuse(each(refusal))
        return None


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("write_message")
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """A thread as its reader sees it, with a place to answer."""
    found = _own(request, thread_id)
    form = AnswerForm(data=request.POST) if request.method == "POST" else AnswerForm()
    if request.method == "POST" and _answered(request, found, form):
        messages.success(request, _("Sent."))
        return redirect("contact_thread", found.pk)
    queries.mark_read(thread=found, person=request.user, at=timezone.now())
    side = queries.side(found, request.user)
    context = {
        "thread": found,
        "form": form,
        "with": _with(found, side),
        "for": _for(found, request.user),
        "by_writer": side is Side.WRITER,
        "is_blocked": queries.is_blocked(found, request.user),
    }
    return render(request, "contact/thread.html", context)


def _own(request: HttpRequest, thread_id: int) -> ContactThread:
    found = queries.thread(thread_id=thread_id, person=request.user)
    if found is None:
        raise Http404
    return found


def _answered(request: HttpRequest, found: ContactThread, form: CarryingForm) -> bool:
    try:
        writing.reply(
            thread_id=found.pk,
            actor=request.user,
            body=form["body"].value() or "",
            channel=SITE,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.refuse(each(refusal))
        return False
    return True


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_POST
def block(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Block the other side of a thread, or (`lift`) lift the block."""
    found = _own(request, thread_id)
    if "lift" in request.POST:
        blocking.unblock(thread_id=found.pk, actor=request.user)
        messages.success(request, _("The block is lifted."))
    else:
        blocking.block(thread_id=found.pk, actor=request.user, at=timezone.now())
        messages.success(request, _("Blocked. They are not told; their messages no longer reach you."))
    return redirect("contact_thread", found.pk)


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@limited("report_message")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, thread_id: int, message_id: int) -> HttpResponse:
    """Take one message to those who keep the directory."""
    found = _own(request, thread_id)
    side = queries.side(found, request.user)
    wanted = [each for each in found.messages.all() if each.pk == message_id and each.body]
    if not wanted or wanted[0].by_writer == (side is Side.WRITER):
        raise Http404
    form = ReportForm(data=request.POST) if request.method == "POST" else ReportForm()
    if request.method == "POST" and _reported(request, message_id, form):
        messages.success(request, _("Thank you. Those who keep the directory look at it; they see this message alone."))
        return redirect("contact_thread", found.pk)
    return render(request, "contact/report.html", {"thread": found, "message": wanted[0], "form": form})


def _reported(request: HttpRequest, message_id: int, form: CarryingForm) -> bool:
    reason, note = form["reason"].value() or "", form["note"].value() or ""
    try:
        reporting.report(message_id=message_id, actor=request.user, reason=reason, note=note, at=timezone.now())
    except Refusal as refusal:
        form.refuse(each(refusal))
        return False
    return True
