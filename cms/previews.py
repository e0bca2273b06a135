"""A draft shown to whoever holds a link: signed, short-lived, and of one page as it is when the link is opened.

Nothing is kept: the token says which page and until when, and who made it. It dies with its hour, with the right of
its maker to edit the page, and with the secret key.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from wagtail.models import Page

from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted

LASTS = timedelta(hours=1)
SALT = "cms.previews"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A token, and until when it is good."""

    token: str
    expires_at: datetime


def make(*, page_id: int, actor: Person, at: datetime) -> Preview:
    """Return a token for the newest draft of a page. Raises NotFound; NotPermitted for whoever may not edit it."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise NotFound(kind="page")
    if not _may_edit(actor, page):
        raise NotPermitted()
    expires_at = at + LASTS
    facts = [page.pk, actor.pk, int(expires_at.timestamp())]
    return Preview(token=signing.dumps(facts, salt=SALT, compress=True), expires_at=expires_at)


def page_of(*, token: str, at: datetime) -> Page:
    """Return the newest draft of the page that a token is for, as its own class; it is not saved.

    Raises Invalid at `token`: `wrong` (forged, cut, or its maker may not edit the page any more), `expired`.
    """
    try:
        page_id, person_id, until = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Invalid(field="token", reason="wrong") from None
    if at.timestamp() >= until:
        raise Invalid(field="token", reason="expired")
    page = Page.objects.filter(pk=page_id).first()
    maker = Person.objects.filter(pk=person_id, is_active=True).first()
    if page is None or maker is None or not _may_edit(maker, page):
        raise Invalid(field="token", reason="wrong")
    draft: Page = page.specific.get_latest_revision_as_object()
    return draft


def _may_edit(person: Person, page: Page) -> bool:
    return bool(page.permissions_for_user(person).can_edit())
