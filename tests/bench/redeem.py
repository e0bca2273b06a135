"""How fast the door is: redeem through GraphQL over HTTP, in the embedded default (one process, SQLite).

    .venv/bin/python -m tests.bench.redeem [--tickets 1000] [--clients 8]

Prints requests a second and latencies of the same clients for three questions, one after the other against the same
server: the least that GraphQL can answer (`__typename`), a redeem that lets in, and the same ticket once more. The
ratio to the first is what counts; absolute figures are the machine's.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

REDEEM = """mutation ($input: RedeemInput!) { redeem(input: $input) { status reason errors { code } } }"""
LEAST = "{ __typename }"


def main() -> None:
    """Make an event with tickets, serve it, measure, print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tickets", type=int, default=1000)
    options.add_argument("--clients", type=int, default=8)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Set before Django is: the data is made in the very database that is served.
        os.environ.update(VAR_DIR=folder, DEMO="true", DJANGO_SETTINGS_MODULE="config.settings")
        os.environ.pop("DATABASE_URL", None)
        list_id, codes, cookie = _prepare(chosen.tickets)
        from tests.journeys.site import served  # inline: what it serves is set up above

        with served(Path(folder)) as address:
            ask = _asking(address, cookie)
            print(f"{'question':<18}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'of least':>10}")
            least = _measure("least", [lambda: ask(LEAST, {})] * chosen.tickets, chosen.clients, None)
            scans = [_scan(ask, list_id, code) for code in codes]
            _measure("let in", scans, chosen.clients, least)
            again = [_scan(ask, list_id, code) for code in codes]
            _measure("already in", again, chosen.clients, least)


def _prepare(tickets: int) -> tuple[str, list[str], str]:
    """An open event with so many tickets, and somebody at the door who is logged in."""
    import django  # inline: only after the environment is set

    django.setup()
    from django.core.management import call_command  # inline: as above
    from django.test import Client  # inline: as above
    from django.utils import timezone  # inline: as above

    from events import registration  # inline: as above
    from network.global_ids import encode  # inline: as above
    from tests.factories import PersonFactory, main_list, on_duty, open_event  # inline: as above

    call_command("migrate", verbosity=0, interactive=False)
    now = timezone.now()
    event = open_event(starts_at=now, capacity=None)
    numbers = []
    for _ in range(tickets):
        held = registration.register(event_id=event.pk, person=PersonFactory.create(), at=now, channel="API")
        numbers.append(held.tickets.get().number)
    client = Client()
    client.force_login(on_duty(event))
    return encode("CheckInList", main_list(event).pk), numbers, client.cookies["sessionid"].value


def _asking(address: str, cookie: str) -> Callable[[str, dict[str, object]], dict[str, object]]:
    headers = {"Content-Type": "application/json", "Origin": address, "Cookie": f"sessionid={cookie}"}

    def ask(query: str, variables: dict[str, object]) -> dict[str, object]:
        body = json.dumps({"query": query, "variables": variables}).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{address}/graphql", body, headers)) as answer:
            told: dict[str, object] = json.load(answer)
        assert "errors" not in told, told
        return told

    return ask


def _scan(ask: Callable[[str, dict[str, object]], object], list_id: str, code: str) -> Callable[[], object]:
    scan = {"listId": list_id, "code": code, "nonce": str(uuid4()), "device": "bench"}
    return lambda: ask(REDEEM, {"input": scan})


def _measure(name: str, acts: list[Callable[[], object]], clients: int, least: float | None) -> float:
    """Let the clients work the acts off; print a row, return the rate."""

    def timed(act: Callable[[], object]) -> float:
        started = time.perf_counter()
        act()
        return (time.perf_counter() - started) * 1000

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        took = sorted(pool.map(timed, acts))
    rate = len(acts) / (time.perf_counter() - started)
    ratio = f"{rate / least:.2f}" if least else "1.00"
    p99 = took[int(len(took) * 0.99)]
    print(f"{name:<18}{rate:>8.0f}{statistics.median(took):>9.1f}{p99:>9.1f}{ratio:>10}")
    return rate


if __name__ == "__main__":
    main()
