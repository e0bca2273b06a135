"""Gate phones: a code is good once and for a quarter of an hour, a token until the phone is out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from events import gate_devices, permissions
from events.gate_devices import DeviceFacts, Enrolled, Invited
from events.models import CheckInList, Event, EventStaff, GateDevice
from events.refusals import EnrolmentNotValid, EventNotFound, GateDeviceNotFound
from network.models import Person
from network.refusals import Invalid, NotPermitted, Refusal
from tests.events.crowd import at_once
from tests.factories import NOW, PersonFactory, gate, main_list, on_duty, open_event

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@contextmanager
def refused(kind: type[Refusal], *, field: str = "", reason: str | None = None) -> Iterator[None]:
    """Exactly this refusal, and no phone is another than before."""
    before = list(GateDevice.objects.order_by("pk").values())
    with pytest.raises(Refusal) as caught:
        yield
    found = caught.value
    assert (type(found), found.field, found.facts.get("reason")) == (kind, field or kind.field, reason)
    assert list(GateDevice.objects.order_by("pk").values()) == before


def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


def invited(event: Event, name: str = "Cửa A", **facts: Any) -> Invited:
    stated = DeviceFacts(name=name, **facts)
    return gate_devices.invite(event_id=event.pk, facts=stated, actor=organiser(event), at=NOW)


def enrolled(event: Event, name: str = "Cửa A", **facts: Any) -> Enrolled:
    return gate_devices.enrol(code=invited(event, name, **facts).code, at=NOW)


def a_list(event: Event, name: str = "Hội trường") -> CheckInList:
    return CheckInList.objects.create(event=event, name=name, scope="ZONE")


def _may_scan(actor: Any, at: CheckInList) -> bool:
    return permissions.may_scan(actor, event_id=at.event_id, list_id=at.pk)


class TestInviting:
    """An organiser makes a phone and shows a code."""

    def test_the_phone_waits_with_a_code_of_192_bits_of_which_only_a_hash_is_kept(self) -> None:
        event = open_event()
        actor, hall = organiser(event), a_list(event)
        facts = DeviceFacts(name=" Máy của  Lan ", list_ids=[hall.pk], gate_id=gate(event).pk)
        made = gate_devices.invite(event_id=event.pk, facts=facts, actor=actor, at=NOW)
        row = GateDevice.objects.get()
        assert len(made.code) == 32  # 24 bytes in base64
        assert made.code not in str(GateDevice.objects.values().get())
        assert (row.name, row.gate, list(row.lists.all())) == ("Máy của Lan", gate(event), [hall])
        assert (row.invited_by, row.invited_at, row.enrolment_until) == (actor, NOW, NOW + timedelta(minutes=15))
        assert (row.token_hash, row.enrolled_at, row.revoked_at) == (None, None, None)

    @pytest.mark.parametrize(
        ("facts", "field", "reason"),
        [
            ({"name": " "}, "name", "required"),
            ({"name": "x" * 61}, "name", "too_long"),
            ({"name": "Cửa A"}, "name", "repeated"),
            ({"name": "B", "list_ids": [0]}, "list_ids", "unknown"),
            ({"name": "B", "gate_id": 0}, "gate_id", "unknown"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, facts: Any, field: str, reason: str) -> None:
        event = open_event()
        invited(event)
        actor = organiser(event)
        with refused(Invalid, field=field, reason=reason):
            gate_devices.invite(event_id=event.pk, facts=DeviceFacts(**facts), actor=actor, at=NOW)

    def test_lists_and_gates_of_another_event_are_unknown(self) -> None:
        event, other = open_event(), open_event()
        for field, facts in ("list_ids", {"list_ids": [main_list(other).pk]}), ("gate_id", {"gate_id": gate(other).pk}):
            with refused(Invalid, field=field, reason="unknown"):
                invited(event, **facts)

    def test_only_who_runs_the_event_invites(self) -> None:
        event = open_event()
        for actor in (PersonFactory.create(), on_duty(event), organiser(open_event())):
            with refused(NotPermitted):
                gate_devices.invite(event_id=event.pk, facts=DeviceFacts(name="B"), actor=actor, at=NOW)

    def test_the_event_may_not_be_over_for_a_day(self) -> None:
        event = open_event()
        facts, actor, over = DeviceFacts(name="B"), organiser(event), event.ends_at + timedelta(days=1)
        with refused(EventNotFound):
            gate_devices.invite(event_id=event.pk, facts=facts, actor=actor, at=over)
        assert gate_devices.invite(event_id=event.pk, facts=facts, actor=actor, at=over - timedelta(seconds=1))


class TestEnrolling:
    """The phone that scans the code has the token."""

    def test_it_gets_a_token_of_256_bits_of_which_only_a_hash_is_kept(self) -> None:
        event = open_event()
        made = gate_devices.enrol(code=invited(event).code, at=LATER, app_version="1.4.0 (abc)")
        row = GateDevice.objects.get()
        assert len(made.token) == 43  # 32 bytes in base64
        assert made.token not in str(GateDevice.objects.values().get())
        assert (row.enrolled_at, row.last_seen_at, row.app_version) == (LATER, LATER, "1.4.0 (abc)")
        assert row.enrolment_hash is None
        assert gate_devices.of_token(token=made.token, at=LATER) == row

    def test_its_own_name_takes_the_place_of_the_given_one(self) -> None:
        made = gate_devices.enrol(code=invited(open_event()).code, at=NOW, name="Máy  của Hùng")
        assert made.device.name == "Máy của Hùng"

    def test_a_used_expired_revoked_or_unknown_code_is_one_and_the_same_refusal(self) -> None:
        event = open_event()
        used, late, revoked, over = (invited(event, name) for name in "ABCD")
        gate_devices.enrol(code=used.code, at=NOW)
        gate_devices.revoke(device_id=revoked.device.pk, actor=organiser(event), at=NOW)
        GateDevice.objects.filter(pk=over.device.pk).update(enrolment_until=event.ends_at + timedelta(days=9))
        tries = [
            (used.code, NOW),
            (late.code, NOW + timedelta(minutes=15)),
            (revoked.code, NOW),
            (over.code, event.ends_at + timedelta(days=1)),
            ("", NOW),
            ("\0\ud800", NOW),
            ("x" * 100_000, NOW),
        ]
        for code, at in tries:
            with refused(EnrolmentNotValid):
                gate_devices.enrol(code=code, at=at)
        assert gate_devices.enrol(code=late.code, at=NOW + timedelta(minutes=15, seconds=-1)).token

    def test_a_name_too_long_leaves_the_code_good(self) -> None:
        code = invited(open_event()).code
        with refused(Invalid, field="name", reason="too_long"):
            gate_devices.enrol(code=code, at=NOW, name="x" * 61)
        assert gate_devices.enrol(code=code, at=NOW).token

    def test_a_new_code_puts_the_old_one_and_the_token_out(self) -> None:
        event = open_event()
        first = invited(event)
        again = gate_devices.invite_again(device_id=first.device.pk, actor=organiser(event), at=LATER)
        with refused(EnrolmentNotValid):
            gate_devices.enrol(code=first.code, at=LATER)
        token = gate_devices.enrol(code=again.code, at=LATER).token
        gate_devices.invite_again(device_id=first.device.pk, actor=organiser(event), at=LATER)
        assert gate_devices.of_token(token=token, at=LATER) is None


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sixteen_phones_that_scan_one_code_at_once_get_one_token() -> None:
    code = invited(open_event()).code

    def scan(_phone: int) -> str:
        try:
            gate_devices.enrol(code=code, at=NOW)
        except EnrolmentNotValid as refusal:
            return refusal.code
        return "enrolled"

    assert at_once(scan, list(range(16)), 16) == {"enrolled": 1, "ENROLMENT_NOT_VALID": 15}


class TestKnowing:
    """A token says which phone this is, until it is out."""

    def test_a_phone_is_known_until_a_day_after_the_events_end(self) -> None:
        event = open_event()
        token, over = enrolled(event).token, event.ends_at + timedelta(days=1)
        assert gate_devices.of_token(token=token, at=over - timedelta(seconds=1)) is not None
        assert gate_devices.of_token(token=token, at=over) is None

    def test_an_unknown_token_is_nobodys(self) -> None:
        enrolled(open_event())
        invited(open_event())
        assert [gate_devices.of_token(token=token, at=NOW) for token in ("", "x" * 43, "\0")] == [None] * 3

    def test_a_revoked_phone_is_nobody_and_cannot_be_changed_any_more(self) -> None:
        event = open_event()
        made, actor = enrolled(event), organiser(event)
        gate_devices.revoke(device_id=made.device.pk, actor=actor, at=LATER)
        assert gate_devices.of_token(token=made.token, at=LATER) is None
        assert GateDevice.objects.get().revoked_at == LATER
        with refused(GateDeviceNotFound):
            gate_devices.revoke(device_id=made.device.pk, actor=actor, at=LATER)
        with refused(GateDeviceNotFound):
            gate_devices.change(device_id=made.device.pk, facts=DeviceFacts(name="B"), actor=actor)
        with refused(GateDeviceNotFound):
            gate_devices.invite_again(device_id=made.device.pk, actor=actor, at=LATER)

    def test_a_phone_that_gives_its_token_back_is_nobody(self) -> None:
        made, other = enrolled(open_event()), enrolled(open_event())
        gate_devices.leave(device=made.device, at=LATER)
        assert gate_devices.of_token(token=made.token, at=LATER) is None
        assert gate_devices.of_token(token=other.token, at=LATER) == other.device

    def test_only_who_runs_its_event_changes_revokes_and_invites_again(self) -> None:
        event = open_event()
        device = enrolled(event).device
        for actor in (PersonFactory.create(), on_duty(event), organiser(open_event())):
            with refused(GateDeviceNotFound):
                gate_devices.revoke(device_id=device.pk, actor=actor, at=NOW)
            with refused(GateDeviceNotFound):
                gate_devices.change(device_id=device.pk, facts=DeviceFacts(name="B"), actor=actor)
            with refused(GateDeviceNotFound):
                gate_devices.invite_again(device_id=device.pk, actor=actor, at=NOW)


class TestSaying:
    """What a phone says of itself, and what an organiser changes about it."""

    def test_a_phone_says_its_version_and_what_waits(self) -> None:
        device = enrolled(open_event(), "Cửa A").device
        now = gate_devices.seen(device=device, at=LATER, waiting=7, app_version="1.5")
        assert (now.last_seen_at, now.waiting, now.app_version, now.name) == (LATER, 7, "1.5", "Cửa A")
        now = gate_devices.seen(device=device, at=LATER, waiting=-3)
        assert (now.waiting, now.app_version) == (0, "1.5")
        assert gate_devices.seen(device=device, at=LATER, waiting=10**12).waiting == 1_000_000

    def test_a_phone_moves_to_another_gate_and_takes_another_name(self) -> None:
        event = open_event()
        device = enrolled(event).device
        now = gate_devices.seen(device=device, at=LATER, waiting=0, name="Máy 2", gate_id=gate(event, "B").pk)
        assert (now.name, now.gate) == ("Máy 2", gate(event, "B"))
        with refused(Invalid, field="gate_id", reason="unknown"):
            gate_devices.seen(device=device, at=LATER, waiting=0, gate_id=gate(open_event()).pk)
        with refused(Invalid, field="name", reason="required"):
            gate_devices.seen(device=device, at=LATER, waiting=0, name=" ")

    def test_an_organiser_gives_it_another_name_gate_and_lists(self) -> None:
        event = open_event()
        device, hall = enrolled(event, gate_id=gate(event).pk).device, a_list(event)
        facts = DeviceFacts(name="Cửa A", list_ids=[hall.pk])
        changed = gate_devices.change(device_id=device.pk, facts=facts, actor=organiser(event))
        assert (changed.name, changed.gate, list(changed.lists.all())) == ("Cửa A", None, [hall])
        assert gate_devices.change(device_id=device.pk, facts=facts, actor=organiser(event)).name == "Cửa A"


class TestPermissions:
    """A phone may at its lists what a door volunteer may."""

    def test_a_phone_scans_at_all_lists_of_its_event_and_no_other(self) -> None:
        event, other = open_event(), open_event()
        hall, device = a_list(event), enrolled(event).device
        asked = [main_list(other), hall, CheckInList.objects.get(event=event, is_main=True)]
        assert [_may_scan(device, each) for each in asked] == [False, True, True]
        assert [permissions.may_check_in(device, each.pk) for each in (event, other)] == [True, False]
        assert permissions.may_follow_arrivals(device, event.pk)

    def test_a_phone_with_lists_scans_at_these_alone(self) -> None:
        event = open_event()
        hall, main = a_list(event), CheckInList.objects.get(event=event, is_main=True)
        device = enrolled(event, list_ids=[hall.pk]).device
        assert [_may_scan(device, each) for each in (hall, main)] == [True, False]
        follows = [permissions.may_follow_arrivals(device, event.pk, each) for each in (None, hall.pk, main.pk)]
        assert follows == [False, True, False]

    def test_an_invited_and_a_revoked_phone_may_nothing(self) -> None:
        event = open_event()
        waiting, revoked = invited(event).device, enrolled(event, "Cửa B").device
        gate_devices.leave(device=revoked, at=NOW)
        for device in (waiting, GateDevice.objects.get(pk=revoked.pk)):
            assert not _may_scan(device, main_list(event))
            assert not permissions.may_follow_arrivals(device, event.pk)

    def test_people_scan_where_they_work(self) -> None:
        event = open_event()
        actors = [on_duty(event), organiser(event), on_duty(None), PersonFactory.create(), on_duty(open_event())]
        assert [_may_scan(actor, main_list(event)) for actor in actors] == [True, True, True, False, False]

    def test_asking_a_known_phone_costs_no_statement(self, django_assert_num_queries: Any) -> None:
        event = open_event()
        made, main = enrolled(event, list_ids=[main_list(event).pk]), main_list(event)
        with django_assert_num_queries(2):
            device = gate_devices.of_token(token=made.token, at=NOW)
        with django_assert_num_queries(0):
            assert _may_scan(device, main)
