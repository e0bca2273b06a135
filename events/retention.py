"""Letting go: what is kept no longer than it is needed. A chore, every hour.

Law 91/2025/QH15: data are erased when their purpose or their time has ended. Jobs' files go with the jobs
(`network.worker`).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from events.models import Answer, AnswerFile, Question
from events.own_erasure import empty_answers, remove_files
from network.models import IdempotencyKey, OutgoingMail

FILE_WITHOUT_ANSWER = timedelta(days=1)
IDEMPOTENCY_KEY = timedelta(hours=48)
LETTER = timedelta(days=180)


@dataclass(frozen=True, kw_only=True)
class Swept:
    """How many of each went."""

    answers: int
    files: int
    keys: int
    letters: int


def sweep(*, at: datetime) -> Swept:
    """Empty or remove what was to be kept until `at` at most; return how many of each. Done twice it does nothing.

    Answers are emptied so many days after the event as their question says, letters after 180 days: that there was
    one stays. Files that no answer names go after a day, keys of requests after 48 hours.
    """
    letters = OutgoingMail.objects.filter(queued_at__lt=at - LETTER).exclude(mime=b"")
    return Swept(
        answers=empty_answers(_outlived(at)),
        files=remove_files(AnswerFile.objects.filter(answer=None, uploaded_at__lt=at - FILE_WITHOUT_ANSWER)),
        keys=IdempotencyKey.objects.filter(created_at__lt=at - IDEMPOTENCY_KEY).delete()[0],
        letters=letters.filter(sent_at__isnull=False).update(mime=b"", subject="", facts={}, last_error=""),
    )


def _outlived(at: datetime) -> "QuerySet[Answer]":
    """Answers whose question was to be kept so many days after its event, and no longer."""
    days: dict[int, list[int]] = defaultdict(list)
    asked = Question.objects.exclude(retention_days=None).values_list("pk", "retention_days")
    for question, kept in asked:
        days[kept or 0].append(question)
    wanted = Q(pk__in=[])
    for kept, questions in days.items():
        wanted |= Q(question__in=questions, registration__event__ends_at__lte=at - timedelta(days=kept))
    return Answer.objects.filter(wanted)
