"""One check: a command that holds or does not, and what came out of it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from .places import ROOT, VENV, say

# What a developer's shell happens to carry must not decide what a check sees.
LEFT_OUT = {"DEMO", "DEBUG", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SITE_URL", "SECRET_KEY"}
CLOSING_LINE = re.compile(r"=+ .*\b(passed|failed|errors?|no tests ran)\b.* in .*=+")


@dataclass(frozen=True)
class Check:
    """A program of `.venv` (or manage.py) with its arguments, run from the project's root."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a check ended. `closing` is pytest's last line, where the check was a suite."""

    check: Check
    held: bool
    seconds: float
    output: str = ""
    closing: str = ""

    def __str__(self) -> str:
        line = f"{'held  ' if self.held else 'FAILED'}  {self.check.name:<30} {self.seconds:6.1f} s"
        return f"{line}\n{self.closing}" if self.closing else line


def run(check: Check) -> Outcome:
    """Run a check and keep its output for the case that it fails."""
    started = time.monotonic()
    done = subprocess.run(
        _command(check), cwd=ROOT, env=_environment(check), check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    seconds = time.monotonic() - started
    return Outcome(check=check, held=done.returncode == 0, seconds=seconds, output=done.stdout)


def run_aloud(check: Check) -> Outcome:
    """Run a suite with its output on the terminal as it comes, and remember its closing line."""
    say(f"\n── {check.name}")
    started, closing = time.monotonic(), ""
    with subprocess.Popen(
        _command(check), cwd=ROOT, env=_environment(check),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            closing = line.strip() if CLOSING_LINE.search(line) else closing
    seconds = time.monotonic() - started
    return Outcome(check=check, held=process.returncode == 0, seconds=seconds, closing=closing)


def _command(check: Check) -> list[str]:
    program, *arguments = check.command
    if program == "manage.py":
        return [sys.executable, program, *arguments]
    return [str(VENV / "bin" / program), *arguments]


def _environment(check: Check) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    programs = {"PATH": f"{VENV / 'bin'}:{os.environ.get('PATH', os.defpath)}"}
    # A pipe would hold a suite's dots back until there are enough of them.
    return {**kept, **programs, "PYTHONUNBUFFERED": "1", **check.environment}
