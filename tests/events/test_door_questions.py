"""Questions at the door: which stand in the way, and that what is answered there is kept like any other answer."""

from typing import Any

import pytest

from events import answers, door_questions, gate_devices, questions
from events.door_facts import fresh
from events.gate_devices import DeviceFacts
from events.models import Answer, CheckInTally, Event, EventStaff, HistoryEntry, Registration
from events.refusals import RegistrationNotFound
from events.scan_rows import Actor
from network.refusals import Invalid
from tests.events.scenes import ask, change, kind_of, refused, sign_up
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


def at_door(event: Event, kind: str = "SHORT_TEXT", **more: Any) -> Any:
    return ask(event, kind, **{"is_required": True, "is_asked_at_door": True} | more)


def missing(held: Registration) -> list[int]:
    found = door_questions.missing(registration_id=held.pk, ticket_type_id=held.ticket_type_id)
    return [each.question.pk for each in found]


def keep(held: Registration, actor: Actor, given: dict[int, Any]) -> None:
    door_questions.keep(registration_id=held.pk, answers=given, actor=actor, at=NOW)


def phone(event: Event) -> gate_devices.Enrolled:
    organiser = on_duty(event, EventStaff.Role.ORGANISER)
    invited = gate_devices.invite(event_id=event.pk, facts=DeviceFacts(name="A"), actor=organiser, at=NOW)
    return gate_devices.enrol(code=invited.code, at=NOW)


class TestMissing:
    """Required, asked there, of this ticket type, shown, and not answered."""

    def test_only_what_must_be_answered_there_is_in_the_way(self) -> None:
        event = open_event()
        other = kind_of(event, "Khách mời")
        held, invited = sign_up(event), sign_up(event, kind=other)
        ask(event, label="Ở form", is_required=True)
        at_door(event, label="Tự nguyện", is_required=False)
        theirs = at_door(event, label="Của vé khác", ticket_type_ids=(other.pk,))
        at_door(event, label="Đã thôi", is_active=False)
        at_door(event, label="Của ban tổ chức", is_staff_only=True)
        first, second = at_door(event, label="Cỡ áo"), at_door(event, label="Ăn chay", ticket_type_ids=(only(event),))
        assert missing(held) == [first.pk, second.pk]
        assert missing(invited) == [theirs.pk, first.pk]

    def test_what_was_answered_is_not(self) -> None:
        event = open_event()
        held, question = sign_up(event), at_door(event)
        keep(held, on_duty(event), {question.pk: "Vừa"})
        assert missing(held) == []

    def test_one_that_follows_another_is_missing_once_that_one_is_answered_so(self) -> None:
        event = open_event()
        leading = at_door(event, "YES_NO", label="Ăn tối?")
        following = at_door(event, label="Món gì?", shown_if_id=leading.pk, shown_if_values=(True,))
        stays, leaves, actor = sign_up(event), sign_up(event), on_duty(event)
        assert missing(stays) == [leading.pk]
        keep(stays, actor, {leading.pk: True})
        keep(leaves, actor, {leading.pk: False})
        assert (missing(stays), missing(leaves)) == ([following.pk], [])

    def test_it_takes_as_many_statements_whatever_is_asked(self, django_assert_num_queries: Any) -> None:
        event = open_event()
        held = sign_up(event)
        for number in range(8):
            at_door(event, label=f"Câu {number}", ticket_type_ids=(only(event),))
        with django_assert_num_queries(5):
            assert len(missing(held)) == 8


class TestKeeping:
    """At a door as anywhere."""

    def test_answers_are_kept_with_their_version_and_noted(self) -> None:
        event = open_event()
        held, question, actor = sign_up(event), at_door(event, "CHOICE"), on_duty(event)
        question = change(question, label_vi="Cỡ áo nào?")
        keep(held, actor, {question.pk: "s"})
        row = Answer.objects.get(registration=held)
        assert (row.value, row.version.label_vi, row.answered_at) == ("s", "Cỡ áo nào?", NOW)
        noted = HistoryEntry.objects.filter(registration=held, act="answers_changed")
        assert list(noted.values_list("actor", flat=True)) == [actor.pk]

    def test_what_is_not_named_stays_and_may_be_missing_still(self) -> None:
        event = open_event()
        form = ask(event, label="Ở form")
        held = sign_up(event, answers={form.pk: "Kỹ sư"})
        first, second, actor = at_door(event), at_door(event, label="Hai"), on_duty(event)
        keep(held, actor, {first.pk: "Vừa"})
        assert missing(held) == [second.pk]
        keep(held, actor, {second.pk: "Có"})
        assert answers.given(held) == {form.pk: "Kỹ sư", first.pk: "Vừa", second.pk: "Có"}

    def test_a_phone_keeps_them_in_the_name_of_who_invited_it(self) -> None:
        event = open_event()
        held, question, made = sign_up(event), at_door(event), phone(event)
        keep(held, made.device, {question.pk: "Vừa"})
        noted = HistoryEntry.objects.get(registration=held, act="answers_changed")
        assert noted.actor == made.device.invited_by

    def test_what_does_not_fit_is_refused_at_its_question(self) -> None:
        event = open_event()
        held, asked, form, actor = sign_up(event), at_door(event, "CHOICE"), ask(event, label="Form"), on_duty(event)
        with refused(Invalid, field=f"answers.{asked.pk}", reason="unknown"):
            keep(held, actor, {asked.pk: "xl"})
        with refused(Invalid, field=f"answers.{form.pk}", reason="unknown"):
            keep(held, actor, {form.pk: "Kỹ sư"})

    def test_only_who_checks_in_there_may(self) -> None:
        event = open_event()
        held, question = sign_up(event), at_door(event)
        for actor in (held.person, PersonFactory.create(), on_duty(open_event()), phone(open_event()).device):
            with refused(RegistrationNotFound):
                keep(held, actor, {question.pk: "Vừa"})


def test_gates_are_told_when_something_is_asked_there_and_when_no_more() -> None:
    event = open_event()

    def changes() -> int:
        return CheckInTally.objects.get(event=event).changes

    before = changes()
    ask(event, label="Ở form")
    assert changes() == before
    question = at_door(event)
    assert changes() > before
    facts = fresh(main_list(event).pk)
    assert facts is not None
    assert facts.asks
    before = changes()
    questions.remove(question_id=question.pk, actor=planner())
    assert changes() > before


def only(event: Event) -> int:
    return event.ticket_types.order_by("pk").values_list("pk", flat=True)[0]
