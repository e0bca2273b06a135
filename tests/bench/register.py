"""How fast people register over HTTP: 2,000 attempts of 2,000 people for 500 places, 32 clients at once.

    .venv/bin/python -m tests.bench.register [--attempts 2000] [--places 500] [--clients 32] [--workers 2]

PostgreSQL, granian with two WSGI workers, clients and server on the same machine. Prints, for GraphQL and for the
site's form, requests a second, latencies, who got a place, and beside them the least that the server can answer
(`__typename`). Exactly as many as there are places must be confirmed, and the counters must equal a recount.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from tests.bench.load import Reply, ask_all, percentile, request
from tests.bench.production import environment, prepare, served

REGISTER = """mutation ($input: RegisterInput!) { register(input: $input) {
  registration { id status } errors { code } } }"""
TOKEN = "a" * 32
PRETIX = 32
"""Registrations a second of pretix 2026.8 on two cores: gunicorn, two workers, PostgreSQL."""


def main() -> None:
    """Make two events and the people, serve, let everybody register at both, print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--attempts", type=int, default=2000)
    options.add_argument("--places", type=int, default=500)
    options.add_argument("--clients", type=int, default=32)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--threads", type=int, default=2, help="of each worker")
    chosen = options.parse_args()
    with environment() as port:
        prepare(("compile_catalogues",), ("collectstatic", "--no-input"))
        events, cookies = _world(chosen.attempts, chosen.places)
        with served(port, workers=chosen.workers, threads=chosen.threads):
            print(
                f"{'door':<12}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'confirmed':>11}{'of least':>10}{'of pretix':>11}"
            )
            least = [_graphql("{ __typename }", {}, cookie, port) for cookie in cookies]
            ask_all(port, least[:200], clients=chosen.clients)  # warm
            rate = _measure("least", port, least, chosen.clients, lambda _: "", None)
            for door, asking, told in (("GraphQL", _by_api, _told_by_api), ("site form", _by_site, _told_by_site)):
                event = events[door]
                asked = [asking(event, cookie, port) for cookie in cookies]
                random.Random(1).shuffle(asked)
                _measure(door, port, asked, chosen.clients, told, rate)
                _verify(event, chosen.places)


def _world(attempts: int, places: int) -> tuple[dict[str, Any], list[str]]:
    """Two open events, and the session cookies of people who have agreed to what registering needs."""
    from tests.bench.people import analyse, sessions  # inline: Django is set up only now
    from tests.factories import open_event  # inline: as above

    events = {
        door: open_event(capacity=places, edition=number) for number, door in enumerate(("GraphQL", "site form"), 1)
    }
    cookies = sessions(attempts)
    analyse()
    return events, cookies


def _graphql(query: str, variables: dict[str, Any], cookie: str, port: int) -> bytes:
    headers = {
        "Content-Type": "application/json",
        "Origin": f"http://127.0.0.1:{port}",
        "Cookie": f"sessionid={cookie}",
    }
    body = json.dumps({"query": query, "variables": variables}).encode()
    return request("POST", "/graphql", headers=headers, body=body, host=f"127.0.0.1:{port}")


def _by_api(event: Any, cookie: str, port: int) -> bytes:
    from network.global_ids import encode  # inline: Django is set up only now

    return _graphql(REGISTER, {"input": {"eventId": encode("Event", event.pk)}}, cookie, port)


def _told_by_api(reply: Reply) -> str:
    told = json.loads(reply.body)["data"]["register"]
    return told["errors"][0]["code"] if told["errors"] else told["registration"]["status"]


def _by_site(event: Any, cookie: str, port: int) -> bytes:
    from django.urls import reverse  # inline: Django is set up only now

    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://127.0.0.1:{port}/",
        "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
    }
    body = f"csrfmiddlewaretoken={TOKEN}&ticket_type={event.ticket_types.get().pk}".encode()
    path = reverse("register", args=[event.slug])
    return request("POST", path, headers=headers, body=body, host=f"127.0.0.1:{port}")


def _told_by_site(reply: Reply) -> str:
    return "CONFIRMED" if reply.status == 302 else str(reply.status)


def _measure(
    name: str, port: int, asked: Iterable[bytes], clients: int, told: Callable[[Reply], str], least: float | None
) -> float:
    """Let the clients work the requests off; print a row, return the rate."""
    replies, seconds = ask_all(port, asked, clients=clients)
    took = [reply.took for reply in replies]
    rate, outcomes = len(replies) / seconds, Counter(told(reply) for reply in replies)
    shares = f"{rate / least:>10.2f}{rate / PRETIX:>11.1f}" if least else f"{1:>10.2f}{'':>11}"
    confirmed = outcomes.get("CONFIRMED", "") if least else ""
    row = f"{rate:>8.0f}{percentile(took, 0.5):>9.1f}{percentile(took, 0.99):>9.1f}{confirmed!s:>11}{shares}"
    print(f"{name:<12}{row}", {code: number for code, number in outcomes.items() if code}, flush=True)
    return rate


def _verify(event: Any, places: int) -> None:
    from events import statistics  # inline: Django is set up only now

    counted = statistics.counter(event_id=event.pk)
    assert counted == statistics.recount(event_id=event.pk)
    assert counted is not None
    assert counted.taken == places, counted


if __name__ == "__main__":
    main()
