"""Reads a report of the mail server, one message on stdin, and acts on it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from network.newsletter import returns

MOST = 5_000_000


class Command(BaseCommand):
    """To be called by the mail server for each message to the return address: `| manage.py read_bounce`."""

    help = "Read a delivery status notification (RFC 3464) or a complaint (ARF) on stdin."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what came of it."""
        told = returns.take(raw=sys.stdin.buffer.read(MOST), at=timezone.now())
        self.stdout.write(f"{told.outcome}{' ended' if told.ended else ''}")
