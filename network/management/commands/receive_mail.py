"""`manage.py receive_mail`: the door for answers by mail; the mail server pipes each message to it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from network.contact import incoming
from network.contact.receiving import Outcome, receive

TOO_LARGE, NO_USER = 65, 67
"""What mail servers understand (sysexits.h): the message is not taken; there is no such address."""


class Command(BaseCommand):
    help = "Take one message to an alias of the relay, as it was sent (RFC 5322), from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default="", help="the alias, as the mail server knows it")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        raw = sys.stdin.buffer.read(incoming.LARGEST + 1)
        if len(raw) > incoming.LARGEST:
            sys.exit(TOO_LARGE)
        outcome = receive(incoming=incoming.read(raw, to=to), at=timezone.now())
        self.stdout.write(outcome)
        if outcome is Outcome.UNKNOWN:
            sys.exit(NO_USER)
