"""The doors of the API under wrong hands: numbers, moments and ids that cannot be, batches that are too long."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from events import scan_upload, tickets
from events.models import CheckIn, CheckInTally, TicketType
from network.global_ids import encode, global_id
from tests.events.door_scenes import Door, counts_agree, group_of, ticket_of
from tests.factories import NOW, gate, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REDEEM = """mutation ($list: ID!, $code: String!, $nonce: UUID!, $gate: ID, $device: String, $at: DateTime,
  $sent: DateTime) { redeem(input: {listId: $list, code: $code, nonce: $nonce, gateId: $gate, device: $device,
  scannedAt: $at, sentAt: $sent}) { status reason admitted errors { code field } } }"""
UPLOAD = """mutation ($sent: DateTime!, $scans: [OfflineScanInput!]!) { uploadScans(input: {device: "Lan 2",
  sentAt: $sent, scans: $scans}) { results { nonce taken status reason forced } errors { code field message } } }"""
ADMIT = """mutation ($nonce: UUID!, $count: Int!) { admitParty(input: {nonce: $nonce, device: "Lan 2",
  count: $count}) { admitted { number } count errors { code } } }"""
SNAPSHOT = """query ($list: ID!, $after: String, $first: Int) { doorSnapshot(listId: $list, after: $after,
  first: $first) { total tickets { id scans { at } } endCursor } }"""
CHANGES = """query ($list: ID!, $sequence: Int!, $changes: Int!) { doorChanges(listId: $list, sequence: $sequence,
  changes: $changes) { stale sequence scans { sequence } } }"""


@pytest.fixture
def door(client: Any) -> Door:
    """Somebody on duty, logged in."""
    door = Door()
    client.force_login(door.actor)
    return door


def ask(post: Any, query: str, **variables: Any) -> dict[str, Any]:
    answer: dict[str, Any] = post(query, variables).json()
    return answer


def kept(door: Door, code: str = "HP1:NO", **facts: Any) -> dict[str, Any]:
    known = {"nonce": str(uuid4()), "listId": global_id(door.at), "code": code, "letIn": True}
    return {**known, "scannedAt": NOW.isoformat(), **facts}


def test_more_than_fifty_scans_are_refused_whole_and_said_so(door: Door, post: Any) -> None:
    scans = [kept(door) for _ in range(scan_upload.MOST + 1)]
    told = ask(post, UPLOAD, sent=NOW.isoformat(), scans=scans)["data"]["uploadScans"]
    assert told["results"] == []
    assert [(error["code"], error["field"]) for error in told["errors"]] == [("INVALID", "scans")]
    assert "50" in told["errors"][0]["message"]
    assert not CheckIn.objects.exists()
    taken = ask(post, UPLOAD, sent=NOW.isoformat(), scans=scans[:-1])["data"]["uploadScans"]
    assert [result["nonce"] for result in taken["results"]] == [scan["nonce"] for scan in scans[:-1]]
    assert {result["taken"] for result in taken["results"]} == {True}


@pytest.mark.parametrize("list_id", ["", "x", "Q2hlY2tJbkxpc3Q6", "0", "' OR 1=1", "🎫"])
def test_ids_that_are_none(door: Door, post: Any, list_id: str) -> None:
    wrong = [list_id, encode("CheckInList", 10**18), encode("CheckInList", -1), global_id(door.event)]
    for each in wrong:
        told = ask(post, REDEEM, list=each, code="HP1:NO", nonce=str(uuid4()))["data"]["redeem"]
        assert (told["status"], [error["code"] for error in told["errors"]]) == ("ERROR", ["CHECKIN_LIST_NOT_FOUND"])
        sent = ask(post, UPLOAD, sent=NOW.isoformat(), scans=[kept(door, listId=each)])["data"]["uploadScans"]
        assert [error["code"] for error in sent["errors"]] == ["CHECKIN_LIST_NOT_FOUND"]
        for query, more in ((SNAPSHOT, {}), (CHANGES, {"sequence": 0, "changes": 0})):
            assert _code(ask(post, query, list=each, **more)) == "CHECKIN_LIST_NOT_FOUND"
    assert not CheckIn.objects.exists()


def _code(answer: dict[str, Any]) -> str:
    code: str = answer["errors"][0]["extensions"]["code"]
    return code


def test_a_gate_of_somewhere_else_is_left_out_and_the_line_goes_on(door: Door, post: Any) -> None:
    other = open_event(edition=9)
    for wrong in (global_id(gate(other)), "x", encode("Gate", 10**17), global_id(door.at)):
        code = tickets.code(ticket_of(door.event))
        told = ask(post, REDEEM, list=global_id(door.at), code=code, nonce=str(uuid4()), gate=wrong)
        assert told["data"]["redeem"]["status"] == "OK"
    assert set(CheckIn.objects.values_list("gate", flat=True)) == {None}


@pytest.mark.parametrize(("count", "admitted"), [(0, 0), (-3, 0), (-(2**31), 0), (2**31 - 1, 3)])
def test_numbers_of_people_that_cannot_be(door: Door, post: Any, count: int, admitted: int) -> None:
    TicketType.objects.filter(event=door.event).update(most_per_person=5)
    first = group_of(ticket_of(door.event, guests=3))[0]
    nonce = str(door.scan(first).checkin.nonce)
    told = ask(post, ADMIT, nonce=nonce, count=count)["data"]["admitParty"]
    assert (len(told["admitted"]), told["errors"]) == (admitted, [])
    assert CheckInTally.objects.get(event=door.event).admitted == 1 + admitted
    assert counts_agree(door.event)


def test_a_number_that_is_no_int_is_refused_before_anything_happens(door: Door, post: Any) -> None:
    nonce = str(door.scan(ticket_of(door.event)).checkin.nonce)
    for count in (2**31, -(2**31) - 1, 1.5, "2"):
        assert _code(ask(post, ADMIT, nonce=nonce, count=count)) == "BAD_USER_INPUT"


MOMENTS = [
    ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"),
    ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ("9999-12-31T23:59:59+00:00", NOW.isoformat()),
    ("2026-11-23T08:59:00", "2026-11-23T09:00:00"),
    ((NOW + timedelta(days=40)).isoformat(), NOW.isoformat()),
    ((NOW - timedelta(days=40)).isoformat(), NOW.isoformat()),
]


@pytest.mark.parametrize(("scanned", "sent"), MOMENTS)
def test_moments_that_cannot_be_are_ours(door: Door, post: Any, scanned: str, sent: str) -> None:
    code = tickets.code(ticket_of(door.event))
    told = ask(post, REDEEM, list=global_id(door.at), code=code, nonce=str(uuid4()), at=scanned, sent=sent)
    assert told["data"]["redeem"]["status"] == "OK"
    scan = kept(door, tickets.code(ticket_of(door.event)), scannedAt=scanned)
    results = ask(post, UPLOAD, sent=sent, scans=[scan])["data"]["uploadScans"]["results"]
    assert results == [{"nonce": scan["nonce"], "taken": True, "status": "OK", "reason": None, "forced": False}]
    assert {row.scanned_at.replace(second=0, microsecond=0) for row in CheckIn.objects.all()} == {NOW}


def test_invisible_characters_and_long_names_do_no_harm(door: Door, post: Any) -> None:
    code = tickets.code(ticket_of(door.event))
    variables = {"list": global_id(door.at), "nonce": str(uuid4()), "device": "Lan\x00 " + "2" * 500}
    told = ask(post, REDEEM, code=code + "\x00", **variables)["data"]["redeem"]
    assert (told["status"], len(CheckIn.objects.get().device)) == ("OK", 60)
    again = ask(post, REDEEM, code=code, **variables)["data"]["redeem"]
    assert (again["status"], CheckIn.objects.count()) == ("OK", 1)


@pytest.mark.parametrize("after", ["", "\x00", "ZZZ", "🎫" * 100, "%"])
def test_cursors_that_are_none(door: Door, post: Any, after: str) -> None:
    ticket_of(door.event)
    page = ask(post, SNAPSHOT, list=global_id(door.at), after=after)["data"]["doorSnapshot"]
    assert (page["total"], page["endCursor"]) == (1, None)


def test_a_page_of_five_hundred_is_within_what_an_operation_may_cost(door: Door, post: Any) -> None:
    everything = SNAPSHOT.replace(
        "id scans { at }",
        "id version number name search ticketType group state scans { direction at nonce gate device }",
    )
    for first in (500, 2**31 - 1, 0, -7):  # what is no size of a page is taken for the nearest that is
        told = ask(post, everything, list=global_id(door.at), first=first)
        assert ("errors" in told, told["data"]["doorSnapshot"]["total"]) == (False, 0)


@pytest.mark.parametrize("sequence", [-1, -(2**31), 2**31 - 1])
def test_numbers_of_the_log_that_cannot_be(door: Door, post: Any, sequence: int) -> None:
    door.scan(ticket_of(door.event))
    told = ask(post, CHANGES, list=global_id(door.at), sequence=sequence, changes=-1)["data"]["doorChanges"]
    assert (told["stale"], told["sequence"]) == (True, 1)
    assert [scan["sequence"] for scan in told["scans"]] == ([1] if sequence < 0 else [])
