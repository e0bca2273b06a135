"""`manage.py load_demo`: the demonstration's content, made if it is missing, never changed where it is there."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.demo import loading, logins

TALKATIVE = ("wagtail", "django_tasks")


class Command(BaseCommand):
    help = "Load the demonstration's content and print its logins. Running it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not loading.is_loaded():
            self.stdout.write("  Loading the demo data, once")
        started = time.monotonic()
        with _quiet():
            made = loading.load(at=timezone.now())
        if made:
            self.stdout.write(f"  {made} events and everything around them in {time.monotonic() - started:.0f} s")
        self.stdout.write(f"\n  Demo logins, all with the password {logins.PASSWORD}")
        for login in logins.ALL:
            self.stdout.write(f"  {login.role:<28} {login.email}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Wagtail says a line for each of the pages, and two for its search index."""
    levels = {name: logging.getLogger(name).level for name in TALKATIVE}
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
