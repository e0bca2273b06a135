"""A registration of one's own: what its page says in every state, and every act on it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events import approval, payments, registration, waiting_list
from events.models import AnswerFile, Event, EventStaff, Registration
from events.party import Companion
from network.models import Person
from tests.factories import NOW, PersonFactory, on_duty, open_event
from tests.frontend.test_registration import PDF, Kind, ask, errors, only_type

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def take(event: Event, person: Person, **more: Any) -> Registration:
    return registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE, **more)


def group(event: Event, host: Person) -> Registration:
    only_type(event, most_per_person=4)
    guests = [Companion(name="Lê Văn Cường"), Companion(name="Trần Bình", email="binh@x.example")]
    return take(event, host, companions=guests)


def offered(host: Person) -> Registration:
    """An offer that came free when somebody else cancelled."""
    event, other = open_event(capacity=1), PersonFactory.create()
    first = take(event, other)
    waits = take(event, host, waits=True)
    registration.cancel(registration_id=first.pk, actor=other, at=NOW)
    waits.refresh_from_db()
    assert waits.status == "OFFERED"
    return waits


@pytest.fixture
def host() -> Person:
    return PersonFactory.create(full_name="Phạm Thu Hà")


@pytest.fixture
def reader(host: Person, signed_in: Callable[..., Client]) -> Client:
    return signed_in(host)


ACTS = ["", "nhan-cho/", "nhuong-cho/", "tra-loi/", "them-nguoi/", "huy/"]


@pytest.mark.parametrize("act", ACTS)
def test_a_foreign_registration_does_not_exist(host: Person, signed_in: Callable[..., Client], act: str) -> None:
    own = take(open_event(), host)
    path = f"/ve/dang-ky/{own.pk}/{act}"
    for stranger in (PersonFactory.create(), on_duty(own.event, EventStaff.Role.ORGANISER)):
        client = signed_in(stranger)
        assert client.post(path).status_code in (404, 405)
        assert client.get(path).status_code in (404, 405)
    assert Client().post(path).headers["Location"] == f"/tai-khoan/login/?next={path}"
    own.refresh_from_db()
    assert own.status == "CONFIRMED"


def _cancelled(host: Person) -> Registration:
    own = take(open_event(), host)
    return registration.cancel(registration_id=own.pk, actor=host, at=NOW)


def _pending(host: Person) -> Registration:
    event = open_event()
    only_type(event, needs_approval=True)
    return take(event, host)


def _rejected(host: Person) -> Registration:
    own = _pending(host)
    return approval.reject(registration_id=own.pk, actor=on_duty(own.event, EventStaff.Role.ORGANISER), at=NOW)


def _declined(host: Person) -> Registration:
    return waiting_list.decline(registration_id=offered(host).pk, actor=host, at=NOW)


def _expired(host: Person) -> Registration:
    own = offered(host)
    waiting_list.expire_due(at=NOW + timedelta(days=2))
    own.refresh_from_db()
    return own


STATES: list[tuple[Callable[[Person], Registration], str]] = [
    (lambda host: take(open_event(), host), "Bạn đã có 1 chỗ"),
    (_pending, "Chúng tôi đã nhận đăng ký của bạn"),
    (lambda host: take(open_event(capacity=0), host, waits=True), "Bạn đang trong hàng chờ"),
    (offered, "Đang giữ 1 chỗ cho bạn"),
    (_cancelled, "Đăng ký này đã huỷ"),
    (_rejected, "Ban tổ chức chưa xếp được chỗ cho bạn"),
    (_declined, "Bạn đã nhường chỗ"),
    (_expired, "Chỗ mời đã chuyển cho người kế tiếp"),
]


@pytest.mark.parametrize(("made", "said"), STATES, ids=[row[1] for row in STATES])
def test_every_state_has_its_words(
    host: Person, reader: Client, made: Callable[[Person], Registration], said: str
) -> None:
    own = made(host)
    page = reader.get(f"/ve/dang-ky/{own.pk}/")
    assert said in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert reader.get("/ve/").status_code == reader.get(f"/su-kien/{own.event.slug}/").status_code == 200


def test_an_offer_is_accepted(host: Person, reader: Client) -> None:
    own = offered(host)
    page = reader.get("/ve/")
    assert [berth.registration.pk for berth in page.context["berths"].offers] == [own.pk]
    assert "09:00, Thứ Ba 24/11" in page.content.decode()
    answer = reader.post(f"/ve/dang-ky/{own.pk}/nhan-cho/", follow=True)
    own.refresh_from_db()
    assert (own.status, own.tickets.count()) == ("CONFIRMED", 1)
    assert answer.redirect_chain == [(f"/ve/dang-ky/{own.pk}/", 302)]
    again = reader.post(f"/ve/dang-ky/{own.pk}/nhan-cho/", follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["error"]


def test_accepting_takes_a_post(host: Person, reader: Client) -> None:
    own = offered(host)
    assert reader.get(f"/ve/dang-ky/{own.pk}/nhan-cho/").status_code == 405
    own.refresh_from_db()
    assert own.status == "OFFERED"


def test_an_offer_is_let_go_after_a_question(host: Person, reader: Client) -> None:
    own = offered(host)
    path = f"/ve/dang-ky/{own.pk}/nhuong-cho/"
    assert "Nhường chỗ cho người kế tiếp?" in reader.get(path).content.decode()
    reader.post(path)
    own.refresh_from_db()
    assert own.status == "DECLINED"
    assert reader.get(path).headers["Location"] == f"/ve/dang-ky/{own.pk}/"
    assert reader.post(path).headers["Location"] == f"/ve/dang-ky/{own.pk}/"


def test_cancelling_asks_first(host: Person, reader: Client) -> None:
    own = group(open_event(), host)
    path = f"/ve/dang-ky/{own.pk}/huy/"
    assert "Trả lại cả 3 chỗ?" in reader.get(path).content.decode()
    own.refresh_from_db()
    assert own.status == "CONFIRMED"
    assert reader.post(path).headers["Location"] == "/ve/"
    own.refresh_from_db()
    assert (own.status, own.event.seats.taken) == ("CANCELLED", 0)
    assert reader.get(path).headers["Location"] == f"/ve/dang-ky/{own.pk}/"


def test_one_place_of_a_group_is_given_back(host: Person, reader: Client) -> None:
    own = group(open_event(), host)
    theirs = own.tickets.get(holder__email="binh@x.example")
    assert "Trả lại chỗ của Trần Bình?" in reader.get(f"/ve/{theirs.pk}/tra-ve/").content.decode()
    assert reader.get(f"/ve/{theirs.pk}/").status_code == 404
    answer = reader.post(f"/ve/{theirs.pk}/tra-ve/")
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.status, own.quantity, theirs.revoked_at) == ("CONFIRMED", 2, NOW)
    assert answer.headers["Location"] == f"/ve/dang-ky/{own.pk}/"
    assert "Trần Bình" not in reader.get("/ve/").content.decode()


def test_people_are_added_and_refused_at_their_row(host: Person, reader: Client) -> None:
    own = group(open_event(), host)
    path = f"/ve/dang-ky/{own.pk}/them-nguoi/"
    assert len(reader.get(path).context["form"].rows) == 1
    assert list(errors(reader.post(path))) == ["companions"]
    wrong = reader.post(path, {"companions.0.name": "Vũ Minh", "companions.0.email": "khong"})
    assert (list(errors(wrong)), wrong.context["form"].rows[0].name.value()) == (["companions.0.email"], "Vũ Minh")
    too_many = reader.post(path, {"companions.0.name": "Vũ Minh", "companions.1.name": "Vũ An"})
    assert list(errors(too_many)) == ["companions"]
    assert reader.post(path, {"companions.0.name": "Vũ Minh"}).headers["Location"] == f"/ve/dang-ky/{own.pk}/"
    own.refresh_from_db()
    assert (own.quantity, own.tickets.count()) == (4, 4)
    assert reader.get(path).headers["Location"] == f"/ve/dang-ky/{own.pk}/"


def test_answers_are_changed_until_the_deadline(host: Person, reader: Client) -> None:
    event = open_event()
    fields = [ask(event, kind) for kind in (Kind.DATE, Kind.PHONE, Kind.YES_NO, Kind.CONSENT)]
    given = dict(zip([each.pk for each in fields], ["2001-12-05", "+84912345678", False, True], strict=True))
    own = take(event, host, answers=given)
    page = reader.get(f"/ve/dang-ky/{own.pk}/").content.decode()
    assert [words for words in ("05/12/2001", "0912 345 678", "Không", "Có") if words not in page] == []
    path = f"/ve/dang-ky/{own.pk}/tra-loi/"
    form = reader.get(path).context["form"]
    assert [form[each.bound.name].value() for each in form.questions] == ["05/12/2001", "0912 345 678", "false", "true"]
    sent = {f"answers.{fields[0].pk}": "hôm qua", f"answers.{fields[2].pk}": "true"}
    assert list(errors(reader.post(path, sent))) == [f"answers.{fields[0].pk}"]
    reader.post(path, {**sent, f"answers.{fields[0].pk}": "06/12/2001"})
    values = dict(own.answers.values_list("question", "value"))
    assert values == {fields[0].pk: "2001-12-06", fields[2].pk: True}
    Event.objects.filter(pk=event.pk).update(answers_until=NOW)
    assert reader.get(path).headers["Location"] == f"/ve/dang-ky/{own.pk}/"
    late = reader.post(path, sent)
    [said] = late.context["form"].non_field_errors()
    assert said.startswith("Câu trả lời được sửa đến 09:00")


def test_a_file_is_replaced(host: Person, reader: Client) -> None:
    event = open_event()
    question = ask(event, Kind.FILE)
    field = f"answers.{question.pk}"
    reader.post(f"/su-kien/{event.slug}/dang-ky/", {field: SimpleUploadedFile("một.pdf", PDF)})
    own = Registration.objects.get()
    path = f"/ve/dang-ky/{own.pk}/tra-loi/"
    assert "một.pdf" in reader.get(path).content.decode()
    reader.post(path, {f"{field}.kept": str(AnswerFile.objects.get().pk)})
    assert own.answers.get().value == str(AnswerFile.objects.get().pk)
    reader.post(path, {field: SimpleUploadedFile("hai.pdf", PDF)})
    assert own.answers.get().files.get().name == "hai.pdf"
    assert "hai.pdf" in reader.get(f"/ve/dang-ky/{own.pk}/").content.decode()


def test_a_fee_says_how_to_pay_it(host: Person, reader: Client) -> None:
    event = open_event()
    only_type(event, fee=1_000_000)
    own = take(event, host)
    path = f"/ve/dang-ky/{own.pk}/"
    page = reader.get(path)
    assert ("1.000.000\u00a0đ" in page.content.decode(), page.context["fee"]) == (True, {"qr": None})
    bank = {"bank_code": "970436", "bank_account": "0031000123456", "bank_holder": "TRUNG TAM"}
    Event.objects.filter(pk=event.pk).update(**bank)
    body = reader.get(path).content.decode()
    message = payments.message(own)
    assert [words for words in ("Vietcombank", "0031000123456", "TRUNG TAM", message) if words not in body] == []
    assert re.search(r'class="fee-code"[^>]*><svg viewBox', body)
    assert "Cần nộp 1.000.000\u00a0đ" in reader.get("/ve/").content.decode()
    payments.receive(registration_id=own.pk, actor=on_duty(event, EventStaff.Role.ORGANISER), at=NOW)
    assert "Đã nhận phí của bạn" in reader.get(path).content.decode()


def test_a_fee_leads_to_its_page(reader: Client) -> None:
    event = open_event()
    only_type(event, fee=50_000)
    answer = reader.post(f"/su-kien/{event.slug}/dang-ky/")
    assert answer.headers["Location"] == f"/ve/dang-ky/{Registration.objects.get().pk}/"


def test_the_history_names_nobody_of_the_staff(host: Person, reader: Client) -> None:
    own = _pending(host)
    organiser = on_duty(own.event, EventStaff.Role.ORGANISER)
    approval.approve(registration_id=own.pk, actor=organiser, at=NOW)
    page = reader.get(f"/ve/dang-ky/{own.pk}/")
    assert [(turn.text, turn.by_organiser) for turn in page.context["turns"]][:2] == [
        ("Đã gửi đăng ký, chờ ban tổ chức xem", False),
        ("Ban tổ chức đã duyệt", True),
    ]
    assert organiser.full_name not in page.content.decode()


def test_statements_do_not_grow(host: Person, reader: Client, statements: Callable[..., int]) -> None:
    own = group(open_event(), host)
    ask(own.event, Kind.SHORT_TEXT)
    path = f"/ve/dang-ky/{own.pk}/"
    at_three = statements(reader, path)
    reader.post(f"{path}them-nguoi/", {"companions.0.name": "Vũ Minh"})
    ask(own.event, Kind.SHORT_TEXT)
    assert statements(reader, path) == at_three
    assert at_three <= 18
