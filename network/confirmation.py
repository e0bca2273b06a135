"""It is really you: asked again before something that cannot be taken back, by password or by a code from a letter.

Whoever has no password gets the code; whoever has one may take either. Attempts are limited at the door
(`network.limits`, "confirm"), and a code dies after a few wrong ones.
"""

import secrets
from datetime import datetime, timedelta
from typing import TypedDict

from django.contrib.auth.hashers import check_password
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import outbox
from network.models import Person
from network.refusals import Invalid

DIGITS = 8
LASTS = timedelta(minutes=10)
MOST_TRIES = 5


class Pending(TypedDict):
    """A code that was sent, as the reader's session keeps it: nobody can read the code from it."""

    print: str
    until: str
    tries: int


def send(*, person: Person, language: str, at: datetime) -> Pending:
    """Send a code to the person's address; return what the session is to keep."""
    code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    with override(language):
        subject = _("Your code: %(code)s") % {"code": code}
        text = "\n\n".join(
            [
                _("Hello,"),
                _("Type this code to confirm that your data are to be erased: %(code)s") % {"code": code},
                _("It is good for ten minutes. If you did not ask for it, log out on every device in your account."),
            ]
        )
        html = render_to_string("mail/account.html", {"subject": subject, "text": text, "language": language})
    outbox.queue(outbox.Letter(recipient=person.email, subject=subject, text=text, html=html, language=language), at=at)
    return Pending(print=_print(person, code), until=(at + LASTS).isoformat(), tries=0)


def refuse_unconfirmed(
    *, person: Person, password: str = "", code: str = "", pending: Pending | None = None, at: datetime
) -> None:
    """Raise Invalid unless the password, or the code that is `pending`, is right: at `password` or `code`.

    Its reason is `required` where nothing was typed, `wrong`, or `expired` where no code is pending any more. Counts
    the wrong tries in `pending`.
    """
    if password and person.has_usable_password():
        if not check_password(password, person.password):
            raise Invalid(field="password", reason="wrong")
        return
    typed = "".join(code.split())
    if not typed:
        raise Invalid(field="password" if person.has_usable_password() else "code", reason="required")
    if pending is None or at >= datetime.fromisoformat(pending["until"]) or pending["tries"] >= MOST_TRIES:
        raise Invalid(field="code", reason="expired")
    if not constant_time_compare(_print(person, typed), pending["print"]):
        pending["tries"] += 1
        raise Invalid(field="code", reason="wrong")


def _print(person: Person, code: str) -> str:
    return salted_hmac("network.confirmation", f"{person.pk}:{code}", algorithm="sha256").hexdigest()
