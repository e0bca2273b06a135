"""The setup: runs on a bare Python, survives interruption, says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.bootstrap import check, checks, debian, demo, environment, stamps
from config.bootstrap.places import ROOT

MODULES = sorted(path.stem for path in (ROOT / "config" / "bootstrap").glob("*.py"))


def test_setup_needs_the_standard_library_alone() -> None:
    imports = "; ".join(f"import config.bootstrap.{name}" for name in MODULES)
    # -S: no site-packages, as on a fresh machine
    done = subprocess.run([sys.executable, "-S", "-c", imports], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stamp_holds_for_one_value(tmp_path: Path) -> None:
    stamp = tmp_path / "stamps" / "step.txt"
    assert not stamps.is_current(stamp, "one")
    stamps.write(stamp, "one")
    assert stamps.is_current(stamp, "one")
    assert not stamps.is_current(stamp, "two")


def test_a_digest_sees_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    first = stamps.digest([one], root=tmp_path)
    one.write_text("b")
    second = stamps.digest([one], root=tmp_path)
    one.rename(two)
    assert len({first, second, stamps.digest([two], root=tmp_path)}) == 3


@pytest.fixture
def empty_venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A `.venv` without stamps, and a pip that only notes what it was asked for."""
    installed: list[Path] = []
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "_ensure_venv", lambda: None)
    monkeypatch.setattr(environment, "_install", installed.append)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    return installed


def test_a_lock_is_installed_once(empty_venv: list[Path]) -> None:
    environment.ensure(environment.DEMO_LOCK)
    environment.ensure(environment.DEMO_LOCK)
    assert empty_venv == [environment.DEMO_LOCK]


def test_the_test_lock_serves_the_demo_but_not_the_reverse(empty_venv: list[Path]) -> None:
    environment.ensure(environment.TEST_LOCK)
    environment.ensure(environment.DEMO_LOCK)
    assert empty_venv == [environment.TEST_LOCK]


def test_an_interrupted_installation_runs_again(empty_venv: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(lock: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure(environment.DEMO_LOCK)
    environment.ensure(environment.DEMO_LOCK)
    assert empty_venv == [environment.DEMO_LOCK]


def test_without_rights_the_advice_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SystemExit, match="sudo apt-get install python3-venv"):
        debian.install("python3-venv", purpose="The virtual environment")


def test_a_taken_port_is_refused_before_any_setup(monkeypatch: pytest.MonkeyPatch) -> None:
    with demo.socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"PORT={port + 1} python3 manage.py demo"):
            demo.start(["manage.py", "demo"], ["--port", str(port)])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], []),
        (["--quick"], []),
        (["--", "tests/events", "-k", "seat", "--", "x"], ["tests/events", "-k", "seat", "--", "x"]),
        (["--on", "postgresql", "--", "-x"], ["-x"]),
    ],
)
def test_what_follows_two_dashes_is_for_pytest(options: list[str], expected: list[str]) -> None:
    assert checks._parse(options).pytest == expected


@pytest.mark.parametrize(
    "line",
    ["======= 12 passed in 3.21s =======", "=== 1 failed, 2 passed, 1 warning in 61.00s (0:01:01) ===",
     "== no tests ran in 0.01s ==", "=== 2 errors in 1.00s ==="],
)  # fmt: skip
def test_closing_lines_are_recognised(line: str) -> None:
    assert check.CLOSING_LINE.search(line)


def test_a_failed_check_is_reported_and_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    held = check.Outcome(check=check.Check("style", ()), held=True, seconds=1)
    failed = check.Outcome(check=check.Check("suite", ()), held=False, seconds=2, closing="== 1 failed in 2.00s ==")
    assert checks._report([held]) == 0
    assert checks._report([held, failed]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [str(failed).splitlines()[0], "== 1 failed in 2.00s =="]
