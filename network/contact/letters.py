"""The relay's letters: a message passed on, an answer by mail that was not, a warning.

Nothing of the other side stands in them but the name and the words: the sender is our address, the answer goes to the
reader's own alias or to the thread's page.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import outbox
from network.contact import parties
from network.contact.aliases import alias, thread_reference
from network.contact.mails import MESSAGE, RETURNED, STOPPED, WARNED
from network.models import ContactMessage, ContactPlace, ContactThread, OutgoingMail
from network.outbox import Letter, SubjectGone
from network.wording import word_by_key

MARKER = "## Trả lời phía trên dòng này · Reply above this line ##"


@outbox.writer(MESSAGE)
def write_message(mail: OutgoingMail) -> Letter:
    """Write what passes a message on. Raises SubjectGone if it was erased, or its reader is out of the thread."""
    place = _place(mail)
    thread = place.thread
    message = ContactMessage.objects.select_related("sender").filter(pk=mail.facts["message"], thread=thread).first()
    side = parties.side_of(thread, place.person)
    if message is None or not message.body or side is None:
        raise SubjectGone("the message")
    answers_to = alias(place)
    with override(mail.language):
        name = sender_name(message, thread)
        is_first = not thread.messages.filter(pk__lt=message.pk).exists()
        context = {
            "subject": thread.subject,
            "language": mail.language,
            "preview": message.body[:120],
            "marker": MARKER if answers_to else "",
            "headline": _("%(name)s writes to you") % {"name": name},
            "about": _about(thread, side),
            "body": message.body,
            "act": _("Answer"),
            "address": thread_address(thread, mail.language),
            "note": _note(answers_to, is_first=is_first),
            "why": _("You receive this letter because a message for you was written at Startup Hải Phòng."),
        }
        return Letter(
            recipient=mail.recipient,
            recipient_name=place.person.full_name,
            sender_name=_("%(name)s (via Startup Hải Phòng)") % {"name": name},
            reply_to=answers_to,
            references=thread_reference(place),
            subject=thread.subject if is_first else f"Re: {thread.subject}",
            text=_text(context),
            html=render_to_string("mail/contact.html", context),
            language=mail.language,
        )


def sender_name(message: ContactMessage, thread: ContactThread) -> str:
    """Return who speaks: a name, and for whom."""
    name = message.sender.full_name or _("Somebody of the network")
    if message.by_writer or thread.organisation is None:
        return name
    return f"{name}, {thread.organisation.name}"


def thread_address(thread: ContactThread, language: str) -> str:
    """Return where the thread is read on the site."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}/nhan-tin/{thread.pk}/"


def _about(thread: ContactThread, side: parties.Side) -> str:
    facts = {"subject": thread.subject, "name": parties.entry_name(thread)}
    if side is parties.Side.ENTRY and thread.organisation is not None:
        return _("To %(name)s: “%(subject)s”") % facts
    return _("About: “%(subject)s”") % facts


def _note(answers_to: str, *, is_first: bool) -> str:
    """How to answer; with the first letter of a thread, what is passed on."""
    how = (
        _("Answer this letter, or write on the site.")
        if answers_to
        else _("Answer on the site: answers to this letter reach nobody.")
    )
    told = _("Your name and your words are passed on; your e-mail address and phone number are not.")
    stop = _("On the site you can also block the sender or report the message.")
    return f"{how} {told} {stop}" if is_first else f"{how} {told}"


def _text(context: dict[str, Any]) -> str:
    parts = [
        context["marker"], context["headline"], context["about"], context["body"],
        f"{context['act']}: {context['address']}", context["note"], f"-- \n{context['why']}",
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


@outbox.writer(RETURNED)
def write_returned(mail: OutgoingMail) -> Letter:
    """Write to who answered by mail why it was not passed on. Raises SubjectGone."""
    place = _place(mail)
    with override(mail.language):
        subject = _("Your answer was not passed on: %(subject)s") % {"subject": place.thread.subject}
        if mail.facts["said"] == "INVALID.no_attachments":
            subject = _("Passed on without the files: %(subject)s") % {"subject": place.thread.subject}
        said = word_by_key(mail.facts["said"], mail.facts["facts"])
        paragraphs = [said, _("Write on the site instead: %(address)s") % {"address": _at(place, mail.language)}]
        return _plain(mail, subject, paragraphs)


@outbox.writer(WARNED, STOPPED)
def write_settled(mail: OutgoingMail) -> Letter:
    """Write to a sender that their message was reported, and what followed. Raises SubjectGone."""
    message = ContactMessage.objects.select_related("thread").filter(pk=mail.facts["message"]).first()
    if message is None or not message.body:
        raise SubjectGone("the message")
    with override(mail.language):
        about = _("It is about your message “%(subject)s”:") % {"subject": message.thread.subject}
        quoted = f"“{message.body[:300]}{'…' if len(message.body) > 300 else ''}”"
        if mail.kind == WARNED:
            subject = _("A message of yours was reported")
            said = _("Its reader reported it, and those who keep the directory find that it went too far.")
            follows = _("Please write to others as you want to be written to. Next time we stop your messages.")
        else:
            subject = _("You can no longer write to members")
            said = _("Its reader reported it, and those who keep the directory have stopped your messages.")
            follows = _("If you think that this is a mistake, write to %(address)s.") % {
                "address": settings.CONTACT_EMAIL
            }
        return _plain(mail, subject, [said, about, quoted, follows])


def _place(mail: OutgoingMail) -> ContactPlace:
    rows = ContactPlace.objects.select_related("person", "thread__writer", "thread__person", "thread__organisation")
    place = rows.filter(pk=mail.facts["place"], person__is_active=True).first()
    if place is None:
        raise SubjectGone("the place")
    return place


def _at(place: ContactPlace, language: str) -> str:
    return thread_address(place.thread, language)


def _plain(mail: OutgoingMail, subject: str, paragraphs: list[str]) -> Letter:
    text = "\n\n".join([_("Hello,"), *paragraphs])
    html = render_to_string("mail/account.html", {"subject": subject, "text": text, "language": mail.language})
    return Letter(recipient=mail.recipient, subject=subject, text=text + "\n", html=html, language=mail.language)
