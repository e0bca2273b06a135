"""Long work: asked for, done once, followed, fetched by those who may."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation

from events.refusals import RegistrationNotYetOpen
from network import jobs, reports, worker
from network.models import Job, Person, Sector
from network.refusals import Invalid, NotPermitted
from network.wording import word
from tests.factories import NOW, PersonFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Register a function as the kind "test" for the time of a test."""
    monkeypatch.setattr(jobs, "KINDS", {})
    return lambda perform, **others: jobs.kind("test", **others)(perform)


def asked(actor: Person | None = None, **others) -> Job:
    return jobs.ask(kind="test", actor=actor or PersonFactory.create(), at=NOW, **others)


def after_run(job: Job, at=NOW) -> Job:
    worker.run_due(at=at)
    return Job.objects.get(pk=job.pk)


def read(job: Job) -> bytes:
    with job.result.open() as file:
        return file.read()


def abandoned(job: Job, attempts: int = 1) -> Job:
    """As a worker leaves it that is killed."""
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, attempts=attempts, touched_at=NOW)
    return Job.objects.get(pk=job.pk)


def nothing(run: jobs.Running) -> None:
    """Work that is done at once."""


def test_a_job_is_done_and_its_file_kept(registered) -> None:
    def work(run: jobs.Running) -> None:
        run.progress(3, 4)
        run.finish(file=BytesIO(b"a,b"), name="danh sách.csv", report={"people": run.given["people"]})

    registered(work)
    job = after_run(asked(about="event:1", given={"people": 4}))
    assert (job.status, job.done, job.total, job.report) == (Job.Status.DONE, 4, 4, {"people": 4})
    assert (job.result_name, read(job), job.attempts) == ("danh sách.csv", b"a,b", 1)
    assert job.result.name == f"jobs/out/{job.pk}-1.csv"
    assert worker.run_due(at=NOW) == 0


def test_work_reads_what_was_handed_in(registered) -> None:
    registered(lambda run: run.finish(report={"size": len(run.job.upload.read())}))
    job = asked(upload=ContentFile(b"12345", name="Nguyễn Văn A.xlsx"))
    assert job.upload.name == f"jobs/in/{job.pk}.xlsx"
    assert after_run(job).report == {"size": 5}


def test_work_speaks_the_language_of_who_asked(registered) -> None:
    registered(lambda run: run.finish(report={"language": translation.get_language()}))
    assert after_run(asked(PersonFactory.create(preferred_language="en"))).report == {"language": "en"}


def test_asking_twice_is_asking_once_until_it_is_done(registered) -> None:
    registered(nothing)
    actor = PersonFactory.create()
    first = asked(actor, given={"layout": "A4"})
    assert asked(actor, given={"layout": "A4"}) == first
    assert asked(actor, given={"layout": "LABEL"}) != first
    assert asked(given={"layout": "A4"}) != first
    after_run(first)
    assert asked(actor, given={"layout": "A4"}) != first


def test_nobody_asks_for_work_that_nobody_can_do(registered) -> None:
    with pytest.raises(LookupError):
        asked()


def test_a_refusal_fails_the_job_and_is_worded_later(registered) -> None:
    refusal = RegistrationNotYetOpen(opens_at=NOW)

    def work(run: jobs.Running) -> None:
        raise refusal

    registered(work)
    job = after_run(asked())
    assert (job.status, job.ended_at is not None) == (Job.Status.FAILED, True)
    [entry] = job.report["refusals"]
    assert entry == {"code": "REGISTRATION_NOT_YET_OPEN", "field": "", "facts": {"opens_at": NOW.isoformat()}}
    assert word(reports.retold(entry)) == word(refusal)


def test_a_row_is_told_with_its_number() -> None:
    [entry] = reports.of_row(12, Invalid(field="email", reason="malformed", example="ten@vidu.vn"))
    assert entry["row"] == 12
    assert word(reports.retold(entry)) == word(Invalid(field="email", reason="malformed", example="ten@vidu.vn"))
    assert reports.retold(entry).field == "email"


def test_a_mistake_of_ours_stops_one_job_only(registered) -> None:
    def work(run: jobs.Running) -> None:
        if run.given["n"] == 1:
            raise ZeroDivisionError

    registered(work)
    broken, fine = asked(given={"n": 1}), asked(given={"n": 2})
    assert worker.run_due(at=NOW) == 2
    assert Job.objects.get(pk=broken.pk).report == {"error": "UNEXPECTED"}
    assert Job.objects.get(pk=fine.pk).status == Job.Status.DONE


def test_a_job_is_left_to_its_worker_for_a_minute(registered) -> None:
    registered(nothing)
    job = abandoned(asked())
    assert after_run(job, at=NOW + timedelta(seconds=50)).status == Job.Status.RUNNING
    after = after_run(job, at=NOW + timedelta(seconds=61))
    assert (after.status, after.attempts) == (Job.Status.DONE, 2)


def test_the_third_worker_is_the_last(registered) -> None:
    registered(nothing)
    job = after_run(abandoned(asked(), attempts=3), at=NOW + timedelta(minutes=2))
    assert (job.status, job.report) == (Job.Status.FAILED, {"error": "WORKER_LOST"})


def test_what_must_not_be_begun_anew_is_not(registered) -> None:
    registered(nothing, is_repeatable=False)
    job = after_run(abandoned(asked()), at=NOW + timedelta(minutes=2))
    assert (job.status, job.report) == (Job.Status.FAILED, {"error": "WORKER_LOST"})


def test_effects_of_a_worker_that_was_replaced_do_not_count(registered) -> None:
    def work(run: jobs.Running) -> None:
        with transaction.atomic():
            SectorFactory.create()
            if run.given["replaced"]:
                Job.objects.filter(pk=run.job.pk).update(attempts=9)
            run.finish(file=BytesIO(b"x"), name="x.csv")

    registered(work)
    job = after_run(asked(given={"replaced": True}))
    assert (job.status, job.result.name, Sector.objects.count()) == (Job.Status.RUNNING, "", 0)
    assert not job.result.storage.exists(f"jobs/out/{job.pk}-1.csv")
    # Control: with nobody in between it does.
    assert after_run(asked(given={"replaced": False})).status == Job.Status.DONE
    assert Sector.objects.count() == 1


def test_a_lost_job_stops_at_its_next_step(registered) -> None:
    steps: list[int] = []

    def work(run: jobs.Running) -> None:
        for step in range(3):
            run.progress(step, 3)
            steps.append(step)
            run.is_lost = True

    registered(work)
    after_run(asked())
    assert steps == [0]


def test_only_who_asked_and_who_may_see_all_open_a_job_while_they_have_the_right(registered) -> None:
    admitted: set[int] = set()
    registered(nothing, admits=lambda person, job: person.pk in admitted)
    actor, other, lead = PersonFactory.create_batch(3)
    lead.user_permissions.add(Permission.objects.get(codename="view_job"))
    job = asked(actor, about="event:1")
    assert not any(jobs.may_open(person, job) for person in (actor, other, lead))
    admitted |= {actor.pk, other.pk, lead.pk}
    assert [jobs.may_open(Person.objects.get(pk=person.pk), job) for person in (actor, other, lead)] == [
        True, False, True,
    ]  # fmt: skip
    assert jobs.jobs_about("event:1", viewer=actor) == [job]
    assert jobs.jobs_about("event:1", viewer=other) == []
    actor.is_active = False
    assert not jobs.may_open(actor, job)


def test_files_and_reports_are_forgotten_after_a_week(registered) -> None:
    registered(lambda run: run.finish(file=BytesIO(b"x"), name="x.csv", report={"people": 1}))
    job = after_run(asked(upload=ContentFile(b"in", name="in.csv"), given={"search": "nguyễn"}))
    assert worker.forget_old(at=job.ended_at + timedelta(days=6, hours=23)) == 0
    assert worker.forget_old(at=job.ended_at + timedelta(days=7, seconds=1)) == 1
    forgotten = Job.objects.get(pk=job.pk)
    assert (forgotten.upload.name, forgotten.result.name, forgotten.report, forgotten.given) == ("", "", {}, {})
    assert not any(job.result.storage.exists(name) for name in (job.upload.name, job.result.name))
    assert worker.forget_old(at=job.ended_at + timedelta(days=8)) == 0


def test_what_waits_is_not_forgotten(registered) -> None:
    registered(nothing)
    asked(given={"a": 1})
    assert worker.forget(Job.objects.all()) == 0


def test_the_rule_of_a_kind_is_asked_for_the_right_again(registered) -> None:
    def work(run: jobs.Running) -> None:
        if not run.actor.is_staff:
            raise NotPermitted()

    registered(work)
    assert after_run(asked()).report["refusals"][0]["code"] == "NOT_PERMITTED"
