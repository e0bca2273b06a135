"""`manage.py send_mail`: the worker for mail and chores as a process of its own."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from network import chores, outbox


class Command(BaseCommand):
    help = (
        "Send queued mail and do chores (reminders, offers that end) until interrupted; with --once, what is due now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            chores.do_due(at=timezone.now())
            self.stdout.write(f"{outbox.deliver_due(at=timezone.now(), most=10_000)} sent")
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        outbox.work(stop=stop)
