"""Kill -9 in the middle of everything: nothing acknowledged is lost, nothing is half written, no letter is lost.

    .venv/bin/python -m tests.bench.kill [--rounds 50] [--on postgresql|sqlite]

Each round, people register by GraphQL while the mail worker sends; then web and worker are killed with SIGKILL at a
random moment, started again, and whoever had no answer asks again under the same idempotency key. At the end the
database and the mail server's memory are compared. Exits with 1 and says what is wrong if anything is.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException
from typing import Any

from config.bootstrap.places import ROOT
from tests.bench.mail_sink import MailSink
from tests.bench.production import embedded, environment, prepare, waited_for

REGISTER = """mutation ($input: RegisterInput!) { register(input: $input) {
  registration { id status } errors { code } } }"""
CLIENTS = 6


@dataclass
class Ledger:
    """What people were told. `known` is the first answer under each key; `wrong` what must never happen."""

    known: dict[str, str] = field(default_factory=dict)
    retried: int = 0
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, key: str, registration: str) -> None:
        """Keep an answer; the same key must always be told the same."""
        with self.lock:
            if self.known.setdefault(key, registration) != registration:
                self.wrong.append(f"{key} was told {self.known[key]} and {registration}")


@dataclass
class Client:
    """Somebody who registers people one after another and asks again, under the same key, when nobody answers."""

    port: int
    event: str
    ledger: Ledger
    work: list[str]
    stopped: threading.Event

    def run(self) -> None:
        """Work the sessions off until told to stop."""
        while not self.stopped.is_set():
            with self.ledger.lock:
                cookie = self.work.pop() if self.work else None
            if cookie is None:
                return
            while not self._ask(cookie):
                if self.stopped.is_set():
                    with self.ledger.lock:
                        self.work.append(cookie)
                    return
                self.ledger.retried += 1
                time.sleep(0.2)

    def _ask(self, cookie: str) -> bool:
        body = {"query": REGISTER, "variables": {"input": {"eventId": self.event, "idempotencyKey": f"key-{cookie}"}}}
        headers = {
            "Content-Type": "application/json",
            "Origin": f"http://127.0.0.1:{self.port}",
            "Cookie": f"sessionid={cookie}",
        }
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/graphql", json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(asked, timeout=15) as answer:
                told = json.load(answer)["data"]["register"]
        except (OSError, HTTPException, ValueError, KeyError, TypeError):  # killed before, while or after it answered
            return False
        if told["errors"] or told["registration"]["status"] != "CONFIRMED":
            self.ledger.wrong.append(f"{cookie} was told {told}")
        else:
            self.ledger.note(cookie, told["registration"]["id"])
        return True


class House:
    """Web and mail worker, each in a process group of its own so that nothing of them survives a kill."""

    def __init__(self, port: int, on: str) -> None:
        self.port = port
        here = ["--host", "127.0.0.1", "--port", str(port)]
        granian = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--no-ws", "--log-level", "critical"]
        uvicorn = ["-m", "uvicorn", "--log-level", "critical", *here, "config.asgi:application"]
        web = [*granian, "--blocking-threads", "4", *here, "config.wsgi:application"] if on == "postgresql" else uvicorn
        self.commands = [[sys.executable, *web], [sys.executable, "manage.py", "send_mail"]]
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start both and wait for the web to answer."""
        self.processes = [
            subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)
            for command in self.commands
        ]
        waited_for(self.port)

    def kill(self) -> None:
        """SIGKILL to every process of both."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main() -> int:
    """Run the rounds, compare, print a summary; return 0 if all is well."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--on", choices=["postgresql", "sqlite"], default="sqlite")
    chosen = options.parse_args()
    with ExitStack() as stack:
        sink = stack.enter_context(MailSink())
        os.environ.update(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(sink.port), OUTBOX_IN_PROCESS="false")
        port = stack.enter_context(environment() if chosen.on == "postgresql" else embedded())
        prepare(("compile_catalogues",))
        from tests.bench.people import sessions  # inline: Django is set up only now
        from tests.factories import open_event  # inline: as above

        event, cookies = open_event(capacity=None), sessions(chosen.rounds * 100 + 500)
        ledger = Ledger()
        _rounds(chosen.rounds, House(port, chosen.on), event, cookies, ledger)
        wrong = ledger.wrong + _compare(event, ledger, sink, kills=chosen.rounds)
    twice = sum(sink.accepted.values()) - len(sink.accepted)
    print(
        f"{chosen.on}: {chosen.rounds} rounds, {len(ledger.known)} registrations acknowledged, {ledger.retried} asked "
        f"again, {len(sink.accepted)} letters, {twice} of them twice, {len(wrong)} violations"
    )
    for line in wrong[:20]:
        print(" ", line)
    return 1 if wrong else 0


def _rounds(rounds: int, house: House, event: Any, cookies: list[str], ledger: Ledger) -> None:
    from network.global_ids import encode  # inline: Django is set up only now

    chance, stopped = random.Random(7), threading.Event()
    house.start()
    given = (house.port, encode("Event", event.pk), ledger, cookies, stopped)
    clients = [threading.Thread(target=Client(*given).run) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for _ in range(rounds):
        _until(ledger, more=chance.randint(1, 40))
        time.sleep(chance.uniform(0, 0.05))
        house.kill()
        house.start()
    _until(ledger, more=CLIENTS)
    stopped.set()
    for client in clients:
        client.join()
    house.kill()


def _until(ledger: Ledger, *, more: int) -> None:
    """Wait until so many more registrations were acknowledged, for a minute at most."""
    goal, deadline = len(ledger.known) + more, time.monotonic() + 60
    while len(ledger.known) < goal and time.monotonic() < deadline:
        time.sleep(0.005)


def _compare(event: Any, ledger: Ledger, sink: MailSink, *, kills: int) -> list[str]:
    """Return what is wrong with the database and with what the mail server was handed."""
    from django.utils import timezone  # inline: Django is set up only now

    from events import statistics  # inline: as above
    from events.models import HistoryEntry, Registration, Ticket  # inline: as above
    from network import outbox  # inline: as above
    from network.global_ids import encode  # inline: as above
    from network.models import IdempotencyKey, OutgoingMail  # inline: as above

    # What a killed worker had claimed is due again after the lease: the clock is put forward, not waited for.
    outbox.deliver_due(at=timezone.now() + outbox.LEASE + timedelta(minutes=1), most=1_000_000)
    rows = list(Registration.objects.filter(event=event))
    ids = {encode("Registration", row.pk) for row in rows}
    mails = list(OutgoingMail.objects.filter(kind="events.confirmed"))
    twice = {message_id: times for message_id, times in sink.accepted.items() if times > 1}
    found = {
        "acknowledged and lost": len(set(ledger.known.values()) - ids),
        "not confirmed": sum(row.status != "CONFIRMED" for row in rows),
        "without exactly one ticket": len(rows)
        - Ticket.objects.filter(event=event).values("registration").distinct().count(),
        "tickets too many": Ticket.objects.filter(event=event).count() - len(rows),
        "without history": len(rows) - HistoryEntry.objects.filter(act="confirmed").values("registration").count(),
        "without a key": len(rows) - IdempotencyKey.objects.count(),
        "letters too few or too many": len(rows) - len(mails),
        "letters not sent": sum(mail.sent_at is None for mail in mails),
        "letters that never arrived": len({mail.message_id for mail in mails} - set(sink.accepted)),
        "letters twice beyond the kills": max(0, sum(twice.values()) - len(twice) - kills),
        "letters with two bodies": sum(len(sink.bodies[message_id]) > 1 for message_id in twice),
        "counters unlike a recount": int(
            statistics.counter(event_id=event.pk) != statistics.recount(event_id=event.pk)
        ),
        "nothing happened": int(not rows),
    }
    return [f"{what}: {number}" for what, number in found.items() if number]


if __name__ == "__main__":
    sys.exit(main())
