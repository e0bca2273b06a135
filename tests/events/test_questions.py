"""Questions: written by organisers, reworded in versions, shown on conditions that can be met."""

from dataclasses import replace
from typing import Any

import pytest

from events import answers, planning, questions
from events.models import Event, Question
from events.question_facts import QuestionFacts, facts_of
from events.refusals import EventNotFound
from network.refusals import Invalid, NotFound, NotPermitted
from tests.events.scenes import SIZES, ask, change, desk, kind_of, only_kind, refused, sign_up
from tests.factories import PersonFactory, facts, open_event, planner

pytestmark = pytest.mark.django_db


def _asked(event: Event, **more: Any) -> list[str]:
    return [each.version.label_vi for each in answers.form(ticket_type=only_kind(event), **more)]


def test_questions_are_asked_in_their_order() -> None:
    event = open_event()
    first, second, third = ask(event, label="Một"), ask(event, label="Hai"), ask(event, label="Ba")
    assert _asked(event) == ["Một", "Hai", "Ba"]
    order, actor = [third.pk, first.pk, second.pk], planner()
    questions.reorder(event_id=event.pk, question_ids=order, actor=actor)
    assert _asked(event) == ["Ba", "Một", "Hai"]
    foreign = ask(open_event()).pk
    for wrong in ([], order[:2], [*order, foreign], [first.pk, first.pk, second.pk]):
        with refused(Invalid, field="order", reason="unknown"):
            questions.reorder(event_id=event.pk, question_ids=wrong, actor=actor)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"kind": "SECRET"}, "kind", "unknown"),
        ({"label_vi": " \u200b"}, "label_vi", "required"),
        ({"label_vi": "x" * 301}, "label_vi", "too_long"),
        ({"label_en": "x" * 301}, "label_en", "too_long"),
        ({"help_text_vi": "x" * 301}, "help_text_vi", "too_long"),
        ({"help_text_en": "x" * 301}, "help_text_en", "too_long"),
        ({"kind": "CHOICE"}, "choices", "required"),
        ({"kind": "CHOICE", "choices": ({"vi": " "},)}, "choices", "required"),
        ({"kind": "CHOICE", "choices": ({"vi": "x" * 121},)}, "choices", "too_long"),
        ({"kind": "CHOICE", "choices": ({"vi": "Có", "en": "x" * 121},)}, "choices", "too_long"),
        ({"kind": "CHOICE", "choices": ({"vi": "Có"}, {"vi": " Có "})}, "choices", "repeated"),
        ({"kind": "CHOICE", "choices": tuple({"vi": str(n)} for n in range(101))}, "choices", "too_many"),
        ({"kind": "CHOICES", "choices": SIZES, "least": 3}, "least", "out_of_range"),
        ({"kind": "CHOICES", "choices": SIZES, "most": 0}, "most", "out_of_range"),
        ({"kind": "NUMBER", "least": 5, "most": 4}, "most", "below_least"),
        ({"kind": "NUMBER", "most": 2**40}, "most", "out_of_range"),
        ({"least": -1}, "least", "out_of_range"),
        ({"most": 201}, "most", "out_of_range"),
        ({"retention_days": -1}, "retention_days", "out_of_range"),
        ({"retention_days": 3651}, "retention_days", "out_of_range"),
        ({"ticket_type_ids": (0,)}, "ticket_type_ids", "unknown"),
        ({"shown_if_id": 0, "shown_if_values": ("s",)}, "shown_if_id", "unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(changes: Any, field: str, reason: str) -> None:
    event, actor = open_event(), planner()
    known = ask(event)
    stated = replace(QuestionFacts(kind="SHORT_TEXT", label_vi="Bạn làm gì?"), **changes)
    with refused(Invalid, field=field, reason=reason):
        questions.add(event_id=event.pk, facts=stated, actor=actor)
    with refused(Invalid, field=field, reason=reason):
        questions.change(question_id=known.pk, facts=stated, actor=actor)


def test_only_planners_write_questions() -> None:
    event = open_event()
    known, stated = ask(event), QuestionFacts(kind="DATE", label_vi="Khi nào?")
    for actor in (PersonFactory.create(), desk(event)):
        for act in (
            lambda actor=actor: questions.add(event_id=event.pk, facts=stated, actor=actor),
            lambda actor=actor: questions.change(question_id=known.pk, facts=stated, actor=actor),
            lambda actor=actor: questions.remove(question_id=known.pk, actor=actor),
            lambda actor=actor: questions.reorder(event_id=event.pk, question_ids=[known.pk], actor=actor),
        ):
            with refused(NotPermitted):
                act()
    actor = planner()
    with refused(EventNotFound):
        questions.add(event_id=0, facts=stated, actor=actor)
    with refused(NotFound):
        questions.change(question_id=0, facts=stated, actor=actor)
    with refused(NotFound):
        questions.remove(question_id=0, actor=actor)


def test_choices_get_their_values_from_their_words_and_keep_them() -> None:
    event = open_event()
    made = ask(event, "CHOICE", choices=({"vi": " Nhỏ  thôi ", "en": "Small"}, {"value": "l", "vi": "Lớn"}))
    assert facts_of(made).choices == (
        {"value": "Nhỏ thôi", "vi": "Nhỏ thôi", "en": "Small"},
        {"value": "l", "vi": "Lớn", "en": ""},
    )


def test_limits_that_mean_nothing_for_a_kind_are_not_kept() -> None:
    made = ask(open_event(), "DATE", least=1, most=5, choices=SIZES)
    assert (facts_of(made).least, facts_of(made).most, facts_of(made).choices) == (None, None, ())


def test_facts_of_a_question_say_it_all() -> None:
    event = open_event()
    leading = ask(event, "CHOICE", is_staff_only=True, is_asked_at_door=True)
    stated = QuestionFacts(
        kind="CHOICES",
        label_vi="Cỡ áo",
        label_en="Size",
        help_text_vi="Chọn một",
        help_text_en="One",
        choices=SIZES,
        least=1,
        most=2,
        is_required=True,
        is_staff_only=True,
        is_asked_at_door=True,
        is_active=False,
        retention_days=30,
        shown_if_id=leading.pk,
        shown_if_values=("s",),
        ticket_type_ids=(only_kind(event).pk,),
    )
    made = questions.add(event_id=event.pk, facts=stated, actor=planner())
    assert facts_of(Question.objects.get(pk=made.pk)) == stated


def _answered(event: Event, question: Question, value: Any = "Kỹ sư") -> None:
    sign_up(event, answers={question.pk: value})


def test_another_wording_is_another_version_and_answers_keep_theirs() -> None:
    event = open_event()
    question = ask(event)
    _answered(event, question)
    again = change(question, label_vi="Bạn làm nghề gì?")
    assert (again.version, question.versions.count()) == (2, 2)
    _answered(event, question)
    said = question.answers.order_by("pk").values_list("version__number", "version__label_vi")
    assert list(said) == [(1, "Bạn làm gì?"), (2, "Bạn làm nghề gì?")]


def test_the_same_words_are_no_new_version() -> None:
    event = open_event()
    question = ask(event)
    _answered(event, question)
    assert change(question, is_required=True, label_vi=" Bạn  làm gì? ").version == 1


def test_what_nobody_can_have_read_is_reworded_what_somebody_may_be_answering_is_not() -> None:
    draft = planning.plan_event(facts=facts(), actor=planner())
    question = ask(draft)
    assert (change(question, label_vi="Khác").version, question.versions.count()) == (1, 1)
    planning.open_event(event_id=draft.pk, actor=planner())
    assert (change(question, label_vi="Khác nữa").version, question.versions.count()) == (2, 2)


def test_an_answered_question_keeps_its_kind() -> None:
    event, actor = open_event(), planner()
    question = ask(event)
    assert change(question, kind="LONG_TEXT").kind == "LONG_TEXT"
    _answered(event, question)
    stated = replace(facts_of(question), kind="DATE")
    with refused(Invalid, field="kind", reason="fixed"):
        questions.change(question_id=question.pk, facts=stated, actor=actor)


def test_a_question_goes_unless_it_was_answered_or_others_wait_for_it() -> None:
    event, actor = open_event(), planner()
    fresh, answered, leading = ask(event), ask(event), ask(event, "YES_NO")
    following = ask(event, shown_if_id=leading.pk, shown_if_values=(True,))
    _answered(event, answered)
    for question in (fresh, answered, leading):
        questions.remove(question_id=question.pk, actor=actor)
    states = dict(Question.objects.values_list("pk", "is_active"))
    assert states == {answered.pk: False, leading.pk: False, following.pk: True}


@pytest.mark.parametrize(
    ("kind", "values", "reason"),
    [
        ("CHOICE", ("s",), ""),
        ("CHOICES", ("s", "l"), ""),
        ("YES_NO", (False,), ""),
        ("CONSENT", (True,), ""),
        ("CHOICE", (), "required"),
        ("CHOICE", ("x",), "unknown"),
        ("CHOICE", (["s"],), "unknown"),
        ("YES_NO", ("yes",), "unknown"),
        ("YES_NO", (1,), "unknown"),
        ("CONSENT", (False,), "unknown"),
    ],
)
def test_a_condition_names_answers_that_can_be_given(kind: str, values: Any, reason: str) -> None:
    event, actor = open_event(), planner()
    leading = ask(event, kind)
    stated = QuestionFacts(kind="DATE", label_vi="Khi nào?", shown_if_id=leading.pk, shown_if_values=values)
    if reason:
        with refused(Invalid, field="shown_if_values", reason=reason):
            questions.add(event_id=event.pk, facts=stated, actor=actor)
    else:
        assert questions.add(event_id=event.pk, facts=stated, actor=actor).shown_if_values == list(values)


@pytest.mark.parametrize(
    ("leading", "following"),
    [
        ({"kind": "SHORT_TEXT"}, {}),
        ({"kind": "YES_NO", "is_staff_only": True}, {}),
        ({"kind": "YES_NO", "is_asked_at_door": True}, {}),
        ({"kind": "YES_NO"}, {"is_asked_at_door": True}),
    ],
)
def test_a_question_waits_for_none_that_its_reader_is_not_asked(leading: Any, following: Any) -> None:
    event, actor = open_event(), planner()
    first = ask(event, **leading)
    stated = QuestionFacts(kind="DATE", label_vi="Khi nào?", shown_if_id=first.pk, shown_if_values=(True,), **following)
    with refused(Invalid, field="shown_if_id", reason="unknown"):
        questions.add(event_id=event.pk, facts=stated, actor=actor)


def test_a_question_waits_for_none_of_another_event() -> None:
    event, actor = open_event(), planner()
    foreign = ask(open_event(), "YES_NO")
    stated = QuestionFacts(kind="DATE", label_vi="Khi nào?", shown_if_id=foreign.pk, shown_if_values=(True,))
    with refused(Invalid, field="shown_if_id", reason="unknown"):
        questions.add(event_id=event.pk, facts=stated, actor=actor)


def test_questions_do_not_wait_for_one_another_in_a_circle() -> None:
    event, actor = open_event(), planner()
    first = ask(event, "YES_NO")
    second = ask(event, "YES_NO", shown_if_id=first.pk, shown_if_values=(True,))
    third = ask(event, "YES_NO", shown_if_id=second.pk, shown_if_values=(True,))
    for leading in (first, second, third):
        stated = replace(facts_of(first), shown_if_id=leading.pk, shown_if_values=(True,))
        with refused(Invalid, field="shown_if_id", reason="circle"):
            questions.change(question_id=first.pk, facts=stated, actor=actor)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "DATE"}, "kind"),
        ({"kind": "YES_NO"}, "kind"),
        ({"choices": SIZES[1:]}, "choices"),
        ({"is_staff_only": True}, "is_staff_only"),
        ({"is_asked_at_door": True}, "is_asked_at_door"),
    ],
)
def test_a_question_on_which_others_wait_stays_one_that_they_can_wait_for(changes: Any, field: str) -> None:
    event, actor = open_event(), planner()
    leading = ask(event, "CHOICE")
    ask(event, shown_if_id=leading.pk, shown_if_values=("s",))
    stated = replace(facts_of(leading), **changes)
    with refused(Invalid, field=field, reason="leads"):
        questions.change(question_id=leading.pk, facts=stated, actor=actor)
    assert change(leading, choices=(*SIZES, {"vi": "Rất lớn"})).version == 2


def test_a_condition_is_lifted_with_its_values() -> None:
    event = open_event()
    leading = ask(event, "YES_NO")
    following = ask(event, shown_if_id=leading.pk, shown_if_values=(True,))
    lifted = change(following, shown_if_id=None)
    assert (lifted.shown_if_id, lifted.shown_if_values) == (None, [])


def test_who_is_asked_what() -> None:
    event = open_event()
    other = kind_of(event, "Vé hai")
    ask(event, label="Mọi người")
    ask(event, label="Vé hai thôi", ticket_type_ids=(other.pk,))
    ask(event, label="Của ban tổ chức", is_staff_only=True)
    ask(event, label="Ở cửa", is_asked_at_door=True)
    ask(event, label="Ở cửa, của ban tổ chức", is_asked_at_door=True, is_staff_only=True)
    ask(event, label="Không hỏi nữa", is_active=False)

    def asked(**more: bool) -> list[str]:
        return [each.version.label_vi for each in answers.form(ticket_type=other, **more)]

    assert asked() == ["Mọi người", "Vé hai thôi"]
    assert asked(for_staff=True) == ["Mọi người", "Vé hai thôi", "Của ban tổ chức"]
    assert asked(at_door=True) == ["Ở cửa"]
    assert asked(at_door=True, for_staff=True) == ["Ở cửa", "Ở cửa, của ban tổ chức"]
    first = event.ticket_types.order_by("pk")[0]
    assert [each.version.label_vi for each in answers.form(ticket_type=first)] == ["Mọi người"]


def test_a_form_is_read_in_three_statements(django_assert_num_queries: Any) -> None:
    event = open_event()
    for number in range(5):
        ask(event, label=str(number), ticket_type_ids=(only_kind(event).pk,))
    kind = only_kind(event)
    with django_assert_num_queries(3):
        assert len(answers.form(ticket_type=kind)) == 5
