"""`manage.py test`: everything that has to hold before a change is kept, in the order in which it fails fastest."""

import argparse
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import FrameType

from . import assets, browser, catalogues, environment, stores
from .check import Check, Outcome, run, run_aloud
from .places import say

IN_PRODUCTION = {
    "DEBUG": "false",
    "DEMO": "false",
    "SECRET_KEY": "a stand-in as long and as varied as a real one: 0123456789 !#%&",
    "SITE_URL": "https://platform.example",
    "ALLOWED_HOSTS": "platform.example",
}

STYLE = (
    Check("style", ("ruff", "check", "--quiet", ".")),
    Check("format", ("ruff", "format", "--check", "--quiet", ".")),
)
STATIC = (
    Check("types", ("mypy",)),
    *STYLE,
    Check("door app", ("npm", "--prefix", "frontend", "run", "check:app")),
    Check("imports", ("lint-imports",)),
    Check("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Check("API schema", ("manage.py", "schema_snapshot", "--check")),
    Check("deployment", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), IN_PRODUCTION),
)

# Spread over two workers; the tests of one group (the races) stay on one of them, in turn.
SUITE = ("pytest", "-n", "2", "--dist", "loadgroup")
NEEDS_SERVERS = "postgres or redis"
ON_SQLITE = Check("suite on SQLite", (*SUITE, "-m", f"not (browser or {NEEDS_SERVERS})"))
ON_POSTGRESQL = Check("suite on PostgreSQL and Redis", (*SUITE, "-m", "not browser"))
JOURNEYS = Check("journeys in Chromium", ("pytest", "-m", "browser"))
QUICK = Check("short tests on SQLite", (*SUITE, "-m", f"not (browser or race or slow or {NEEDS_SERVERS})"))


def start(arguments: list[str], options: list[str]) -> int:
    """Set up what the tests need and run them. Exit code 0 only if every check held.

    With pytest's own arguments after `--`, only these tests run, on the store that `--on` names.
    """
    chosen = _parse(options)
    environment.ensure(environment.TEST_LOCK)
    if not environment.is_inside():
        environment.continue_inside(arguments)
    # A stopped CI job must take its servers with it.
    signal.signal(signal.SIGTERM, _leave)
    assets.ensure()
    catalogues.compile_stale()
    if chosen.pytest:
        return _run_chosen(chosen)
    return _report(_run_quick() if chosen.quick else _run_all())


def _parse(options: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py test", description="Set up and run the checks and tests.")
    parser.add_argument("--quick", action="store_true", help="style and the short tests, on SQLite")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite", help="store for chosen tests")
    parser.add_argument("pytest", nargs="*", metavar="-- …", help="what to hand to pytest")
    split = options.index("--") if "--" in options else len(options)
    chosen = parser.parse_args(options[:split])
    chosen.pytest = [*chosen.pytest, *options[split + 1 :]]
    return chosen


def _run_chosen(chosen: argparse.Namespace) -> int:
    check = Check("chosen tests", ("pytest", *chosen.pytest))
    if chosen.on == "sqlite":
        return 0 if run_aloud(check).held else 1
    with stores.running() as servers:
        return 0 if run_aloud(replace(check, environment=servers)).held else 1


def _run_quick() -> list[Outcome]:
    return [*_run_side_by_side(STYLE), run_aloud(QUICK)]


def _run_all() -> list[Outcome]:
    browser.ensure()
    outcomes = _run_side_by_side(STATIC)
    outcomes.append(run_aloud(ON_SQLITE))
    with stores.running() as servers:
        outcomes.append(run_aloud(replace(ON_POSTGRESQL, environment=servers)))
    outcomes.append(run_aloud(JOURNEYS))
    return outcomes


def _run_side_by_side(checks: tuple[Check, ...]) -> list[Outcome]:
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(run, checks))
    for outcome in outcomes:
        if not outcome.held:
            say(f"\n── {outcome.check.name}\n{outcome.output}")
    return outcomes


def _report(outcomes: list[Outcome]) -> int:
    say("\n" + "\n".join(str(outcome) for outcome in outcomes))
    return 0 if all(outcome.held for outcome in outcomes) else 1


def _leave(signal_number: int, frame: FrameType | None) -> None:
    sys.exit(128 + signal_number)
