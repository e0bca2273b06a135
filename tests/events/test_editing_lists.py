"""Check-in lists and gates: what may be said of them, and what stays because somebody was scanned there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from events import checkin_lists, gate_devices, gates, ticket_types
from events.checkin_lists import ListFacts, facts_of
from events.gate_devices import DeviceFacts
from events.models import CheckIn, CheckInList, CheckInTally, Event, EventStaff, Gate, Session, TicketType
from events.refusals import CheckInListInUse, CheckInListNotFound, EventNotFound, GateInUse, TicketTypeInUse
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted, Refusal, each
from tests.events.scenes import kind_of
from tests.factories import NOW, PersonFactory, gate, on_duty, open_event, planner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _rows() -> list[Any]:
    through = [CheckInList.ticket_types.through, CheckInList.gates.through, CheckInList.leaves.through]
    kept = [CheckInList, CheckInTally, Gate, TicketType, *through]
    return [sorted(model._default_manager.values_list(), key=lambda row: row[0]) for model in kept]


@contextmanager
def refused(*expected: tuple[type[Refusal], str, str | None]) -> Iterator[None]:
    """Exactly these refusals, each at its field and for its reason, and nothing is another than before."""
    before = _rows()
    with pytest.raises(Refusal) as caught:
        yield
    found = [(type(one), one.field, one.facts.get("reason")) for one in each(caught.value)]
    assert found == list(expected)
    assert _rows() == before


def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


def made(event: Event, name: str = "Khu triển lãm", **facts: Any) -> CheckInList:
    stated = ListFacts(**{"name_vi": name, "scope": "ZONE"} | facts)
    return checkin_lists.add(event_id=event.pk, facts=stated, actor=organiser(event))


def main_of(event: Event) -> CheckInList:
    return CheckInList.objects.get(event=event, is_main=True)


def changes(event: Event) -> int:
    return CheckInTally.objects.get(event=event).changes


def scanned(at: CheckInList, through: Gate | None = None) -> None:
    """Somebody came with a code that nobody knows: it is kept."""
    CheckIn.objects.create(
        list=at, event=at.event, gate=through, nonce=uuid4(), scanned_at=NOW, received_at=NOW, status="error"
    )


def a_session(event: Event) -> Session:
    return Session.objects.create(event=event, title="Gọi vốn", starts_at=event.starts_at, ends_at=event.ends_at)


class TestAdding:
    """A list with all its rules."""

    def test_everything_that_is_said_is_kept(self) -> None:
        event = open_event()
        kind, session, door, main = kind_of(event), a_session(event), gate(event, "B"), main_of(event)
        stated = ListFacts(
            name_vi=" Phiên  gọi vốn ",
            name_en="Funding",
            scope="SESSION",
            session_id=session.pk,
            ticket_type_ids=(kind.pk,),
            gate_ids=(door.pk,),
            allows_reentry=False,
            includes_pending=True,
            auto_exit_at=NOW + 3 * HOUR,
            opens_at=NOW + HOUR,
            closes_at=NOW + 2 * HOUR,
            once_a_day=True,
            needs_id=main.pk,
            leaves_ids=(main.pk,),
        )
        before = changes(event)
        row = checkin_lists.add(event_id=event.pk, facts=stated, actor=organiser(event))
        assert facts_of(CheckInList.objects.get(pk=row.pk)) == replace(stated, name_vi="Phiên gọi vốn")
        assert (row.is_main, row.order) == (False, 1)
        assert changes(event) == before + 1

    def test_a_session_is_kept_for_a_list_of_a_session_alone(self) -> None:
        event = open_event()
        assert made(event, scope="ZONE", session_id=a_session(event).pk).session is None

    @pytest.mark.parametrize(
        ("facts", "field", "reason"),
        [
            ({"name_vi": " "}, "name_vi", "required"),
            ({"name_vi": "x" * 81}, "name_vi", "too_long"),
            ({"name_vi": "Danh sách chính"}, "name_vi", "repeated"),
            ({"name_en": "x" * 81}, "name_en", "too_long"),
            ({"scope": "ROOM"}, "scope", "unknown"),
            ({"scope": "SESSION"}, "session_id", "required"),
            ({"scope": "SESSION", "session_id": 0}, "session_id", "unknown"),
            ({"ticket_type_ids": (0,)}, "ticket_type_ids", "unknown"),
            ({"gate_ids": (0,)}, "gate_ids", "unknown"),
            ({"leaves_ids": (0,)}, "leaves_ids", "unknown"),
            ({"needs_id": 0}, "needs_id", "unknown"),
            ({"opens_at": NOW, "closes_at": NOW}, "closes_at", "before_start"),
            ({"opens_at": NOW, "auto_exit_at": NOW}, "auto_exit_at", "before_start"),
            ({"once_a_day": True, "allows_multiple": True}, "once_a_day", "not_with_multiple"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, facts: Any, field: str, reason: str) -> None:
        event = open_event()
        with refused((Invalid, field, reason)):
            made(event, **{"name": "Khu A"} | facts)

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        event = open_event()
        with refused(
            (Invalid, "name_vi", "required"), (Invalid, "gate_ids", "unknown"), (Invalid, "needs_id", "unknown")
        ):
            made(event, "", gate_ids=(0,), needs_id=0)

    def test_what_is_of_another_event_is_unknown(self) -> None:
        event, other = open_event(), open_event()
        foreign = {
            "ticket_type_ids": (other.ticket_types.get().pk,),
            "gate_ids": (gate(other).pk,),
            "leaves_ids": (main_of(other).pk,),
            "needs_id": main_of(other).pk,
        }
        for field, value in foreign.items():
            with refused((Invalid, field, "unknown")):
                made(event, **{field: value})
        with refused((Invalid, "session_id", "unknown")):
            made(event, scope="SESSION", session_id=a_session(other).pk)

    def test_only_who_runs_the_event_may(self) -> None:
        event = open_event()
        row, main = made(event), main_of(event)
        for actor in (PersonFactory.create(), on_duty(event), organiser(open_event())):
            with refused((NotPermitted, "", None)):
                checkin_lists.add(event_id=event.pk, facts=ListFacts(name_vi="B"), actor=actor)
            with refused((CheckInListNotFound, "", None)):
                checkin_lists.change(list_id=row.pk, facts=ListFacts(name_vi="B"), actor=actor)
            with refused((CheckInListNotFound, "", None)):
                checkin_lists.remove(list_id=row.pk, actor=actor)
            with refused((NotPermitted, "", None)):
                checkin_lists.reorder(event_id=event.pk, list_ids=[row.pk, main.pk], actor=actor)
            with refused((NotPermitted, "", None)):
                gates.add(event_id=event.pk, name="B", actor=actor)
            with refused((NotFound, "", None)):
                gates.rename(gate_id=gate(event).pk, name="B", actor=actor)
            with refused((NotFound, "", None)):
                gates.remove(gate_id=gate(event).pk, actor=actor)

    def test_an_event_that_is_not_there_has_no_lists(self) -> None:
        anywhere = on_duty(None, EventStaff.Role.ORGANISER)
        with refused((EventNotFound, "", None)):
            checkin_lists.add(event_id=0, facts=ListFacts(name_vi="B"), actor=anywhere)
        with refused((EventNotFound, "", None)):
            gates.add(event_id=0, name="B", actor=anywhere)


class TestChanging:
    """Rules change while people are scanned: gates are told."""

    def test_gates_are_told_of_each_change(self) -> None:
        event = open_event()
        row, actor, before = made(event), organiser(event), changes(event)
        checkin_lists.change(list_id=row.pk, facts=replace(facts_of(row), opens_at=NOW), actor=actor)
        assert (CheckInList.objects.get(pk=row.pk).opens_at, changes(event)) == (NOW, before + 1)

    def test_the_events_own_list_stays_the_events(self) -> None:
        event = open_event()
        main, actor = main_of(event), organiser(event)
        for scope in ("ZONE", "SESSION"):
            with refused((Invalid, "scope", "of_the_event")):
                checkin_lists.change(list_id=main.pk, facts=replace(facts_of(main), scope=scope), actor=actor)
        changed = checkin_lists.change(list_id=main.pk, facts=replace(facts_of(main), once_a_day=True), actor=actor)
        assert (changed.is_main, changed.once_a_day, changed.scope) == (True, True, "EVENT")

    def test_a_list_does_not_wait_for_itself_be_it_through_others(self) -> None:
        event = open_event()
        actor, first = organiser(event), made(event, "A")
        second = made(event, "B", needs_id=first.pk)
        third = made(event, "C", needs_id=second.pk)
        for row, reason in ((first, "itself"), (second, "circle_of_lists"), (third, "circle_of_lists")):
            with refused((Invalid, "needs_id", reason)):
                checkin_lists.change(list_id=first.pk, facts=replace(facts_of(first), needs_id=row.pk), actor=actor)
        with refused((Invalid, "leaves_ids", "itself")):
            checkin_lists.change(list_id=first.pk, facts=replace(facts_of(first), leaves_ids=(first.pk,)), actor=actor)

    def test_order_names_each_list_once(self) -> None:
        event = open_event()
        main, row, actor = main_of(event), made(event), organiser(event)
        checkin_lists.reorder(event_id=event.pk, list_ids=[row.pk, main.pk], actor=actor)
        assert list(CheckInList.objects.filter(event=event)) == [row, main]
        for wrong in ([row.pk], [row.pk, row.pk], [row.pk, main.pk, made(open_event()).pk]):
            with refused((Invalid, "order", "unknown")):
                checkin_lists.reorder(event_id=event.pk, list_ids=wrong, actor=actor)


class TestRemoving:
    """Only what nothing depends on goes."""

    def test_a_list_without_scans_goes(self) -> None:
        event = open_event()
        row, before = made(event), changes(event) + 1
        checkin_lists.remove(list_id=row.pk, actor=organiser(event))
        assert list(CheckInList.objects.filter(event=event)) == [main_of(event)]
        assert changes(event) == before
        with refused((CheckInListNotFound, "", None)):
            checkin_lists.remove(list_id=row.pk, actor=organiser(event))

    def test_the_events_own_list_stays(self) -> None:
        event = open_event()
        with refused((CheckInListInUse, "", None)):
            checkin_lists.remove(list_id=main_of(event).pk, actor=organiser(event))

    def test_a_list_with_a_scan_stays_also_a_refused_one(self) -> None:
        event = open_event()
        row = made(event)
        scanned(row)
        with refused((CheckInListInUse, "", None)):
            checkin_lists.remove(list_id=row.pk, actor=organiser(event))

    def test_a_list_for_which_another_waits_stays(self) -> None:
        event = open_event()
        row = made(event, "A")
        other = made(event, "B", needs_id=row.pk)
        with refused((CheckInListInUse, "", None)):
            checkin_lists.remove(list_id=row.pk, actor=organiser(event))
        checkin_lists.remove(list_id=other.pk, actor=organiser(event))
        checkin_lists.remove(list_id=row.pk, actor=organiser(event))

    def test_a_list_to_which_a_phone_is_limited_stays_until_it_is_revoked(self) -> None:
        """A phone whose only list is gone could scan everywhere."""
        event = open_event()
        row, actor = made(event), organiser(event)
        facts = DeviceFacts(name="A", list_ids=[row.pk])
        device = gate_devices.invite(event_id=event.pk, facts=facts, actor=actor, at=NOW).device
        with refused((CheckInListInUse, "", None)):
            checkin_lists.remove(list_id=row.pk, actor=actor)
        gate_devices.revoke(device_id=device.pk, actor=actor, at=NOW)
        checkin_lists.remove(list_id=row.pk, actor=actor)

    def test_a_ticket_type_that_a_list_names_stays(self) -> None:
        """A list whose only type is gone would let everybody in."""
        event = open_event()
        kind = kind_of(event)
        row = made(event, ticket_type_ids=(kind.pk,))
        with refused((TicketTypeInUse, "", None)):
            ticket_types.remove(ticket_type_id=kind.pk, actor=planner())
        checkin_lists.remove(list_id=row.pk, actor=organiser(event))
        ticket_types.remove(ticket_type_id=kind.pk, actor=planner())


class TestGates:
    """Doors with a name."""

    def test_a_gate_is_added_renamed_and_removed(self) -> None:
        event = open_event()
        actor, before = organiser(event), changes(event)
        door = gates.add(event_id=event.pk, name=" Cửa  Đông ", actor=actor)
        assert door.name == "Cửa Đông"
        assert gates.rename(gate_id=door.pk, name="Cửa Bắc", actor=actor).name == "Cửa Bắc"
        assert gates.rename(gate_id=door.pk, name="Cửa Bắc", actor=actor).name == "Cửa Bắc"
        gates.remove(gate_id=door.pk, actor=actor)
        assert list(Gate.objects.filter(event=event).values_list("name", flat=True)) == ["A"]
        assert changes(event) == before + 4

    @pytest.mark.parametrize(("name", "reason"), [(" ", "required"), ("x" * 41, "too_long"), ("A", "repeated")])
    def test_what_cannot_be_is_refused(self, name: str, reason: str) -> None:
        event = open_event()
        door, actor = gate(event, "B"), organiser(event)
        with refused((Invalid, "name", reason)):
            gates.add(event_id=event.pk, name=name, actor=actor)
        with refused((Invalid, "name", reason)):
            gates.rename(gate_id=door.pk, name=name, actor=actor)

    def test_a_gate_with_a_scan_or_in_a_list_stays(self) -> None:
        event = open_event()
        seen, named, actor = gate(event, "B"), gate(event, "C"), organiser(event)
        scanned(main_of(event), seen)
        made(event, gate_ids=(named.pk,))
        for door in (seen, named):
            with refused((GateInUse, "", None)):
                gates.remove(gate_id=door.pk, actor=actor)
