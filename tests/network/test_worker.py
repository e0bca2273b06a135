"""Workers that die, race and fall silent: a job is done once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.utils import timezone

from network import jobs, worker
from network.models import Job, Person
from tests.factories import PersonFactory

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
WORKERS = 8
# A worker in a process of its own, with a kind of work that lasts until it is told to be quick.
PROGRAM = """
import time, django
django.setup()
from django.utils import timezone
from network import jobs, worker

@jobs.kind("test")
def work(run):
    print("begun", flush=True)
    for step in range(1, 601 if run.job.attempts == 1 else 4):
        run.progress(step, 600)
        time.sleep(0.05)
    run.finish(report={"by": run.job.attempts})

worker.BEAT_SECONDS = 0.1
worker.run_due(at=timezone.now())
"""


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    monkeypatch.setattr(jobs, "KINDS", {})
    return lambda perform, **others: jobs.kind("test", **others)(perform)


def asked(actor: Person, **given: Any) -> Job:
    return jobs.ask(kind="test", actor=actor, given=given, at=timezone.now())


def at_once(act: Callable[[], object], times: int) -> None:
    start = threading.Barrier(times)

    def alone() -> None:
        start.wait()
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=alone) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def count_performed(registered: Callable[..., None]) -> Counter[Any]:
    """Let eight workers loose on thirty jobs; return how often each was performed."""
    performed: Counter[Any] = Counter()
    lock = threading.Lock()

    def work(run: jobs.Running) -> None:
        with lock:
            performed[run.job.pk] += 1

    registered(work)
    actor = PersonFactory.create()
    for number in range(30):
        asked(actor, number=number)
    at_once(lambda: worker.run_due(at=timezone.now()), WORKERS)
    return performed


def test_many_workers_do_each_job_once(registered: Callable[..., None]) -> None:
    performed = count_performed(registered)
    assert (len(performed), performed.total()) == (30, 30)
    assert set(Job.objects.values_list("status", "attempts")) == {(Job.Status.DONE, 1)}


def test_without_the_lock_they_would_do_some_twice(
    registered: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: a worker that reads what is due and writes that it took it, with nothing to keep others out between."""
    unlocked = SimpleNamespace(has_select_for_update_skip_locked=False)
    monkeypatch.setattr(worker, "transaction", SimpleNamespace(atomic=nullcontext))
    monkeypatch.setattr(
        worker, "connection", SimpleNamespace(features=unlocked, in_atomic_block=True, close=connection.close)
    )
    save = Job.save

    def slowly(job: Job, *args: Any, **facts: Any) -> None:
        time.sleep(0.02)
        save(job, *args, **facts)

    monkeypatch.setattr(Job, "save", slowly)
    assert count_performed(registered).total() > 30


def seen_from_elsewhere() -> tuple[int, int]:
    """How far the one job is, for somebody with another connection."""
    seen: list[tuple[int, int]] = []
    at_once(lambda: seen.extend(Job.objects.values_list("done", "total")), 1)
    return seen[0]


def test_progress_shows_while_work_goes_on(registered: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.05)
    seen = []

    def work(run: jobs.Running) -> None:
        for done in (3, 7):
            run.progress(done, 9)
            time.sleep(0.5)
            seen.append(seen_from_elsewhere())

    registered(work)
    asked(PersonFactory.create())
    worker.run_due(at=timezone.now())
    assert seen == [(3, 9), (7, 9)]


@pytest.mark.postgres
def test_progress_shows_from_within_a_transaction(
    registered: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite everybody waits for whoever writes, the signs of life among them."""
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.05)
    seen = []

    def work(run: jobs.Running) -> None:
        with transaction.atomic():
            Person.objects.update(full_name="Phạm Thu Hà")
            run.progress(7, 9)
            time.sleep(0.5)
            seen.append(seen_from_elsewhere())

    registered(work)
    asked(PersonFactory.create())
    worker.run_due(at=timezone.now())
    assert seen == [(7, 9)]


def test_a_quiet_worker_still_shows_that_it_lives(
    registered: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.02)
    touched = []

    def work(run: jobs.Running) -> None:
        for _ in range(2):
            time.sleep(0.5)
            touched.append(Job.objects.get().touched_at)

    registered(work)
    asked(PersonFactory.create())
    worker.run_due(at=timezone.now())
    assert touched[0] < touched[1]


def database_address() -> str:
    """The test database as another process reaches it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    login = quote(str(facts["USER"]), safe="")
    if facts["PASSWORD"]:
        login += ":" + quote(str(facts["PASSWORD"]), safe="")
    host = quote(str(facts["HOST"] or "localhost"), safe="")
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    return f"postgres://{login}@{host}{port}/{facts['NAME']}"


@pytest.fixture
def elsewhere() -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start a worker in a process of its own; return once it has begun."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "DATABASE_URL": database_address(),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", PROGRAM]
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_killed_worker_is_replaced(
    registered: Callable[..., None], elsewhere: Callable[[], subprocess.Popen[str]]
) -> None:
    registered(lambda run: None)
    job = asked(PersonFactory.create())
    process = elsewhere()
    time.sleep(1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = Job.objects.get(pk=job.pk)
    assert (left.status, left.attempts) == (Job.Status.RUNNING, 1)
    assert left.done > 0
    assert worker.run_due(at=left.touched_at + timedelta(seconds=59)) == 0
    Job.objects.update(touched_at=left.touched_at - timedelta(seconds=61))
    elsewhere().wait()
    done = Job.objects.get(pk=job.pk)
    assert (done.status, done.attempts, done.report, done.done) == (Job.Status.DONE, 2, {"by": 2}, 600)
