"""What the newsletter keeps of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from network.models import Mailing, MailingRecipient, Subscription
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.network.planted import Planted


def plant_newsletter(planted: Planted) -> None:
    """A row of the account, and one from before there was one, at their second address."""
    Subscription.objects.create(person=planted.person, sectors=[planted.value("field")], asked_at=NOW)
    bare = Subscription.objects.create(
        email=planted.own["second_email"], roles=[planted.value("role")], asked_at=NOW, confirmed_at=NOW
    )
    mailing = Mailing.objects.create(due_at=NOW, scheduled_at=NOW, scheduled_by=planted.person)
    MailingRecipient.objects.create(mailing=mailing, subscription=bare, roles=[planted.own["role"]])
