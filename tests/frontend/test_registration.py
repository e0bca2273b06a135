"""The registration form: every state and refusal, each at its field, and nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from events import capacity, invitations, questions, registration, ticket_types, waiting_list
from events.models import Event, Question, Registration, TicketType
from events.questions import QuestionFacts
from events.ticket_types import TypeFacts
from network import consents
from network.models import Consent, Person
from tests.factories import NOW, PersonFactory, open_event, planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
Kind = Question.Kind
PDF = b"%PDF-1.7 a stand"


def path(event: Event) -> str:
    return f"/su-kien/{event.slug}/dang-ky/"


def only_type(event: Event, **changes: Any) -> TicketType:
    kind = event.ticket_types.get()
    facts = TypeFacts(**{"name_vi": "Khách", **changes})
    return ticket_types.change(ticket_type_id=kind.pk, facts=facts, actor=planner(), at=NOW)


def more_type(event: Event, **facts: Any) -> TicketType:
    return ticket_types.add(event_id=event.pk, facts=TypeFacts(**{"name_vi": "Gian", **facts}), actor=planner())


def ask(event: Event, kind: str, **facts: Any) -> Question:
    words = {"label_vi": f"Câu hỏi {kind}", **facts}
    return questions.add(event_id=event.pk, facts=QuestionFacts(kind=kind, **words), actor=planner())


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


@pytest.fixture
def person() -> Person:
    return PersonFactory.create(full_name="Phạm Thu Hà", email="ha@example.org")


@pytest.fixture
def reader(person: Person, signed_in: Callable[..., Client]) -> Client:
    return signed_in(person)


def test_somebody_known_needs_two_taps(reader: Client, person: Person) -> None:
    event = open_event()
    page = reader.get(f"/su-kien/{event.slug}/").content.decode()
    assert re.search(rf'<form method="post" action="{path(event)}">', page)
    answer = reader.post(f"/en{path(event)}")
    taken = Registration.objects.get(event=event, person=person)
    assert (taken.status, taken.channel, taken.language, taken.quantity) == ("CONFIRMED", "SITE", "en", 1)
    assert answer.headers["Location"] == f"/en/ve/{taken.tickets.get().pk}/"


@pytest.mark.parametrize("obstacle", ["question", "type", "consent"])
def test_whoever_has_something_to_say_gets_the_form(reader: Client, person: Person, obstacle: str) -> None:
    event = open_event()
    if obstacle == "question":
        ask(event, Kind.SHORT_TEXT)
    elif obstacle == "type":
        more_type(event)
    else:
        consents.withdraw(person=person, purpose=Consent.Purpose.REGISTRATION, at=NOW)
    assert f'href="{path(event)}"' in reader.get(f"/su-kien/{event.slug}/").content.decode()
    assert reader.get(path(event)).status_code == 200


def test_a_stranger_is_led_to_log_in_and_nothing_is_written(client: Client) -> None:
    event = open_event()
    for answer in (client.get(path(event)), client.post(path(event))):
        assert answer.headers["Location"] == f"/tai-khoan/login/?next={path(event)}"
    assert not Registration.objects.exists()
    assert f"/tai-khoan/signup/?next={path(event)}" in client.get(f"/su-kien/{event.slug}/").content.decode()


def test_whoever_holds_a_ticket_is_led_to_it(reader: Client, person: Person) -> None:
    event = open_event()
    reader.post(path(event))
    ticket = Registration.objects.get().tickets.get()
    for answer in (reader.get(path(event)), reader.post(path(event))):
        assert answer.headers["Location"] == f"/ve/{ticket.pk}/"
    assert Registration.objects.count() == 1


def test_consent_is_asked_unticked_and_one_by_one(signed_in: Callable[..., Client]) -> None:
    newcomer = PersonFactory.create(agrees=False)
    client, event = signed_in(newcomer), open_event()
    page = client.get(path(event)).content.decode()
    boxes = re.findall(r'<input type="checkbox" name="consents\.(\w+)"([^>]*)>', page)
    assert [name for name, _ in boxes] == ["REGISTRATION", "PHOTO", "NEWSLETTER"]
    assert not any("checked" in rest for _, rest in boxes)
    refused = client.post(path(event), {"consents.PHOTO": "on"})
    assert list(errors(refused)) == ["consents.REGISTRATION"]
    assert re.search(r'name="consents\.PHOTO"[^>]*checked', refused.content.decode())
    assert not Consent.objects.filter(person=newcomer).exists()
    client.post(path(event), {"consents.REGISTRATION": "on", "consents.PHOTO": "on"})
    assert consents.standing(newcomer) == {Consent.Purpose.REGISTRATION, Consent.Purpose.PHOTO}


def test_types_say_what_they_are(reader: Client) -> None:
    event = open_event()
    only_type(event, name_vi="Khách tham dự", most_per_person=4)
    more_type(event, name_vi="Gian trưng bày", fee=1_000_000, needs_approval=True)
    more_type(event, name_vi="Phút chót", opens_at=NOW + timedelta(days=1))
    more_type(event, name_vi="Sớm", closes_at=NOW - timedelta(days=1))
    more_type(event, name_vi="Danh dự", is_hidden=True)
    page = reader.get(path(event)).content.decode()
    said = ["Khách tham dự", "Tối đa 4 người", "Còn 120 chỗ", "1.000.000\u00a0đ", "Cần duyệt"]
    assert [words for words in [*said, "Mở lúc 09:00, 24/11", "Không còn mở"] if words not in page] == []
    assert "Danh dự" not in page
    assert len(re.findall(r'type="radio" name="ticket_type_id"[^>]*disabled', page)) == 2


def test_several_types_are_never_chosen_for_somebody(reader: Client) -> None:
    event = open_event()
    closed = more_type(event, closes_at=NOW - timedelta(days=1))
    other = more_type(event, name_vi="Khác")
    assert list(errors(reader.post(path(event)))) == ["ticket_type_id"]
    for wrong in (closed.pk, 0, "x", 10**30):
        assert list(errors(reader.post(path(event), {"ticket_type_id": wrong}))) == ["ticket_type_id"]
    assert not Registration.objects.exists()
    reader.post(path(event), {"ticket_type_id": other.pk})
    assert Registration.objects.get().ticket_type == other


def test_an_invitation_opens_its_type(reader: Client) -> None:
    event = open_event()
    hidden = only_type(event, name_vi="Danh dự", is_hidden=True)
    facts = invitations.InvitationFacts(ticket_type_id=hidden.pk)
    [invited] = invitations.make(event_id=event.pk, actor=planner(is_superuser=True), at=NOW, facts=facts)
    assert "Mã mời của bạn" in reader.get(path(event)).content.decode()
    assert "Mã mời không dùng được" in reader.get(f"{path(event)}?ma=sai").content.decode()
    assert "Danh dự" in reader.get(f"{path(event)}?ma={invited.code}").content.decode()
    reader.post(path(event), {"invitation": invited.code, "ticket_type_id": hidden.pk})
    assert Registration.objects.get().invitation == invited


def test_a_code_that_opens_nothing_is_said_and_left_out(reader: Client) -> None:
    event = open_event()
    answer = reader.post(path(event), {"invitation": "sai"})
    assert "Mã mời không dùng được" in answer.content.decode()
    assert (answer.context["form"]["invitation"].value(), Registration.objects.exists()) == ("", False)


def test_companions_come_along(reader: Client) -> None:
    event = open_event()
    only_type(event, most_per_person=3)
    rows = {"companions.0.name": "Lê Văn Cường", "companions.4.name": "Trần Bình", "companions.4.email": "b@x.example"}
    answer = reader.post(path(event), {**rows, "companions.2.name": " "})
    taken = Registration.objects.get()
    assert answer.headers["Location"] == f"/ve/dang-ky/{taken.pk}/"
    held = [(ticket.holder_name, ticket.holder and ticket.holder.email) for ticket in taken.tickets.order_by("number")]
    assert held == [("Phạm Thu Hà", None), ("Lê Văn Cường", None), ("Trần Bình", "b@x.example")]


def test_companions_are_refused_at_their_row_and_kept(reader: Client) -> None:
    event = open_event()
    only_type(event, most_per_person=4)
    rows = {
        "companions.1.name": "Lê Văn Cường",
        "companions.1.email": "khong-phai",
        "companions.3.email": "b@x.example",
    }
    answer = reader.post(path(event), rows)
    form = answer.context["form"]
    assert list(errors(answer)) == ["companions.0.email", "companions.1.name"]
    assert [(row.name.value(), row.email.value()) for row in form.rows] == [
        ("Lê Văn Cường", "khong-phai"),
        ("", "b@x.example"),
    ]
    assert form.summary[0]["url"] == "#id_companions.0.email"
    assert 'id="id_companions.0.email"' in answer.content.decode()


def test_everything_that_is_missing_is_said_at_once(signed_in: Callable[..., Client]) -> None:
    event = open_event()
    only_type(event, most_per_person=3)
    question = ask(event, Kind.SHORT_TEXT, is_required=True)
    rows = {"companions.0.email": "khong", "companions.1.name": "Trần Bình", "companions.1.email": "khong"}
    answer = signed_in(PersonFactory.create(agrees=False)).post(path(event), rows)
    fields = ["companions.0.name", "companions.0.email", "companions.1.email", f"answers.{question.pk}"]
    assert sorted(errors(answer)) == sorted([*fields, "consents.REGISTRATION"])
    told = [each["label"] for each in answer.context["form"].summary]
    assert told[:3] == ["Người đi cùng 1, Họ và tên", "Người đi cùng 1, E-mail", "Người đi cùng 2, E-mail"]


def test_too_many_companions_are_said_at_their_part(reader: Client) -> None:
    event = open_event()
    only_type(event, most_per_person=2)
    answer = reader.post(path(event), {f"companions.{n}.name": f"Người {chr(65 + n)}" for n in range(3)})
    assert list(errors(answer)) == ["companions"]
    assert len(answer.context["form"].rows) == 3


def test_a_row_more_without_scripts(reader: Client) -> None:
    event = open_event()
    only_type(event, most_per_person=3)
    question = ask(event, Kind.SHORT_TEXT, is_required=True)
    typed = {"companions.0.name": "Lê Văn Cường", f"answers.{question.pk}": "Cảng", "add_row": "1"}
    form = reader.post(path(event), typed).context["form"]
    assert [row.name.value() for row in form.rows] == ["Lê Văn Cường", None]
    assert (form[f"answers.{question.pk}"].value(), form.errors, form.may_add_row) == ("Cảng", {}, False)
    assert not Registration.objects.exists()


def test_approval_leads_to_a_page_that_says_so(reader: Client) -> None:
    event = open_event()
    only_type(event, needs_approval=True)
    answer = reader.post(path(event), follow=True)
    taken = Registration.objects.get()
    assert (taken.status, answer.redirect_chain) == ("PENDING", [(f"/ve/dang-ky/{taken.pk}/", 302)])
    assert "Chúng tôi đã nhận đăng ký của bạn" in answer.content.decode()


def test_when_it_is_full_one_waits(reader: Client) -> None:
    event = open_event(capacity=1)
    for _ in range(2):
        registration.register(
            event_id=event.pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.SITE, waits=True
        )
    assert 'name="waits"' in reader.get(path(event)).content.decode()
    unasked = reader.post(path(event))
    assert (unasked.context["form"].may_wait, Registration.objects.count()) == (True, 2)
    page = reader.post(path(event), {"waits": "1"}, follow=True)
    assert page.context["queue"] == waiting_list.Place(number=2, of=2, places=1)
    assert "Bạn đang trong hàng chờ" in page.content.decode()
    assert "Bạn đứng thứ 2 trong 2 lượt chờ" in reader.get(f"/su-kien/{event.slug}/").content.decode()


def test_a_group_that_does_not_fit_may_wait_and_loses_nothing(reader: Client) -> None:
    event = open_event(capacity=2)
    only_type(event, most_per_person=4)
    rows = {"companions.0.name": "Lê Văn Cường", "companions.1.name": "Trần Bình"}
    answer = reader.post(path(event), rows)
    assert (answer.context["form"].may_wait, len(answer.context["form"].rows)) == (True, 2)
    assert "Không còn đủ chỗ cho cả nhóm" in answer.content.decode()
    reader.post(path(event), {**rows, "waits": "1"})
    assert Registration.objects.get().status == "WAITLISTED"


def test_full_without_a_waiting_list_is_said(reader: Client) -> None:
    event = open_event(capacity=0)
    Event.objects.filter(pk=event.pk).update(has_waiting_list=False)
    assert reader.get(path(event)).headers["Location"] == f"/su-kien/{event.slug}/"
    answer = reader.post(path(event))
    assert errors(answer) == {"__all__": ["Đã hết chỗ. Mời bạn xem các buổi khác của chương trình."]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"registration_closes_at": NOW - timedelta(days=1)}, "đóng đăng ký"),
        ({"registration_opens_at": NOW + timedelta(days=1)}, "lúc 09:00, 24 tháng 11, 2026"),
    ],
)
def test_closed_is_said_on_the_event_s_page(reader: Client, changes: dict[str, Any], said: str) -> None:
    event = open_event(**changes)
    answer = reader.post(path(event), follow=True)
    assert answer.redirect_chain == [(f"/su-kien/{event.slug}/", 302)]
    [message] = [str(message) for message in answer.context["messages"]]
    assert said in message


def test_a_pool_of_places_counts(reader: Client) -> None:
    event = open_event()
    pool = capacity.set_quota(event_id=event.pk, name="Gian", capacity=0, actor=planner(), at=NOW)
    only_type(event, quota_ids=(pool.pk,))
    assert reader.get(f"/su-kien/{event.slug}/").context["standing"] == "waits"


def test_statements_do_not_grow_with_types_and_questions(
    reader: Client, statements: Callable[..., int], person: Person
) -> None:
    event = open_event()
    ask(event, Kind.SHORT_TEXT)
    more_type(event)
    at_one = statements(reader, path(event))
    for _ in range(3):
        ask(event, Kind.YES_NO)
        more_type(event, most_per_person=3)
    assert statements(reader, path(event)) == at_one
    assert at_one <= 18
