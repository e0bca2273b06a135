"""Fixtures of the API's tests."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from api import view
from api.documents import Documents
from tests.api.toy import Board, schema
from tests.factories import NOW

Post = Callable[..., HttpResponse]


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Documents:
    """Serve the toy schema at /graphql, with nothing kept yet."""
    documents = Documents(schema.graphql_schema)
    monkeypatch.setattr(view, "documents", lambda: documents)
    monkeypatch.setattr(Board, "numbers", {})
    monkeypatch.setattr(Board, "reads", 0)
    return documents


@pytest.fixture
def post(client: Client) -> Post:
    """Post a GraphQL request as a browser of our own pages would; keyword `body` replaces the JSON object."""

    def send(
        query: str | None = None, variables: dict[str, Any] | None = None, *, body: Any = None, **headers: str
    ) -> HttpResponse:
        sent = {"query": query, "variables": variables} if body is None else body
        given = {"Accept": "application/json", "Origin": "http://testserver"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(
            "/graphql",
            sent if isinstance(sent, bytes) else orjson.dumps(sent),
            content_type=given.pop("Content-Type", "application/json"),
            headers={name: value for name, value in given.items() if value},
        )

    return send


@pytest.fixture
def today() -> Iterator[None]:
    """It is the day of the factories."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def bounds(settings):
    """Set bounds of the socket."""

    def put(**changes):
        settings.GRAPHQL_SOCKET = changes

    return put
