"""What the newsletter holds about somebody, registered as a section of their own data."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models import Mailing, MailingRecipient, Person, Subscription
from network.newsletter import subscriptions
from network.own_data import Erasure, Row, section
from network.own_sections import emails_of


def _rows_of(person: Person, emails: "set[str] | frozenset[str]") -> "list[Subscription]":
    wanted = Q(person=person)
    for email in emails:
        wanted |= Q(email__iexact=email)
    return list(Subscription.objects.filter(wanted).order_by("pk"))


def _collect(person: Person) -> Iterator[Row]:
    for row in _rows_of(person, emails_of(person)):
        yield {
            "email": row.address,
            "language": row.get_language_display(),
            "chosen": ", ".join([*row.sectors, *row.kinds, *row.roles]),
            "asked_at": row.asked_at,
            "confirmed_at": row.confirmed_at,
            "ended_at": row.ended_at,
            "ended_by": row.get_ended_by_display(),
            "issues": row.received.exclude(state=MailingRecipient.State.DROPPED).count(),
        }


def _erase(erasure: Erasure) -> None:
    """What they chose goes, and the address; that an issue went to somebody stays a number."""
    for row in _rows_of(erasure.person, erasure.emails):
        if row.ended_at is None:
            row.ended_at, row.ended_by = erasure.at, Subscription.Ended.LEFT
        subscriptions.forget(row)
        row.received.filter(state=MailingRecipient.State.WAITING).update(state=MailingRecipient.State.DROPPED)
        row.received.update(roles=[])
    Mailing.objects.filter(scheduled_by=erasure.person).update(scheduled_by=None)


section(
    "newsletter",
    rank=1,
    title=_("Newsletter"),
    columns={
        "email": _("E-mail"),
        "language": _("Language"),
        "chosen": _("What you chose"),
        "asked_at": _("Asked for"),
        "confirmed_at": _("Confirmed"),
        "ended_at": _("Ended"),
        "ended_by": _("Why it ended"),
        "issues": _("Issues sent to you"),
    },
    models=(Subscription, Mailing, MailingRecipient),
    collect=_collect,
    erase=_erase,
)
