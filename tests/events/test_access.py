"""The log of who looked at attendees: complete, not flooded, shown to the lead alone; and what is let go in time."""

from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from events import access, retention
from events.access import Act
from events.models import Answer, AnswerFile, AttendeeAccess, Event, EventStaff, Question, QuestionVersion, Registration
from network import outbox
from network.models import IdempotencyKey, OutgoingMail, Person
from tests.factories import NOW, PersonFactory, on_duty, open_event, planner
from tests.network.planted import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return open_event()


@pytest.fixture
def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


def look(
    event: Event, person: Person, people: int, *, minutes: int = 0, act: Act = Act.VIEW, by: str = "ADMIN"
) -> None:
    at = NOW + timedelta(minutes=minutes)
    access.note(event_id=event.pk, person=person, act=act, people=people, by=by, at=at)


def log(event: Event) -> list[tuple[str, int, datetime]]:
    return list(AttendeeAccess.objects.filter(event=event).order_by("pk").values_list("act", "people", "at"))


def test_turning_pages_is_one_look_at_the_most_that_was_seen(event: Event, organiser: Person) -> None:
    for minutes, people in enumerate([50, 80, 12]):
        look(event, organiser, people, minutes=minutes)
    assert log(event) == [(Act.VIEW, 80, NOW)]


def test_after_ten_minutes_it_is_another_look(event: Event, organiser: Person) -> None:
    look(event, organiser, 50)
    look(event, organiser, 50, minutes=10)
    assert [at for _act, _people, at in log(event)] == [NOW, NOW + timedelta(minutes=10)]


def test_single_registrations_are_counted(event: Event, organiser: Person) -> None:
    for minute in range(3):
        look(event, organiser, 1, minutes=minute, act=Act.DETAIL)
    assert log(event) == [(Act.DETAIL, 3, NOW)]


@pytest.mark.parametrize("act", [Act.EXPORT, Act.BADGES, Act.MESSAGE])
def test_what_is_taken_away_is_an_entry_each_time(event: Event, organiser: Person, act: Act) -> None:
    look(event, organiser, 120, act=act)
    look(event, organiser, 120, minutes=1, act=act)
    assert len(log(event)) == 2


def test_people_events_and_doors_are_kept_apart(event: Event, organiser: Person) -> None:
    look(event, organiser, 1)
    look(event, PersonFactory.create(), 2)
    look(event, organiser, 3, by="API")
    other = open_event()
    look(other, organiser, 4)
    assert [people for _act, people, _at in log(event)] == [1, 2, 3]
    assert [people for _act, people, _at in log(other)] == [4]


def test_the_lead_sees_the_log_and_nobody_else(event: Event, organiser: Person) -> None:
    look(event, organiser, 7)
    seen = {
        name: access.accesses(event_id=event.pk, viewer=viewer).count()
        for name, viewer in {
            "organiser": organiser,
            "planner": planner(),
            "door": on_duty(event),
            "organiser of another event": on_duty(open_event(), EventStaff.Role.ORGANISER),
            "anybody": PersonFactory.create(),
        }.items()
    }
    assert seen == {"organiser": 1, "planner": 1, "door": 0, "organiser of another event": 0, "anybody": 0}


def test_the_page_says_who_when_and_how_many(event: Event) -> None:
    lead, curious = planner(is_superuser=True), PersonFactory.create(full_name="Bùi Văn Tò Mò")
    look(event, curious, 4321, act=Act.EXPORT)
    client = Client()
    client.force_login(lead)
    page = client.get(f"/quan-tri/su-kien/{event.pk}/accesses/")
    assert page.status_code == 200
    said = page.content.decode()
    for word in ("Bùi Văn Tò Mò", "4321", "09:00 23/11/2026", "Xuất danh sách"):
        assert word in said


def test_the_page_is_closed_to_who_does_not_lead(event: Event) -> None:
    client = Client()
    client.force_login(on_duty(event))
    assert client.get(f"/quan-tri/su-kien/{event.pk}/accesses/").status_code == 403


def _answered(row: Registration, days: int | None, kind: str = "LONG_TEXT") -> Answer:
    question = Question.objects.create(event=row.event, kind=kind, retention_days=days)
    version = QuestionVersion.objects.create(question=question, number=1, label="Bạn ăn chay?")
    return Answer.objects.create(registration=row, question=question, version=version, value="Có", answered_at=NOW)


def _file(person: Person, answer: Answer | None, at: datetime = NOW) -> AnswerFile:
    row = AnswerFile(person=person, answer=answer, name="cv.pdf", content_type="a/b", size=1, uploaded_at=at)
    row.file.save("cv.pdf", ContentFile(b"x"), save=True)
    return row


def test_answers_are_emptied_when_their_days_are_over(event: Event) -> None:
    row = registered(PersonFactory.create(), event)
    week, month, always = _answered(row, 7), _answered(row, 30), _answered(row, None)
    uploaded = _file(row.person, week)
    assert retention.sweep(at=event.ends_at + timedelta(days=7, seconds=-1)).answers == 0
    swept = retention.sweep(at=event.ends_at + timedelta(days=7))
    assert swept.answers == 1
    assert retention.sweep(at=event.ends_at + timedelta(days=7)).answers == 0
    assert [Answer.objects.get(pk=each.pk).value for each in (week, month, always)] == [None, "Có", "Có"]
    assert not AnswerFile.objects.exists()
    assert not uploaded.file.storage.exists(uploaded.file.name)


def test_a_file_without_an_answer_goes_after_a_day(event: Event) -> None:
    row = registered(PersonFactory.create(), event)
    guest, kept = _file(row.person, None), _file(row.person, _answered(row, None, "FILE"))
    assert retention.sweep(at=NOW + timedelta(days=1)).files == 0
    assert retention.sweep(at=NOW + timedelta(days=1, seconds=1)).files == 1
    assert list(AnswerFile.objects.all()) == [kept]
    assert not guest.file.storage.exists(guest.file.name)


def test_keys_go_after_two_days(event: Event) -> None:
    IdempotencyKey.objects.create(person=PersonFactory.create(), key="k", fingerprint="0" * 64, created_at=NOW)
    assert retention.sweep(at=NOW + timedelta(hours=48)).keys == 0
    assert retention.sweep(at=NOW + timedelta(hours=48, seconds=1)).keys == 1


def test_letters_lose_their_words_after_half_a_year() -> None:
    for recipient in ("sent@example.org", "unsent@example.org"):
        letter = outbox.Letter(recipient=recipient, subject="Vé của bạn", text="Chào", html="<p>Chào</p>")
        outbox.queue(letter, at=NOW)
    OutgoingMail.objects.filter(recipient="sent@example.org").update(sent_at=NOW, facts={"registration": 1})
    assert retention.sweep(at=NOW + timedelta(days=180)).letters == 0
    assert retention.sweep(at=NOW + timedelta(days=180, seconds=1)).letters == 1
    assert retention.sweep(at=NOW + timedelta(days=180, seconds=1)).letters == 0
    sent = OutgoingMail.objects.get(recipient="sent@example.org")
    assert (bytes(sent.mime or b""), sent.subject, sent.facts) == (b"", "", {})
