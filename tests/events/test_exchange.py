"""Attendee lists in and out: tried without a trace, registered once, exported with everybody and every answer."""

import csv
import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from openpyxl import load_workbook

from events import attendee_export, attendee_import, questions, registration, statistics
from events.attendees import Wanted
from events.models import AttendeeAccess, Event, EventStaff, Registration, Ticket
from events.party import Companion
from events.questions import QuestionFacts
from events.refusals import EventNotFound, NobodyThere
from network import worker
from network.models import Consent, Job, OutgoingMail, Person
from network.refusals import Invalid
from tests.factories import NOW, PersonFactory, on_duty, open_event, planner

pytestmark = pytest.mark.django_db
HEAD = "Họ và tên,E-mail,Số điện thoại,Cỡ áo\n"


@pytest.fixture
def event() -> Event:
    made = open_event(capacity=50)
    choices = tuple({"value": size, "vi": f"Cỡ {size}", "en": f"Size {size}"} for size in ("S", "L"))
    facts = QuestionFacts(kind="CHOICE", label_vi="Cỡ áo", label_en="Shirt size", choices=choices)
    questions.add(event_id=made.pk, facts=facts, actor=planner())
    return made


@pytest.fixture
def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


def given(text: str, name: str = "khach.csv") -> ContentFile:
    return ContentFile(text.encode(), name=name)


def worked(job: Job) -> Job:
    worker.run_due(at=NOW)
    return Job.objects.get(pk=job.pk)


def tried(event: Event, organiser: Person, text: str, **how: Any) -> Job:
    stated = {"event_id": event.pk, "actor": organiser, "at": NOW, "agreed": True}
    return worked(attendee_import.ask(given=given(text), **{**stated, **how}))


def test_a_trial_tells_everything_and_writes_nothing(event: Event, organiser: Person) -> None:
    registration.register(
        event_id=event.pk,
        person=PersonFactory.create(email="da@example.org"),
        at=NOW,
        channel=Registration.Channel.SITE,
    )
    before = (
        Registration.objects.count(),
        Person.objects.count(),
        OutgoingMail.objects.count(),
        Consent.objects.count(),
    )
    text = HEAD + (
        "Trần Thị Bưởi,buoi@example.org,0912 345 678,Cỡ L\n"
        "Lê Văn Cam,cam@example,0912345678,L\n"
        ",khong-ten@example.org,12,XXL\n"
        "Trần Thị Bưởi,BUOI@example.org,,\n"
        "Đã Có,da@example.org,,\n"
    )
    report = tried(event, organiser, text).report
    assert {name: report[name] for name in ("importable", "already_registered", "refused", "short")} == {
        "importable": 1,
        "already_registered": 1,
        "refused": 3,
        "short": 0,
    }
    question = event.questions.get()
    assert [(row["row"], row["field"], row["facts"]["reason"]) for row in report["rows"]] == [
        (3, "email", "malformed"),
        (4, f"answers.{question.pk}", "unknown"),
        (4, "full_name", "required"),
        (4, "phone", "malformed"),
        (5, "email", "same_as_row"),
    ]
    after = (
        Registration.objects.count(),
        Person.objects.count(),
        OutgoingMail.objects.count(),
        Consent.objects.count(),
    )
    assert after == before


def test_what_was_tried_is_registered_once(event: Event, organiser: Person) -> None:
    text = HEAD + "Trần Thị Bưởi,buoi@example.org,912345678,size l\nLê Văn Cam,cam@example.org,,\n"
    trial = tried(event, organiser, text)
    first = worked(attendee_import.go_on(job_id=trial.pk, actor=organiser, at=NOW))
    assert (first.report["registered"], first.report["refused"]) == (2, 0)
    made = Registration.objects.get(event=event, person__email="buoi@example.org")
    assert (made.channel, made.status, str(made.person.phone), made.answers.get().value) == (
        "IMPORT",
        "CONFIRMED",
        "+84912345678",
        "L",
    )
    consent = Consent.objects.get(person=made.person)
    assert (consent.purpose, consent.channel, consent.recorded_by) == ("REGISTRATION", "IMPORT", organiser)
    again = worked(attendee_import.go_on(job_id=trial.pk, actor=organiser, at=NOW))
    assert (again.report["registered"], again.report["already_registered"]) == (0, 2)
    assert Ticket.objects.filter(event=event).count() == 2
    assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk)


def test_nobody_is_registered_whose_consent_nobody_stated(event: Event, organiser: Person) -> None:
    trial = tried(event, organiser, HEAD + "Lê Văn Cam,cam@example.org,,\n", agreed=False)
    report = worked(attendee_import.go_on(job_id=trial.pk, actor=organiser, at=NOW)).report
    assert (report["registered"], report["rows"][0]["code"]) == (0, "CONSENT_REQUIRED")
    assert not Person.objects.filter(email="cam@example.org").exists()


def test_who_does_not_fit_waits(organiser: Person) -> None:
    small = open_event(capacity=1)
    actor = on_duty(small, EventStaff.Role.ORGANISER)
    text = "Họ tên;Email\nMột;mot@example.org\nHai;hai@example.org\n"
    trial = tried(small, actor, text)
    assert trial.report["short"] == 1
    worked(attendee_import.go_on(job_id=trial.pk, actor=actor, at=NOW))
    states = Registration.objects.filter(event=small).order_by("number").values_list("status", flat=True)
    assert list(states) == ["CONFIRMED", "WAITLISTED"]


def test_only_the_desk_and_only_tables(event: Event, organiser: Person) -> None:
    act: dict[str, Any] = {"event_id": event.pk, "at": NOW, "agreed": True}
    with pytest.raises(EventNotFound):
        attendee_import.ask(given=given(HEAD), actor=PersonFactory.create(), **act)
    with pytest.raises(Invalid) as refused:
        attendee_import.ask(given=given("Họ tên\nMột\n"), actor=organiser, **act)
    assert (refused.value.field, refused.value.facts["reason"]) == ("email", "no_column")
    trial = tried(event, organiser, HEAD + "Lê Văn Cam,cam@example.org,,\n")
    with pytest.raises(EventNotFound):
        attendee_import.go_on(job_id=trial.pk, actor=PersonFactory.create(), at=NOW)
    assert Job.objects.count() == 1


def exported(event: Event, organiser: Person, form: str, **wanted: Any) -> Job:
    act: dict[str, Any] = {"event_id": event.pk, "actor": organiser, "at": NOW}
    return worked(attendee_export.ask(wanted=Wanted(**wanted), form=form, **act))


def test_the_list_has_everybody_their_answers_and_no_formula(event: Event, organiser: Person) -> None:
    evil = PersonFactory.create(full_name="Phạm Hiền", email="hien@example.org", phone="+84912345678")
    types = event.ticket_types.get()
    types.most_per_person = 2
    types.save()
    registration.register(
        event_id=event.pk,
        person=evil,
        at=NOW,
        channel=Registration.Channel.SITE,
        companions=[Companion(name="-Bạn Đi Cùng")],
        answers={event.questions.get().pk: "L"},
    )
    with exported(event, organiser, "csv").result.open() as file:
        head, first, second = csv.reader(io.StringIO(file.read().decode("utf-8-sig"), newline=""))
    assert (head[4], head[5], head[6], head[-1]) == ("Tên", "E-mail", "Điện thoại", "Cỡ áo")
    assert (first[4], first[5], first[6], first[-1]) == ("Phạm Hiền", "hien@example.org", "0912 345 678", "Cỡ L")
    assert (second[0], second[4], second[5]) == ("1", "'-Bạn Đi Cùng", "")
    with exported(event, organiser, "xlsx").result.open() as file:
        sheet = load_workbook(io.BytesIO(file.read())).active
    assert [cell.value for cell in next(sheet.iter_rows())] == head
    assert sheet.max_row == 3
    log = AttendeeAccess.objects.filter(event=event, act="EXPORT")
    assert [(entry.person, entry.people) for entry in log] == [(organiser, 1), (organiser, 1)]


def test_an_export_of_nobody_or_by_a_stranger_is_refused(event: Event, organiser: Person) -> None:
    with pytest.raises(NobodyThere):
        exported(event, organiser, "csv", statuses=("PENDING",))
    with pytest.raises(EventNotFound):
        exported(event, PersonFactory.create(), "csv")
    with pytest.raises(Invalid):
        exported(event, organiser, "pdf")
