"""Signed links: what lets somebody choose and leave without an account, and confirm that a mailbox is theirs.

A letter's link never expires: whoever digs out an old letter must be able to leave. It opens nothing but the choices of
one subscription. A link to confirm is good for a week.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing

from network.refusals import Refusal

OWN = "network.newsletter.own"
CONFIRM = "network.newsletter.confirm"
CONFIRMABLE = timedelta(days=7)


class LinkNotValid(Refusal):
    """The link was cut, forged, or has expired."""

    code = "NEWSLETTER_LINK_NOT_VALID"
    field = "token"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a letter's link says: whose it is, and in which mailing it stood (0: in none)."""

    subscription_id: int
    mailing_id: int = 0


def own(subscription_id: int, mailing_id: int = 0) -> str:
    """Return the token of one subscription, as it stands in a mailing's letter."""
    return signing.Signer(salt=OWN).sign_object([subscription_id, mailing_id], compress=False)


def opened(token: str) -> Opened:
    """Return what a letter's token says. Raises LinkNotValid."""
    try:
        subscription_id, mailing_id = signing.Signer(salt=OWN).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkNotValid() from error
    return Opened(subscription_id=subscription_id, mailing_id=mailing_id)


def to_confirm(subscription_id: int, rounds: int) -> str:
    """Return the token that confirms a subscription in its present round."""
    return signing.dumps([subscription_id, rounds], salt=CONFIRM)


def confirmed(token: str) -> tuple[int, int]:
    """Return the subscription and the round that a token confirms. Raises LinkNotValid."""
    try:
        subscription_id, rounds = signing.loads(token, salt=CONFIRM, max_age=CONFIRMABLE)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkNotValid() from error
    return subscription_id, rounds


def address(path: str, language: str) -> str:
    """Return the whole address of one of our pages in a language."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}{path}"


def choices_address(token: str, language: str) -> str:
    """Where a reader chooses what to read."""
    return address(f"/ban-tin/lua-chon/{token}/", language)


def leave_address(token: str, language: str) -> str:
    """Where a reader leaves: by a button, or a mail program by one POST (RFC 8058)."""
    return address(f"/ban-tin/huy/{token}/", language)


def confirm_address(token: str, language: str) -> str:
    """Where a reader confirms."""
    return address(f"/ban-tin/xac-nhan/{token}/", language)
