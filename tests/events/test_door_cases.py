"""The table of cases that holds the server's rules and the phone's to the same answers, read by the server.

The phone's side of it is in `frontend/app/tests/decision.test.ts`.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from events import door_rules
from events.door_facts import ListFacts
from events.door_reading import Guest, Reading
from events.visits import Manners, Visit
from tests.factories import NOW

CASES: list[dict[str, Any]] = [
    case for case in json.loads(Path(__file__).with_name("door_cases.json").read_text("utf-8")) if not case["phoneOnly"]
]
TYPE, OTHER_TYPE = 7, 8


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def facts_of(rules: dict[str, Any]) -> ListFacts:
    """The list of a case."""
    return ListFacts(
        pk=1,
        event_id=1,
        changes=0,
        is_main=True,
        is_cancelled=False,
        ends_at=NOW,
        ticket_types=frozenset({TYPE}),
        gates=frozenset(),
        manners=Manners(rules["allowsReentry"], rules["allowsMultiple"], rules["onceADay"]),
        includes_pending=False,
        opens_at=moment(rules["opensAt"]),
        closes_at=moment(rules["closesAt"]),
        auto_exit_at=None,
        needs_id=None,
        leaves=(),
        left_by=(),
        needed_by=(),
        asks=False,
    )


def visits_of(case: dict[str, Any]) -> list[Visit]:
    """What the ticket did at the list; `turn` is its place in the case, so that `first` can name it."""
    return [
        Visit(
            pk=place + 1,
            direction=made["direction"],
            at=datetime.fromisoformat(made["at"]),
            nonce=UUID(int=place),
            turn=place,
            forced=False,
            reason="",
            gate=made["gate"],
            device=made["device"],
        )
        for place, made in enumerate(case["visits"])
    ]


def reading_of(case: dict[str, Any]) -> Reading:
    """The ticket of a case as the server reads it."""
    ticket, signed = case["ticket"], case["signed"]
    if ticket is None:
        return Reading(reason="invalid")
    state = ticket["state"]
    guest = Guest(
        list_id=1,
        ticket_id=UUID(int=1),
        event_id=1,
        version=ticket["version"],
        number="CAFE 001 0001 · 1",
        name="Phạm Thu Hà",
        is_blocked=state == "BLOCKED",
        is_revoked=state == "CANCELED",
        registration_id=1,
        status="CONFIRMED",
        payment="DUE" if state == "UNPAID" else "NONE",
        due=0,
        places=1,
        ticket_type_id=OTHER_TYPE if state == "PRODUCT" else TYPE,
        ticket_type_vi="Vé tham dự",
        ticket_type_en="Admission",
        visits=visits_of(case),
    )
    return Reading(guest=guest, is_outdated=signed is not None and signed["version"] != ticket["version"])


def test_the_table_says_something_of_every_rule() -> None:
    reasons = {case["expected"]["reason"] for case in CASES}
    assert reasons == {
        None, "INVALID", "REVOKED", "CANCELED", "BLOCKED", "UNPAID", "PRODUCT", "INVALID_TIME", "ALREADY_REDEEMED",
    }  # fmt: skip
    assert len({case["name"] for case in CASES}) == len(CASES) > 30


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_decides_as_the_table_says(case: dict[str, Any]) -> None:
    at = datetime.fromisoformat(case["at"])
    verdict = door_rules.judge(reading_of(case), facts=facts_of(case["rules"]), direction=case["direction"], at=at)
    expected = case["expected"]
    assert (str(verdict.reason).upper() or None) == expected["reason"]
    assert (verdict.reason == "") == expected["letIn"]
    assert (verdict.first and verdict.first.turn) == expected["first"]
