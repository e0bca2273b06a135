"""The locks: complete, hashed, one inside the other, and silent about registries."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.bootstrap.environment import DEMO_LOCK, TEST_LOCK
from config.bootstrap.places import FRONTEND, ROOT
from tests.house.sources import place, tracked

# In parts, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "python" + "hosted",
            "registry" + r"\.npmjs",
            "--(extra-)?index" + "-url",
            '"resolved' + '": *"http',
        ]
    )
)


def pins(lock: Path) -> dict[str, tuple[str, int]]:
    """Requirement line → how many hashes stand below it."""
    entries = [entry for entry in re.split(r"\n(?=\S)", lock.read_text().strip()) if not entry.startswith("#")]
    return {entry.split("\\")[0].strip(): entry.count("--hash=sha256:") for entry in entries}


@pytest.mark.parametrize("lock", [DEMO_LOCK, TEST_LOCK], ids=lambda lock: lock.name)
def test_every_package_has_a_version_and_hashes(lock: Path) -> None:
    assert [pin for pin, hashes in pins(lock).items() if "==" not in pin or hashes == 0] == []


def test_test_lock_holds_the_demo_lock() -> None:
    assert pins(DEMO_LOCK).items() <= pins(TEST_LOCK).items()


def test_locks_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for lock, asked in ((DEMO_LOCK, extras["browser-build"]), (TEST_LOCK, extras["test"])):
        locked = {Requirement(pin).name: Requirement(pin) for pin in pins(lock)}
        for requirement in map(Requirement, [*project["dependencies"], *asked]):
            pin = locked[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(str(pin.specifier).removeprefix("==")), requirement


def test_npm_lock_has_no_gaps() -> None:
    """`npm ci` refuses a lock that lacks a package for some platform, also where that platform is not ours."""
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    locked = {place.rpartition("node_modules/")[2] for place in packages}
    asked = {name for package in packages.values() for name in package.get("optionalDependencies", {})}
    assert asked - locked == set()


def test_no_file_names_a_registry() -> None:
    named = [
        f"{place(path)}: {match.group()}"
        for path in tracked()
        if (match := REGISTRIES.search(path.read_text(errors="ignore")))
    ]
    assert named == []
