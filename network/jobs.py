"""Long work: asked for at a door, done by a worker (`network.worker`), followed on a page.

A kind of work is a function that is registered by its name and takes a `Running`:

    @jobs.kind("attendees.export", admits=may_take_list)
    def export(run: jobs.Running) -> None:
        with TemporaryFile() as file:
            for done, row in enumerate(rows, start=1):
                ...
                run.progress(done, len(rows))
            run.finish(file=file, name="danh-sach.xlsx", report={"people": len(rows)})

It is a door like any other: it calls a rule with the job's actor, who is asked for the right again. A Refusal that it
lets out fails the job with the coded refusal in its report. A worker that dies is replaced and the work begins anew;
effects that must happen once are written in one transaction with `finish`, which refuses a worker that was replaced.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from threading import Event
from typing import IO, Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from network.models import Job, Person

OPEN = (Job.Status.QUEUED, Job.Status.RUNNING)
wake = Event()
"""Set when something was asked for in this process: its worker need not wait for its next round."""


class Superseded(Exception):
    """This worker was silent for too long and another one took the job: whatever it did must not count."""


@dataclass(kw_only=True)
class Running:
    """A job in a worker's hands."""

    job: Job
    done: int = 0
    total: int = 0
    is_lost: bool = False

    @property
    def given(self) -> dict[str, Any]:
        """What was asked, as JSON values."""
        given: dict[str, Any] = self.job.given
        return given

    @property
    def actor(self) -> Person:
        """Who asked: the rule behind asks for their right again."""
        return self.job.actor

    def progress(self, done: int, total: int) -> None:
        """Say how far it is; as often as one likes, the worker writes it down about once a second.

        Raises Superseded if another worker has the job by now.
        """
        self.done, self.total = done, total
        if self.is_lost:
            raise Superseded

    def finish(self, *, file: IO[bytes] | None = None, name: str = "", report: Mapping[str, Any] | None = None) -> None:
        """Say that it is done, with the file to fetch and what to report. Raises Superseded as `progress` does."""
        job = self.job
        if file is not None:
            file.seek(0)
            job.result.save(f"{job.pk}-{job.attempts}{PurePosixPath(name).suffix}", File(file), save=False)
        job.result_name = name
        self.end(Job.Status.DONE, report or {})

    def end(self, status: Job.Status, report: Mapping[str, Any]) -> None:
        """Write the end, unless another worker has the job by now. Raises Superseded."""
        job, at = self.job, timezone.now()
        job.status, job.report, job.touched_at, job.ended_at = status, dict(report), at, at
        if status == Job.Status.DONE:
            self.done = self.total = max(self.done, self.total)
        written = held(job).update(
            status=job.status,
            report=job.report,
            result=job.result.name or "",
            result_name=job.result_name,
            done=self.done,
            total=self.total,
            touched_at=at,
            ended_at=at,
        )
        if not written:
            if job.result:
                job.result.delete(save=False)
            raise Superseded


def held(job: Job) -> QuerySet[Job]:
    """The row of a running job as long as it is in the hands that `job` was given to."""
    return Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, attempts=job.attempts)


def _nobody_else(person: Person, job: Job) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How one kind of work is done, whether it may be begun again, and who may still have what came of it."""

    name: str
    perform: Callable[[Running], None]
    is_repeatable: bool
    admits: Callable[[Person, Job], bool]


KINDS: dict[str, Kind] = {}


def kind(
    name: str, *, is_repeatable: bool = True, admits: Callable[[Person, Job], bool] = _nobody_else
) -> Callable[[Callable[[Running], None]], Callable[[Running], None]]:
    """Register a function as a kind of work.

    `is_repeatable=False` for work that must not be begun anew when its worker dies. `admits(person, job)` is asked
    whenever somebody wants to look at the job or fetch its result: whether they (still) have the right to it.
    """

    def register(perform: Callable[[Running], None]) -> Callable[[Running], None]:
        KINDS[name] = Kind(name=name, perform=perform, is_repeatable=is_repeatable, admits=admits)
        return perform

    return register


def ask(
    *,
    kind: str,
    actor: Person,
    about: str = "",
    given: Mapping[str, Any] | None = None,
    upload: "File[bytes] | None" = None,
    language: str = "",
    at: datetime,
) -> Job:
    """Queue a job for the worker, to be begun once the surrounding transaction is committed; return it.

    Called by the rule of the kind, which has asked for the right. Whoever asks for the very same thing while it is
    under way gets the job that is.
    """
    if kind not in KINDS:
        raise LookupError(f"there is no kind of work called {kind}")
    asked = Job.objects.filter(kind=kind, actor=actor, about=about, given=dict(given or {}), status__in=OPEN)
    if upload is None and (same := asked.filter(upload="").first()) is not None:
        return same
    job = Job(kind=kind, actor=actor, about=about, given=dict(given or {}), queued_at=at)
    job.language = language or actor.preferred_language
    if upload is not None:
        # Not under its own name: that is the person's, and may say more than we need.
        job.upload.save(f"{job.pk}{PurePosixPath(upload.name or '').suffix[:10]}", upload, save=False)
    job.save(force_insert=True)
    transaction.on_commit(wake.set)
    return job


def may_open(person: Person | AnonymousUser, job: Job) -> bool:
    """Whether the person may look at a job and fetch its result: the right must be held now, not when it was asked.

    Who asked; and who may see every job, if they have the right to this one's kind.
    """
    if not person.is_authenticated or not person.is_active or job.kind not in KINDS:
        return False
    is_theirs = job.actor_id == person.pk or person.has_perm("network.view_job")
    return is_theirs and KINDS[job.kind].admits(person, job)


def jobs_about(about: str, *, viewer: Person) -> list[Job]:
    """The jobs about one thing that the viewer may open, the newest first, with those who asked."""
    rows = Job.objects.filter(about=about).select_related("actor").order_by("-queued_at")[:200]
    return [job for job in rows if may_open(viewer, job)]
