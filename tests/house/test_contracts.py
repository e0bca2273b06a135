"""The import contracts hold, and each of them bites."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.bootstrap.places import ROOT
from tests.house.sources import ROOMS

LINT = [Path(sys.executable).with_name("lint-imports"), "--config", ROOT / "pyproject.toml"]

VIOLATIONS = {
    "events/doors.py": ("import cms", "Rooms import downwards only"),
    "network/people.py": ("import events", "Rooms import downwards only"),
    "api/pages.py": ("import frontend", "Rooms import downwards only"),
    "events/pages.py": ("import wagtail.models", "Rules know no door"),
    "network/relay.py": ("import channels", "Rules know no door"),
    "hub/schema.py": ("from graphene import ObjectType", "Rules know no door"),
    "cms/schema.py": ("import graphene_django", "The newsroom knows no API"),
    "frontend/schema.py": ("import graphql", "The website knows no API"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LINT, "--no-cache"], cwd=folder, check=False, capture_output=True, text=True)


@pytest.fixture
def empty_rooms(tmp_path: Path) -> Path:
    """A house with the same rooms and nothing in them."""
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    return tmp_path


def test_the_house_keeps_its_contracts() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_empty_rooms_keep_them_too(empty_rooms: Path) -> None:
    done = lint(empty_rooms)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", VIOLATIONS)
def test_a_violation_is_found(empty_rooms: Path, module: str) -> None:
    statement, contract = VIOLATIONS[module]
    (empty_rooms / module).write_text(f"{statement}\n")
    done = lint(empty_rooms)
    assert done.returncode == 1
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert len(broken) == 1
    assert broken[0].startswith(contract)
