"""The board's numbers equal a recount of the log, whatever was scanned, and cost the same number of statements."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import board_numbers, statistics
from events.models import CheckIn, CheckInTally, GateDevice, Ticket
from tests.events.scan_log import DAY, crowded_event, naive_counts, names_of, write_scans
from tests.factories import NOW, PersonFactory, gate, open_event

pytestmark = pytest.mark.django_db


def numbers_of(event, at=NOW + DAY):
    return board_numbers.board_numbers(event_id=event.pk, at=at)


def scan(event, ticket=None, **facts):
    """One row of the log."""
    values = {
        "list": event.checkin_lists.get(is_main=True),
        "nonce": uuid4(),
        "scanned_at": NOW,
        "received_at": NOW,
        "status": "ok",
    }
    return CheckIn.objects.create(event=event, ticket=ticket, **(values | facts))


def agrees(event, counted):
    """Every number that is told equals what was counted row by row."""
    told, names = numbers_of(event), names_of(event)
    assert (told.arrived, told.inside, told.sequence) == (counted["arrived"], counted["inside"], counted["sequence"])
    by_type = {row.name: row for row in told.by_ticket_type}
    assert {name: by_type[name].arrived for name in names.values()} == {
        name: counted["arrived_by_type"][kind] for kind, name in names.items()
    }
    assert {name: by_type[name].inside for name in names.values()} == {
        name: counted["inside_by_type"][kind] for kind, name in names.items()
    }
    assert sum(row.expected for row in told.by_ticket_type) == told.expected
    gates = {row.name: row for row in told.by_gate}
    assert {name: row.arrived for name, row in gates.items()} == {
        name: counted["arrived_by_gate"][name] for name in "ABCD"
    }
    assert {name: row.last_at for name, row in gates.items() if row.last_at} == counted["last_by_gate"]
    moments = [row.at for row in told.per_five_minutes]
    assert moments == sorted(counted["entries"] | counted["exits"])
    assert {row.at: row.entries for row in told.per_five_minutes if row.entries} == counted["entries"]
    assert {row.at: row.exits for row in told.per_five_minutes if row.exits} == counted["exits"]
    assert told.conflicts == counted["conflicts"]


@pytest.mark.parametrize(("seed", "scans"), [(1, 10_000), (2, 300), (3, 1)])
def test_every_number_equals_a_recount_of_the_log(seed, scans):
    event = crowded_event(tickets=700)
    write_scans(event, scans, Random(seed))
    counted = naive_counts(event)
    agrees(event, counted)
    assert numbers_of(event).expected == 700
    assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk)


def test_the_log_of_the_test_holds_everything_that_is_counted_apart():
    """A control: were there no exits, no annulments or no conflicts, the test above would prove little."""
    event = crowded_event(tickets=200)
    write_scans(event, 3000, Random(1))
    counted = naive_counts(event)
    assert 0 < counted["inside"] < counted["arrived"] < 200
    assert counted["conflicts"] > 0
    assert sum(counted["exits"].values()) > 100
    assert CheckIn.objects.filter(event=event, annulled_at__isnull=False).count() > 50
    shared = CheckIn.objects.filter(event=event, status="ok").values_list("ticket", "list", "scanned_at")
    assert len(shared) - len(set(shared)) > 10


def test_a_wrong_tally_differs_from_the_recount():
    event = crowded_event(tickets=20)
    write_scans(event, 60, Random(1))
    right = statistics.recount(event_id=event.pk)
    CheckInTally.objects.filter(event=event).update(inside=right.inside + 1)
    assert statistics.counter(event_id=event.pk) != right


def statements(event):
    with CaptureQueriesContext(connection) as caught:
        numbers_of(event)
    return len(caught)


def test_the_number_of_statements_grows_with_nothing():
    small = crowded_event(tickets=3, lists=1, gates=1, kinds=1)
    large = crowded_event(tickets=120, lists=5, gates=9, kinds=6)
    write_scans(small, 2, Random(1))
    write_scans(large, 500, Random(1))
    GateDevice.objects.bulk_create(
        GateDevice(event=large, name=f"Máy {n}", enrolled_at=NOW, invited_at=NOW, enrolment_until=NOW, gate=gate(large))
        for n in range(5)
    )
    assert statements(small) == statements(large) == 11


def test_there_are_no_numbers_of_no_event():
    assert board_numbers.board_numbers(event_id=987654, at=NOW) is None


def test_who_is_expected():
    event = crowded_event(tickets=9, kinds=3)
    first, second, third = event.ticket_types.order_by("pk")
    dead, blocked, cancelled = event.tickets.filter(registration__ticket_type=first)
    Ticket.objects.filter(pk=dead.pk).update(revoked_at=NOW)
    Ticket.objects.filter(pk=blocked.pk).update(blocked_at=NOW)
    cancelled.registration.status = "CANCELLED"
    cancelled.registration.save()
    assert {row.name: row.expected for row in numbers_of(event).by_ticket_type} == {second.name: 3, third.name: 3}
    main_list_of = event.checkin_lists.get(is_main=True)
    main_list_of.ticket_types.add(third)
    told = numbers_of(event)
    assert ([(row.name, row.expected) for row in told.by_ticket_type], told.expected) == ([(third.name, 3)], 3)
    # Who was let in all the same is counted, expected or not.
    scan(event, event.tickets.filter(registration__ticket_type=second).first(), list=main_list_of)
    assert [(row.name, row.expected, row.arrived) for row in numbers_of(event).by_ticket_type] == [
        (second.name, 0, 1),
        (third.name, 3, 0),
    ]


@pytest.mark.parametrize(
    ("minutes", "silent"),
    [((0, 0), (False, False)), ((0, 9), (False, False)), ((0, 10), (False, True)), ((0, None), (False, True)),
     ((20, 30), (False, False)), ((None, None), (False, False))],
)  # fmt: skip
def test_a_gate_is_silent_while_others_scan(minutes, silent):
    event = open_event()
    for name, ago in zip("AB", minutes, strict=True):
        at_gate = gate(event, name)
        if ago is not None:
            # A refused scan is a scan, too.
            scan(event, gate=at_gate, status="error", reason="invalid", scanned_at=NOW - timedelta(minutes=ago))
    assert tuple(row.silent for row in numbers_of(event, NOW).by_gate) == silent


def test_a_clock_that_is_ahead_keeps_no_gate_awake():
    event = open_event()
    scan(event, gate=gate(event, "A"), status="error", scanned_at=NOW + timedelta(hours=3), received_at=NOW)
    scan(event, gate=gate(event, "B"), status="error", scanned_at=NOW + timedelta(minutes=30),
         received_at=NOW + timedelta(minutes=30))  # fmt: skip
    told = numbers_of(event, NOW + timedelta(minutes=30)).by_gate
    assert [(row.name, row.last_at, row.silent) for row in told] == [
        ("A", NOW, True),
        ("B", NOW + timedelta(minutes=30), False),
    ]


def test_what_was_scanned_without_a_network_counts_when_it_was_scanned():
    event = crowded_event(tickets=2)
    one, other = event.tickets.order_by("number")
    main = event.checkin_lists.get(is_main=True)
    late = {"list": main, "was_offline": True, "received_at": NOW + timedelta(hours=2)}
    scan(event, one, turn=1, sequence=1, scanned_at=NOW + timedelta(minutes=4, seconds=59), **late)
    scan(event, other, turn=1, sequence=2, scanned_at=NOW + timedelta(minutes=5), **late)
    assert [(row.at, row.entries) for row in numbers_of(event).per_five_minutes] == [
        (NOW, 1),
        (NOW + timedelta(minutes=5), 1),
    ]


def test_phones_are_told_with_their_last_contact():
    event = open_event()
    given = {"event": event, "invited_at": NOW, "enrolment_until": NOW, "invited_by": PersonFactory.create()}
    GateDevice.objects.create(name="Chưa ghép", **given)
    GateDevice.objects.create(name="Bị thu hồi", enrolled_at=NOW, revoked_at=NOW, **given)
    awake = NOW - timedelta(minutes=2, seconds=59)
    GateDevice.objects.create(name="Lan", enrolled_at=NOW, last_seen_at=awake, gate=gate(event), waiting=4, **given)
    GateDevice.objects.create(name="Minh", enrolled_at=NOW, last_seen_at=NOW - timedelta(minutes=3), **given)
    assert [(row.name, row.gate, row.waiting, row.silent) for row in numbers_of(event, NOW).devices] == [
        ("Lan", "A", 4, False),
        ("Minh", None, 0, True),
    ]
