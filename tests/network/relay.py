"""Scenes for the relay: people whose mailboxes are proven, an entry to write to, and what goes out."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress

from network import outbox
from network.contact import incoming, writing
from network.contact.aliases import place_of
from network.contact.receiving import Outcome, receive
from network.models import ContactMessage, ContactThread, Membership, Organisation, OutgoingMail, Person, Profile
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory

DOMAIN = "thu.startuphaiphong.example"
SITE = ContactMessage.Channel.SITE
LONG_AGO = NOW - timedelta(days=60)
BODY = "Chào anh, nhóm em làm cảm biến đo độ mặn cho đầm tôm và cần người chỉ cách bán cho nhà máy."


def proven(**fields: Any) -> Person:
    """Somebody who has been here for a while and whose mailbox is proven."""
    joined = fields.pop("joined", LONG_AGO)
    person = PersonFactory.create(**fields)
    Person.objects.filter(pk=person.pk).update(date_joined=joined)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return Person.objects.get(pk=person.pk)


def mentor(**fields: Any) -> Profile:
    """A mentor whose entry takes messages."""
    return ProfileFactory.create(person=proven(full_name="Vũ Thị Lan Hương", **fields), takes_messages=True)


def startup(*owners: Person, **fields: Any) -> Organisation:
    """A startup whose entry takes messages, with its owners."""
    organisation = OrganisationFactory.create(takes_messages=True, **fields)
    for person in owners:
        Membership.objects.create(person=person, organisation=organisation, role=Membership.Role.OWNER)
    return organisation


def begun(entry: Profile | Organisation, actor: Person, at: datetime = NOW, **words: Any) -> ContactThread:
    """Somebody writes to an entry on the site."""
    said = {"subject": "Bán cho nhà máy", "body": BODY} | words
    return writing.send(entry=entry, actor=actor, channel=SITE, at=at, **said)


def answered(thread: ContactThread, actor: Person, body: str = "Hẹn em thứ Sáu nhé.", at: datetime = NOW) -> Any:
    """Somebody answers on the site."""
    return writing.reply(thread_id=thread.pk, actor=actor, body=body, channel=SITE, at=at)


def letters(to: str) -> list[EmailMessage]:
    """The letters to an address, oldest first, as they go out."""
    rows = OutgoingMail.objects.filter(recipient=to).order_by("pk")
    return [outbox.opened(mail) for mail in rows]  # type: ignore[misc]  # policy.default makes them


def said(message: EmailMessage) -> str:
    """Every part and header of a message, decoded."""
    parts = [f"{name}: {value}" for name, value in message.items()]
    parts += [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(parts)


def by_mail(alias: str, sender: str, text: str, *, at: datetime = NOW, **heads: str) -> Outcome:
    """An answer arrives by mail."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Ai Đó <{sender}>", alias, "Re: Bán cho nhà máy"
    message["Message-ID"] = heads.pop("message_id", f"<{len(text)}.{at.timestamp()}@may.example>")
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return receive(incoming=incoming.read(message.as_bytes()), at=at)


def alias_of(message: EmailMessage) -> str:
    """Where a letter is answered to."""
    alias = str(message["Reply-To"])
    assert place_of(alias) is not None
    return alias
