"""The letter that brings a certificate: one to each reader, with the addresses of the certificates that are theirs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.addresses import certificate_address, ticket_address
from events.models import Certificate, Ticket
from network import outbox
from network.models import OutgoingMail, Person

KIND = "certificates.issued"


def post(certificates: Iterable[Certificate], *, at: datetime) -> None:
    """Leave a draft for each person who shows one of these tickets. Called inside the transaction of the rule."""
    readers: defaultdict[Person, list[Certificate]] = defaultdict(list)
    languages: dict[Person, str] = {}
    for certificate in certificates:
        reader = reader_of(certificate.ticket)
        readers[reader].append(certificate)
        is_own = certificate.ticket.registration.person_id == reader.pk
        languages[reader] = certificate.ticket.registration.language if is_own else reader.preferred_language
    outbox.post(
        (
            outbox.Draft(
                kind=KIND,
                facts={"reader": reader.pk, "certificates": [certificate.pk for certificate in theirs]},
                recipient=reader.email,
                language=languages[reader],
            )
            for reader, theirs in readers.items()
        ),
        at=at,
    )


def reader_of(ticket: Ticket) -> Person:
    """Whoever shows the ticket: its holder, or who registered."""
    return ticket.holder or ticket.registration.person


@outbox.writer(KIND)
def write(mail: OutgoingMail) -> outbox.Letter:
    """Write the letter. Raises SubjectGone when none of the certificates stands any more."""
    reader = Person.objects.filter(pk=mail.facts["reader"], is_active=True).first()
    rows = Certificate.objects.filter(pk__in=mail.facts["certificates"], revoked_at=None)
    certificates = list(rows.select_related("event", "ticket").order_by("ticket__number"))
    if reader is None or not certificates:
        raise outbox.SubjectGone(mail.kind)
    event = certificates[0].event
    with override(mail.language):
        shown = [
            {
                "name": certificate.holder_name,
                "address": certificate_address(certificate.code, mail.language),
                "ticket_address": ticket_address(certificate.ticket, mail.language),
            }
            for certificate in certificates
        ]
        subject = _("Your certificate: %(event)s") % {"event": event.title}
        context = {
            "subject": subject,
            "language": mail.language,
            "reader": reader,
            "event": event,
            "certificates": shown,
            "act_address": shown[0]["ticket_address"],
        }
        return outbox.Letter(
            recipient=mail.recipient,
            recipient_name=reader.full_name,
            subject=subject,
            text=render_to_string("mail/certificate.txt", context).strip() + "\n",
            html=render_to_string("mail/certificate.html", context),
            language=mail.language,
        )
