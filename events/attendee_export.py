"""The attendee list as a file, XLSX or CSV: one row for everybody who comes, answers included. Made by the worker."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from tempfile import TemporaryFile
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from events import access, attendees, permissions
from events.attendees import Wanted
from events.models import Answer, AnswerFile, AttendeeAccess, Event, Question, Registration, Ticket
from events.refusals import EventNotFound, NobodyThere
from network import jobs, tables
from network.models import Job, Person
from network.refusals import Invalid
from network.vietnamese import phone_as_read

KIND = "attendees.export"
FORMS = ("xlsx", "csv")
CHUNK = 500
"""Rows in memory at once."""


def ask(*, event_id: int, wanted: Wanted, form: str, actor: Person, at: datetime, language: str = "vi") -> Job:
    """Have the attendees who are asked for written into a file; return the job that will hold it.

    `language` is that of the head. Raises EventNotFound (also for whoever does not run the event's desk), Invalid at
    `form` (unknown) and NobodyThere.
    """
    if not permissions.may_run_desk(actor, event_id):
        raise EventNotFound()
    if form not in FORMS:
        raise Invalid(field="form", reason="unknown")
    if not attendees.found(event_id=event_id, wanted=wanted).exists():
        raise NobodyThere()
    given = {"event": event_id, "wanted": wanted.as_json(), "form": form}
    return jobs.ask(kind=KIND, actor=actor, about=f"event:{event_id}", given=given, language=language, at=at)


@jobs.kind(KIND, admits=permissions.may_have_job)
def export(run: jobs.Running) -> None:
    """Write the file and note that somebody took the names away."""
    event = Event.objects.filter(pk=run.given["event"]).first()
    if event is None or not permissions.may_run_desk(run.actor, event.pk):
        raise EventNotFound()
    wanted, form = Wanted.from_json(run.given["wanted"]), run.given["form"]
    chosen = attendees.found(event_id=event.pk, wanted=wanted)
    total = chosen.count()
    access.note(event_id=event.pk, person=run.actor, act=AttendeeAccess.Act.EXPORT, people=total, at=timezone.now())
    questions = asked(event)
    rows = _counted(run, chosen, questions, total)
    with TemporaryFile() as file:
        head = [*_head(), *(label for _question, label in questions)]
        if form == "csv":
            tables.write_csv(file, head=head, rows=rows)
        else:
            tables.write_xlsx(file, title=event.code, head=head, rows=rows)
        run.finish(file=file, name=f"nguoi-tham-du-{event.slug}.{form}", report={"people": total})


def asked(event: Event) -> list[tuple[Question, str]]:
    """Return every question that was ever asked at the event, with its label as it is asked now."""
    rows = Question.objects.filter(event=event).prefetch_related("versions")
    return [(row, next(each.label for each in row.versions.all() if each.number == row.version)) for row in rows]


def _counted(
    run: jobs.Running, chosen: QuerySet[Registration], questions: list[tuple[Question, str]], total: int
) -> Iterator[list[Any]]:
    files = Prefetch("files", AnswerFile.objects.defer("file"))
    answers = Answer.objects.select_related("version", "question").prefetch_related(files)
    # Plain lists: for a related manager Django makes a query anew at each row, and never asks it.
    loaded = attendees.loaded(chosen).order_by("number").prefetch_related(Prefetch("answers", answers, to_attr="given"))
    for done, registration in enumerate(loaded.iterator(chunk_size=CHUNK), start=1):
        yield from _rows(registration, questions)
        run.progress(done, total)


def _head() -> list[str]:
    return [
        _("Number"), _("Status"), _("Ticket type"), _("Ticket"), _("Name"), _("E-mail"), _("Phone"),
        _("Registered by"), _("Language"), _("Came by"), _("Registered"), _("Payment"), _("Fee"), _("Paid"),
        _("Checked in"),
    ]  # fmt: skip


def _rows(registration: Registration, questions: list[tuple[Question, str]]) -> Iterator[list[Any]]:
    """One for each living ticket; one where there is none."""
    answers = {answer.question_id: said(answer) for answer in registration.given}  # type: ignore[attr-defined]
    answered = [answers.get(question.pk, "") for question, _label in questions]
    living = [ticket for ticket in registration.every_ticket if ticket.revoked_at is None]  # type: ignore[attr-defined]
    for ticket in living:
        yield [*_facts(registration, ticket), *answered]
    if not living:
        yield [*_facts(registration, None), *answered]


def _facts(registration: Registration, ticket: Ticket | None) -> list[Any]:
    person, words = registration.person, _words(get_language() or "vi")
    is_own = ticket is None or (ticket.holder_id is None and ticket.holder_name == person.full_name)
    came = min((checkin.scanned_at for checkin in ticket.admissions), default=None) if ticket else None  # type: ignore[attr-defined]
    return [
        registration.number,
        words[registration.status],
        registration.ticket_type.name,
        ticket.number if ticket else "",
        ticket.holder_name if ticket else person.full_name,
        person.email if is_own else "",
        phone_as_read(str(person.phone)) if is_own and person.phone else "",
        person.full_name,
        registration.language,
        words[registration.channel],
        _local(registration.created_at),
        words[registration.payment],
        registration.fee,
        _local(registration.paid_at),
        _local(came),
    ]


@cache
def _words(language: str) -> dict[str, str]:
    """What states, ways and payments are called; asked of each row, Django would translate all of them each time."""
    with override(language):
        kinds = (Registration.Status, Registration.Channel, Registration.Payment)
        return {str(value): str(label) for kind in kinds for value, label in kind.choices}


def _local(moment: datetime | None) -> datetime | None:
    """As a clock here shows it: a spreadsheet knows no zones."""
    return timezone.localtime(moment).replace(tzinfo=None, microsecond=0) if moment else None


def said(answer: Answer) -> Any:
    """Return an answer as people read it: the words of a choice, yes or no, the name of a file."""
    words = _choices(answer.version.choices)
    value = answer.value
    if answer.question.kind == Question.Kind.FILE:
        return ", ".join(file.name for file in answer.files.all())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(words.get(item, str(item)) for item in value)
    return words.get(value, value) if isinstance(value, str) else value


def _choices(choices: list[Mapping[str, str]]) -> dict[str, str]:
    language = get_language() or "vi"
    return {choice["value"]: choice.get(language) or choice["vi"] for choice in choices}
