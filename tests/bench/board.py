"""How long the organisers' board counts: every number of an event's doors, after so many random scans.

    .venv/bin/python -m tests.bench.board [--scans 10000] [--tickets 3000] [--on sqlite|postgresql]

Prints the milliseconds of the first time and the middle one of twenty, with the number of statements.
"""

import argparse
import statistics
import time
from random import Random

from tests.bench.production import embedded, environment, prepare


def main() -> None:
    """Write a log, count it again and again, print a line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--scans", type=int, default=10_000)
    options.add_argument("--tickets", type=int, default=3_000)
    options.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    chosen = options.parse_args()
    with embedded() if chosen.on == "sqlite" else environment():
        prepare()
        _measure(chosen.scans, chosen.tickets, chosen.on)


def _measure(scans: int, tickets: int, store: str) -> None:
    from django.db import connection  # inline: only after the environment is set
    from django.test.utils import CaptureQueriesContext  # inline: as above
    from django.utils import timezone  # inline: as above

    from events.board_numbers import board_numbers  # inline: as above
    from tests.events.scan_log import crowded_event, write_scans  # inline: as above

    event = crowded_event(tickets=tickets)
    write_scans(event, scans, Random(1))
    connection.cursor().execute("ANALYZE")
    took = []
    for _ in range(21):
        started = time.perf_counter()
        board_numbers(event_id=event.pk, at=timezone.now())
        took.append((time.perf_counter() - started) * 1000)
    with CaptureQueriesContext(connection) as caught:
        board_numbers(event_id=event.pk, at=timezone.now())
    middle = statistics.median(took[1:])
    print(f"{store}: {scans} scans, {tickets} tickets")
    print(f"first {took[0]:.0f} ms, then {middle:.0f} ms, {len(caught)} statements; the slowest of them:")
    for one in sorted(caught, key=lambda one: -float(one["time"]))[:5]:
        print(f"  {float(one['time']) * 1000:6.0f} ms  {one['sql'][:110]}…")


if __name__ == "__main__":
    main()
