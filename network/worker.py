"""The worker that does the jobs, one at a time: any number of processes, or a thread of the web process.

A worker claims a job, shows signs of life while it works, and writes the end. A job whose worker was silent for a
minute is taken by another, three times at most; what the silent one still does is refused (`jobs.Superseded`).
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from network import jobs
from network.models import Job
from network.refusals import Refusal
from network.reports import told

log = logging.getLogger(__name__)
SILENCE = timedelta(minutes=1)
"""A worker that showed no sign of life for so long is taken for dead."""
MOST_ATTEMPTS = 3
KEPT = timedelta(days=7)
"""Files and reports are fetched within a week or asked for anew: they are full of people's data."""
BEAT_SECONDS = 1.0
QUIET_BEATS = 10
"""Without progress, a sign of life every so many beats."""


def run_due(*, at: datetime, most: int = 50) -> int:
    """Do what waits, oldest first; return how many jobs were taken in hand."""
    started, taken = monotonic(), 0
    while taken < most:
        job = _claim_next(at + timedelta(seconds=monotonic() - started))
        if job is None:
            break
        taken += 1
        if job.status == Job.Status.RUNNING:
            _perform(job)
    return taken


def _claim_next(at: datetime) -> Job | None:
    """Claim the oldest job that waits or was abandoned; one that was abandoned too often is failed instead."""
    is_due = Q(status=Job.Status.QUEUED) | Q(status=Job.Status.RUNNING, touched_at__lt=at - SILENCE)
    due = Job.objects.filter(is_due, kind__in=jobs.KINDS).order_by("queued_at")
    # Asked first without a transaction: on SQLite every transaction takes the one write lock.
    if not due.exists():
        return None
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    with transaction.atomic():
        job = due.select_related("actor").first()
        if job is None:
            return None
        if job.status == Job.Status.RUNNING and not _may_begin_again(job):
            job.status, job.report, job.ended_at = Job.Status.FAILED, {"error": "WORKER_LOST"}, at
        else:
            job.status, job.attempts, job.touched_at = Job.Status.RUNNING, job.attempts + 1, at
            job.started_at, job.done, job.total = at, 0, 0
        job.save()
    return job


def _may_begin_again(job: Job) -> bool:
    return jobs.KINDS[job.kind].is_repeatable and job.attempts < MOST_ATTEMPTS


def _perform(job: Job) -> None:
    run = jobs.Running(job=job)
    try:
        with _signs_of_life(run), translation.override(job.language):
            jobs.KINDS[job.kind].perform(run)
            if job.status == Job.Status.RUNNING:
                run.finish()
    except jobs.Superseded:
        log.warning("job %s (%s) was taken over by another worker", job.pk, job.kind)
    except Refusal as refusal:
        _end(run, {"refusals": told(refusal)})
    except Exception:  # a mistake of ours: it is told as such, and the next job goes on
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _end(run, {"error": "UNEXPECTED"})
    finally:
        if job.upload:
            job.upload.close()


@contextmanager
def _signs_of_life(run: jobs.Running) -> Iterator[None]:
    """Write progress and signs of life from a thread: they show even while the work sits in a transaction."""
    if connection.in_atomic_block:
        # Whoever called us holds a transaction: nobody else can see the row yet, and SQLite would wait for it.
        yield
        return
    over = threading.Event()
    pulse = threading.Thread(target=_beat, args=(run, over), name=f"job {run.job.pk}", daemon=True)
    pulse.start()
    try:
        yield
    finally:
        over.set()
        pulse.join()


def _beat(run: jobs.Running, over: threading.Event) -> None:
    written, quiet = (0, 0), 0
    while not over.wait(BEAT_SECONDS):
        quiet += 1
        now = (run.done, run.total)
        if now == written and quiet < QUIET_BEATS:
            continue
        try:
            alive = jobs.held(run.job).update(done=now[0], total=now[1], touched_at=timezone.now())
        except Exception as error:  # the database is busy or away: the next beat tries again
            log.warning("job %s gave no sign of life: %s", run.job.pk, error)
            continue
        written, quiet = now, 0
        if not alive:
            run.is_lost = True
            break
    connection.close()


def _end(run: jobs.Running, report: dict[str, Any]) -> None:
    with suppress(jobs.Superseded):
        run.end(Job.Status.FAILED, report)


def forget_old(*, at: datetime) -> int:
    """Remove files and reports of jobs that ended long ago; return of how many."""
    return forget(Job.objects.filter(ended_at__lt=at - KEPT))


def forget(rows: QuerySet[Job]) -> int:
    """Remove files and reports of these jobs, those that are over; that they were asked for stays. Returns how many."""
    over = rows.filter(status__in=[Job.Status.DONE, Job.Status.FAILED])
    full = over.exclude(upload="", result="", result_name="", report={}, given={})
    count = 0
    for job in full.iterator(chunk_size=100):
        for file in (job.upload, job.result):
            if file:
                file.delete(save=False)
        job.report, job.given, job.result_name = {}, {}, ""
        job.save(update_fields=["upload", "result", "result_name", "report", "given"])
        count += 1
    return count


def work(*, stop: threading.Event, idle_seconds: float = 2.0) -> None:
    """Do jobs until `stop` is set: at once after one was asked for in this process, else every `idle_seconds`."""
    while not stop.is_set():
        jobs.wake.clear()
        taken = 0
        try:
            taken = run_due(at=timezone.now(), most=1)
        except Exception:
            log.exception("the jobs could not be read")
        finally:
            close_old_connections()
        if not taken:
            jobs.wake.wait(idle_seconds)


def start() -> threading.Event:
    """Start the worker in a thread of this process; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=work, kwargs={"stop": stop}, name="jobs", daemon=True).start()
    return stop
