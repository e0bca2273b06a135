"""What organisers do at the desk: to one registration, to many, for somebody, by letter."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from events import bulk, questions
from events.models import Answer, AnswerFile, Message, Registration
from events.questions import QuestionFacts
from network import worker
from network.models import Consent, Job, OutgoingMail, Person
from tests.cms.desk import Desk, desk_of, organiser_of
from tests.factories import planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(home: object) -> Desk:
    """The first comes and owes nothing, the second is to be decided, the third waits."""
    at = timezone.now()
    desk = desk_of(starts_at=at + timedelta(days=12))
    desk.come("Phạm Thu Hà", at=at)
    desk.come("Trần An", desk.team, at=at)
    desk.come("Đỗ Nam", at=at)
    desk.come("Vũ Thủy", at=at)
    OutgoingMail.objects.all().delete()
    return desk


@pytest.fixture
def browser(organiser: Person, client: Client) -> Client:
    client.force_login(organiser)
    return client


def row(desk: Desk, number: int) -> Registration:
    return Registration.objects.get(event=desk.event, number=number)


def do(browser: Client, desk: Desk, number: int, act: str, **stated: Any) -> Any:
    return browser.post(desk.url(f"attendee_{act}", number), stated)


def letters() -> set[str]:
    return set(OutgoingMail.objects.values_list("kind", flat=True))


def test_approve_then_fee_then_back(desk: Desk, browser: Client) -> None:
    assert do(browser, desk, 2, "approve", waits="on").url == desk.url("attendee", 2)
    assert (row(desk, 2).status, row(desk, 2).payment) == ("CONFIRMED", "DUE")
    do(browser, desk, 2, "receive")
    assert row(desk, 2).payment == "RECEIVED"
    do(browser, desk, 2, "take-back")
    assert row(desk, 2).payment == "DUE"
    do(browser, desk, 2, "resend")
    assert letters() == {"events.confirmed", "events.paid", "events.resent"}


def test_turn_down_and_cancel(desk: Desk, browser: Client) -> None:
    do(browser, desk, 2, "reject")
    do(browser, desk, 1, "cancel")
    assert (row(desk, 2).status, row(desk, 1).status, row(desk, 4).status) == ("REJECTED", "CANCELLED", "OFFERED")
    assert letters() == {"events.rejected", "events.cancelled", "events.offered"}


def test_prioritise_move_and_add_people(desk: Desk, browser: Client) -> None:
    do(browser, desk, 4, "prioritise", priority="-5")
    assert row(desk, 4).priority == -5
    do(browser, desk, 1, "move", ticket_type_id=desk.team.pk)
    assert row(desk, 1).ticket_type == desk.team
    do(browser, desk, 1, "people", **{"companions.1.name": "Lê Thắm", "companions.1.email": "tham@example.org"})
    assert row(desk, 1).quantity == 2


def test_a_refusal_stands_at_its_field_and_changes_nothing(desk: Desk, browser: Client) -> None:
    before = list(Registration.objects.order_by("pk").values())
    assert "Không làm được ở trạng thái này: Đã xác nhận." in do(browser, desk, 1, "approve").content.decode()
    assert do(browser, desk, 1, "receive").context["form"].non_field_errors() == ["Không có khoản phí nào cần thu."]
    moved = do(browser, desk, 2, "move", ticket_type_id=desk_of().audience.pk)
    assert list(moved.context["form"].errors) == ["ticket_type_id"]
    assert list(Registration.objects.filter(event=desk.event).order_by("pk").values()) == before


def test_a_companion_is_refused_at_their_own_line(desk: Desk, browser: Client) -> None:
    do(browser, desk, 1, "move", ticket_type_id=desk.team.pk)
    stated = {"companions.0.name": "Lê Thắm", "companions.2.name": "Cúc", "companions.2.email": "không phải"}
    answer = do(browser, desk, 1, "people", **stated)
    assert list(answer.context["form"].errors) == ["companions.2.email"]
    assert row(desk, 1).quantity == 1


def test_answers_of_the_person_and_of_organisers(desk: Desk, browser: Client) -> None:
    staff = QuestionFacts(kind="SHORT_TEXT", label_vi="Ghi chú", is_staff_only=True)
    note = questions.add(event_id=desk.event.pk, facts=staff, actor=planner())
    wanted = questions.add(event_id=desk.event.pk, facts=QuestionFacts(kind="NUMBER", label_vi="Tuổi"), actor=planner())
    given = {f"answers.{desk.role.pk}": "Kỹ sư", f"answers.{note.pk}": "Khách quý", f"answers.{wanted.pk}": "x"}
    assert list(do(browser, desk, 1, "answers", **given).context["form"].errors) == [f"answers.{wanted.pk}"]
    assert not Answer.objects.exists()
    do(browser, desk, 1, "answers", **(given | {f"answers.{wanted.pk}": "42"}))
    values = dict(Answer.objects.values_list("question", "value"))
    assert values == {desk.role.pk: "Kỹ sư", note.pk: "Khách quý", wanted.pk: 42}


def test_an_answer_shows_the_question_that_it_answered(desk: Desk, browser: Client) -> None:
    do(browser, desk, 1, "answers", **{f"answers.{desk.role.pk}": "Kỹ sư"})
    choices = ({"value": "Kỹ sư", "vi": "Kỹ sư tàu biển"},)
    facts = QuestionFacts(kind="CHOICE", label_vi="Nghề?", choices=choices)
    questions.change(question_id=desk.role.pk, facts=facts, actor=planner())
    page = browser.get(desk.url("attendee", 1)).content.decode()
    assert "Vai trò?" in page
    assert "nay câu hỏi là: “Nghề?”" in page
    assert "Kỹ sư tàu biển" not in page


# On somebody's behalf


def test_registering_somebody_with_answers_file_and_consent(desk: Desk, browser: Client, organiser: Person) -> None:
    staff = QuestionFacts(kind="SHORT_TEXT", label_vi="Ghi chú", is_staff_only=True)
    note = questions.add(event_id=desk.event.pk, facts=staff, actor=planner())
    file = questions.add(
        event_id=desk.event.pk, facts=QuestionFacts(kind="FILE", label_vi="Hồ sơ", is_required=True), actor=planner()
    )
    stated = {
        "full_name": "Lê Thị Cúc",
        "email": "Cuc@Example.org",
        "language": "en",
        "companions.0.name": "Bùi Mai",
        f"answers.{note.pk}": "Gọi điện",
        f"answers.{file.pk}": SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
    }
    address = f"{desk.url('attendee_new')}?type={desk.team.pk}"
    tick = re.search(r'<input[^>]*name="agreed"[^>]*>', browser.get(address).content.decode())
    assert tick
    assert "checked" not in tick[0]
    refused = browser.post(address, stated)
    assert list(refused.context["form"].errors) == ["agreed"]
    assert not Person.objects.filter(email="cuc@example.org").exists()
    assert not AnswerFile.objects.exists()

    stated[f"answers.{file.pk}"] = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    browser.post(address, stated | {"agreed": "on"})
    made = Registration.objects.get(person__email="cuc@example.org")
    assert (made.status, made.channel, made.language, made.quantity) == ("PENDING", "ADMIN", "en", 2)
    assert Consent.objects.get(person=made.person).recorded_by == organiser
    assert AnswerFile.objects.get().answer.registration == made
    assert dict(made.answers.values_list("question", "value"))[note.pk] == "Gọi điện"


def test_somebody_who_is_registered_is_named_by_number(desk: Desk, browser: Client) -> None:
    known = row(desk, 1).person
    stated = {"full_name": "Ai", "email": known.email, "language": "vi"}
    answer = browser.post(f"{desk.url('attendee_new')}?type={desk.audience.pk}", stated)
    assert answer.context["form"].non_field_errors() == ["Người này đã đăng ký rồi, số 1."]


# Many at once


def test_those_ticked_are_approved_and_each_refusal_is_told(desk: Desk, browser: Client) -> None:
    address = f"{desk.url('attendees_bulk', 'approve')}?n=1&n=2"
    asked = browser.get(address)
    assert (asked.context["count"], asked.context["fitting"]) == (2, 1)
    assert row(desk, 2).status == "PENDING"
    done = browser.post(address, {"expected": "2", "waits": "on"})
    assert done.context["report"]["done"] == 1
    assert [(each.number, each.name, each.reason) for each in done.context["refused"]] == [
        (1, "Phạm Thu Hà", "Không làm được ở trạng thái này: Đã xác nhận.")
    ]
    assert row(desk, 2).status == "CONFIRMED"


def test_all_of_a_filter_and_no_more(desk: Desk, browser: Client) -> None:
    address = f"{desk.url('attendees_bulk', 'move')}?everybody=1&status=CONFIRMED"
    done = browser.post(address, {"expected": "2", "ticket_type_id": desk.team.pk})
    assert done.context["report"]["done"] == 2
    moved = Registration.objects.filter(event=desk.event, ticket_type=desk.team).order_by("number")
    assert list(moved.values_list("number", flat=True)) == [1, 2, 3]


def test_a_group_that_changed_meanwhile_is_shown_anew(desk: Desk, browser: Client) -> None:
    address = f"{desk.url('attendees_bulk', 'cancel')}?everybody=1&status=CONFIRMED"
    answer = browser.post(address, {"expected": "1"})
    assert answer.context["form"].errors["expected"] == ["Nhóm này hiện có 2 người, không phải 1. Hãy kiểm tra lại."]
    assert 'name="expected" value="2"' in answer.content.decode()
    assert row(desk, 1).status == "CONFIRMED"


def test_nobody_ticked_is_nobody(desk: Desk, browser: Client) -> None:
    for act in ("cancel", "approve"):
        assert browser.get(desk.url("attendees_bulk", act)).url == desk.url()
        browser.post(desk.url("attendees_bulk", act), {"expected": "0"})
    assert Registration.objects.filter(status="CANCELLED").count() == 0


def test_very_many_are_left_to_the_worker(desk: Desk, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 1)
    address = f"{desk.url('attendees_bulk', 'resend')}?everybody=1&status=CONFIRMED&status=PENDING"
    followed = browser.post(address, {"expected": "3"}).url
    assert "Đang chờ đến lượt" in browser.get(followed).content.decode()
    assert letters() == set()
    assert worker.run_due(at=timezone.now()) == 1
    page = browser.get(followed)
    assert Job.objects.get().status == "DONE"
    assert page.context["report"]["done"] == 2
    assert [each.name for each in page.context["refused"]] == ["Trần An"]
    assert letters() == {"events.resent"}


# By letter

TEXTS = {"subject_vi": "Chào {name}", "body_vi": "Hẹn gặp ở {place}.", "subject_en": "Hi", "body_en": "See you."}


def test_a_message_is_looked_at_then_sent_by_its_number(desk: Desk, browser: Client) -> None:
    address = f"{desk.url('attendees_message')}?everybody=1&status=CONFIRMED"
    assert browser.get(address).context["count"] == 2
    seen = browser.post(address, TEXTS | {"step": "preview"})
    assert [letter.subject for _name, letter in seen.context["letters"]] == ["Chào Nam", "Hi"]
    shown = [unescape(html) for html in re.findall(r'srcdoc="([^"]*)"', seen.content.decode())]
    assert ["Hẹn gặp ở Khu làm việc chung" in shown[0], "See you." in shown[1], len(shown)] == [True, True, 2]
    wrong = browser.post(address, TEXTS | {"step": "send", "expected": "3"})
    assert wrong.context["form"].errors["expected"]
    assert browser.post(address, TEXTS | {"step": "send"}).context["form"].errors["expected"]
    assert not Message.objects.exists()
    sent = browser.post(address, TEXTS | {"step": "send", "expected": "2"})
    assert sent.url == desk.url()
    assert OutgoingMail.objects.filter(kind="events.message").count() == 2
    assert Message.objects.get().audience == {"statuses": ["CONFIRMED"]}


def test_words_are_refused_at_their_field(desk: Desk, browser: Client) -> None:
    answer = browser.post(f"{desk.url('attendees_message')}?n=1", TEXTS | {"body_vi": "{sql}", "step": "preview"})
    assert list(answer.context["form"].errors) == ["body_vi"]
    assert answer.context["preview"] is None


def test_an_organiser_elsewhere_can_do_none_of_it(desk: Desk, client: Client, home: object) -> None:
    client.force_login(organiser_of(desk_of().event))
    before = list(Registration.objects.order_by("pk").values())
    for act, number in (("approve", 2), ("cancel", 1), ("resend", 1), ("receive", 1)):
        assert do(client, desk, number, act).url == "/quan-tri/"
    client.post(f"{desk.url('attendees_bulk', 'cancel')}?everybody=1", {"expected": "4"})
    client.post(f"{desk.url('attendees_message')}?everybody=1", TEXTS | {"step": "send", "expected": "4"})
    assert list(Registration.objects.order_by("pk").values()) == before
    assert not OutgoingMail.objects.exists()


def test_a_ticket_is_blocked_and_unblocked(desk: Desk, browser: Client) -> None:
    ticket = row(desk, 1).tickets.get()
    address = desk.url("attendee_block", 1, ticket.pk)
    shown = browser.post(address, {"blocked": "yes"}, follow=True).content.decode()
    ticket.refresh_from_db()
    assert ticket.blocked_at is not None
    for words in (f"Không ai vào được bằng vé {ticket.number} nữa.", "khoá từ", f"Mở khoá vé {ticket.number}"):
        assert words in shown
    browser.post(address, {"blocked": "no"})
    ticket.refresh_from_db()
    assert ticket.blocked_at is None
    assert browser.get(address).status_code == 405
    assert browser.post(desk.url("attendee_block", 3, ticket.pk), {"blocked": "yes"}).status_code == 404
    ticket.refresh_from_db()
    assert ticket.blocked_at is None


def test_a_ticket_is_blocked_by_who_runs_the_desk_alone(desk: Desk, client: Client, editor: Person) -> None:
    ticket = row(desk, 1).tickets.get()
    client.force_login(editor)
    assert client.post(desk.url("attendee_block", 1, ticket.pk), {"blocked": "yes"}).status_code in {302, 403}
    ticket.refresh_from_db()
    assert ticket.blocked_at is None
