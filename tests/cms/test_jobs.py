"""Long work in the newsroom: asked for, followed, fetched; only by those who have the right at that moment."""

from datetime import timedelta
from uuid import uuid4

import pypdfium2
import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cms.admin import job_words
from events import badges, registration
from events.models import Event, EventStaff, Registration
from network import jobs, reports, worker
from network.models import Job, Person
from network.refusals import Invalid
from tests.factories import NOW, PersonFactory, open_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(home: object) -> Event:
    event = open_event()
    for name in ("Trần Văn Đức", "Phạm Thu Hà"):
        person = PersonFactory.create(full_name=name)
        registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    return event


def leading(event: Event) -> Person:
    """An organiser of this event alone, who may enter the newsroom."""
    person = PersonFactory.create(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    EventStaff.objects.create(person=person, event=event, role=EventStaff.Role.ORGANISER)
    return person


@pytest.fixture
def lead(event: Event) -> Person:
    return leading(event)


@pytest.fixture
def door(lead: Person) -> Client:
    client = Client()
    client.force_login(lead)
    return client


def address(name: str, job: Job) -> str:
    return reverse(f"event:{name}", args=[job.about.removeprefix("event:"), job.pk])


def met(client: Client, path: str) -> int:
    """The status of an answer, its file read to the end and so closed."""
    answer = client.get(path)
    list(answer)
    return answer.status_code


def asked(event: Event, actor: Person) -> Job:
    return badges.ask(event_id=event.pk, layout="A4", actor=actor, at=NOW)


def test_badges_are_asked_for_followed_and_fetched(event: Event, lead: Person, door: Client) -> None:
    form = reverse("event:badges", args=[event.pk])
    assert "2 người có vé hợp lệ." in door.get(form).content.decode()
    answer = door.post(form, {"layout": "LABEL_89X36", "language": "vi"})
    job = Job.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address("job", job))
    waiting = door.get(address("job", job)).content.decode()
    assert f'data-job-state="{address("job_state", job)}"' in waiting
    assert "Nhãn 89 × 36 mm" in waiting
    assert "cms/jobs.js" in waiting
    worker.run_due(at=NOW)
    done = door.get(address("job", job)).content.decode()
    assert "data-job-state" not in done
    assert address("job_file", job) in done
    file = door.get(address("job_file", job))
    assert file.headers["Content-Disposition"].startswith('attachment; filename="the-deo-')
    assert len(pypdfium2.PdfDocument(b"".join(file.streaming_content))) == 2


def test_the_page_asks_how_far_it_is(event: Event, lead: Person, door: Client) -> None:
    job = asked(event, lead)
    state = {"done": 0, "total": 0, "said": "Đang chờ đến lượt", "isOver": False}
    assert door.get(address("job_state", job)).json() == state
    Job.objects.update(status=Job.Status.RUNNING, done=1200, total=3000)
    assert door.get(address("job_state", job)).json() == {
        "done": 1200,
        "total": 3000,
        "said": "1.200 / 3.000",
        "isOver": False,
    }
    page = door.get(address("job", job)).content.decode()
    assert '<progress id="job-progress" max="3000" value="1200">' in page
    Job.objects.update(status=Job.Status.DONE)
    assert door.get(address("job_state", job)).json()["isOver"] is True


@pytest.mark.parametrize("name", ["job", "job_state", "job_file"])
def test_a_job_is_for_who_asked_and_who_may_see_all(event: Event, lead: Person, door: Client, name: str) -> None:
    job = asked(event, lead)
    worker.run_due(at=NOW)
    assert met(door, address(name, job)) == 200
    colleague, overseer = leading(event), leading(event)
    overseer.user_permissions.add(Permission.objects.get(codename="view_job"))
    answers = {}
    for who, person in {"colleague": colleague, "overseer": overseer, "elsewhere": leading(open_event())}.items():
        client = Client()
        client.force_login(person)
        answers[who] = met(client, address(name, job))
    assert answers["overseer"] == 200
    assert answers["colleague"] in {302, 403}
    assert answers["elsewhere"] in {302, 403}
    assert Client().get(address(name, job)).headers["Location"].startswith("/tai-khoan/login/")


@pytest.mark.parametrize("name", ["job", "job_state", "job_file"])
def test_who_lost_the_right_gets_nothing_any_more(event: Event, lead: Person, door: Client, name: str) -> None:
    job = asked(event, lead)
    worker.run_due(at=NOW)
    lead.event_roles.all().delete()
    assert door.get(address(name, job)).status_code in {302, 403}


def test_a_job_is_found_at_its_own_event_alone(event: Event, lead: Person, door: Client) -> None:
    other = open_event()
    EventStaff.objects.create(person=lead, event=other, role=EventStaff.Role.ORGANISER)
    job = asked(event, lead)
    assert door.get(reverse("event:job", args=[other.pk, job.pk])).status_code == 404
    assert door.get(reverse("event:job", args=[event.pk, uuid4()])).status_code == 404


def test_the_list_names_what_one_may_open(event: Event, lead: Person, door: Client) -> None:
    mine, theirs = asked(event, lead), asked(event, leading(event))
    page = door.get(reverse("event:jobs", args=[event.pk])).content.decode()
    assert address("job", mine) in page
    assert address("job", theirs) not in page


def test_what_failed_says_why_and_in_which_rows(event: Event, lead: Person, door: Client) -> None:
    job = asked(event, lead)
    wrong = Invalid(field="email", reason="malformed", example="ten@vidu.vn")
    Job.objects.update(status=Job.Status.FAILED, report={"error": "WORKER_LOST", "rows": reports.of_row(17, wrong)})
    page = door.get(address("job", job)).content.decode()
    for said in ("Việc bị ngắt quá nhiều lần", "<td>17</td>", "ten@vidu.vn"):
        assert said in page


def test_a_file_that_was_removed_is_gone(event: Event, lead: Person, door: Client) -> None:
    job = asked(event, lead)
    worker.run_due(at=NOW)
    worker.forget_old(at=Job.objects.get().ended_at + timedelta(days=8))
    assert door.get(address("job_file", job)).status_code == 404
    assert "Tệp đã được xoá." in door.get(address("job", job)).content.decode()
    assert address("job", job) in door.get(reverse("event:jobs", args=[event.pk])).content.decode()


def test_every_kind_has_a_name() -> None:
    assert set(jobs.KINDS) == set(job_words.KINDS)
