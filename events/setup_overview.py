"""What an organiser sees when setting up an event: ticket types, pools, questions, doors, with what came of each."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from events.choices import Availability, Choice, choice
from events.models import (
    Answer,
    CheckIn,
    CheckInList,
    Event,
    Gate,
    GateDevice,
    Question,
    QuestionVersion,
    Quota,
    Registration,
    TicketType,
)

SILENT_AFTER = timedelta(minutes=5)
"""A phone at a gate says once a minute how it is: after so long somebody should look."""

Status = Registration.Status


@dataclass(frozen=True, kw_only=True)
class TypeRow:
    """A ticket type, how many places of it are held, and how many people ask for one: apply, or wait."""

    ticket_type: TicketType
    choice: Choice
    held: int
    applying: int
    waiting: int
    registrations: int

    @property
    def state(self) -> str:
        """Withdrawn, or the availability of its window and places."""
        return self.choice.availability if self.ticket_type.is_active else "WITHDRAWN"

    @property
    def can_be_had(self) -> bool:
        """Whether somebody could register for it now."""
        return self.state == Availability.OPEN


def ticket_types(*, event: Event, at: datetime) -> list[TypeRow]:
    """Return the ticket types of an event in their order, in three statements; `event` has its seats loaded."""
    places: Counter[tuple[int, str]] = Counter()
    registered: Counter[int] = Counter()
    rows = Registration.objects.filter(event=event).order_by().values_list("ticket_type", "status")
    for kind, status, quantity, people in rows.annotate(places=Sum("quantity"), people=Count("pk")):
        places[kind, status] += quantity
        registered[kind] += people
    return [
        TypeRow(
            ticket_type=each,
            choice=choice(each, event=event, at=at),
            held=sum(places[each.pk, status] for status in Registration.HOLDING),
            applying=places[each.pk, Status.PENDING],
            waiting=places[each.pk, Status.WAITLISTED],
            registrations=registered[each.pk],
        )
        for each in event.ticket_types.prefetch_related("quotas")
    ]


def pools(*, event: Event) -> QuerySet[Quota]:
    """Return the pools of an event with the ticket types that share each, in two statements."""
    return event.quotas.prefetch_related("ticket_types")


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """A question as it is asked now, and its answers: `outdated` answered an earlier version."""

    question: Question
    version: QuestionVersion
    answers: int
    outdated: int


def questions(*, event: Event) -> list[QuestionRow]:
    """Return the questions of an event in their order, those that are asked no more among them, in five statements."""
    counted: Counter[tuple[int, int]] = Counter()
    rows = Answer.objects.filter(question__event=event).order_by().values_list("question", "version__number")
    for question, number, answers in rows.annotate(answers=Count("pk")):
        counted[question, number] += answers
    result = []
    for question in event.questions.prefetch_related("versions", "ticket_types", "shown_if__versions"):
        every = sum(answers for (number, _version), answers in counted.items() if number == question.pk)
        version = current(question)
        outdated = every - counted[question.pk, question.version]
        result.append(QuestionRow(question=question, version=version, answers=every, outdated=outdated))
    return result


def versions(question: Question) -> list[tuple[QuestionVersion, int]]:
    """Return the versions of a question that were answered, and the one asked now, newest first, with how many did."""
    rows = question.versions.annotate(answered=Count("answers")).order_by("-number")
    return [(each, each.answered) for each in rows if each.answered or each.number == question.version]


def current(question: Question) -> QuestionVersion:
    """Return the version that is asked now."""
    return next(each for each in question.versions.all() if each.number == question.version)


def checkin_lists(*, event: Event) -> QuerySet[CheckInList]:
    """Return the check-in lists in their order, in four statements, each with `entered` (tickets that went in),
    `scans` (also refused ones), `is_needed` (another list waits for it) and `is_limit` (of a phone in use)."""
    rows = event.checkin_lists.select_related("session", "needs").prefetch_related("ticket_types", "gates", "leaves")
    went_in = Q(checkins__status=CheckIn.Status.OK, checkins__annulled_at=None, checkins__direction="ENTRY")
    return rows.annotate(
        entered=Count("checkins__ticket", filter=went_in, distinct=True),
        scans=Count("checkins", distinct=True),
        is_needed=Exists(CheckInList.objects.filter(needs=OuterRef("pk"))),
        is_limit=Exists(GateDevice.objects.filter(lists=OuterRef("pk"), revoked_at=None)),
    )


def gates(*, event: Event) -> QuerySet[Gate]:
    """Return the gates by name, each with `scans`, `entered`, `last_at`, and `is_named` (by a list)."""
    went_in = Q(checkin__status=CheckIn.Status.OK, checkin__annulled_at=None, checkin__direction="ENTRY")
    return event.gates.annotate(
        scans=Count("checkin"),
        entered=Count("checkin", filter=went_in),
        last_at=Max("checkin__received_at"),
        is_named=Exists(CheckInList.objects.filter(gates=OuterRef("pk"))),
    )


@dataclass(frozen=True, kw_only=True)
class PhoneRow:
    """A gate phone as it is now."""

    device: GateDevice
    at: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes since its last contact."""
        seen = self.device.last_seen_at
        return 0 if seen is None else max(0, int((self.at - seen).total_seconds() // 60))

    @property
    def state(self) -> str:
        """Revoked; invited (its code is good) or expired (no more); in use, or silent for long."""
        device = self.device
        if device.revoked_at is not None:
            return "REVOKED"
        if device.token_hash is None:
            return "INVITED" if device.enrolment_until > self.at else "EXPIRED"
        silent = device.last_seen_at is None or self.at - device.last_seen_at > SILENT_AFTER
        return "SILENT" if silent else "IN_USE"


def phones(*, event: Event, at: datetime) -> list[PhoneRow]:
    """Return the gate phones by name, those that were revoked last, in two statements."""
    rows = event.gate_devices.select_related("gate", "invited_by").prefetch_related("lists")
    return sorted((PhoneRow(device=row, at=at) for row in rows), key=lambda row: row.device.revoked_at is not None)
