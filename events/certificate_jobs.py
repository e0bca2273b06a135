"""Certificates of a whole event, made by the worker: issued to everybody who was let in; printed into one PDF."""

from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile

from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, certificate_sheets, certificates, permissions
from events.models import AttendeeAccess, Certificate, Event
from events.refusals import EventNotFound, NobodyThere
from network import jobs
from network.models import Job, Person
from network.vietnamese import name_sort_key

ISSUE, PRINT = "certificates.issue", "certificates.print"
BATCH = 200
"""So many certificates and letters a transaction: on SQLite everybody else waits for it."""


def ask_issue(*, event_id: int, actor: Person, at: datetime) -> Job:
    """Have certificates issued to everybody who was let in and never had one; return the job.

    Refuses as `certificates.issue` does, and by NobodyThere when there is none to be issued.
    """
    certificates.certifiable(event_id=event_id, actor=actor, at=at)
    if not certificates.uncertified(event_id):
        raise NobodyThere()
    return _ask(ISSUE, event_id, actor, at)


def ask_print(*, event_id: int, actor: Person, at: datetime) -> Job:
    """Have all standing certificates of an event printed into one PDF, by given name; return the job.

    Raises EventNotFound (also for whoever does not run the event's desk) and NobodyThere when there is none.
    """
    if not permissions.may_run_desk(actor, event_id):
        raise EventNotFound()
    if not Certificate.objects.filter(event=event_id, revoked_at=None).exists():
        raise NobodyThere()
    return _ask(PRINT, event_id, actor, at)


def _ask(kind: str, event_id: int, actor: Person, at: datetime) -> Job:
    return jobs.ask(kind=kind, actor=actor, about=f"event:{event_id}", given={"event": event_id}, at=at)


@jobs.kind(ISSUE, admits=permissions.may_have_job)
def issue_all(run: jobs.Running) -> None:
    """Issue in batches; begun anew it goes on where it was."""
    event_id = run.given["event"]
    waiting = certificates.uncertified(event_id)
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        certificates.issue(event_id=event_id, ticket_ids=batch, actor=run.actor, at=timezone.now())
        run.progress(start + len(batch), len(waiting))
    run.finish(report={"issued": len(waiting)})


@jobs.kind(PRINT, admits=permissions.may_have_job)
def print_all(run: jobs.Running) -> None:
    """Write the PDF and note that somebody took the names away."""
    event = Event.objects.filter(pk=run.given["event"]).first()
    if event is None or not permissions.may_run_desk(run.actor, event.pk):
        raise EventNotFound()
    standing = Certificate.objects.filter(event=event, revoked_at=None)
    rows = sorted(standing.select_related("event__venue", "event__organiser"), key=_by_name)
    if not rows:
        raise NobodyThere()
    access.note(event_id=event.pk, person=run.actor, act=AttendeeAccess.Act.EXPORT, people=len(rows), at=timezone.now())
    with TemporaryFile() as file:
        certificate_sheets.write(file, certificates=_counted(run, rows), title=f"{_('Certificates')} {event.code}")
        run.finish(file=file, name=f"chung-nhan-{event.slug}.pdf", report={"people": len(rows)})


def _by_name(certificate: Certificate) -> tuple[str, int]:
    return name_sort_key(certificate.holder_name), certificate.pk


def _counted(run: jobs.Running, rows: list[Certificate]) -> Iterator[Certificate]:
    for done, certificate in enumerate(rows, start=1):
        yield certificate
        run.progress(done, len(rows))
