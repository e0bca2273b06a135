"""Every act that a rule writes into a history has its sentence."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

from events import approval, desk, history, history_wording
from events.history_wording import ACTS
from events.models import HistoryEntry
from tests.cms.desk import desk_of, planner_of_desk
from tests.factories import NOW

EVENTS = Path(history.__file__).parent


def written() -> set[str]:
    """The acts that the rules write: constants in calls of `note` and of HistoryEntry; else how they are made."""
    found = set()
    for path in EVENTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            given = node.args[1:2] if called == "history.note" else []
            if called.startswith("HistoryEntry"):
                given = [keyword.value for keyword in node.keywords if keyword.arg == "act"]
            found |= {str(act.value) if isinstance(act, ast.Constant) else ast.unparse(act) for act in given}
    return found


def test_every_act_has_a_sentence() -> None:
    # `act` is the parameter of `history.note` itself; an offer ends as "declined" or "expired"
    assert written() - {"act", "status.lower()"} | {"declined", "expired"} == set(ACTS)


@pytest.mark.django_db
def test_a_history_reads_in_vietnamese() -> None:
    place, organiser = desk_of(), planner_of_desk()
    row = place.come("Trần An", place.team)
    approval.approve(registration_id=row.pk, actor=organiser, at=NOW)
    desk.move(registration_id=row.pk, ticket_type_id=place.audience.pk, actor=organiser, at=NOW)
    with override("vi"):
        told = [line.sentence for line in history_wording.told(history.of(row))]
    who = organiser.full_name
    assert told == [
        "Trần An đăng ký và chờ ban tổ chức duyệt.",
        f"{who} duyệt đăng ký.",
        f"{who}: đã xác nhận chỗ, phát hành vé (1).",
        f"{who} chuyển từ loại vé “Đội” sang “Khán giả”.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_sentence_needs_no_fact_that_is_not_there(act: str) -> None:
    """Facts are struck out when somebody is erased."""
    row = desk_of().come("Trần An")
    entry = HistoryEntry(registration=row, act=act, at=NOW, facts={})
    for language in ("vi", "en"):
        with override(language):
            assert "%(" not in history_wording.told([entry])[0].sentence
