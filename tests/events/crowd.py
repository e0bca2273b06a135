"""Many clients at once, each in a thread with a connection of its own."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from network.models import Person
from tests.factories import agree


def at_once(act: Callable[[Any], str], inputs: list[Any], clients: int) -> Counter[str]:
    """Let `clients` threads start together and work `inputs` off; count what they were told."""
    start = threading.Barrier(clients)
    work = iter(inputs)
    lock = threading.Lock()

    def client(_: int) -> Counter[str]:
        told: Counter[str] = Counter()
        start.wait()
        try:
            while True:
                with lock:
                    item = next(work, None)
                if item is None:
                    return told
                told[act(item)] += 1
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(client, range(clients)), Counter())


def people(number: int) -> list[Person]:
    """So many people who have agreed to what registering needs."""
    made = Person.objects.bulk_create(
        Person(email=f"p{n}@example.org", full_name=f"Người {n}", search_text="", sort_key="") for n in range(number)
    )
    agree(made)
    return made
