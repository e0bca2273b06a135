"""Reading what the outbox would send."""

import re

from network import outbox
from network.models import OutgoingMail

CODE = re.compile(r"\b[B-Z]{4}-[B-Z]{4}\b")
LINK = re.compile(r"https?://\S+")


def newest(to: str) -> str:
    """The text of the newest letter to an address."""
    mail = OutgoingMail.objects.filter(recipient=to).latest("pk")
    return str(outbox.opened(mail).get_body(("plain",)).get_content())  # type: ignore[union-attr]  # every letter has one


def code(to: str) -> str:
    """The code in the newest letter to an address."""
    found = CODE.search(newest(to))
    assert found is not None, newest(to)
    return found[0]


def path(to: str, containing: str = "") -> str:
    """The first link in the newest letter to an address, without scheme and host."""
    found = next(link for link in LINK.findall(newest(to)) if containing in link)
    return re.sub(r"^https?://[^/]+", "", found)
