"""Attendees from a spreadsheet: tried first without writing anything, then registered row by row, by the worker.

Doing it twice does it once: whoever is registered already is counted and left as they are. Each row is a transaction
of its own, so that a mistake in one keeps nobody else from their ticket, and nobody waits while 10,000 are read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.core.files.base import File
from django.db.models import F
from django.utils import timezone

from events import answers, desk, permissions
from events.models import Event, Question, QuestionVersion, Registration, Seats, TicketType
from events.refusals import AlreadyRegistered, EventNotFound
from network import jobs, names, people, tables
from network.models import Job, Person
from network.people import phone_cleaned
from network.refusals import Invalid, Refusal, Several, each
from network.reports import MOST_ROWS, of_row
from network.tables import Table
from network.vietnamese import fold

TRY, RUN = "attendees.try_import", "attendees.import"
KNOWN: Mapping[str, tuple[str, ...]] = {
    "full_name": ("ho va ten", "ho ten", "ten", "full name", "name", "ho ten nguoi tham du", "nguoi tham du"),
    "email": ("email", "e-mail", "thu dien tu", "dia chi email", "mail"),
    "phone": ("dien thoai", "so dien thoai", "sdt", "phone", "phone number", "mobile"),
    "ticket_type": ("loai ve", "ve", "ticket type", "ticket"),
    "language": ("ngon ngu", "language"),
}
"""What a column may be called, folded: without accents, in lower case."""

YES_NO = {"co": True, "yes": True, "x": True, "1": True, "true": True, "dung": True}
YES_NO |= {"khong": False, "no": False, "0": False, "false": False, "sai": False}
Result = TypeVar("Result")

LANGUAGES = {"vi": "vi", "en": "en", "tieng viet": "vi", "viet": "vi", "tieng anh": "en", "anh": "en", "english": "en"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person of the file. `number` is what the spreadsheet shows beside it."""

    number: int
    full_name: str
    email: str
    phone: str
    language: str
    ticket_type: TicketType
    answers: dict[int, Any]


@dataclass
class Reading:
    """What a file says: who can be registered, what is wrong with whom, and columns that mean nothing to us."""

    rows: list[Row] = field(default_factory=list)
    wrong: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    known: int = 0
    ignored: list[str] = field(default_factory=list)

    def refuse(self, number: int, refusal: Refusal) -> None:
        """Keep what is wrong with a row."""
        self.refused += 1
        self.wrong += of_row(number, refusal)


def ask(
    *, event_id: int, given: "File[bytes]", actor: Person, at: datetime, agreed: bool, for_real: bool = False
) -> Job:
    """Have a file of attendees tried (nothing is written) or, `for_real`, registered; return the job.

    `agreed`: the organiser says that everybody in it agreed to their data being used to run the event. Raises
    EventNotFound (also for whoever does not run the event's desk), Invalid at `file` (required, too_big, unreadable,
    too_many_rows) and at `email` and `full_name` (no_column).
    """
    event = Event.objects.filter(pk=event_id).first()
    if event is None or not permissions.may_run_desk(actor, event_id):
        raise EventNotFound()
    given.seek(0)
    columns(event, tables.read(given))
    given.seek(0)
    kind, stated = RUN if for_real else TRY, {"event": event_id, "agreed": agreed, "file": given.name or ""}
    return jobs.ask(kind=kind, actor=actor, about=f"event:{event_id}", given=stated, upload=given, at=at)


def go_on(*, job_id: object, actor: Person, at: datetime) -> Job:
    """Register what a trial has read; return the new job. Raises EventNotFound, also if the file is gone."""
    tried = Job.objects.filter(pk=str(job_id), kind=TRY, status=Job.Status.DONE).first()
    if tried is None or not tried.upload or not jobs.may_open(actor, tried):
        raise EventNotFound()
    with tried.upload.open("rb") as given:
        copy: File[bytes] = File(given, name=tried.given["file"])
        return ask(
            event_id=tried.given["event"], given=copy, actor=actor, at=at, agreed=tried.given["agreed"], for_real=True
        )


@jobs.kind(TRY, admits=permissions.may_have_job)
def try_import(run: jobs.Running) -> None:
    """Read everything, write nothing; report row by row what would be refused."""
    event, reading = _event(run), Reading()
    read(event, tables.read(run.job.upload.open("rb")), into=reading, run=run)
    places = Seats.objects.get(event=event).left
    short = 0 if places is None else max(0, len(reading.rows) - places)
    run.finish(report=_report(reading, importable=len(reading.rows), short=short))


@jobs.kind(RUN, admits=permissions.may_have_job)
def import_for_real(run: jobs.Running) -> None:
    """Register everybody who can be, in the order of the file; report the others."""
    event, reading = _event(run), Reading()
    read(event, tables.read(run.job.upload.open("rb")), into=reading)
    made = 0
    for done, row in enumerate(reading.rows, start=1):
        try:
            _register(event, row, run)
            made += 1
        except AlreadyRegistered:
            reading.known += 1
        except Refusal as refusal:
            reading.refuse(row.number, refusal)
        run.progress(done, len(reading.rows))
    run.finish(report=_report(reading, registered=made))


def _event(run: jobs.Running) -> Event:
    event = Event.objects.filter(pk=run.given["event"]).first()
    if event is None or not permissions.may_run_desk(run.actor, event.pk):
        raise EventNotFound()
    return event


def _register(event: Event, row: Row, run: jobs.Running) -> Registration:
    made = desk.register_for(
        event_id=event.pk,
        email=row.email,
        full_name=row.full_name,
        actor=run.actor,
        at=timezone.now(),
        language=row.language,
        ticket_type_id=row.ticket_type.pk,
        answers=row.answers,
        waits=True,
        agreed=run.given["agreed"],
        channel=Registration.Channel.IMPORT,
    )
    if row.phone and not made.person.phone:
        Person.objects.filter(pk=made.person_id, phone="").update(phone=row.phone)
    return made


def _report(reading: Reading, **counts: int) -> dict[str, Any]:
    told = {**counts, "already_registered": reading.known, "refused": reading.refused}
    return {**told, "rows": reading.wrong[:MOST_ROWS], "ignored": reading.ignored}


def columns(event: Event, table: Table) -> dict[int, str | Question]:
    """Return what each column of a table means: a field's name or a question. Raises Invalid: no_column."""
    meaning: dict[int, str | Question] = {}
    questions = _questions(event)
    for index, cell in enumerate(table.head):
        label = _plain(cell)
        known = next((name for name, labels in KNOWN.items() if label in labels), None)
        found: str | Question | None = known or questions.get(label)
        if found is not None and found not in meaning.values():
            meaning[index] = found
    for needed in ("email", "full_name"):
        if needed not in meaning.values():
            raise Invalid(field=needed, reason="no_column")
    return meaning


def questions_of(event: Event) -> list[QuestionVersion]:
    """Return the event's questions that a cell can answer, as they are asked now. A file cannot be handed in by one."""
    rows = QuestionVersion.objects.filter(
        question__event=event, question__is_active=True, number=F("question__version")
    )
    return list(rows.exclude(question__kind=Question.Kind.FILE).select_related("question"))


def _questions(event: Event) -> dict[str, Question]:
    """The same by their labels, folded, in either language."""
    found = {}
    for version in questions_of(event):
        version.question.asked = version  # type: ignore[attr-defined]
        for name in ("label_vi", "label_en"):
            if label := getattr(version, name):
                found[_plain(label)] = version.question
    return found


def _plain(label: str) -> str:
    """A label as it is compared: folded, without the marks that people put behind it."""
    return " ".join(fold(label).replace("*", " ").replace(":", " ").split())


def read(event: Event, table: Table, *, into: Reading, run: jobs.Running | None = None) -> None:
    """Read a table for an event: who could be registered goes into `rows`, everything else is counted and told."""
    meaning = columns(event, table)
    into.ignored = [cell for index, cell in enumerate(table.head) if cell and index not in meaning]
    types = list(TicketType.objects.filter(event=event))
    active = Registration.objects.filter(event=event, status__in=Registration.ACTIVE)
    registered = {email.lower() for email in active.values_list("person__email", flat=True)}
    seen: dict[str, int] = {}
    for done, (number, cells) in enumerate(table.rows, start=1):
        try:
            row = _row(number, {meaning[index]: cell for index, cell in enumerate(cells) if index in meaning}, types)
            if row.email in seen:
                raise Invalid(field="email", reason="same_as_row", row=seen[row.email])
            seen[row.email] = number
            if row.email in registered:
                into.known += 1
            else:
                into.rows.append(row)
        except Refusal as refusal:
            into.refuse(number, refusal)
        if run is not None:
            run.progress(done, len(table.rows))


def _row(number: int, said: Mapping[str | Question, str], types: list[TicketType]) -> Row:
    """Return the person of a row. Raises Several with everything that is wrong with it."""
    wrong: list[Refusal] = []

    def tried(read: Callable[[], Result], otherwise: Result) -> Result:
        try:
            return read()
        except Refusal as refusal:
            wrong.extend(each(refusal))
            return otherwise

    ticket_type = tried(lambda: _type(said.get("ticket_type", ""), types), types[0])
    given = {
        question.pk: raw(question, cell) for question, cell in said.items() if isinstance(question, Question) and cell
    }
    nothing: list[answers.Checked] = []
    asked = {each.question.pk for each in answers.form(ticket_type=ticket_type, for_staff=True)}
    wrong += [Invalid(field=f"answers.{pk}", reason="not_asked") for pk in given if pk not in asked]
    given = {pk: cell for pk, cell in given.items() if pk in asked}
    tried(lambda: answers.checked(ticket_type=ticket_type, given=given, person=Person(), for_staff=True), nothing)
    row = Row(
        number=number,
        full_name=tried(lambda: names.cleaned(said.get("full_name", "")), ""),
        email=tried(lambda: people.email_cleaned(said.get("email", "")), ""),
        phone=tried(lambda: phone_cleaned(said.get("phone", "")), ""),
        language=LANGUAGES.get(fold(said.get("language", "")), "vi"),
        ticket_type=ticket_type,
        answers=given,
    )
    if wrong:
        raise Several(wrong)
    return row


def _type(cell: str, types: list[TicketType]) -> TicketType:
    """The ticket type of that name, in either language; the first where the cell is empty."""
    wanted = fold(cell)
    for ticket_type in types:
        names_of = {fold(getattr(ticket_type, name) or "") for name in ("name_vi", "name_en")}
        if not wanted or wanted in names_of:
            return ticket_type
    raise Invalid(field="ticket_type", reason="unknown")


def raw(question: Question, cell: str) -> Any:
    """Return what a cell says to a question, in the form that its shape reads: choices by their words, yes by "có"."""
    kind = question.kind
    if kind in (Question.Kind.YES_NO, Question.Kind.CONSENT):
        return YES_NO.get(fold(cell), cell or None)
    if kind not in (Question.Kind.CHOICE, Question.Kind.CHOICES):
        return cell
    version: QuestionVersion = question.asked  # type: ignore[attr-defined]
    words = {fold(choice[name]): choice["value"] for choice in version.choices for name in ("value", "vi", "en")}
    if kind == Question.Kind.CHOICE:
        return words.get(fold(cell), cell)
    parts = [part.strip() for part in cell.replace(";", ",").split(",") if part.strip()]
    return [words.get(fold(part), part) for part in parts]
