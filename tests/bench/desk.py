"""How fast an attendee list of 10,000 opens, on SQLite, through the newsroom's own view.

    .venv/bin/python -m tests.bench.desk [--registrations 10000] [--rounds 7]

Prints for each way of asking for the list: SQL statements, the median and the slowest of some rounds, and the part of
the median that the database took. Absolute figures are the machine's.
"""

import argparse
import logging
import os
import statistics
import tempfile
import time
from typing import Any

QUERIES = {
    "the newest 50": "",
    "100 rows": "per=100",
    "page 150 by name": "ordering=person__sort_key&p=150",
    "a status": "status=PENDING",
    "not in yet": "status=CONFIRMED&came=no",
    "a name": "q=nguyen thi",
    "a phone's end": "q=5678",
    "an answer": "answer={answer}",
}


def main() -> None:
    """Make an event with so many people, ask for its list in each way, print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--registrations", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Set before Django is: the data is made in a database of its own.
        os.environ.update(VAR_DIR=folder, DEMO="true", DJANGO_SETTINGS_MODULE="config.settings")
        os.environ.pop("DATABASE_URL", None)
        client, address, answer = _prepare(chosen.registrations)
        print(f"{'asked for':<20}{'found':>8}{'SQL':>6}{'median ms':>11}{'slowest':>9}{'database':>10}")
        for name, query in QUERIES.items():
            _measure(name, client, f"{address}?{query.format(answer=answer)}", chosen.rounds)


def _prepare(registrations: int) -> tuple[Any, str, str]:
    """An event with so many people, and an organiser who is logged in."""
    import django  # inline: only after the environment is set

    django.setup()
    from django.conf import settings  # inline: as above
    from django.core.management import call_command  # inline: as above
    from django.test import Client  # inline: as above
    from django.urls import reverse  # inline: as above

    from cms.groups import ensure_groups  # inline: as above
    from cms.tree import ensure_tree  # inline: as above
    from tests.cms.desk import crowd, desk_of, organiser_of  # inline: as above

    logging.disable(logging.INFO)
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    ensure_groups()
    ensure_tree()
    desk = desk_of(capacity=None)
    crowd(desk, registrations)
    client = Client()
    client.force_login(organiser_of(desk.event))
    return client, reverse("event:registrations", args=[desk.event.pk]), f"{desk.role.pk}:Kỹ sư"


def _measure(name: str, client: Any, address: str, rounds: int) -> None:
    from django.db import connection  # inline: only after Django is set up
    from django.test.utils import CaptureQueriesContext  # inline: as above

    client.get(address)
    taken, in_database, asked, found = [], [], 0, 0
    for _ in range(rounds):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            answer = client.get(address)
            taken.append((time.perf_counter() - began) * 1000)
        in_database.append(sum(float(query["time"]) for query in queries.captured_queries) * 1000)
        asked, found = len(queries), answer.context_data["items_count"]
    middle = statistics.median(taken)
    print(f"{name:<20}{found:>8}{asked:>6}{middle:>11.0f}{max(taken):>9.0f}{statistics.median(in_database):>10.0f}")


if __name__ == "__main__":
    main()
