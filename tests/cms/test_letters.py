"""Lời thư: the comms team words letters and sees them as their readers will."""

import pytest
from django.test import Client
from django.urls import reverse

from events.letters import wording
from events.letters.kinds import KINDS
from events.models import EventStaff, LetterWording
from network.models import Person
from tests.factories import PersonFactory

INDEX = "letters:index"
DOORS = [("edit", "get"), ("edit", "post"), ("preview", "post"), ("reset", "post")]


def address(name: str, kind: str = "confirmed") -> str:
    return reverse(f"letters:{name}", args=[kind])


def test_the_list_shows_every_letter_and_which_has_own_words(desk: Client, editor: Person) -> None:
    wording.reword(kind="moved", texts={"subject_vi": "Đổi lịch: {event}"}, actor=editor)
    answer = desk.get(reverse(INDEX))
    assert [row["kind"].name for row in answer.context["rows"]] == list(KINDS)
    assert [row["kind"].name for row in answer.context["rows"] if row["is_own"]] == ["moved"]
    shown = answer.content.decode()
    assert "Xác nhận đăng ký" in shown
    assert "Sự kiện đổi giờ hoặc địa điểm." in shown


def test_the_menu_leads_there(desk: Client) -> None:
    assert f'"url": "{reverse(INDEX)}"' in desk.get("/quan-tri/").content.decode().replace("\\u002D", "-")


def test_words_are_saved_in_both_languages(desk: Client, editor: Person) -> None:
    stated = {"subject_vi": "Vé đây: {event}", "opening_vi": "Chào {name}.", "subject_en": "", "opening_en": "Hi."}
    answer = desk.post(address("edit"), stated)
    assert answer.url == address("edit")
    row = LetterWording.objects.get()
    assert (row.kind, row.subject_vi, row.opening_vi, row.subject_en, row.opening_en) == (
        "confirmed",
        "Vé đây: {event}",
        "Chào {name}.",
        "",
        "Hi.",
    )
    assert row.changed_by == editor


def test_what_is_refused_stands_at_its_field_and_nothing_is_kept(desk: Client) -> None:
    answer = desk.post(address("edit"), {"subject_vi": "{event.__class__}", "opening_en": "<b>Hi</b>"})
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert errors["opening_en"] == ["Chỉ viết chữ thường, không dùng thẻ hay mã HTML."]
    assert errors["subject_vi"][0].startswith("Dấu ngoặc nhọn chỉ dùng cho các ô điền của thư này: {name}, {event}")
    assert not LetterWording.objects.exists()


def test_the_page_shows_the_letter_in_a_frame_that_runs_nothing(desk: Client) -> None:
    shown = desk.get(address("edit")).content.decode()
    assert shown.count('<iframe sandbox="" srcdoc="') == 2
    assert "Chỗ của bạn đã được giữ" in shown
    assert "Your place is kept" in shown
    assert "{name}" in shown


def test_the_preview_shows_what_is_typed_and_keeps_nothing(desk: Client) -> None:
    answer = desk.post(address("preview"), {"subject_vi": "Hẹn {name}", "opening_vi": "Dòng một\nDòng hai"}).json()
    assert answer["errors"] == {}
    assert answer["letters"]["vi"]["subject"] == "Hẹn Hà"
    assert "Dòng một<br>Dòng hai" in answer["letters"]["vi"]["html"]
    assert "data:image/png;base64," in answer["letters"]["vi"]["html"]
    assert "cid:" not in answer["letters"]["vi"]["html"]
    assert answer["letters"]["en"]["subject"].startswith("Your ticket: ")
    assert not LetterWording.objects.exists()


def test_the_preview_tells_what_is_wrong(desk: Client) -> None:
    answer = desk.post(address("preview"), {"opening_vi": "{x}"}).json()
    assert list(answer["errors"]) == ["opening_vi"]
    assert list(answer["letters"]) == ["en"]


def test_the_way_back_leads_to_the_words_of_the_house(desk: Client, editor: Person) -> None:
    wording.reword(kind="confirmed", texts={"subject_vi": "Vé đây"}, actor=editor)
    assert desk.get(address("reset")).status_code == 405
    assert desk.post(address("reset")).url == address("edit")
    assert not LetterWording.objects.exists()


def test_a_letter_that_does_not_exist_is_not_found(desk: Client) -> None:
    assert desk.get(address("edit", "nothing")).status_code == 404
    assert desk.post(address("reset", "nothing")).status_code == 404


@pytest.mark.parametrize(("name", "method"), DOORS)
def test_the_doors_are_closed_to_everybody_else(
    client: Client, outsiders: dict[str, Person], name: str, method: str
) -> None:
    stated = {"subject_vi": "Đổi"}
    assert getattr(client, method)(address(name), stated).url.startswith("/tai-khoan/login/")
    staff = PersonFactory.create(is_staff=True)
    EventStaff.objects.create(person=staff, event=None, role=EventStaff.Role.ORGANISER)
    for person in (*outsiders.values(), staff):
        client.force_login(person)
        assert client.get(reverse(INDEX)).status_code == 403
        assert getattr(client, method)(address(name), stated).status_code == 403
    assert not LetterWording.objects.exists()
