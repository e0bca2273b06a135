"""Addresses and phones that a mail program writes under an answer are struck out: nobody typed them for this reader.

Struck are those of everybody in the thread, as we know them, and the address that the answer came from, however they
are written; and aliases of the relay. What else somebody writes in a message is theirs to tell: whoever wants to give
their own address writes it on the site, where they see what they send.
"""

import re
from collections.abc import Iterable

from allauth.account.models import EmailAddress

from network.contact import parties
from network.contact.aliases import ALIAS
from network.contact.parties import Side
from network.models import ContactThread, Person

STRUCK = "[…]"
GAP = r"[\s.\-()/]{0,3}"


def masked(text: str, *, emails: Iterable[str], phones: Iterable[str]) -> str:
    """Return `text` with these addresses, these numbers (E.164) in every usual writing, and all aliases struck out."""
    patterns = [re.escape(email) for email in sorted({known.lower() for known in emails if known}, key=len)[::-1]]
    patterns += [_written(number) for number in {known for known in phones if known}]
    text = ALIAS.sub(STRUCK, text)
    return re.sub("|".join(patterns), STRUCK, text, flags=re.I) if patterns else text


def marks_of(thread: ContactThread, *, besides: str) -> tuple[set[str], set[str]]:
    """Return the addresses and the phone numbers of everybody in a thread, and the address `besides`."""
    people = {person.pk: person for side in Side for person in parties.readers(thread, side)}
    emails = {besides.lower(), *(person.email.lower() for person in people.values())}
    emails |= {email.lower() for email in EmailAddress.objects.filter(user__in=people).values_list("email", flat=True)}
    return emails - {""}, {str(person.phone) for person in people.values() if person.phone} | _shown(thread, people)


def _shown(thread: ContactThread, people: dict[int, Person]) -> set[str]:
    """Numbers in the directory, which their owner may show to some and not to others."""
    shown = {str(person.profile.contact_phone) for person in people.values() if hasattr(person, "profile")}
    if thread.organisation is not None:
        shown.add(str(thread.organisation.contact_phone))
    return shown - {"", "None"}


def _written(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    local = digits.removeprefix("84") if number.startswith("+84") else digits
    start = rf"(?:(?:\+|00)?{GAP}84{GAP}0?|0)" if number.startswith("+84") else r"\+?"
    return rf"(?<!\d)\(?{start}{GAP}{GAP.join(local)}(?!\d)"
