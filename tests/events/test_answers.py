"""Answers: checked all at once, each refused at its field, kept with the version that they answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from events import answer_files, answers, questions, registration
from events import desk as attendee_desk
from events.models import Answer, AnswerFile, Event, Question, Registration
from events.refusals import RegistrationNotActive, RegistrationNotFound, TooLateToChange, TooManyFiles
from network.models import Person
from network.refusals import Invalid
from tests.events.scenes import SIZES, ask, change, counts_agree, desk, kind_of, only_kind, refused, sign_up
from tests.factories import NOW, PersonFactory, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


def _given(row: Registration) -> dict[int, Any]:
    return answers.given(row)


@pytest.mark.parametrize(
    ("kind", "limits", "raw", "value"),
    [
        ("SHORT_TEXT", {}, "  Kỹ sư\x00\u200b ", "Kỹ sư"),
        ("SHORT_TEXT", {}, 42, "42"),
        ("LONG_TEXT", {}, "Một\nHai", "Một\nHai"),
        ("NUMBER", {}, "1.500.000", 1_500_000),
        ("NUMBER", {}, "1.500,5", 1500.5),
        ("NUMBER", {}, "2,5", 2.5),
        ("NUMBER", {}, "1.5", 1.5),
        ("NUMBER", {}, 7, 7),
        ("NUMBER", {"least": 0, "most": 3}, "3", 3),
        ("CHOICE", {}, "s", "s"),
        ("CHOICES", {}, ["l", "s", "s"], ["s", "l"]),
        ("CHOICES", {}, "l", ["l"]),
        ("YES_NO", {}, "no", False),
        ("YES_NO", {}, True, True),
        ("DATE", {}, "31/12/2026", "2026-12-31"),
        ("DATE", {}, "2026-12-31", "2026-12-31"),
        ("EMAIL", {}, " Lan@Example.org ", "lan@example.org"),
        ("PHONE", {}, "0912 345 678", "+84912345678"),
        ("URL", {}, "example.org/đường", "https://example.org/đường"),
        ("ORGANISATION", {}, "Đại học Hàng hải", "Đại học Hàng hải"),
        ("CONSENT", {}, "on", True),
    ],
)
def test_an_answer_takes_the_shape_of_its_kind(kind: str, limits: Any, raw: Any, value: Any) -> None:
    event = open_event()
    question = ask(event, kind, **limits)
    row = sign_up(event, answers={question.pk: raw})
    answer = Answer.objects.get()
    assert (answer.value, type(answer.value), answer.answered_at) == (value, type(value), NOW)
    assert (answer.registration, answer.version.number) == (row, 1)


@pytest.mark.parametrize(
    ("kind", "limits", "raw", "reason"),
    [
        ("SHORT_TEXT", {}, "x" * 201, "too_long"),
        ("SHORT_TEXT", {"most": 5}, "x" * 6, "too_long"),
        ("SHORT_TEXT", {"least": 5}, "x" * 4, "too_short"),
        ("SHORT_TEXT", {}, {"a": 1}, "unreadable"),
        ("SHORT_TEXT", {}, ["a"], "unreadable"),
        ("SHORT_TEXT", {}, True, "unreadable"),
        ("LONG_TEXT", {}, "x" * 4001, "too_long"),
        ("NUMBER", {}, "nhiều", "unreadable"),
        ("NUMBER", {}, True, "unreadable"),
        ("NUMBER", {}, "nan", "out_of_range"),
        ("NUMBER", {}, "inf", "out_of_range"),
        ("NUMBER", {}, "1e400", "out_of_range"),
        ("NUMBER", {"least": 1}, "0", "out_of_range"),
        ("NUMBER", {"most": 3}, "3,1", "out_of_range"),
        ("CHOICE", {}, "x", "unknown"),
        ("CHOICE", {}, ["s"], "unknown"),
        ("CHOICES", {}, ["s", "x"], "unknown"),
        ("CHOICES", {}, [["s"]], "unknown"),
        ("CHOICES", {"most": 1}, ["s", "l"], "too_many"),
        ("CHOICES", {"least": 2}, ["s"], "too_few"),
        ("YES_NO", {}, "perhaps", "unreadable"),
        ("YES_NO", {}, [True], "unreadable"),
        ("DATE", {}, "31/02/2026", "unreadable"),
        ("DATE", {}, "tomorrow", "unreadable"),
        ("EMAIL", {}, "lan@", "malformed"),
        ("PHONE", {}, "12", "malformed"),
        ("PHONE", {}, "phone", "malformed"),
        ("URL", {}, "javascript://example.org/%0aalert(1)", "malformed"),
        ("URL", {}, "javascript:alert(1.1)", "malformed"),
        ("URL", {}, "http://[", "malformed"),
        ("URL", {}, "two words.org", "malformed"),
        ("FILE", {}, "no-id", "unreadable"),
        ("FILE", {}, "6f1c0a52-3a3a-4d43-9d0c-0d2f4c1f2a33", "unknown"),
        ("CONSENT", {}, "maybe", "unreadable"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_field(kind: str, limits: Any, raw: Any, reason: str) -> None:
    event, person = open_event(), PersonFactory.create()
    question = ask(event, kind, **limits)
    with refused(Invalid, field=f"answers.{question.pk}", reason=reason):
        sign_up(event, person, answers={question.pk: raw})


@pytest.mark.parametrize("kind", [kind for kind in Question.Kind.values if kind != "YES_NO"])
@pytest.mark.parametrize("nothing", [None, "", [], "missing"])
def test_nothing_is_no_answer_and_refused_only_where_one_must_be(kind: str, nothing: Any) -> None:
    event, person = open_event(), PersonFactory.create()
    question = ask(event, kind)
    given = {} if nothing == "missing" else {question.pk: nothing}
    sign_up(event, answers=given)
    assert not Answer.objects.exists()
    change(question, is_required=True)
    with refused(Invalid, field=f"answers.{question.pk}", reason="required"):
        sign_up(event, person, answers=given)


def test_no_is_an_answer_but_no_consent() -> None:
    event, person = open_event(), PersonFactory.create()
    asked, consent = ask(event, "YES_NO", is_required=True), ask(event, "CONSENT", is_required=True)
    with refused(Invalid, field=f"answers.{consent.pk}", reason="required"):
        sign_up(event, person, answers={asked.pk: False, consent.pk: False})
    row = sign_up(event, person, answers={asked.pk: False, consent.pk: True})
    assert _given(row) == {asked.pk: False, consent.pk: True}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    event, person = open_event(), PersonFactory.create()
    first, second = ask(event, "EMAIL"), ask(event, is_required=True)
    given = {first.pk: "x", 0: "stranger"}
    for field, reason in ((first.pk, "malformed"), (second.pk, "required"), (0, "unknown")):
        with refused(Invalid, field=f"answers.{field}", reason=reason):
            sign_up(event, person, answers=given)


def test_questions_that_are_not_for_the_person_take_no_answer() -> None:
    event, person = open_event(), PersonFactory.create()
    others = [
        ask(event, is_staff_only=True),
        ask(event, is_asked_at_door=True),
        ask(event, is_active=False),
        ask(event, ticket_type_ids=(kind_of(event, "Vé hai").pk,)),
        ask(open_event()),
    ]
    first = event.ticket_types.order_by("pk")[0]
    for question in others:
        with refused(Invalid, field=f"answers.{question.pk}", reason="unknown"):
            sign_up(event, person, first, answers={question.pk: "x"})


def _chain(event: Event) -> tuple[Question, Question, Question]:
    """Asked in the wrong order: what leads stands last."""
    first = ask(event, "YES_NO", label="Ăn tối?")
    second = ask(event, "CHOICE", label="Món?", shown_if_id=first.pk, shown_if_values=(True,), is_required=True)
    third = ask(event, label="Vì sao?", shown_if_id=second.pk, shown_if_values=("l",), is_required=True)
    order = [third.pk, second.pk, first.pk]
    questions.reorder(event_id=event.pk, question_ids=order, actor=planner())
    return first, second, third


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (("no", "l", "x"), (False, None, None)),
        (("yes", "s", "x"), (True, "s", None)),
        (("yes", "l", "x"), (True, "l", "x")),
        ((None, "l", "x"), (None, None, None)),
    ],
)
def test_what_is_not_shown_is_not_asked_whatever_was_sent(said: Any, kept: Any) -> None:
    event = open_event()
    chain = [question.pk for question in _chain(event)]
    row = sign_up(event, answers=dict(zip(chain, said, strict=True)))
    assert _given(row) == {number: value for number, value in zip(chain, kept, strict=True) if value is not None}


def test_what_is_shown_must_be_answered_along_the_chain() -> None:
    event, person = open_event(), PersonFactory.create()
    first, second, third = _chain(event)
    with refused(Invalid, field=f"answers.{second.pk}", reason="required"):
        sign_up(event, person, answers={first.pk: "yes"})
    with refused(Invalid, field=f"answers.{third.pk}", reason="required"):
        sign_up(event, person, answers={first.pk: "yes", second.pk: "l"})


def _change_answers(row: Registration, given: dict[int, Any], actor: Person | None = None, hours: int = 1) -> None:
    at = NOW + timedelta(hours=hours)
    answers.change(registration_id=row.pk, answers=given, actor=actor or row.person, at=at)


def test_answers_change_and_those_that_are_not_named_stay_with_their_version() -> None:
    event = open_event()
    first, second = ask(event, label="Một"), ask(event, label="Hai")
    row = sign_up(event, answers={first.pk: "a", second.pk: "b"})
    for question in (first, second):
        change(question, label_vi="Mới")
    _change_answers(row, {second.pk: "c"})
    kept = {answer.question_id: (answer.value, answer.version.number) for answer in row.answers.all()}
    assert kept == {first.pk: ("a", 1), second.pk: ("c", 2)}
    _change_answers(row, {second.pk: ""})
    assert _given(row) == {first.pk: "a"}


def test_an_answer_that_the_newest_version_would_refuse_stands_until_it_is_named() -> None:
    event = open_event()
    size, other = ask(event, "CHOICE"), ask(event)
    row = sign_up(event, answers={size.pk: "s"})
    change(size, choices=SIZES[1:])
    _change_answers(row, {other.pk: "x"})
    assert _given(row) == {size.pk: "s", other.pk: "x"}
    with refused(Invalid, field=f"answers.{size.pk}", reason="unknown"):
        _change_answers(row, {size.pk: "s"})


def test_the_same_answer_again_keeps_version_and_moment() -> None:
    event = open_event()
    question = ask(event)
    row = sign_up(event, answers={question.pk: "a"})
    change(question, label_vi="Mới")
    _change_answers(row, {question.pk: " a "})
    answer = row.answers.get()
    assert (answer.version.number, answer.answered_at) == (1, NOW)


def test_hiding_a_question_by_its_condition_removes_its_answer() -> None:
    event = open_event()
    first, second, third = _chain(event)
    row = sign_up(event, answers={first.pk: "yes", second.pk: "l", third.pk: "x"})
    _change_answers(row, {first.pk: "no"})
    assert _given(row) == {first.pk: False}


def test_the_person_changes_until_the_deadline_the_desk_always() -> None:
    event = open_event()
    question = ask(event)
    row, actor = sign_up(event, answers={question.pk: "a"}), desk(event)
    Event.objects.filter(pk=event.pk).update(answers_until=NOW + timedelta(hours=2))
    _change_answers(row, {question.pk: "b"}, hours=1)
    with refused(TooLateToChange, until=NOW + timedelta(hours=2)):
        _change_answers(row, {question.pk: "c"}, hours=2)
    _change_answers(row, {question.pk: "c"}, actor, hours=3)
    Event.objects.filter(pk=event.pk).update(answers_until=None)
    with refused(TooLateToChange, until=event.starts_at):
        answers.change(registration_id=row.pk, answers={}, actor=row.person, at=event.starts_at)
    assert _given(row) == {question.pk: "c"}


def test_nobody_else_changes_answers_and_nothing_changes_once_it_is_over() -> None:
    event = open_event()
    question = ask(event)
    row = sign_up(event, answers={question.pk: "a"})
    for actor in (PersonFactory.create(), on_duty(event)):
        with refused(RegistrationNotFound):
            _change_answers(row, {question.pk: "b"}, actor)
    registration.cancel(registration_id=row.pk, actor=row.person, at=NOW)
    with refused(RegistrationNotActive, status="CANCELLED"):
        _change_answers(row, {question.pk: "b"})


def test_organisers_own_questions_never_reach_the_person_and_their_answers_stay() -> None:
    event = open_event()
    own, secret = ask(event), ask(event, label="Ghi chú", is_staff_only=True)
    row, actor = sign_up(event, answers={own.pk: "a"}), desk(event)
    _change_answers(row, {secret.pk: "VIP"}, actor)
    with refused(Invalid, field=f"answers.{secret.pk}", reason="unknown"):
        _change_answers(row, {secret.pk: ""})
    _change_answers(row, {own.pk: "b"})
    assert _given(row) == {own.pk: "b", secret.pk: "VIP"}
    assert [each.question for each in answers.form(ticket_type=only_kind(event))] == [own]


def test_the_desk_notes_something_though_a_question_was_added_that_the_person_never_saw() -> None:
    event = open_event()
    row, actor = sign_up(event), desk(event)
    ask(event, is_required=True)
    secret = ask(event, is_staff_only=True)
    _change_answers(row, {secret.pk: "VIP"}, actor)
    assert _given(row) == {secret.pk: "VIP"}


def test_whoever_registers_somebody_answers_for_both() -> None:
    event = open_event()
    own, secret = ask(event), ask(event, is_staff_only=True)
    row = attendee_desk.register_for(
        event_id=event.pk,
        email="lan@example.org",
        full_name="Lan",
        actor=desk(event),
        at=NOW,
        answers={own.pk: "a", secret.pk: "VIP"},
        agreed=True,
    )
    assert (_given(row), counts_agree(event)) == ({own.pk: "a", secret.pk: "VIP"}, True)


def _file(person: Person, name: str = "cv.pdf", content: bytes = b"%PDF-1.7") -> AnswerFile:
    return answer_files.upload(person=person, given=ContentFile(content, name=name), at=NOW)


def test_a_file_is_uploaded_named_and_replaced() -> None:
    event, person = open_event(), PersonFactory.create()
    question = ask(event, "FILE")
    first, second = _file(person, "C:\\cv\x07 của tôi.PDF"), _file(person)
    row = sign_up(event, person, answers={question.pk: str(first.pk)})
    assert (first.name, first.content_type, row.answers.get().value) == (
        "cv của tôi.PDF",
        "application/pdf",
        str(first.pk),
    )
    _change_answers(row, {question.pk: str(second.pk)})
    tied = dict(AnswerFile.objects.values_list("pk", "answer"))
    assert tied == {first.pk: None, second.pk: row.answers.get().pk}


def test_the_file_of_an_answer_that_goes_is_left_for_the_chore_not_lost_from_sight() -> None:
    """Its row is what names the stored file: without it nobody would ever remove that."""
    event, person = open_event(), PersonFactory.create()
    question, kept = ask(event, "FILE"), _file(person)
    row = sign_up(event, person, answers={question.pk: str(kept.pk)})
    _change_answers(row, {question.pk: ""})
    assert list(AnswerFile.objects.values_list("pk", "answer")) == [(kept.pk, None)]


def test_somebody_elses_file_is_unknown() -> None:
    event, person = open_event(), PersonFactory.create()
    question, foreign = ask(event, "FILE"), _file(PersonFactory.create())
    with refused(Invalid, field=f"answers.{question.pk}", reason="unknown"):
        sign_up(event, person, answers={question.pk: str(foreign.pk)})


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cv.pdf", b"", "required"),
        ("cv.pdf", b"MZ\x90", "unknown_kind"),
        ("cv.exe", b"%PDF-1.7", "unknown_kind"),
        ("cv", b"%PDF-1.7", "unknown_kind"),
        ("x.svg", b"<svg>", "unknown_kind"),
        ("cv.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024), "too_big"),
    ],
)
def test_what_is_no_document_is_not_kept(name: str, content: bytes, reason: str) -> None:
    person = PersonFactory.create()
    with refused(Invalid, field="file", reason=reason):
        _file(person, name, content)
    assert not AnswerFile.objects.exists()


def test_so_many_files_wait_for_an_answer_and_no_more() -> None:
    person = PersonFactory.create()
    for _ in range(answer_files.MOST_WAITING):
        _file(person)
    with refused(TooManyFiles):
        _file(person)
    _file(PersonFactory.create())


def test_a_file_is_read_by_its_owner_and_the_events_desk() -> None:
    event, person = open_event(), PersonFactory.create()
    question, kept = ask(event, "FILE"), _file(person)
    stranger, staff, elsewhere = PersonFactory.create(), desk(event), desk(open_event())

    def readers() -> list[Person]:
        everybody = (person, stranger, staff, elsewhere, on_duty(event))
        return [each for each in everybody if answer_files.readable(file_id=kept.pk, viewer=each)]

    assert readers() == [person]
    sign_up(event, person, answers={question.pk: str(kept.pk)})
    assert readers() == [person, staff]
