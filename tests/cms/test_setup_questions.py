"""Questions in the admin: built without scripts, seen in both languages, with every refusal at its field."""

from typing import Any

import pytest
from django.test import Client

from events.models import Event, Question
from events.question_facts import facts_of
from tests.cms.test_setup import at, errors
from tests.events.scenes import ask, change, everything, kind_of, sign_up
from tests.factories import open_event

SIZES = {"choices-value": ["", "l"], "choices-vi": ["Nhỏ", "Lớn"], "choices-en": ["Small", ""]}


@pytest.fixture
def event(home: object) -> Event:
    """An open event."""
    return open_event()


def stated(**changes: Any) -> dict[str, Any]:
    """The form of a question, as typed."""
    return {"kind": "SHORT_TEXT", "label_vi": "Bạn làm gì?", "label_en": "What do you do?", "is_active": "on"} | changes


def test_a_question_is_added_with_everything_that_was_said(desk: Client, event: Event) -> None:
    leading, kind = ask(event, "YES_NO"), kind_of(event, "Vé hai")
    more = {"kind": "CHOICES", "least": "1", "most": "2", "is_required": "on", "retention_days": "30"}
    more |= {"help_text_vi": "Chọn cỡ", "ticket_type_ids": [kind.pk], "shown_if_id": leading.pk}
    answer = desk.post(at("question_new", event), stated(**more, **SIZES, shown_if_values=[f"{leading.pk}:false"]))
    assert answer.url == at("questions", event)
    facts = facts_of(Question.objects.latest("pk"))
    assert facts.choices == ({"value": "Nhỏ", "vi": "Nhỏ", "en": "Small"}, {"value": "l", "vi": "Lớn", "en": ""})
    assert (facts.label_en, facts.least, facts.most, facts.is_required) == ("What do you do?", 1, 2, True)
    assert (facts.retention_days, facts.ticket_type_ids) == (30, (kind.pk,))
    assert (facts.shown_if_id, facts.shown_if_values) == (leading.pk, (False,))


def test_a_question_shows_what_it_is_and_comes_back_the_same(desk: Client, event: Event) -> None:
    leading = ask(event, "CHOICE", label="Cỡ?")
    question = ask(event, "CHOICES", least=1, shown_if_id=leading.pk, shown_if_values=("l",), is_asked_at_door=False)
    form = desk.get(at("question", event, question.pk)).context["form"]
    assert form["shown_if_values"].value() == [f"{leading.pk}:l"]
    said = {"choices-value": ["s", "l", ""], "choices-vi": ["Nhỏ", "Lớn", ""], "choices-en": ["Small", "Large", ""]}
    before = facts_of(question)
    same = stated(kind="CHOICES", label_en="", least="1", shown_if_id=leading.pk, shown_if_values=[f"{leading.pk}:l"])
    desk.post(at("question", event, question.pk), same | said)
    question = Question.objects.get(pk=question.pk)
    assert (facts_of(question), question.version) == (before, 1)


def test_ticked_answers_of_another_question_count_for_nothing(desk: Client, event: Event) -> None:
    one, two = ask(event, "YES_NO"), ask(event, "CHOICE")
    ticked = [f"{one.pk}:true", f"{two.pk}:s"]
    desk.post(at("question_new", event), stated(shown_if_id=two.pk, shown_if_values=ticked))
    assert Question.objects.latest("pk").shown_if_values == ["s"]
    desk.post(at("question_new", event), stated(label_vi="Luôn hỏi", shown_if_values=ticked))
    assert Question.objects.latest("pk").shown_if_values == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "SECRET"}, "kind"),
        ({"label_vi": ""}, "label_vi"),
        ({"label_vi": "x" * 301}, "label_vi"),
        ({"kind": "CHOICE"}, "choices"),
        ({"kind": "CHOICE", "choices-value": [""], "choices-vi": [""], "choices-en": ["Small"]}, "choices"),
        ({"kind": "NUMBER", "least": "5", "most": "4"}, "most"),
        ({"kind": "NUMBER", "least": "nhiều"}, "least"),
        ({"most": "201"}, "most"),
        ({"retention_days": "-1"}, "retention_days"),
        ({"ticket_type_ids": ["0"]}, "ticket_type_ids"),
        ({"shown_if_id": "0"}, "shown_if_id"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    desk: Client, event: Event, changes: Any, field: str
) -> None:
    before = everything()
    answer = desk.post(at("question_new", event), stated(**changes))
    assert list(errors(answer)) == [field]
    assert answer.context["form"]["label_en"].value() == "What do you do?"
    assert everything() == before


def test_choices_that_were_typed_stay_in_the_form_that_is_refused(desk: Client, event: Event) -> None:
    page = desk.post(at("question_new", event), stated(kind="CHOICE", label_vi="", **SIZES)).content.decode()
    assert 'name="choices-vi" value="Nhỏ"' in page
    assert 'name="choices-en" value="Small"' in page


def test_a_condition_without_an_answer_is_said_at_the_answers(desk: Client, event: Event) -> None:
    leading = ask(event, "YES_NO")
    answer = desk.post(at("question_new", event), stated(shown_if_id=leading.pk))
    assert errors(answer) == {"shown_if_values": ["Mời bạn điền vào đây."]}


def test_a_question_never_waits_for_itself(desk: Client, event: Event) -> None:
    question = ask(event, "YES_NO")
    answer = desk.post(
        at("question", event, question.pk),
        stated(kind="YES_NO", shown_if_id=question.pk, shown_if_values=[f"{question.pk}:true"]),
    )
    assert "shown_if_id" in errors(answer)


def test_the_list_tells_how_many_answered_an_earlier_wording(desk: Client, event: Event) -> None:
    question = ask(event)
    for _ in range(3):
        sign_up(event, answers={question.pk: "Kỹ sư"})
    change(question, label_vi="Bạn làm nghề gì?")
    sign_up(event, answers={question.pk: "Kỹ sư"})
    page = desk.get(at("questions", event)).content.decode()
    assert "3 câu trả lời cho bản cũ" in page
    known = desk.get(at("question", event, question.pk)).content.decode()
    assert "Bản 2" in known
    assert "Bạn làm gì?" in known


def test_the_preview_shows_attendees_form_in_both_languages_and_nothing_of_the_organisers(
    desk: Client, event: Event
) -> None:
    other = kind_of(event, "Vé hai")
    ask(event, label="Mọi người", label_en="Everybody")
    ask(event, label="Riêng vé hai", ticket_type_ids=(other.pk,))
    ask(event, label="Bí mật", is_staff_only=True)
    ask(event, label="Ở cửa", is_asked_at_door=True)
    shown = desk.get(at("questions", event)).context["shown"]
    assert [each.label for each in shown["vi"]] == ["Mọi người"]
    assert [each.label for each in shown["en"]] == ["Everybody"]
    shown = desk.get(at("questions", event), {"ve": other.pk}).context["shown"]
    assert [each.label for each in shown["vi"]] == ["Mọi người", "Riêng vé hai"]


def test_what_is_typed_is_drawn_and_written_nowhere(desk: Client, event: Event) -> None:
    before = everything()
    typed = stated(kind="CHOICE", label_vi="<b>Cỡ áo?</b>", **SIZES)
    page = desk.post(at("question_preview", event), typed).content.decode()
    assert "&lt;b&gt;Cỡ áo?&lt;/b&gt;" in page
    assert "<b>Cỡ" not in page
    assert ("Nhỏ" in page, "Small" in page, "What do you do?" in page) == (True, True, True)
    assert "Hãy viết câu hỏi" in desk.post(at("question_preview", event), {}).content.decode()
    assert everything() == before


def test_questions_move_and_go(desk: Client, event: Event) -> None:
    first, second, answered = ask(event), ask(event), ask(event)
    sign_up(event, answers={answered.pk: "x"})
    desk.post(at("question_up", event, answered.pk))
    assert list(event.questions.all()) == [first, answered, second]
    for question in (first, answered):
        desk.post(at("question_remove", event, question.pk))
    assert list(event.questions.values_list("pk", "is_active")) == [(answered.pk, False), (second.pk, True)]


def test_the_list_takes_as_many_statements_whatever_its_length(
    desk: Client, event: Event, django_assert_max_num_queries: Any
) -> None:
    leading = ask(event, "YES_NO")
    for number in range(20):
        ask(event, label=str(number), shown_if_id=leading.pk, shown_if_values=(True,))
    desk.get(at("questions", event))
    with django_assert_max_num_queries(25):
        desk.get(at("questions", event))
