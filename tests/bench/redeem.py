"""How fast the doors are: redeem through GraphQL over HTTP.

    .venv/bin/python -m tests.bench.redeem [--on postgresql|sqlite] [--tickets 4000] [--clients 8] [--profile FILE]

`postgresql`: PostgreSQL and Redis, granian with two WSGI workers. `sqlite`: the embedded default, one process. The same
clients ask one question after the other: the least that GraphQL answers (`__typename`); a bare view with one UPDATE on
the same server (postgresql only); signed codes that are let in, by a gate phone and by somebody on duty; the same
tickets once more. Server, database and clients share the machine's two cores. Ends with 1 unless the counts are right.
"""

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.bench.load import Reply, ask_all, percentile, request
from tests.bench.production import embedded, environment, prepare, served, served_embedded

REDEEM = """mutation ($input: RedeemInput!) { redeem(input: $input) { status reason direction sequence admitted inside
  admission { name ticketType number ticketId party { size inside } } first { at gate device } errors { code } } }"""
PRETIX = 47
"""Redeems a second of pretix 2026.8 on two cores (44 to 50): gunicorn, two workers, PostgreSQL, 8 clients."""


@dataclass(frozen=True)
class World:
    """An event with tickets, somebody on duty, and an enrolled phone."""

    event_id: int
    list_id: str
    codes: list[str]
    phone: dict[str, str]
    volunteer: dict[str, str]


def main() -> int:
    """Make the tickets, serve, measure, print a table; return 0 if every ticket was let in once."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--on", choices=["postgresql", "sqlite"], default="postgresql")
    options.add_argument("--tickets", type=int, default=4000)
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    with ExitStack() as stack:
        port = stack.enter_context(environment() if chosen.on == "postgresql" else embedded())
        prepare(("compile_catalogues",))
        world = _world(chosen.tickets, port)
        print(f"{'question':<18}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'of least':>10}{'of bare':>9}{'of pretix':>11}")
        table = _Table(port, chosen.clients)
        how = {"workers": chosen.workers, "threads": chosen.threads}
        if chosen.on == "postgresql":
            bare = request("POST", f"/bare/{world.event_id}", headers={}, host=table.host)
            with served(port, **how, application="tests.bench.bare:application"):
                table.measure("bare UPDATE", [bare] * chosen.tickets, "bare")
        with served(port, **how) if chosen.on == "postgresql" else served_embedded(port):
            _doors(table, world)
        return _verify(world)


def _doors(table: "_Table", world: World) -> None:
    half = len(world.codes) // 2
    by_phone, by_person = world.codes[:half], world.codes[half:]
    least = [_graphql("{ __typename }", {}, world.phone, table.host)] * half
    ask_all(table.port, least[:400], clients=table.clients)  # warm
    warm = [_redeem(world, "CAFE 000 0000", world.phone, table.host) for _ in range(200)]
    ask_all(table.port, [*warm, *(_redeem(world, "x", world.volunteer, table.host) for _ in range(200))], clients=8)
    table.measure("__typename", least, "least")
    for name, codes, who in (("let in, phone", by_phone, world.phone), ("let in, person", by_person, world.volunteer)):
        table.measure(name, [_redeem(world, code, who, table.host) for code in codes], told="ok")
    table.measure(
        "already in, phone", [_redeem(world, code, world.phone, table.host) for code in by_phone], told="error"
    )


class _Table:
    """Prints a row for each question, with its ratios to those that were asked before."""

    def __init__(self, port: int, clients: int) -> None:
        self.port, self.clients, self.host = port, clients, f"127.0.0.1:{port}"
        self.rates: dict[str, float] = {}

    def measure(self, name: str, asked: list[bytes], kind: str = "", *, told: str = "") -> None:
        """Let the clients work the requests off. Exits if an answer is not what is `told`."""
        replies, seconds = ask_all(self.port, asked, clients=self.clients)
        for reply in replies if told else ():
            if _status(reply) != told:
                sys.exit(f"{name}: {reply.status} {reply.body[:300]!r}")
        took, rate = [reply.took for reply in replies], len(replies) / seconds
        self.rates[kind] = rate
        ratios = [f"{rate / self.rates[of]:.2f}" if of in self.rates and of != kind else "" for of in ("least", "bare")]
        pretix = f"{rate / PRETIX:.1f}" if told else ""
        print(
            f"{name:<18}{rate:>8.0f}{percentile(took, 0.5):>9.1f}{percentile(took, 0.99):>9.1f}"
            f"{ratios[0]:>10}{ratios[1]:>9}{pretix:>11}",
            flush=True,
        )


def _status(reply: Reply) -> str:
    try:
        return str(json.loads(reply.body)["data"]["redeem"]["status"]).lower()
    except (KeyError, TypeError, ValueError):
        return "no answer"


def _world(number: int, port: int) -> World:
    from django.utils import timezone  # inline: Django is set up only now

    from events import gate_devices, tickets  # inline: as above
    from events.gate_devices import DeviceFacts  # inline: as above
    from events.models import EventStaff  # inline: as above
    from network.global_ids import encode  # inline: as above
    from tests.bench.people import guests, past, sessions_of  # inline: as above
    from tests.factories import main_list, on_duty, open_event  # inline: as above

    now = timezone.now()
    past(2000)
    event = open_event(edition=2, starts_at=now, ends_at=now + timedelta(hours=8), capacity=None)
    codes = [tickets.code(ticket) for ticket in guests(event, number)]
    organiser = on_duty(event, EventStaff.Role.ORGANISER)
    invited = gate_devices.invite(event_id=event.pk, facts=DeviceFacts(name="Cửa A"), actor=organiser, at=now)
    phone = gate_devices.enrol(code=invited.code, at=now)
    (cookie,) = sessions_of([on_duty(event)])
    return World(
        event_id=event.pk,
        list_id=encode("CheckInList", main_list(event).pk),
        codes=codes,
        phone={"X-Device-Token": phone.token},
        volunteer={"Cookie": f"sessionid={cookie}", "Origin": f"http://127.0.0.1:{port}"},
    )


def _graphql(query: str, variables: dict[str, Any], who: dict[str, str], host: str) -> bytes:
    body = json.dumps({"query": query, "variables": variables}).encode()
    return request("POST", "/graphql", headers={"Content-Type": "application/json", **who}, body=body, host=host)


def _redeem(world: World, code: str, who: dict[str, str], host: str) -> bytes:
    scan = {"listId": world.list_id, "code": code, "nonce": str(uuid4()), "device": "bench"}
    return _graphql(REDEEM, {"input": scan}, who, host)


def _verify(world: World) -> int:
    from events import statistics  # inline: Django is set up only now

    counted, recounted = statistics.counter(event_id=world.event_id), statistics.recount(event_id=world.event_id)
    right = counted == recounted
    print("counts equal a recount" if right else f"WRONG: {counted} {recounted}")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
