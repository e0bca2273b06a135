"""Several workers at once, and workers that are killed: each letter once, in the order of its thread, unchanged."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from network import outbox
from network.models import OutgoingMail
from network.outbox import delivery
from tests.factories import NOW

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
KIND = "test.race"
THREADS, LETTERS, WORKERS = 12, 4, 6


@outbox.writer(KIND)
def write(mail: OutgoingMail) -> outbox.Letter:
    """Says which letter of its thread it is."""
    return outbox.Letter(recipient=mail.recipient, subject=mail.facts["says"], text="…", html="<p>…</p>")


class Uneven(BaseEmailBackend):
    """A mail server that takes its time over the first letters of a thread, and none over the last."""

    taken: ClassVar[dict[str, list[int]]] = defaultdict(list)

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            thread, number = message.subject.split()
            time.sleep(0.01 * (LETTERS - int(number)))
            self.taken[thread].append(int(number))
        return len(messages)


def _post_threads() -> None:
    outbox.post(
        (
            outbox.Draft(
                kind=KIND, facts={"says": f"t{thread} {number}"}, recipient="ha@example.org", thread=f"thread:{thread}"
            )
            for thread in range(THREADS)
            for number in range(LETTERS)
        ),
        at=NOW,
    )


def _deliver_at_once(settings: Any) -> dict[str, list[int]]:
    settings.EMAIL_BACKEND = f"{__name__}.Uneven"
    Uneven.taken.clear()
    start = threading.Barrier(WORKERS)

    def worker() -> None:
        start.wait()
        try:
            end = time.monotonic() + 60
            while time.monotonic() < end and OutgoingMail.objects.filter(sent_at=None).exists():
                if not outbox.deliver_due(at=NOW):
                    time.sleep(0.005)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(Uneven.taken)


def test_workers_at_once_keep_the_order_of_every_thread(settings: Any) -> None:
    _post_threads()
    taken = _deliver_at_once(settings)
    assert taken == {f"t{thread}": list(range(LETTERS)) for thread in range(THREADS)}


def test_the_control_without_the_rule_sends_out_of_order(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def whatever_is_due(at: Any) -> QuerySet[OutgoingMail]:
        due = OutgoingMail.objects.filter(sent_at=None, due_at__lte=at, attempts__lt=outbox.MAX_ATTEMPTS)
        return due.order_by("due_at", "id")

    monkeypatch.setattr(delivery, "due_now", whatever_is_due)
    _post_threads()
    taken = _deliver_at_once(settings)
    assert sum(len(numbers) for numbers in taken.values()) == THREADS * LETTERS
    assert any(numbers != sorted(numbers) for numbers in taken.values())


WORKER = """
import os, signal, sys
import django
django.setup()
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from network import outbox
from tests.network import test_delivery_races

class Server(BaseEmailBackend):
    def send_messages(self, messages):
        for message in messages:
            with open(sys.argv[1], "ab") as accepted:
                accepted.write(message.message().as_bytes() + b"\\n=====\\n")
        if sys.argv[2] == "killed":
            os.kill(os.getpid(), signal.SIGKILL)  # accepted, and not yet written down
        return len(messages)

sys.modules["server"] = type(sys)("server")
sys.modules["server"].Server = Server
from django.conf import settings
settings.EMAIL_BACKEND = "server.Server"
print(outbox.deliver_due(at=timezone.now()))
"""


def _worker(accepted: Path, fate: str) -> subprocess.CompletedProcess[str]:
    facts = connection.settings_dict
    url = f"sqlite:///{facts['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
    return subprocess.run(
        [sys.executable, "-c", WORKER, str(accepted), fate],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_worker_killed_after_the_servers_yes_sends_the_same_bytes_once_more_and_nothing_overtakes(
    tmp_path: Path,
) -> None:
    accepted = tmp_path / "accepted"
    now = timezone.now()
    outbox.post(
        (
            outbox.Draft(kind=KIND, facts={"says": said}, recipient="ha@example.org", thread="registration:1")
            for said in ("REQUEST", "CANCEL")
        ),
        at=now,
    )
    assert _worker(accepted, "killed").returncode == -signal.SIGKILL
    assert _worker(accepted, "alive").stdout == "0\n"  # the letter is in the dead worker's hands, and CANCEL waits
    OutgoingMail.objects.filter(attempts=1).update(due_at=timezone.now() - timedelta(seconds=1))  # its lease is over
    assert _worker(accepted, "alive").stdout == "2\n"
    first, again, cancel = accepted.read_bytes().split(b"\n=====\n")[:-1]
    assert first == again
    assert b"Subject: REQUEST" in first
    assert b"Subject: CANCEL" in cancel
    assert OutgoingMail.objects.filter(sent_at=None).count() == 0
