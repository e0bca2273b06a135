"""An issue's way: scheduled once it is written, begun when it is due, in the archive once it went out."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from cms.models import Newsletter
from cms.newsletters import letter, parts
from network.models import Mailing, Person
from network.newsletter import mailings
from network.newsletter.audience import Segment
from network.newsletter.mailings import MailingNotInState
from network.refusals import NotFound, NotPermitted

log = logging.getLogger(__name__)
OUT = (Mailing.State.SENDING, Mailing.State.PAUSED, Mailing.State.SENT)


def schedule(
    *,
    newsletter_id: int,
    segment: Segment,
    expected: int,
    per_minute: int,
    due_at: datetime,
    actor: Person,
    at: datetime,
) -> Newsletter:
    """Let an issue go out. Raises what `mailings.schedule` does, NotFound, MailingNotInState unless it is a draft."""
    with transaction.atomic():
        issue = _held(newsletter_id)
        if not issue.is_draft:
            raise MailingNotInState()
        issue.mailing = mailings.schedule(
            segment=segment, expected=expected, per_minute=per_minute, due_at=due_at, actor=actor, at=at
        )
        issue.save(update_fields=["mailing"])
    return issue


def send_test(*, newsletter_id: int, actor: Person, at: datetime) -> None:
    """Send it to whoever asks, and nobody else. Raises NotPermitted, NotFound."""
    if not mailings.may_send(actor):
        raise NotPermitted()
    issue = Newsletter.objects.filter(pk=newsletter_id).first()
    if issue is None:
        raise NotFound()
    letter.test(issue=issue, actor=actor, at=at)


def begin_due(*, at: datetime) -> int:
    """Begin what is due: its number, what it says now, who gets it. Returns how many began. A chore."""
    due = Newsletter.objects.filter(mailing__state=Mailing.State.SCHEDULED, mailing__due_at__lte=at)
    begun = 0
    for number in due.order_by("mailing__due_at", "pk").values_list("pk", flat=True):
        with transaction.atomic():
            begun += _begin(_held(number), at)
    return begun


def _begin(issue: Newsletter, at: datetime) -> bool:
    if issue.mailing is None or issue.mailing.state != Mailing.State.SCHEDULED:
        return False
    if issue.number is None:
        issue.number = (Newsletter.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        issue.save(update_fields=["number"])
    mailings.begin(mailing_id=issue.mailing.pk, contents=parts.contents(issue), at=at)
    return True


def archived() -> QuerySet[Newsletter]:
    """What stands in the archive, the newest first."""
    rows = Newsletter.objects.filter(is_archived=True, number__isnull=False, mailing__state__in=OUT)
    return rows.select_related("mailing").defer("body_vi", "body_en").order_by("-number")


def archived_issue(number: int) -> Newsletter | None:
    """One of them."""
    return archived().filter(number=number).first()


def _held(newsletter_id: int) -> Newsletter:
    rows = Newsletter.objects.select_for_update(of=("self",)).select_related("mailing")
    issue = rows.filter(pk=newsletter_id).first()
    if issue is None:
        raise NotFound()
    return issue
