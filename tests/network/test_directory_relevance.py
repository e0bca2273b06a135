"""What people type finds what they mean: the list of `relevance.yaml` over the content of the demo."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from config.demo import directory, logins, organisations, people
from config.demo import entries as entries_of_people
from network.directory import entries, finding, index
from network.directory.memory import memory
from network.directory.shelf import Shelf
from network.models import DirectoryEntry, Organisation
from tests.factories import NOW

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "relevance.yaml").read_text("utf-8"))
RIGHT = 0.95


@pytest.fixture
def _demo(db: None) -> None:
    logins.load()
    organisations.load_sectors()
    directory.load_skills()
    organisations.load(at=NOW, anew=True)
    people.load()
    entries_of_people.load(at=NOW, anew=True)
    index.rebuild()


def first(sort: str, search: str) -> tuple[str, finding.Found]:
    if sort == "people":
        found = finding.find_people(search=search)
        named = [row.person.full_name for row in entries.people(found.ids(0, 1))]
    else:
        found = finding.find_organisations(search=search)
        named = [row.code for row in entries.organisations(found.ids(0, 1))]
    return (named or [""])[0], found


@pytest.mark.usefixtures("_demo")
def test_the_list_of_searches_finds_first_what_was_meant() -> None:
    wrong = []
    for sort, cases in CASES.items():
        for case in cases:
            named, found = first(sort, case["search"])
            wanted = case["first"] if isinstance(case["first"], list) else [case["first"]]
            if named not in wanted or (found.how == "meant") != case.get("meant", False):
                wrong.append((case["search"], named, str(found.how)))
    asked = sum(len(cases) for cases in CASES.values())
    assert asked >= 60
    assert 1 - len(wrong) / asked >= RIGHT, wrong
    assert wrong == []


@pytest.mark.usefixtures("_demo")
def test_the_order_does_not_depend_on_how_a_database_hands_the_rows_over(monkeypatch: pytest.MonkeyPatch) -> None:
    searches = ["", "quy", "hai phong", "trung tam", "bien", "khoa hoc", "cong nghe so", "quy bom"]
    orders = [finding.find_organisations(search=search).ids() for search in searches]
    rows = DirectoryEntry.objects.filter(kind="ORGANISATION").order_by("-entry_id")
    upside_down = Shelf()
    for row in rows.values_list("entry_id", "sort_key", "facts"):
        upside_down.put([row])
    monkeypatch.setitem(memory._shelves, "ORGANISATION", upside_down)
    assert [finding.find_organisations(search=search).ids() for search in searches] == orders
    assert len(orders[0]) == Organisation.objects.filter(is_listed=True).count() > 50
    assert all(orders)
