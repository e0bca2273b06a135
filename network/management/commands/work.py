"""`manage.py work`: the worker that does long jobs, as a process of its own."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from network import worker


class Command(BaseCommand):
    help = "Do the jobs that were asked for (imports, exports, badges) until interrupted; with --once, what waits now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            self.stdout.write(f"{worker.run_due(at=timezone.now(), most=10_000)} done")
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        worker.work(stop=stop)
