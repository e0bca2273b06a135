"""Writing a letter: words, ticket codes, what to pay, and the calendar part, in the reader's language."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from events import banks, calendar, payments, tickets
from events.addresses import event_address, my_tickets_address, programme_address, ticket_address
from events.letters import wording
from events.letters.kinds import KINDS, LeadsTo
from events.letters.matter import PREFIX, Matter, matter_of, money
from network.models import OutgoingMail
from network.outbox import Letter, Picture, writer


@writer(*(f"{PREFIX}{name}" for name in KINDS))
def write(mail: OutgoingMail) -> Letter:
    """Write the letter of a draft that `events.mails` left. Raises SubjectGone."""
    return letter(matter_of(mail))


def letter(matter: Matter, own_words: Mapping[str, str] | None = None) -> Letter:
    """Return the letter about `matter`; `own_words` replace the comms team's kept ones, for a preview."""
    with override(matter.language):
        words = wording.words(matter.kind, matter.language, own_words).filled(matter.values())
        context = _context(matter, words)
        return Letter(
            recipient=matter.address,
            recipient_name=matter.reader.full_name,
            subject=words.subject,
            text=render_to_string("mail/letter.txt", context).strip() + "\n",
            html=render_to_string("mail/letter.html", context),
            language=matter.language,
            pictures=tuple(_pictures(matter)),
            calendar=_calendar_part(matter),
            calendar_method=matter.kind.calendar or "REQUEST",
        )


def _context(matter: Matter, words: wording.Words) -> dict[str, Any]:
    registration = matter.registration
    return {
        "subject": words.subject,
        "words": words,
        "language": matter.language,
        "matter": matter,
        "kind": matter.kind,
        "event": registration.event,
        "registration": registration,
        "place": calendar.place(registration.event),
        "online_url": registration.event.online_url if matter.tickets else "",
        "amount": money(registration.due),
        "bank": banks.bank_name(registration.event.bank_code),
        "transfer_message": payments.message(registration) if matter.takes_transfers else "",
        "event_address": event_address(registration.event, matter.language),
        "act_address": _act_address(matter),
        # Answers and places are the registrant's to change, whoever else gets this letter too.
        "note": matter.kind.note if matter.is_own or not matter.kind.says_fee else "",
        "why": _why(matter),
    }


def _why(matter: Matter) -> str:
    """Why somebody gets this letter, who may never have been on the site."""
    facts = {"code": matter.registration.event.code, "person": matter.values()["host"]}
    if matter.kind.name == "transferred_to":
        return _("You receive this letter because %(person)s handed you a ticket for %(code)s.") % facts
    if matter.is_own or matter.kind.name == "transferred_away":
        return _("You receive this letter because you registered for %(code)s.") % facts
    return _("You receive this letter because you were registered for %(code)s.") % facts


def _act_address(matter: Matter) -> str:
    language = matter.language
    leads_to = matter.kind.leads_to
    if leads_to == LeadsTo.PROGRAMME:
        return programme_address(language)
    if leads_to == LeadsTo.EVENT:
        return event_address(matter.registration.event, language)
    if leads_to == LeadsTo.TICKET and len(matter.tickets) == 1:
        return ticket_address(matter.tickets[0], language)
    return my_tickets_address(language)


def _pictures(matter: Matter) -> Iterator[Picture]:
    for number, ticket in enumerate(matter.tickets, start=1):
        yield Picture(cid=f"ticket-{number}", png=tickets.picture(ticket, scale=6))
    if matter.takes_transfers:
        out = io.BytesIO()
        segno.make(payments.vietqr(matter.registration), error="m").save(
            out, kind="png", scale=6, border=4, dark="#0b2b3a"
        )
        yield Picture(cid="vietqr", png=out.getvalue())


def _calendar_part(matter: Matter) -> bytes | None:
    if not matter.kind.calendar or matter.sequence is None:
        return None
    make = calendar.invitation if matter.kind.calendar == "REQUEST" else calendar.withdrawal
    return make(matter.registration, at=matter.at, to=matter.reader, address=matter.address, sequence=matter.sequence)
