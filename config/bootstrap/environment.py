"""The virtual environment: `.venv`, filled from a lock with hashes, rebuilt when either changed."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from . import debian, stamps
from .places import LOCKS, ROOT, VENV, VENV_PYTHON, give_up, say, var_directory

DEMO_LOCK = LOCKS / "demo.txt"
TEST_LOCK = LOCKS / "test.txt"

# The test lock is the demo lock and more, with the same versions: who has it needs no demo lock.
SATISFIED_BY = {DEMO_LOCK: (DEMO_LOCK, TEST_LOCK), TEST_LOCK: (TEST_LOCK,)}


def is_inside() -> bool:
    """Whether this very process runs in the project's `.venv`."""
    return Path(sys.prefix) == VENV


def ensure(lock: Path) -> None:
    """Make `.venv` hold every package of the lock, as fast as is possible where it already does.

    Stops with a clear message if the machine lacks `venv` and we may not install it, or pip fails.
    """
    with stamps.one_at_a_time(var_directory() / "setup.lock"):
        if any(stamps.is_current(_stamp(other), _value(other)) for other in SATISFIED_BY[lock]):
            return
        _ensure_venv()
        _install(lock)
        stamps.write(_stamp(lock), _value(lock))


def continue_inside(arguments: list[str]) -> NoReturn:
    """Replace this process by the same command line under `.venv`'s Python."""
    sys.stdout.flush()
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *arguments])


def _stamp(lock: Path) -> Path:
    return VENV / "stamps" / lock.name


def _value(lock: Path) -> str:
    """The lock, and the interpreter behind `.venv`: a new Debian brings a new Python under the old name."""
    return f"{stamps.digest([lock], root=ROOT)} {VENV_PYTHON.resolve().name}"


def _ensure_venv() -> None:
    if VENV_PYTHON.exists() and _has_pip():
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        debian.install("python3-venv", purpose="The virtual environment")
    say("Creating .venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode != 0:
        give_up("Python could not create .venv; its message stands above.")


def _has_pip() -> bool:
    """Whether `.venv` was completed and still fits its Python."""
    return subprocess.run([VENV_PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0


def _install(lock: Path) -> None:
    say(f"Installing the packages of {lock.relative_to(ROOT)} (the first time takes a minute or two)")
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--require-hashes", "--use-pep517", "-r", str(lock)]
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    if os.geteuid() == 0:
        quiet.append("--root-user-action=ignore")
    done = subprocess.run([*command, *quiet], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        give_up(f"{done.stdout}\npip could not install the locked packages. Is the network there?")
