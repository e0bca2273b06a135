"""A question in the way: incomplete, then answered and in."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from events import checkin
from events.checkin import Answer
from events.models import Answer as Given
from events.models import CheckIn, Event, Registration
from events.scan_rows import Scan
from network.models import Person
from network.refusals import Several
from tests.events.scenes import ask, sign_up
from tests.factories import NOW, main_list, on_duty, open_event

pytestmark = pytest.mark.django_db


def scanned(
    event: Event,
    held: Registration,
    actor: Person,
    *,
    nonce: UUID | None = None,
    direction: str = "ENTRY",
    **answers: Any,
) -> Answer:
    given = {int(number.removeprefix("q")): value for number, value in answers.items()}
    sent = Scan(code=held.tickets.get().number, nonce=nonce or uuid4(), direction=direction, answers=given)
    return checkin.redeem(list_id=main_list(event).pk, scan=sent, actor=actor, at=NOW)


def test_a_required_question_of_the_door_is_asked_before_anybody_goes_in() -> None:
    event = open_event()
    question = ask(event, "SHORT_TEXT", is_required=True, is_asked_at_door=True)
    held, actor = sign_up(event), on_duty(event)
    asked = scanned(event, held, actor)
    assert (asked.checkin.status, asked.checkin.reason, asked.admitted) == ("incomplete", "", 0)
    assert [each.question.pk for each in asked.questions] == [question.pk]
    let_in = scanned(event, held, actor, **{f"q{question.pk}": "Cỡ vừa"})
    assert (let_in.checkin.status, let_in.admitted, let_in.questions) == ("ok", 1, ())
    assert Given.objects.get(registration=held).value == "Cỡ vừa"
    assert list(CheckIn.objects.order_by("pk").values_list("status", flat=True)) == ["incomplete", "ok"]


def test_asked_again_under_its_nonce_the_questions_come_again() -> None:
    event = open_event()
    question = ask(event, "SHORT_TEXT", is_required=True, is_asked_at_door=True)
    held, actor, nonce = sign_up(event), on_duty(event), uuid4()
    first = scanned(event, held, actor, nonce=nonce)
    again = scanned(event, held, actor, nonce=nonce)
    assert again.checkin == first.checkin
    assert [each.question.pk for each in again.questions] == [question.pk]


def test_a_wrong_answer_is_refused_at_its_field_and_nothing_is_kept() -> None:
    event = open_event()
    question = ask(event, "NUMBER", is_required=True, is_asked_at_door=True)
    held, actor = sign_up(event), on_duty(event)
    with pytest.raises(Several) as refusal:
        scanned(event, held, actor, **{f"q{question.pk}": "không phải số"})
    assert [one.field for one in refusal.value.refusals] == [f"answers.{question.pk}"]
    assert not CheckIn.objects.exists()
    assert not Given.objects.exists()


def test_nobody_is_asked_on_the_way_out() -> None:
    event = open_event()
    ask(event, "SHORT_TEXT", is_required=True, is_asked_at_door=True)
    assert scanned(event, sign_up(event), on_duty(event), direction="EXIT").checkin.status == "ok"
