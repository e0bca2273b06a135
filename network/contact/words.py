"""What may be written: plain text of some length, and more of it than addresses of pages."""

import re
import unicodedata

from network.contact.aliases import ALIAS
from network.refusals import Invalid

LONGEST = 4000
LONGEST_SUBJECT = 120
LEAST = 20
"""So many characters beside links: what somebody is asked must be said."""
LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|biz|shop|xyz|top|vn|io|me)(?:/\S*)?\b", re.I
)
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""They make a text read otherwise than it stands."""
LINKS_OF_NEW = 1
LINKS = 5


def subject_cleaned(text: str) -> str:
    """Return a subject on one line. Raises Invalid at `subject`: required, too_long."""
    subject = " ".join(_composed(text).split())
    if not subject:
        raise Invalid(field="subject", reason="required")
    if len(subject) > LONGEST_SUBJECT:
        raise Invalid(field="subject", reason="too_long", limit=LONGEST_SUBJECT)
    return subject


def body_cleaned(text: str, *, is_first: bool, is_new: bool) -> str:
    """Return a message as it is kept and passed on; aliases of the relay, which are keys, are struck out.

    `is_first`: it begins a thread, and must say something. `is_new`: from an account that is only days old.
    Raises Invalid at `body`: required, too_short (`least`), too_long (`limit`), too_many_links (`most`).
    """
    body = re.sub(r"\n{4,}", "\n\n\n", _composed(text)).strip()
    if not body:
        raise Invalid(field="body", reason="required")
    if len(body) > LONGEST:
        raise Invalid(field="body", reason="too_long", limit=LONGEST)
    most = LINKS_OF_NEW if is_new else LINKS
    if len(LINK.findall(body)) > most:
        raise Invalid(field="body", reason="too_many_links", most=most)
    if is_first and len(LINK.sub("", body).strip()) < LEAST:
        raise Invalid(field="body", reason="too_short", least=LEAST)
    return ALIAS.sub("[…]", body)


def _composed(text: str) -> str:
    """The text in composed letters, with line ends of one kind and without control and direction characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    return sign in DIRECTIONS or unicodedata.category(sign) in {"Cc", "Cs"}
