"""What the relay and the suggestions keep of the one person of `planted`."""

from typing import TYPE_CHECKING

from network import outbox
from network.models import (
    ContactBlock,
    ContactMessage,
    ContactPlace,
    ContactReport,
    ContactStop,
    ContactThread,
    OutgoingMail,
    SuggestionDismissal,
)
from tests.factories import NOW, OrganisationFactory, PersonFactory

if TYPE_CHECKING:
    from tests.network.planted import Planted


def plant_contact(planted: "Planted") -> None:
    """Threads that the person began and got, a block, a report, a stop, a suggestion that is not for them."""
    person, other = planted.person, PersonFactory.create()
    begun = ContactThread.objects.create(
        writer=person, person=other, subject=planted.value("contact_subject"), started_at=NOW, last_at=NOW
    )
    got = ContactThread.objects.create(
        writer=other, person=person, subject=f"Gửi {person.email}", started_at=NOW, last_at=NOW
    )
    for thread, sender, body in (
        (begun, person, planted.value("contact_body")),
        (got, other, f"Số của anh là {person.phone} phải không?"),
    ):
        ContactMessage.objects.create(
            thread=thread, sender=sender, by_writer=True, body=body, channel="MAIL", sent_at=NOW,
            mail_print=planted.other("mail_print") if sender == person else "",
        )  # fmt: skip
    ContactPlace.objects.create(thread=begun, person=person, read_at=NOW)
    ContactBlock.objects.create(by_person=person, of_person=other, made_at=NOW)
    message = got.messages.get()
    ContactReport.objects.create(
        message=message, reporter=person, reason="SPAM", note=planted.value("contact_note"), reported_at=NOW
    )
    ContactStop.objects.create(person=person, stopped_at=NOW)
    SuggestionDismissal.objects.create(person=person, organisation=OrganisationFactory.create(), dismissed_at=NOW)
    text = f"{person.full_name}: {planted.other('contact_letter')}"
    letter = outbox.Letter(recipient="khac@example.org", subject="Bán cho nhà máy", text=text, html=f"<p>{text}</p>")
    mail = outbox.queue(letter, at=NOW)
    carried = begun.messages.get().pk
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=NOW, kind="contact.message", facts={"message": carried})
