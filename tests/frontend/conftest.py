"""A reader at a browser, on a fixed morning."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.models import Person
from tests.factories import NOW


@pytest.fixture
def morning() -> Iterator[None]:
    """The factories' clock, standing still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def statements() -> Callable[..., int]:
    """How many statements a page asks for; a second reading, so that what a process keeps is kept."""

    def count(client: Client, path: str) -> int:
        assert client.get(path).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    return count
